/* Results: making, reading, releasing. Everything a result points to is the arena's or the index'.
 */
#include "query/result.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/decisions.h"
#include "query/entity.h"

qdx_result *qdx_result_new(qdx_error *error)
{
    qdx_result *result = calloc(1, sizeof *result);
    if (!result)
        qdx_error_memory(error);
    return result;
}

void qdx_result_free(qdx_result *result)
{
    if (!result)
        return;
    qdx_arena_release(&result->arena);
    free(result);
}

qdx_status qdx_result_hand_out(qdx_result *made, qdx_status status, qdx_result **result)
{
    *result = status == QDX_OK ? made : NULL;
    if (status != QDX_OK)
        qdx_result_free(made);
    return status;
}

const char *qdx_result_name(qdx_result *result, const char *path, uint32_t part)
{
    if (!part)
        return path;
    size_t room = strlen(path) + 12;
    char *name = qdx_arena_alloc(&result->arena, room);
    if (name)
        snprintf(name, room, "%s#%u", path, part);
    return name;
}

static bool stands_before(const qdx_bearer_list *bearers, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (bearers->items[k].entity == bearers->items[i].entity)
            return true;
    return false;
}

qdx_status qdx_result_set_bearers(qdx_result *result, const qdx_index *index,
                                  const qdx_bearer_list *bearers, bool suggestion, qdx_error *error)
{
    result->is_suggestion = suggestion && bearers->count > 0;
    result->bearers = qdx_arena_array(&result->arena, bearers->count, sizeof *result->bearers);
    if (!result->bearers)
        return qdx_error_memory(error);
    for (size_t i = 0; i < bearers->count; i++) {
        uint32_t number = bearers->items[i].entity;
        if (stands_before(bearers, i) || qdx_decided_entity(index, number) != number)
            continue;
        qdx_index_entity *entity = &result->bearers[result->bearer_count];
        qdx_status status =
            qdx_entity_fill(&result->arena, index, bearers->items[i].entity, entity, error);
        if (status != QDX_OK)
            return status;
        entity->rule = bearers->items[i].rule;
        entity->confidence = bearers->items[i].confidence;
        result->bearer_count++;
    }
    return QDX_OK;
}

static qdx_status has_role(const qdx_index *index, uint32_t entity, qdx_role role, bool *has,
                           qdx_error *error)
{
    qdx_entity_row row;
    qdx_posting_reader documents, about;
    qdx_status status = qdx_entity_row_at(index, entity, &row, error);
    if (status == QDX_OK)
        status = qdx_postings_at(index, entity, &documents, &about, error);
    if (status == QDX_OK)
        *has = role == QDX_ROLE_SPEAKER ? row.quotes > 0
               : role == QDX_ROLE_TOPIC ? about.left > 0
                                        : true;
    return status;
}

/* Leaves only those with something to show, unless nobody has. */
static qdx_status prefer_role(const qdx_index *index, qdx_role role, qdx_bearer_list *bearers,
                              qdx_error *error)
{
    size_t kept = 0;
    if (qdx_index_decisions(index))
        return QDX_OK; /* what one entity lacks, another that is the same may have */
    for (size_t i = 0; i < bearers->count; i++) {
        bool has;
        qdx_status status = has_role(index, bearers->items[i].entity, role, &has, error);
        if (status != QDX_OK)
            return status;
        if (!has)
            continue;
        qdx_bearer bearer = bearers->items[i];
        memmove(&bearers->items[kept + 1], &bearers->items[kept],
                (i - kept) * sizeof *bearers->items);
        bearers->items[kept++] = bearer;
    }
    if (kept)
        bearers->count = kept;
    return QDX_OK;
}

qdx_status qdx_result_resolve(qdx_result *result, const qdx_index *index, const char *name,
                              qdx_role role, bool report, qdx_bearer_list *bearers,
                              qdx_error *error)
{
    qdx_status status = qdx_name_resolve(index, name, bearers, error);
    if (status == QDX_OK)
        status = prefer_role(index, role, bearers, error);
    if (status != QDX_OK || !report)
        return status;
    if (bearers->count)
        return qdx_result_set_bearers(result, index, bearers, false, error);
    qdx_bearer_list nearest = {0};
    status = qdx_name_suggest(index, name, &nearest, error);
    if (status == QDX_OK)
        status = qdx_result_set_bearers(result, index, &nearest, true, error);
    qdx_vector_release(&nearest);
    return status;
}

bool qdx_bearers_are_one(const qdx_bearer_list *bearers)
{
    for (size_t i = 1; i < bearers->count; i++)
        if (bearers->items[i].entity != bearers->items[0].entity)
            return false;
    return true;
}

size_t qdx_result_hit_count(const qdx_result *result)
{
    return result->hit_count;
}

uint64_t qdx_result_total(const qdx_result *result)
{
    return result->total;
}

const qdx_hit *qdx_result_hit_at(const qdx_result *result, size_t i)
{
    return i < result->hit_count ? &result->hits[i] : NULL;
}

uint64_t qdx_result_unread(const qdx_result *result)
{
    return result->unread;
}

size_t qdx_result_entity_count(const qdx_result *result)
{
    return result->entity_count;
}

const qdx_index_entity *qdx_result_entity_at(const qdx_result *result, size_t i)
{
    return i < result->entity_count ? &result->entities[i] : NULL;
}

size_t qdx_result_mention_count(const qdx_result *result)
{
    return result->mention_count;
}

const qdx_mention_hit *qdx_result_mention_at(const qdx_result *result, size_t i)
{
    return i < result->mention_count ? &result->mentions[i] : NULL;
}

size_t qdx_result_bearer_count(const qdx_result *result)
{
    return result->bearer_count;
}

const qdx_index_entity *qdx_result_bearer_at(const qdx_result *result, size_t i)
{
    return i < result->bearer_count ? &result->bearers[i] : NULL;
}

bool qdx_result_is_suggestion(const qdx_result *result)
{
    return result->is_suggestion;
}
