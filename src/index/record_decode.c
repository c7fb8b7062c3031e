/*
 * Reads records back. qdx_record_decode walks every field once, so that the writer, which comes
 * back to the same bytes several times, need not check again.
 */
#include "base/error.h"
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

void qdx_record_mention_next(qdx_cursor *cursor, qdx_record_mention *mention)
{
    mention->entity = qdx_cursor_varint_max(cursor, UINT32_MAX);
    mention->rule = qdx_get_text(cursor, NULL);
    mention->confidence = (uint32_t)qdx_cursor_varint_max(cursor, QDX_PER_MILLE);
    mention->char_start = mention->char_end + (uint32_t)qdx_cursor_varint_max(cursor, UINT32_MAX);
    mention->char_end = mention->char_start + (uint32_t)qdx_cursor_varint_max(cursor, UINT32_MAX);
    mention->paragraph += (uint32_t)qdx_cursor_varint_max(cursor, UINT32_MAX);
    mention->text = qdx_get_text(cursor, &mention->size);
}

void qdx_record_quote_next(qdx_cursor *cursor, qdx_record_quote *quote)
{
    quote->kind = qdx_cursor_u8(cursor);
    quote->speaker_kind = qdx_cursor_u8(cursor);
    quote->speaker = qdx_cursor_varint_max(cursor, UINT32_MAX);
    quote->confidence = (uint32_t)qdx_cursor_varint_max(cursor, QDX_PER_MILLE);
    quote->speaker_confidence = (uint32_t)qdx_cursor_varint_max(cursor, QDX_PER_MILLE);
    quote->char_start = (uint32_t)qdx_cursor_varint_max(cursor, UINT32_MAX);
    quote->char_end = quote->char_start + (uint32_t)qdx_cursor_varint_max(cursor, UINT32_MAX);
    quote->paragraph = (uint32_t)qdx_cursor_varint_max(cursor, UINT32_MAX);
    quote->number = qdx_cursor_u64(cursor);
    quote->text = qdx_get_text(cursor, &quote->text_size);
    quote->cue = qdx_get_text(cursor, NULL);
    quote->rule = qdx_get_text(cursor, NULL);
    quote->as_written = qdx_get_text(cursor, NULL);
    quote->before = qdx_get_text(cursor, NULL);
    quote->after = qdx_get_text(cursor, NULL);
    quote->about_count = qdx_get_count(cursor);
    quote->about = *cursor;
    for (uint64_t i = 0; i < quote->about_count && !cursor->failed; i++)
        qdx_cursor_varint(cursor);
}

static bool quote_fits(const qdx_record *record, const qdx_record_quote *quote)
{
    qdx_cursor about = quote->about;
    for (uint64_t i = 0; i < quote->about_count; i++)
        if (qdx_cursor_varint(&about) >= record->entity_count)
            return false;
    return quote->kind <= QDX_QUOTE_INDIRECT && quote->speaker_kind <= QDX_SPEAKER_UNNAMED &&
           quote->speaker <= record->entity_count;
}

static void decode_head(qdx_cursor *cursor, qdx_record *record)
{
    record->head = cursor->at;
    record->path = qdx_get_text(cursor, &record->path_size);
    record->part = (uint32_t)qdx_cursor_varint_max(cursor, UINT32_MAX);
    record->title = qdx_get_text(cursor, NULL);
    record->url = qdx_get_text(cursor, NULL);
    record->outlet = qdx_get_text(cursor, NULL);
    record->date = (uint32_t)qdx_cursor_varint_max(cursor, UINT32_MAX);
    record->text_bytes = qdx_cursor_varint(cursor);
    record->text_hash = qdx_cursor_u64(cursor);
    record->entity_count = qdx_cursor_varint(cursor);
    record->entities = *cursor;
}

static bool decode_entities(qdx_cursor *cursor, const qdx_record *record)
{
    for (uint64_t i = 0; i < record->entity_count && !cursor->failed; i++) {
        size_t size;
        qdx_form form;
        const char *bytes = qdx_cursor_string(cursor, &size);
        if (cursor->failed || !qdx_form_decode(bytes, size, &form))
            return false;
    }
    return !cursor->failed;
}

static bool decode_lists(qdx_cursor *cursor, qdx_record *record)
{
    record->tail = cursor->at;
    record->end = cursor->end;
    record->mention_count = qdx_get_count(cursor);
    record->mentions = *cursor;
    qdx_record_mention mention = {0};
    for (uint64_t i = 0; i < record->mention_count && !cursor->failed; i++) {
        qdx_record_mention_next(cursor, &mention);
        if (mention.entity >= record->entity_count)
            return false;
    }
    record->quote_count = qdx_get_count(cursor);
    record->quotes = *cursor;
    qdx_record_quote quote;
    for (uint64_t i = 0; i < record->quote_count && !cursor->failed; i++) {
        qdx_record_quote_next(cursor, &quote);
        if (!quote_fits(record, &quote))
            return false;
    }
    return !cursor->failed && qdx_cursor_left(cursor) == 0;
}

qdx_status qdx_record_decode(qdx_cursor *cursor, qdx_record *record, qdx_error *error)
{
    uint32_t size = qdx_cursor_u32(cursor);
    const unsigned char *bytes = qdx_cursor_bytes(cursor, size);
    qdx_cursor body;
    qdx_cursor_init(&body, bytes, bytes ? size : 0);
    decode_head(&body, record);
    if (!bytes || !decode_entities(&body, record) || !decode_lists(&body, record))
        return qdx_error_set(error, QDX_ERR_ARGUMENT, "bytes are no record of a document");
    return QDX_OK;
}

void qdx_record_reopen(const unsigned char *bytes, size_t size, const qdx_record_lists *lists,
                       qdx_record *record)
{
    qdx_cursor cursor;
    qdx_cursor_init(&cursor, bytes, size);
    decode_head(&cursor, record);
    record->mention_count = lists->mention_count;
    qdx_cursor_init(&record->mentions, bytes + lists->mentions, size - lists->mentions);
    record->quote_count = lists->quote_count;
    qdx_cursor_init(&record->quotes, bytes + lists->quotes, size - lists->quotes);
}
