/*
 * A walk over all of an index. Rows are made as queries make them, one at a time, in memory that
 * the next one uses again.
 */
#include <quotedex/content.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "index/context.h"
#include "index/quote_id.h"
#include "query/entity.h"
#include "query/hit.h"

struct qdx_content {
    const qdx_index *index;
    qdx_result *result; /* lends its arena */
    qdx_hit_filler filler;
    qdx_mentions_row mentions;
    uint32_t mention; /* the next one */
    qdx_document_row row;
    const char *name;  /* of that article: its path and number */
    uint64_t document; /* whose mentions are read, + 1; 0 before the first */
};

qdx_content *qdx_content_new(const qdx_index *index, qdx_error *error)
{
    qdx_content *content = calloc(1, sizeof *content);
    qdx_result *result = content ? qdx_result_new(error) : NULL;
    if (!result) {
        free(content);
        qdx_error_memory(error);
        return NULL;
    }
    content->index = index;
    content->result = result;
    content->filler = (qdx_hit_filler){.result = result, .index = index};
    return content;
}

void qdx_content_set_articles(qdx_content *content, const qdx_text_source *articles)
{
    content->filler.text.source = articles;
}

void qdx_content_free(qdx_content *content)
{
    if (!content)
        return;
    qdx_hit_filler_release(&content->filler);
    qdx_result_free(content->result);
    free(content);
}

const char *qdx_document_id(const char *path, uint32_t part, char id[QDX_QUOTE_ID_SIZE])
{
    uint64_t hash = qdx_hash_mix(qdx_hash_bytes(path, strlen(path)), part);
    qdx_quote_number_format(hash >> (64 - QDX_QUOTE_ID_BITS), id);
    id[0] = 'd';
    return id;
}

qdx_status qdx_content_document(qdx_content *content, uint64_t i, qdx_index_document *row,
                                qdx_error *error)
{
    qdx_document_row document;
    qdx_arena *arena = &content->result->arena;
    if (i >= qdx_store_count(content->index, QDX_STORE_DOCUMENT))
        return QDX_END;
    qdx_arena_reset(arena);
    qdx_mentions_row mentions;
    qdx_status status = qdx_document_row_at(content->index, i, &document, error);
    if (status == QDX_OK)
        status = qdx_mentions_row_at(content->index, i, &mentions, error);
    if (status != QDX_OK)
        return status;
    char *id = qdx_arena_alloc(arena, QDX_QUOTE_ID_SIZE);
    if (!id)
        return qdx_error_memory(error);
    *row = (qdx_index_document){
        .id = qdx_document_id(document.path, document.part, id),
        .path = qdx_result_name(content->result, document.path, document.part),
        .title = document.title,
        .outlet = document.outlet,
        .url = document.url,
        .part = document.part,
        .date = qdx_date_unpack(document.date),
        .text_bytes = document.text_bytes,
        .mentions = mentions.mention_count,
        .quotes = document.quotes,
    };
    return row->path ? QDX_OK : qdx_error_memory(error);
}

qdx_status qdx_content_entity(qdx_content *content, uint64_t i, qdx_index_entity *row,
                              qdx_error *error)
{
    if (i >= qdx_store_count(content->index, QDX_STORE_ENTITY))
        return QDX_END;
    qdx_arena_reset(&content->result->arena);
    return qdx_entity_fill(&content->result->arena, content->index, i, row, error);
}

qdx_status qdx_content_quote(qdx_content *content, uint64_t i, qdx_hit *row, qdx_error *error)
{
    qdx_candidate candidate = {.quote = (uint32_t)i};
    if (i >= qdx_store_count(content->index, QDX_STORE_QUOTE))
        return QDX_END;
    qdx_arena_reset(&content->result->arena);
    content->result->unread = 0;
    qdx_status status = qdx_fact_row_at(content->index, i, &candidate.fact, error);
    return status == QDX_OK ? qdx_hit_fill(&content->filler, &candidate, row, error) : status;
}

/* The spelling of the current mention. */
static qdx_status mention_text(const qdx_content *content, const qdx_mention_row *mention,
                               qdx_entity_row *entity, const char **text, qdx_error *error)
{
    if (mention->spelling >= entity->variant_count)
        return qdx_store_broken(QDX_STORE_MENTION, content->document - 1, error);
    for (uint32_t i = 0; i <= mention->spelling; i++)
        *text = qdx_entity_variant_next(entity, NULL);
    return QDX_OK;
}

static qdx_status fill_mention(const qdx_content *content, qdx_mention_hit *row, qdx_error *error)
{
    qdx_entity_row entity;
    qdx_symbol_row mark = {0};
    const qdx_mention_row *mention = &content->mentions.mentions[content->mention];
    uint32_t number = content->mentions.pairs[mention->who].entity;
    qdx_status status = qdx_entity_row_at(content->index, number, &entity, error);
    if (status != QDX_OK)
        return status;
    *row = (qdx_mention_hit){
        .entity = entity.name,
        .entity_id = entity.id,
        .type = (qdx_entity_type)entity.type,
        .date = qdx_date_unpack(content->row.date),
        .title = content->row.title,
        .outlet = content->row.outlet,
        .url = content->row.url,
        .path = content->name,
        .file = content->row.path,
        .part = content->row.part,
        .paragraph = mention->paragraph,
        .char_start = mention->char_start,
        .context_before = "",
        .context_after = "",
    };
    status = mention_text(content, mention, &entity, &row->text, error);
    if (status == QDX_OK)
        status = qdx_symbol_row_at(content->index, mention->mark, &mark, error);
    if (status != QDX_OK)
        return status;
    row->char_end = row->char_start + qdx_count_chars(row->text, (uint32_t)strlen(row->text));
    row->rule = mark.text;
    row->confidence = (float)mark.confidence / QDX_PER_MILLE;
    return QDX_OK;
}

/* Opens the next article's mentions; QDX_END after the last, from where it begins again. */
static qdx_status next_document(qdx_content *content, qdx_error *error)
{
    uint64_t number = content->document;
    if (number >= qdx_store_count(content->index, QDX_STORE_DOCUMENT)) {
        content->document = 0;
        return QDX_END;
    }
    content->mention = 0;
    qdx_arena_reset(&content->result->arena);
    qdx_status status = qdx_document_row_at(content->index, number, &content->row, error);
    if (status == QDX_OK)
        content->name = qdx_result_name(content->result, content->row.path, content->row.part);
    if (status == QDX_OK && !content->name)
        status = qdx_error_memory(error);
    if (status == QDX_OK)
        status = qdx_mentions_row_at(content->index, number, &content->mentions, error);
    if (status == QDX_OK)
        content->document++;
    return status;
}

qdx_status qdx_content_next_mention(qdx_content *content, qdx_mention_hit *row, qdx_error *error)
{
    qdx_status status = content->document ? QDX_OK : next_document(content, error);
    while (status == QDX_OK && content->mention == content->mentions.mention_count)
        status = next_document(content, error);
    if (status == QDX_OK)
        status = fill_mention(content, row, error);
    content->mention += status == QDX_OK;
    return status;
}
