/*
 * The query for mentions: the documents of each bearer's postings, and in them every mention. What
 * stands around them is read only for the rows that are shown, in their order.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/context.h"
#include "query/article_filter.h"
#include "query/result.h"
#include "query/source_text.h"

/* A mention on its way to a row, with what orders it. */
typedef struct found_mention {
    uint32_t date, document;
    qdx_mention_hit hit;
} found_mention;

typedef struct search {
    qdx_result *result;
    const qdx_index *index;
    const qdx_query *query;
    qdx_article_filter articles;
    qdx_bearer_list bearers;
    bool one;
    const char **spellings; /* of the entity being searched, the arena's */
    qdx_source_text text;
    qdx_buffer before, after;
    QDX_VECTOR(found_mention) found;
} search;

/* A terminated copy without blanks at its ends. NULL without memory. */
static const char *copy_trimmed(qdx_result *result, const qdx_buffer *buffer)
{
    const char *bytes = buffer->bytes ? buffer->bytes : "";
    size_t size = buffer->size;
    while (size && bytes[0] == ' ') {
        bytes++;
        size--;
    }
    while (size && bytes[size - 1] == ' ')
        size--;
    return buffer->failed ? NULL : qdx_arena_copy(&result->arena, bytes, size);
}

static qdx_status fill_context(search *s, qdx_mention_hit *hit, qdx_error *error)
{
    qdx_buffer_clear(&s->before);
    qdx_buffer_clear(&s->after);
    qdx_source_text_around(&s->text, hit->char_start, hit->char_end, &s->before, &s->after);
    hit->context_before = copy_trimmed(s->result, &s->before);
    hit->context_after = copy_trimmed(s->result, &s->after);
    return hit->context_before && hit->context_after ? QDX_OK : qdx_error_memory(error);
}

static qdx_status add_mention(search *s, const qdx_document_row *document, uint32_t number,
                              const qdx_entity_row *entity, const qdx_mention_row *row,
                              qdx_error *error)
{
    found_mention found = {.date = document->date, .document = number};
    qdx_mention_hit *hit = &found.hit;
    qdx_symbol_row mark;
    if (row->spelling >= entity->variant_count)
        return qdx_store_broken(QDX_STORE_MENTION, number, error);
    hit->entity = entity->name;
    hit->entity_id = entity->id;
    hit->type = (qdx_entity_type)entity->type;
    hit->date = qdx_date_unpack(document->date);
    hit->title = document->title;
    hit->outlet = document->outlet;
    hit->url = document->url;
    hit->file = document->path;
    hit->part = document->part;
    hit->path = qdx_result_name(s->result, document->path, document->part);
    if (!hit->path)
        return qdx_error_memory(error);
    hit->paragraph = row->paragraph;
    hit->char_start = row->char_start;
    hit->text = s->spellings[row->spelling];
    hit->char_end = hit->char_start + qdx_count_chars(hit->text, (uint32_t)strlen(hit->text));
    qdx_status status = qdx_symbol_row_at(s->index, row->mark, &mark, error);
    if (status != QDX_OK)
        return status;
    hit->rule = mark.text;
    hit->confidence = (float)mark.confidence / QDX_PER_MILLE;
    return qdx_vector_push(&s->found, found) ? QDX_OK : qdx_error_memory(error);
}

/* Did this entity, by any of its matches, bear the name at that date? */
static bool bears_name(const search *s, uint32_t entity, uint32_t date)
{
    for (size_t i = 0; i < s->bearers.count; i++)
        if (s->bearers.items[i].entity == entity &&
            qdx_bearer_serves(&s->bearers.items[i], date, s->one))
            return true;
    return false;
}

static qdx_status search_document(search *s, uint32_t number, uint32_t entity_number,
                                  const qdx_entity_row *entity, qdx_error *error)
{
    qdx_document_row document;
    qdx_mentions_row mentions;
    bool fits;
    qdx_status status = qdx_article_source_fits(&s->articles, number, &fits, error);
    if (status == QDX_OK && fits)
        status = qdx_document_row_at(s->index, number, &document, error);
    if (status != QDX_OK || !fits || !qdx_article_date_fits(&s->articles, document.date) ||
        !bears_name(s, entity_number, document.date))
        return status;
    status = qdx_mentions_row_at(s->index, number, &mentions, error);
    for (uint32_t i = 0; status == QDX_OK && i < mentions.mention_count; i++)
        if (mentions.pairs[mentions.mentions[i].who].entity == entity_number)
            status = add_mention(s, &document, number, entity, &mentions.mentions[i], error);
    return status;
}

static qdx_status list_spellings(search *s, const qdx_entity_row *entity, qdx_error *error)
{
    qdx_entity_row variants = *entity;
    s->spellings =
        qdx_arena_array(&s->result->arena, (size_t)entity->variant_count, sizeof *s->spellings);
    if (!s->spellings)
        return qdx_error_memory(error);
    for (uint64_t i = 0; i < entity->variant_count; i++) {
        s->spellings[i] = qdx_entity_variant_next(&variants, NULL);
    }
    return QDX_OK;
}

