/*
 * Fills rows: texts are borrowed from the index, only the list of names in the content is made
 * here.
 */
#include "query/hit.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/quote_id.h"

/* Names of the entities in the content, joined by "; ". */
static qdx_status fill_about(qdx_result *result, const qdx_index *index, qdx_quote_row *row,
                             qdx_hit *hit, qdx_error *error)
{
    qdx_buffer names = {0};
    qdx_status status = QDX_OK;
    hit->about = "";
    if (row->about_count == 0)
        return QDX_OK;
    for (uint64_t i = 0; i < row->about_count && status == QDX_OK; i++) {
        qdx_entity_row entity;
        status = qdx_entity_row_at(index, qdx_cursor_varint(&row->about), &entity, error);
        if (status != QDX_OK)
            break;
        if (i)
            qdx_buffer_text(&names, "; ");
        qdx_buffer_text(&names, entity.name);
    }
    if (status == QDX_OK)
        status = qdx_buffer_status(&names, error);
    if (status == QDX_OK) {
        hit->about = qdx_arena_copy(&result->arena, names.bytes, names.size);
        if (!hit->about)
            status = qdx_error_memory(error);
    }
    qdx_buffer_release(&names);
    return status;
}

static qdx_status fill_speaker(const qdx_index *index, const qdx_fact_row *fact, qdx_hit *hit,
                               qdx_error *error)
{
    qdx_entity_row row;
    hit->speaker = hit->speaker_id = "";
    hit->speaker_kind = (qdx_speaker_kind)fact->speaker_kind;
    hit->confidence = (float)fact->confidence / QDX_PER_MILLE;
    if (fact->speaker == UINT32_MAX)
        return QDX_OK;
    qdx_status status = qdx_entity_row_at(index, fact->speaker, &row, error);
    if (status == QDX_OK) {
        hit->speaker = row.name;
        hit->speaker_id = row.id;
    }
    return status;
}

static qdx_status fill_document(qdx_result *result, const qdx_index *index,
                                const qdx_fact_row *fact, qdx_hit *hit, qdx_error *error)
{
    qdx_document_row row;
    qdx_status status = qdx_document_row_at(index, fact->document, &row, error);
    if (status != QDX_OK)
        return status;
    hit->file = row.path;
    hit->part = row.part;
    hit->path = qdx_result_name(result, row.path, row.part);
    if (!hit->path)
        return qdx_error_memory(error);
    hit->title = row.title;
    hit->url = row.url;
    hit->outlet = row.outlet;
    hit->date = qdx_date_unpack(row.date);
    return QDX_OK;
}

void qdx_hit_filler_release(qdx_hit_filler *filler)
{
    qdx_source_text_release(&filler->text);
    qdx_buffer_release(&filler->before);
    qdx_buffer_release(&filler->after);
}

/* A terminated copy; NULL without memory. */
static const char *copy_text(qdx_arena *arena, const qdx_buffer *text)
{
    return text->failed ? NULL : qdx_arena_copy(arena, text->bytes ? text->bytes : "", text->size);
}

/* Contexts of an indirect quotation: the index has none. */
static qdx_status read_context(qdx_hit_filler *filler, uint32_t number, qdx_hit *hit,
                               qdx_error *error)
{
    if (filler->opened != (uint64_t)number + 1) {
        qdx_document_row row;
        qdx_status status = qdx_document_row_at(filler->index, number, &row, error);
        if (status == QDX_OK)
            status = qdx_source_text_open(&filler->text, &row, error);
        if (status != QDX_OK)
            return status;
        filler->opened = (uint64_t)number + 1;
        filler->result->unread += !filler->text.document.text;
    }
    qdx_buffer *before = &filler->before, *after = &filler->after;
    qdx_arena *arena = &filler->result->arena;
    qdx_buffer_clear(before);
    qdx_buffer_clear(after);
    qdx_source_text_beside(&filler->text, hit->char_start, hit->char_end, before, after);
    hit->context_before = copy_text(arena, before);
    hit->context_after = copy_text(arena, after);
    return hit->context_before && hit->context_after ? QDX_OK : qdx_error_memory(error);
}

qdx_status qdx_hit_fill(qdx_hit_filler *filler, const qdx_candidate *candidate, qdx_hit *hit,
                        qdx_error *error)
{
    qdx_result *result = filler->result;
    const qdx_index *index = filler->index;
    const qdx_fact_row *fact = &candidate->fact;
    qdx_quote_row row;
    memset(hit, 0, sizeof *hit);
    qdx_status status = qdx_quote_row_at(index, candidate->quote, &row, error);
    if (status != QDX_OK)
        return status;
    char *id = qdx_arena_alloc(&result->arena, QDX_QUOTE_ID_SIZE);
    if (!id)
        return qdx_error_memory(error);
    qdx_quote_number_format(fact->number, id);
    hit->quote_id = id;
    hit->speaker_as_written = row.as_written;
    hit->quote = row.text;
    hit->kind = (qdx_quote_kind)fact->kind;
    hit->cue = row.cue;
    hit->rule = row.rule;
    hit->paragraph = row.paragraph;
    hit->char_start = fact->char_start;
    hit->char_end = fact->char_start + row.chars;
    hit->context_before = row.before;
    hit->context_after = row.after;
    hit->duplicates = candidate->duplicates;
    if (hit->kind == QDX_QUOTE_INDIRECT && !filler->without_text)
        status = read_context(filler, fact->document, hit, error);
    if (status == QDX_OK)
        status = fill_speaker(index, fact, hit, error);
    if (status == QDX_OK)
        status = fill_document(result, index, fact, hit, error);
    return status == QDX_OK ? fill_about(result, index, &row, hit, error) : status;
}
