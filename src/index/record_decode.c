/*
 * Checks records before they are believed: sizes, places, and every number that points somewhere.
 * Afterwards the writer reads the rows where they lie and need not check again.
 */
#include <string.h>

#include "index/record.h"

static void skip_texts(qdx_cursor *cursor, uint64_t count)
{
    for (uint64_t i = 0; i < count && !cursor->failed; i++)
        qdx_get_text(cursor, NULL);
}

void qdx_form_tenure_next(qdx_cursor *cursor, qdx_form_tenure *tenure)
{
    tenure->office = qdx_get_text(cursor, NULL);
    tenure->country = qdx_get_text(cursor, NULL);
    tenure->organization = qdx_get_text(cursor, NULL);
    tenure->from = (uint32_t)qdx_cursor_varint_max(cursor, UINT32_MAX);
    tenure->to = (uint32_t)qdx_cursor_varint_max(cursor, UINT32_MAX);
    tenure->phrase_count = qdx_get_count(cursor);
    tenure->phrases = *cursor;
    skip_texts(cursor, tenure->phrase_count);
}

bool qdx_form_decode(const void *bytes, size_t size, qdx_form *form)
{
    qdx_cursor cursor;
    qdx_form_tenure tenure;
    qdx_cursor_init(&cursor, bytes, size);
    form->type = qdx_cursor_u8(&cursor);
    form->gender = qdx_cursor_u8(&cursor);
    form->listed = qdx_cursor_u8(&cursor);
    form->id = qdx_get_text(&cursor, NULL);
    form->name = qdx_get_text(&cursor, NULL);
    form->country = qdx_get_text(&cursor, NULL);
    form->alias_count = qdx_get_count(&cursor);
    form->aliases = cursor;
    skip_texts(&cursor, form->alias_count);
    form->tenure_count = qdx_get_count(&cursor);
    form->tenures = cursor;
    for (uint64_t i = 0; i < form->tenure_count && !cursor.failed; i++)
        qdx_form_tenure_next(&cursor, &tenure);
    return !cursor.failed && qdx_cursor_left(&cursor) == 0 && form->type <= QDX_ENTITY_PLACE &&
           form->gender <= QDX_GENDER_FEMALE && form->listed <= 1;
}

bool qdx_record_head(const void *bytes, size_t size, qdx_record *head)
{
    if (size < sizeof *head)
        return false;
    memcpy(head, bytes, sizeof *head);
    uint64_t rows = sizeof *head + (uint64_t)head->quote_count * sizeof(qdx_record_quote) +
                    (uint64_t)head->mention_count * sizeof(qdx_record_mention);
    uint64_t marks = (uint64_t)head->mark_count * sizeof(qdx_record_mark);
    uint64_t abouts = (uint64_t)head->about_count * sizeof(uint32_t);
    uint64_t forms = (uint64_t)head->form_count * sizeof(uint32_t);
    return head->size <= size && head->size % QDX_RECORD_UNIT == 0 && rows <= head->marks &&
           head->marks % sizeof(uint32_t) == 0 && head->marks + marks == head->abouts &&
           head->abouts + abouts == head->forms && head->forms + forms <= head->size;
}

/* Texts stand between the rows and the marks. */
static bool slice_fits(const qdx_record *record, qdx_slice slice)
{
    return slice.at < record->marks && slice.size < record->marks - slice.at &&
           qdx_record_text(record, slice)[slice.size] == 0;
}

static bool quote_fits(const qdx_record *record, const qdx_record_quote *quote)
{
    return quote->kind <= QDX_QUOTE_INDIRECT && quote->speaker_kind <= QDX_SPEAKER_UNNAMED &&
           quote->confidence <= QDX_PER_MILLE && quote->speaker_confidence <= QDX_PER_MILLE &&
           (quote->speaker == UINT32_MAX || quote->speaker < record->form_count) &&
           quote->about <= record->about_count &&
           quote->about_count <= record->about_count - quote->about &&
           slice_fits(record, quote->text) && slice_fits(record, quote->cue) &&
           slice_fits(record, quote->rule) && slice_fits(record, quote->as_written) &&
           slice_fits(record, quote->before) && slice_fits(record, quote->after);
}

bool qdx_record_check(const qdx_record *record)
{
    bool fits = slice_fits(record, record->path) && slice_fits(record, record->title) &&
                slice_fits(record, record->url) && slice_fits(record, record->outlet);
    const qdx_record_mention *mentions = qdx_record_mentions(record);
    for (uint32_t i = 0; fits && i < record->mention_count; i++)
        fits = mentions[i].entity < record->form_count && mentions[i].mark < record->mark_count &&
               slice_fits(record, mentions[i].text);
    for (uint32_t i = 0; fits && i < record->quote_count; i++)
        fits = quote_fits(record, &qdx_record_quotes(record)[i]);
    for (uint32_t i = 0; fits && i < record->mark_count; i++)
        fits = qdx_record_marks(record)[i].confidence <= QDX_PER_MILLE &&
               slice_fits(record, qdx_record_marks(record)[i].rule);
    for (uint32_t i = 0; fits && i < record->about_count; i++)
        fits = qdx_record_abouts(record)[i] < record->form_count;
    return fits;
}