static qdx_status search_entity(search *s, uint32_t number, qdx_error *error)
{
    qdx_entity_row entity;
    qdx_posting_reader documents, about;
    uint64_t document;
    qdx_status status = qdx_entity_row_at(s->index, number, &entity, error);
    if (status == QDX_OK)
        status = list_spellings(s, &entity, error);
    if (status == QDX_OK)
        status = qdx_postings_at(s->index, number, &documents, &about, error);
    while (status == QDX_OK && qdx_posting_reader_next(&documents, &document))
        status = search_document(s, (uint32_t)document, number, &entity, error);
    if (status == QDX_OK && documents.cursor.failed)
        status = qdx_store_broken(QDX_STORE_POSTING, number, error);
    return status;
}

static int compare_found(const void *a, const void *b)
{
    const found_mention *x = a, *y = b;
    uint32_t x_date = x->date ? x->date : UINT32_MAX, y_date = y->date ? y->date : UINT32_MAX;
    if (x_date != y_date)
        return x_date < y_date ? -1 : 1;
    if (x->document != y->document)
        return x->document < y->document ? -1 : 1;
    return (x->hit.char_start > y->hit.char_start) - (x->hit.char_start < y->hit.char_start);
}

static int by_place(const void *a, const void *b)
{
    const found_mention *x = *(const found_mention *const *)a;
    const found_mention *y = *(const found_mention *const *)b;
    if (x->document != y->document)
        return x->document < y->document ? -1 : 1;
    return (x->hit.char_start > y->hit.char_start) - (x->hit.char_start < y->hit.char_start);
}

/* Reads what stands around the rows, in the order of the articles, so that each is read once, and
 * one that follows another in a file of many is read on from there. */
static qdx_status fill_contexts(search *s, qdx_error *error)
{
    qdx_result *result = s->result;
    size_t count = result->mention_count;
    qdx_status status = QDX_OK;
    const found_mention **order = calloc(count + 1, sizeof(void *));
    if (!order)
        return qdx_error_memory(error);
    for (size_t i = 0; i < count; i++)
        order[i] = &s->found.items[i];
    qsort(order, count, sizeof(void *), by_place);
    for (size_t i = 0; i < count && status == QDX_OK; i++) {
        qdx_document_row document;
        if (i == 0 || order[i]->document != order[i - 1]->document) {
            status = qdx_document_row_at(s->index, order[i]->document, &document, error);
            if (status == QDX_OK)
                status = qdx_source_text_open(&s->text, &document, error);
            result->unread += status == QDX_OK && !s->text.document.text;
        }
        if (status == QDX_OK)
            status = fill_context(s, &result->mentions[order[i] - s->found.items], error);
    }
    free(order);
    return status;
}

static qdx_status fill_mentions(search *s, qdx_error *error)
{
    qdx_result *result = s->result;
    uint64_t limit = s->query->limit;
    size_t count = limit && limit < s->found.count ? (size_t)limit : s->found.count;
    if (s->found.count)
        qsort(s->found.items, s->found.count, sizeof *s->found.items, compare_found);
    result->mentions = qdx_arena_array(&result->arena, count, sizeof *result->mentions);
    if (!result->mentions)
        return qdx_error_memory(error);
    for (size_t i = 0; i < count; i++) {
        result->mentions[i] = s->found.items[i].hit;
        result->mentions[i].context_before = result->mentions[i].context_after = "";
    }
    result->mention_count = count;
    result->total = s->found.count;
    return s->query->without_text || s->query->without_contexts ? QDX_OK : fill_contexts(s, error);
}

static bool searched_before(const search *s, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (s->bearers.items[k].entity == s->bearers.items[i].entity)
            return true;
    return false;
}

static qdx_status run(search *s, qdx_error *error)
{
    qdx_status status = qdx_article_filter_init(&s->articles, s->index, s->query, error);
    if (status == QDX_OK)
        status = qdx_result_resolve(s->result, s->index, s->query->about, QDX_ROLE_ANY, true,
                                    &s->bearers, error);
    s->one = qdx_bearers_are_one(&s->bearers);
    for (size_t i = 0; i < s->bearers.count && status == QDX_OK; i++)
        if (!searched_before(s, i))
            status = search_entity(s, s->bearers.items[i].entity, error);
    return status == QDX_OK ? fill_mentions(s, error) : status;
}

qdx_status qdx_query_mentions_where(const qdx_index *index, const qdx_query *query,
                                    qdx_result **result, qdx_error *error)
{
    *result = NULL;
    if (!query->about || !*query->about)
        return qdx_error_set(error, QDX_ERR_ARGUMENT, "a name is needed");
    search s = {.result = qdx_result_new(error),
                .index = index,
                .query = query,
                .text = {.source = query->articles}};
    if (!s.result)
        return QDX_ERR_MEMORY;
    qdx_status status = run(&s, error);
    qdx_vector_release(&s.bearers);
    qdx_vector_release(&s.found);
    qdx_article_filter_release(&s.articles);
    qdx_source_text_release(&s.text);
    qdx_buffer_release(&s.before);
    qdx_buffer_release(&s.after);
    return qdx_result_hand_out(s.result, status, result);
}

qdx_status qdx_query_mentions_from(const qdx_index *index, const char *name,
                                   const qdx_text_source *source, qdx_result **result,
                                   qdx_error *error)
{
    const qdx_query query = {.about = name, .articles = source};
    return qdx_query_mentions_where(index, &query, result, error);
}

qdx_status qdx_query_mentions(const qdx_index *index, const char *name, qdx_result **result,
                              qdx_error *error)
{
    return qdx_query_mentions_from(index, name, NULL, result, error);
}
