/*
 * Rows by their number. The group of one that was asked for is taken apart once and stays in the
 * index, so that what is handed out is borrowed from there.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/decisions.h"
#include "index/decode.h"
#include "index/form.h"
#include "index/store.h"
#include "index/words.h"

/* Opens a group for good; threads that race for one keep the first's. */
static qdx_status open_group(const qdx_index *index, unsigned view, uint64_t group,
                             qdx_group_slot *slot, qdx_error *error)
{
    qdx_opened_group *none = NULL, *opened = calloc(1, sizeof *opened);
    if (!opened)
        return qdx_error_memory(error);
    qdx_status status =
        qdx_view_read(index, view, group, &opened->arena, &opened->rows, &opened->count, error);
    if (status != QDX_OK || !atomic_compare_exchange_strong(slot, &none, opened)) {
        qdx_arena_release(&opened->arena);
        free(opened);
    }
    return status;
}

/* The opened group that holds record i, and its place there. */
qdx_status qdx_view_row_at(const qdx_index *index, unsigned view, uint64_t i, void *row,
                           qdx_error *error)
{
    qdx_store store = qdx_view_store(view);
    unsigned records = qdx_store_layouts[store].records;
    uint64_t group = records ? i / records : i;
    size_t size = qdx_view_row_size(view);
    if (i >= qdx_store_count(index, store))
        return qdx_store_broken(store, i, error);
    qdx_group_slot *slot = qdx_index_slots(index, view) + group;
    if (!atomic_load(slot)) {
        qdx_status status = open_group(index, view, group, slot, error);
        if (status != QDX_OK)
            return status;
    }
    memcpy(row, (const char *)atomic_load(slot)->rows + (records ? i % records : 0) * size, size);
    return QDX_OK;
}

#define ROW_AT(name, type, view)                                                                   \
    qdx_status name(const qdx_index *index, uint64_t i, type *row, qdx_error *error)               \
    {                                                                                              \
        return qdx_view_row_at(index, view, i, row, error);                                        \
    }

ROW_AT(qdx_symbol_row_at, qdx_symbol_row, QDX_STORE_SYMBOL)
ROW_AT(qdx_skipped_row_at, qdx_skipped_row, QDX_STORE_SKIPPED)
ROW_AT(qdx_document_row_at, qdx_document_row, QDX_STORE_DOCUMENT)
ROW_AT(qdx_entity_row_at, qdx_entity_row, QDX_STORE_ENTITY)
ROW_AT(qdx_entity_name_at, qdx_entity_name_row, QDX_VIEW_NAMES)
ROW_AT(qdx_mentions_row_at, qdx_mentions_row, QDX_STORE_MENTION)
ROW_AT(qdx_quote_row_at, qdx_quote_row, QDX_STORE_QUOTE)
ROW_AT(qdx_speech_row_at, qdx_speech_row, QDX_STORE_SPEECH)
ROW_AT(qdx_posting_row_at, qdx_posting_row, QDX_STORE_POSTING)
ROW_AT(qdx_source_row_at, qdx_source_row, QDX_STORE_SOURCE)
ROW_AT(qdx_form_row_at, qdx_form_row, QDX_STORE_FORM)

/* What people decided stands above what was found. */
static void apply_decisions(const qdx_index *index, uint32_t quote, qdx_fact_row *row)
{
    const qdx_decided_quote *decided = qdx_decided_quote_find(index, quote);
    row->decided = decided != NULL;
    if (decided) {
        row->speaker = decided->speaker;
        row->speaker_kind = decided->speaker_kind;
        row->confidence = decided->speaker == UINT32_MAX ? 0 : QDX_PER_MILLE;
    }
    if (row->speaker != UINT32_MAX)
        row->speaker = qdx_decided_entity(index, row->speaker);
}

qdx_status qdx_fact_undated_at(const qdx_index *index, uint64_t i, qdx_fact_row *row,
                               qdx_error *error)
{
    qdx_quote_row quote;
    qdx_status status = qdx_quote_row_at(index, i, &quote, error);
    if (status != QDX_OK)
        return status;
    *row = (qdx_fact_row){quote.speaker, 0,          quote.document,     quote.char_start,
                          quote.chars,   quote.kind, quote.speaker_kind, quote.confidence,
                          false};
    apply_decisions(index, (uint32_t)i, row);
    return QDX_OK;
}

