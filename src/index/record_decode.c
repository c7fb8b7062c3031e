/*
 * Checks records before they are believed: sizes, places, and every number that points somewhere.
 * Afterwards the writer reads the rows where they lie and need not check again.
 */
#include <string.h>

#include "index/record.h"

bool qdx_record_head(const void *bytes, size_t size, qdx_record *head)
{
    if (size < sizeof *head)
        return false;
    memcpy(head, bytes, sizeof *head);
    uint64_t rows = sizeof *head + (uint64_t)head->quote_count * sizeof(qdx_record_quote) +
                    (uint64_t)head->mention_count * sizeof(qdx_record_mention);
    uint64_t marks = (uint64_t)head->mark_count * sizeof(qdx_record_mark);
    uint64_t numbers = (uint64_t)head->number_count * sizeof(uint32_t);
    uint64_t forms = (uint64_t)head->form_count * sizeof(uint32_t);
    return head->size <= size && head->size % QDX_RECORD_UNIT == 0 && rows <= head->marks &&
           head->marks % sizeof(uint32_t) == 0 && head->marks + marks == head->numbers &&
           head->numbers + numbers == head->forms && head->forms + forms <= head->size;
}

/* Texts stand between the rows and the marks. */
static bool slice_fits(const qdx_record *record, qdx_slice slice)
{
    return slice.at < record->marks && slice.size < record->marks - slice.at &&
           qdx_record_text(record, slice)[slice.size] == 0;
}

static bool list_fits(const qdx_record *record, uint32_t first, uint32_t count)
{
    return first <= record->number_count && count <= record->number_count - first;
}

static bool quote_fits(const qdx_record *record, const qdx_record_quote *quote)
{
    bool fits = quote->kind <= QDX_QUOTE_INDIRECT && quote->speaker_kind <= QDX_SPEAKER_UNNAMED &&
                quote->confidence <= QDX_PER_MILLE &&
                (quote->speaker == UINT32_MAX || quote->speaker < record->form_count) &&
                list_fits(record, quote->about, quote->about_count) &&
                list_fits(record, quote->gaps, quote->gap_count) && quote->gap_count % 2 == 0 &&
                slice_fits(record, quote->text) && slice_fits(record, quote->cue) &&
                slice_fits(record, quote->rule) && slice_fits(record, quote->as_written);
    for (uint32_t i = 0; fits && i < quote->about_count; i++)
        fits = qdx_record_numbers(record)[quote->about + i] < record->form_count;
    return fits;
}

bool qdx_record_check(const qdx_record *record)
{
    bool fits = slice_fits(record, record->path) && slice_fits(record, record->title) &&
                slice_fits(record, record->url) && slice_fits(record, record->outlet) &&
                slice_fits(record, record->format) && slice_fits(record, record->encoding);
    const qdx_record_mention *mentions = qdx_record_mentions(record);
    for (uint32_t i = 0; fits && i < record->mention_count; i++)
        fits = mentions[i].entity < record->form_count && mentions[i].mark < record->mark_count &&
               slice_fits(record, mentions[i].text);
    for (uint32_t i = 0; fits && i < record->quote_count; i++)
        fits = quote_fits(record, &qdx_record_quotes(record)[i]);
    for (uint32_t i = 0; fits && i < record->mark_count; i++)
        fits = qdx_record_marks(record)[i].confidence <= QDX_PER_MILLE &&
               slice_fits(record, qdx_record_marks(record)[i].rule);
    return fits;
}
