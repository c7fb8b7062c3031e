/* The query for entities: a list of all, filtered by type and by a part of a name, in order. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/words.h"
#include "query/companions.h"
#include "query/entity.h"
#include "query/result.h"

typedef struct listed_entity {
    uint32_t number;
    uint64_t rank;            /* what they are ordered by: most first, then in the index' order */
    const qdx_bearer *bearer; /* when the name resolved to it */
} listed_entity;

typedef QDX_VECTOR(listed_entity) entity_list;

/* Does the key begin a word of the name's key? Keeps in mind when memory ran out. */
static bool key_begins_word(const qdx_buffer *key, const char *name, qdx_buffer *scratch)
{
    if (scratch->failed)
        return false;
    qdx_buffer_clear(scratch);
    qdx_index_name_key(name, strlen(name), scratch);
    if (scratch->failed || !scratch->size)
        return false;
    for (const char *at = scratch->bytes; (at = strstr(at, key->bytes)) != NULL; at++)
        if (at == scratch->bytes || at[-1] == ' ')
            return true;
    return false;
}

static bool row_fits(qdx_entity_row *row, const qdx_buffer *key, qdx_buffer *scratch)
{
    bool fits = key_begins_word(key, row->name, scratch);
    for (uint64_t i = 0; i < row->alias_count && !fits; i++)
        fits = key_begins_word(key, qdx_get_text(&row->aliases, NULL), scratch);
    for (uint64_t i = 0; i < row->variant_count && !fits; i++) {
        fits = key_begins_word(key, qdx_entity_variant_next(row, NULL), scratch);
    }
    return fits;
}

static const qdx_bearer *find_bearer(const qdx_bearer_list *bearers, uint32_t entity)
{
    for (size_t i = 0; i < bearers->count; i++)
        if (bearers->items[i].entity == entity)
            return &bearers->items[i];
    return NULL;
}

static uint64_t rank_of(const qdx_entity_row *row, qdx_entity_sort sort)
{
    switch (sort) {
    case QDX_ENTITY_SORT_MENTIONS:
        return row->mentions;
    case QDX_ENTITY_SORT_QUOTES:
        return row->quotes - row->reported;
    case QDX_ENTITY_SORT_ARTICLES:
        return row->documents;
    case QDX_ENTITY_SORT_ID:
        break;
    }
    return 0;
}

static qdx_status list_entities(const qdx_index *index, const qdx_entity_query *query,
                                const qdx_buffer *key, const qdx_bearer_list *bearers,
                                entity_list *list, qdx_error *error)
{
    qdx_buffer scratch = {0};
    qdx_status status = QDX_OK;
    uint64_t count = qdx_store_count(index, QDX_STORE_ENTITY);
    for (uint64_t i = 0; i < count && status == QDX_OK; i++) {
        qdx_entity_row row;
        status = qdx_entity_row_at(index, i, &row, error);
        if (status != QDX_OK || (query->types && !(query->types & 1u << row.type)))
            continue;
        listed_entity entry = {(uint32_t)i, rank_of(&row, query->sort),
                               find_bearer(bearers, (uint32_t)i)};
        if (key && !entry.bearer && !row_fits(&row, key, &scratch))
            continue;
        if (!qdx_vector_push(list, entry))
            status = qdx_error_memory(error);
    }
    if (status == QDX_OK)
        status = qdx_buffer_status(&scratch, error);
    qdx_buffer_release(&scratch);
    return status;
}

/* Most first; then in the index' order, which is by id. */
static int compare_listed(const void *a, const void *b)
{
    const listed_entity *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank > y->rank ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

/* Who they are named with. */
static qdx_status fill_companions(qdx_result *result, const qdx_index *index,
                                  const entity_list *list, qdx_error *error)
{
    qdx_companions companions = {.index = index, .arena = &result->arena};
    qdx_status status = QDX_OK;
    for (size_t i = 0; i < list->count && i < result->entity_count && status == QDX_OK; i++)
        status = qdx_companions_of(&companions, list->items[i].number, &result->entities[i], error);
    qdx_companions_release(&companions);
    return status;
}

static qdx_status fill_entities(qdx_result *result, const qdx_index *index, entity_list *list,
                                uint64_t limit, qdx_error *error)
{
    size_t count = limit && limit < list->count ? (size_t)limit : list->count;
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, compare_listed);
    result->entities = qdx_arena_array(&result->arena, count, sizeof *result->entities);
    if (!result->entities)
        return qdx_error_memory(error);
    result->total = list->count;
    for (size_t i = 0; i < count; i++) {
        const listed_entity *entry = &list->items[i];
        qdx_index_entity *entity = &result->entities[i];
        qdx_status status = qdx_entity_fill(&result->arena, index, entry->number, entity, error);
        if (status != QDX_OK)
            return status;
        if (entry->bearer) {
            entity->rule = entry->bearer->rule;
            entity->confidence = entry->bearer->confidence;
        }
        result->entity_count++;
    }
    return fill_companions(result, index, list, error);
}

static qdx_status suggest(qdx_result *result, const qdx_index *index, const char *name,
                          qdx_error *error)
{
    qdx_bearer_list nearest = {0};
    qdx_status status = qdx_name_suggest(index, name, &nearest, error);
    if (status == QDX_OK)
        status = qdx_result_set_bearers(result, index, &nearest, true, error);
    qdx_vector_release(&nearest);
    return status;
}

static qdx_status run(qdx_result *result, const qdx_index *index, const qdx_entity_query *query,
                      qdx_error *error)
{
    qdx_bearer_list bearers = {0};
    entity_list list = {0};
    qdx_buffer key = {0};
    const char *match = query->match && *query->match ? query->match : NULL;
    qdx_status status = QDX_OK;
    if (match) {
        qdx_index_name_key(match, strlen(match), &key);
        status = qdx_buffer_status(&key, error);
        if (status == QDX_OK && key.size == 0)
            status = qdx_error_set(error, QDX_ERR_ARGUMENT, "no name to look for in \"%s\"", match);
        if (status == QDX_OK)
            status = qdx_name_resolve(index, match, &bearers, error);
    }
    if (status == QDX_OK)
        status = list_entities(index, query, match ? &key : NULL, &bearers, &list, error);
    if (status == QDX_OK)
        status = fill_entities(result, index, &list, query->limit, error);
    if (status == QDX_OK && match && list.count == 0)
        status = suggest(result, index, match, error);
    qdx_vector_release(&bearers);
    qdx_vector_release(&list);
    qdx_buffer_release(&key);
    return status;
}

qdx_status qdx_query_entities_where(const qdx_index *index, const qdx_entity_query *query,
                                    qdx_result **result, qdx_error *error)
{
    *result = NULL;
    if ((unsigned)query->sort > QDX_ENTITY_SORT_ID)
        return qdx_error_set(error, QDX_ERR_ARGUMENT, "unknown order of entities");
    qdx_result *made = qdx_result_new(error);
    if (!made)
        return QDX_ERR_MEMORY;
    return qdx_result_hand_out(made, run(made, index, query, error), result);
}

qdx_status qdx_query_entities(const qdx_index *index, int type, const char *match,
                              qdx_result **result, qdx_error *error)
{
    const qdx_entity_query query = {.types = type < 0 ? 0 : 1u << (unsigned)type, .match = match};
    return qdx_query_entities_where(index, &query, result, error);
}