qdx_status qdx_fact_date(const qdx_index *index, qdx_fact_row *row, qdx_error *error)
{
    return qdx_view_row_at(index, QDX_VIEW_DATES, row->document, &row->date, error);
}

qdx_status qdx_fact_row_at(const qdx_index *index, uint64_t i, qdx_fact_row *row, qdx_error *error)
{
    qdx_status status = qdx_fact_undated_at(index, i, row, error);
    return status == QDX_OK ? qdx_fact_date(index, row, error) : status;
}

const char *qdx_entity_variant_next(qdx_entity_row *row, uint64_t *times)
{
    const char *spelling = qdx_get_text(&row->variants, NULL);
    uint64_t count = qdx_get_number(&row->times);
    if (times)
        *times = count;
    return *spelling ? spelling : row->name;
}

void qdx_entity_tenure_next(qdx_entity_row *row, qdx_form_tenure *tenure)
{
    tenure->office = qdx_get_text(&row->offices, NULL);
    tenure->country = qdx_get_text(&row->offices, NULL);
    tenure->organization = qdx_get_text(&row->offices, NULL);
    tenure->from = (uint32_t)qdx_get_number(&row->terms);
    tenure->to = (uint32_t)qdx_get_number(&row->terms);
    tenure->phrases = NULL;
    tenure->phrase_count = 0;
}

/* The first entity of this id, and a type not below `type`, to which the key leads. */
static qdx_status find_by_key(const qdx_index *index, const qdx_buffer *key, const char *id,
                              unsigned type, uint64_t *number, qdx_error *error)
{
    qdx_table_reader reader;
    qdx_entity_name_row row;
    qdx_status status = qdx_buffer_status(key, error);
    if (status == QDX_OK)
        status = qdx_table_find(index, QDX_STORE_NAME, qdx_table_key(key->bytes, key->size, false),
                                &reader, error);
    while (status == QDX_OK && qdx_table_reader_next(&reader, number, NULL)) {
        status = qdx_entity_name_at(index, *number, &row, error);
        if (status == QDX_OK && row.type >= type && strcmp(row.id, id) == 0)
            return QDX_OK;
    }
    if (status == QDX_OK)
        status = reader.values.failed ? qdx_store_broken(QDX_STORE_NAME, 0, error) : QDX_END;
    return status;
}

qdx_status qdx_entity_find(const qdx_index *index, const char *id, unsigned type, uint64_t *number,
                           qdx_error *error)
{
    qdx_buffer key = {0};
    uint64_t other;
    qdx_buffer_byte(&key, QDX_KEY_ID);
    qdx_buffer_text(&key, id);
    qdx_status own = find_by_key(index, &key, id, type, number, error);
    qdx_buffer_clear(&key);
    qdx_buffer_byte(&key, QDX_KEY_FOLDED);
    qdx_index_name_key(id, strlen(id), &key);
    qdx_status made =
        own == QDX_OK || own == QDX_END ? find_by_key(index, &key, id, type, &other, error) : own;
    qdx_buffer_release(&key);
    if (made != QDX_OK && made != QDX_END)
        return made;
    if (made == QDX_OK && (own == QDX_END || other < *number)) {
        *number = other;
        own = QDX_OK;
    }
    return own;
}

qdx_status qdx_quote_about_at(const qdx_index *index, const qdx_quote_row *row, uint32_t k,
                              uint32_t *entity, qdx_error *error)
{
    qdx_mentions_row mentions;
    qdx_status status = qdx_view_row_at(index, QDX_VIEW_PAIRS, row->document, &mentions, error);
    if (status != QDX_OK)
        return status;
    if (k >= row->about_count || row->about[k] >= mentions.pair_count)
        return qdx_store_broken(QDX_STORE_QUOTE, row->document, error);
    *entity = mentions.pairs[row->about[k]].entity;
    return QDX_OK;
}
