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
static qdx_status fill_about(qdx_result *result, const qdx_index *index, const qdx_quote_row *row,
                             qdx_hit *hit, qdx_error *error)
{
    qdx_buffer names = {0};
    qdx_status status = QDX_OK;
    hit->about = "";
    if (row->about_count == 0)
        return QDX_OK;
    for (uint32_t i = 0; i < row->about_count && status == QDX_OK; i++) {
        qdx_entity_name_row entity;
        uint32_t number;
        status = qdx_quote_about_at(index, row, i, &number, error);
        if (status == QDX_OK)
            status = qdx_entity_name_at(index, number, &entity, error);
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
    qdx_entity_name_row row;
    hit->speaker = hit->speaker_id = "";
    hit->speaker_kind = (qdx_speaker_kind)fact->speaker_kind;
    hit->confidence = (float)fact->confidence / QDX_PER_MILLE;
    if (fact->speaker == UINT32_MAX)
        return QDX_OK;
    qdx_status status = qdx_entity_name_at(index, fact->speaker, &row, error);
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

/* Has the article's text in hand, where it can be had. */
static qdx_status open_article(qdx_hit_filler *filler, uint32_t number, qdx_error *error)
{
    qdx_document_row row;
    if (filler->opened == (uint64_t)number + 1 || filler->without_text)
        return QDX_OK;
    filler->opened = 0;
    qdx_status status = qdx_document_row_at(filler->index, number, &row, error);
    if (status == QDX_OK)
        status = qdx_source_text_open(&filler->text, &row, error);
    if (status != QDX_OK)
        return status;
    filler->opened = (uint64_t)number + 1;
    filler->result->unread += !filler->text.document.text;
    return QDX_OK;
}

/* What the index does not keep: contexts, and of reported speech the words. */
static qdx_status read_article(qdx_hit_filler *filler, const qdx_quote_row *row, qdx_hit *hit,
                               qdx_error *error)
{
    qdx_buffer *before = &filler->before, *after = &filler->after;
    qdx_arena *arena = &filler->result->arena;
    hit->context_before = hit->context_after = "";
    if (filler->without_text || (filler->without_contexts && row->kind != QDX_QUOTE_INDIRECT))
        return QDX_OK;
    qdx_status status = open_article(filler, row->document, error);
    if (status != QDX_OK)
        return status;
    qdx_buffer_clear(before);
    qdx_buffer_clear(after);
    qdx_source_text_beside(&filler->text, hit->char_start, hit->char_end, before, after);
    hit->context_before = copy_text(arena, before);
    hit->context_after = copy_text(arena, after);
    if (row->kind == QDX_QUOTE_INDIRECT) {
        qdx_buffer_clear(before);
        qdx_buffer_clear(after);
        qdx_source_text_quote(&filler->text, row, before, after);
        hit->quote = copy_text(arena, before);
        hit->speaker_as_written = copy_text(arena, after);
    }
    return hit->context_before && hit->context_after && hit->quote && hit->speaker_as_written
               ? QDX_OK
               : qdx_error_memory(error);
}

/* What symbols say of it. */
static qdx_status fill_manner(const qdx_index *index, const qdx_quote_row *row, qdx_hit *hit,
                              qdx_error *error)
{
    qdx_symbol_row cue, manner;
    qdx_status status = qdx_symbol_row_at(index, row->cue, &cue, error);
    if (status == QDX_OK)
        status = qdx_symbol_row_at(index, row->manner, &manner, error);
    if (status != QDX_OK)
        return status;
    hit->cue = cue.text;
    hit->rule = manner.text;
    return QDX_OK;
}

static qdx_status fill_id(qdx_result *result, qdx_hit *hit, qdx_error *error)
{
    char *id = qdx_arena_alloc(&result->arena, QDX_QUOTE_ID_SIZE);
    uint64_t place = qdx_place_number(hit->file, hit->part);
    if (!id)
        return qdx_error_memory(error);
    qdx_quote_number_format(
        qdx_quote_number(place, hit->char_start, hit->char_end - hit->char_start), id);
    hit->quote_id = id;
    return QDX_OK;
}

qdx_status qdx_hit_fill(qdx_hit_filler *filler, const qdx_candidate *candidate, qdx_hit *hit,
                        qdx_error *error)
{
    const qdx_index *index = filler->index;
    const qdx_fact_row *fact = &candidate->fact;
    qdx_quote_row row;
    qdx_speech_row speech = {"", "", 0};
    memset(hit, 0, sizeof *hit);
    qdx_status status = qdx_quote_row_at(index, candidate->quote, &row, error);
    if (status == QDX_OK && row.kind != QDX_QUOTE_INDIRECT)
        status = qdx_speech_row_at(index, candidate->quote, &speech, error);
    if (status != QDX_OK)
        return status;
    hit->speaker_as_written = speech.as_written;
    hit->quote = speech.text;
    hit->kind = (qdx_quote_kind)fact->kind;
    hit->paragraph = row.paragraph;
    hit->char_start = row.char_start;
    hit->char_end = row.char_start + row.chars;
    hit->duplicates = candidate->duplicates;
    status = read_article(filler, &row, hit, error);
    if (status == QDX_OK)
        status = fill_manner(index, &row, hit, error);
    if (fact->decided)
        hit->rule = "decision";
    if (status == QDX_OK)
        status = fill_speaker(index, fact, hit, error);
    if (status == QDX_OK)
        status = fill_document(filler->result, index, fact, hit, error);
    if (status == QDX_OK)
        status = fill_id(filler->result, hit, error);
    return status == QDX_OK ? fill_about(filler->result, index, &row, hit, error) : status;
}

qdx_status qdx_hit_words(qdx_hit_filler *filler, uint32_t quote, const char **text,
                         const char **as_written, qdx_error *error)
{
    qdx_quote_row row;
    qdx_speech_row speech;
    qdx_status status = qdx_quote_row_at(filler->index, quote, &row, error);
    *text = *as_written = "";
    if (status == QDX_OK && row.kind == QDX_QUOTE_INDIRECT) {
        status = open_article(filler, row.document, error);
        if (status != QDX_OK)
            return status;
        qdx_buffer_clear(&filler->before);
        qdx_buffer_clear(&filler->after);
        qdx_source_text_quote(&filler->text, &row, &filler->before, &filler->after);
        if (filler->before.failed || filler->after.failed)
            return qdx_error_memory(error);
        *text = filler->before.size ? filler->before.bytes : "";
        *as_written = filler->after.size ? filler->after.bytes : "";
    } else if (status == QDX_OK) {
        status = qdx_speech_row_at(filler->index, quote, &speech, error);
        *text = status == QDX_OK ? speech.text : "";
        *as_written = status == QDX_OK ? speech.as_written : "";
    }
    return status;
}
