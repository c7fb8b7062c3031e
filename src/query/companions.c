/*
 * Companions, counted: each article of an entity counts once for everybody else it names. Equal
 * counts go by the index' order, which is by id.
 */
#include "query/companions.h"

#include <stdlib.h>

#include "base/error.h"
#include "index/decode.h"

void qdx_companions_release(qdx_companions *companions)
{
    free(companions->shared);
    free(companions->seen);
    qdx_vector_release(&companions->met);
}

static qdx_status make_counts(qdx_companions *c, qdx_error *error)
{
    size_t count = (size_t)qdx_store_count(c->index, QDX_STORE_ENTITY);
    if (!c->shared)
        c->shared = calloc(count + 1, sizeof *c->shared);
    if (!c->seen)
        c->seen = calloc(count + 1, sizeof *c->seen);
    return c->shared && c->seen ? QDX_OK : qdx_error_memory(error);
}

static qdx_status count_document(qdx_companions *c, uint64_t document, uint32_t self,
                                 qdx_error *error)
{
    qdx_mentions_row row;
    qdx_status status = qdx_mentions_row_at(c->index, document, &row, error);
    for (uint32_t i = 0; status == QDX_OK && i < row.mention_count; i++) {
        uint32_t entity = row.pairs[row.mentions[i].who].entity;
        if (entity == self || c->seen[entity] == document + 1)
            continue;
        c->seen[entity] = document + 1;
        if (!c->shared[entity] && !qdx_vector_push(&c->met, entity))
            return qdx_error_memory(error);
        c->shared[entity]++;
    }
    return status;
}

/* Puts an entity in its place among the best. */
static void consider(const qdx_companions *c, uint32_t entity, uint32_t best[], size_t *count)
{
    size_t at = *count;
    while (at > 0 && (c->shared[best[at - 1]] < c->shared[entity] ||
                      (c->shared[best[at - 1]] == c->shared[entity] && best[at - 1] > entity)))
        at--;
    if (at == QDX_COMPANIONS)
        return;
    for (size_t i = *count < QDX_COMPANIONS ? (*count)++ : QDX_COMPANIONS - 1; i > at; i--)
        best[i] = best[i - 1];
    best[at] = entity;
}

static qdx_status list_best(qdx_companions *c, qdx_index_entity *entity, qdx_error *error)
{
    uint32_t best[QDX_COMPANIONS];
    size_t count = 0;
    for (size_t i = 0; i < c->met.count; i++)
        consider(c, c->met.items[i], best, &count);
    for (size_t i = 0; i < c->met.count; i++)
        c->shared[c->met.items[i]] = 0;
    for (size_t i = 0; i < c->met.count; i++)
        c->seen[c->met.items[i]] = 0;
    const char **names = qdx_arena_array(c->arena, count, sizeof *names);
    qdx_status status = names ? QDX_OK : qdx_error_memory(error);
    for (size_t i = 0; i < count && status == QDX_OK; i++) {
        qdx_entity_row row;
        status = qdx_entity_row_at(c->index, best[i], &row, error);
        names[i] = row.name;
    }
    entity->companions = names;
    entity->companion_count = status == QDX_OK ? count : 0;
    return status;
}

qdx_status qdx_companions_of(qdx_companions *companions, uint32_t number, qdx_index_entity *entity,
                             qdx_error *error)
{
    qdx_posting_reader documents, about;
    uint64_t document;
    qdx_vector_clear(&companions->met);
    qdx_status status = make_counts(companions, error);
    if (status == QDX_OK)
        status = qdx_postings_at(companions->index, number, &documents, &about, error);
    while (status == QDX_OK && qdx_posting_reader_next(&documents, &document))
        status = count_document(companions, document, number, error);
    if (status == QDX_OK && documents.cursor.failed)
        status = qdx_store_broken(QDX_STORE_POSTING, number, error);
    return status == QDX_OK ? list_best(companions, entity, error) : status;
}
