/*
 * Applying decisions: ids are looked up once, quotations found in one walk over their facts. Chains
 * of entities that are one end at one of them.
 */
#include "index/decisions.h"

#include <stdlib.h>

#include "base/error.h"
#include "index/decode.h"
#include "index/quote_id.h"

const char *qdx_decision_kind_name(qdx_decision_kind kind)
{
    static const char *const names[] = {"speaker", "same", "different"};
    return (unsigned)kind <= QDX_DECIDED_DIFFERENT ? names[kind] : "";
}

void qdx_decisions_free(qdx_decisions *decisions)
{
    if (!decisions)
        return;
    free(decisions->quotes);
    free(decisions->pairs);
    free(decisions->same);
    free(decisions);
}

/* The first entity with this id; QDX_END when there is none. */
static qdx_status find_entity(const qdx_index *index, const char *id, uint32_t *entity,
                              qdx_error *error)
{
    uint64_t number = 0;
    qdx_status status = qdx_entity_find(index, id, 0, &number, error);
    *entity = (uint32_t)number;
    return status;
}

static qdx_status add_speaker(qdx_decisions *d, const qdx_index *index,
                              const qdx_decision *decision, bool *used, qdx_error *error)
{
    qdx_decided_quote quote = {.quote = UINT32_MAX, .speaker = UINT32_MAX};
    if (!qdx_quote_number_parse(decision->subject, &quote.number))
        return QDX_OK;
    if (*decision->other) {
        qdx_entity_row row;
        qdx_status status = find_entity(index, decision->other, &quote.speaker, error);
        if (status == QDX_OK)
            status = qdx_entity_row_at(index, quote.speaker, &row, error);
        if (status != QDX_OK)
            return status == QDX_END ? QDX_OK : status;
        quote.speaker_kind =
            row.type == QDX_ENTITY_PERSON ? QDX_SPEAKER_PERSON : QDX_SPEAKER_ORGANIZATION;
    }
    d->quotes[d->quote_count++] = quote;
    *used = true;
    return QDX_OK;
}

static uint32_t end_of_chain(const uint32_t *same, uint32_t entity)
{
    while (same[entity] != entity)
        entity = same[entity];
    return entity;
}

static qdx_status make_same(qdx_decisions *d, const qdx_index *index, qdx_error *error)
{
    uint32_t count = (uint32_t)qdx_store_count(index, QDX_STORE_ENTITY);
    if (d->same)
        return QDX_OK;
    d->same = calloc((size_t)count + 1, sizeof *d->same);
    if (!d->same)
        return qdx_error_memory(error);
    for (uint32_t i = 0; i < count; i++)
        d->same[i] = i;
    return QDX_OK;
}

static qdx_status add_pair(qdx_decisions *d, const qdx_index *index, const qdx_decision *decision,
                           bool *used, qdx_error *error)
{
    qdx_decided_pair pair;
    qdx_status status = find_entity(index, decision->subject, &pair.entity, error);
    if (status == QDX_OK)
        status = find_entity(index, decision->other, &pair.other, error);
    if (status != QDX_OK)
        return status == QDX_END ? QDX_OK : status;
    *used = true;
    d->pairs[d->pair_count++] = pair;
    if (decision->kind == QDX_DECIDED_DIFFERENT)
        return QDX_OK;
    status = make_same(d, index, error);
    if (status == QDX_OK)
        d->same[end_of_chain(d->same, pair.entity)] = end_of_chain(d->same, pair.other);
    return status;
}

static int by_number(const void *a, const void *b)
{
    const qdx_decided_quote *x = a, *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

static int by_quote(const void *a, const void *b)
{
    const qdx_decided_quote *x = a, *y = b;
    return (x->quote > y->quote) - (x->quote < y->quote);
}

static int by_pair(const void *a, const void *b)
{
    const qdx_decided_pair *x = a, *y = b;
    if (x->entity != y->entity)
        return x->entity < y->entity ? -1 : 1;
    return (x->other > y->other) - (x->other < y->other);
}

/* The places of all articles, of which ids are made; the caller frees them. */
static qdx_status number_places(const qdx_index *index, uint64_t **places, qdx_error *error)
{
    uint64_t count = qdx_store_count(index, QDX_STORE_DOCUMENT);
    *places = calloc(count + 1, sizeof **places);
    qdx_status status = *places ? QDX_OK : qdx_error_memory(error);
    for (uint64_t i = 0; i < count && status == QDX_OK; i++) {
        qdx_document_row row;
        status = qdx_document_row_at(index, i, &row, error);
        if (status == QDX_OK)
            (*places)[i] = qdx_place_number(row.path, row.part);
    }
    return status;
}

static qdx_status find_each(qdx_decisions *d, const qdx_index *index, const uint64_t *places,
                            qdx_error *error)
{
    uint64_t count = qdx_store_count(index, QDX_STORE_QUOTE);
    for (uint64_t i = 0; i < count; i++) {
        qdx_quote_row row;
        qdx_status status = qdx_quote_row_at(index, i, &row, error);
        if (status != QDX_OK)
            return status;
        qdx_decided_quote key = {
            .number = qdx_quote_number(places[row.document], row.char_start, row.chars)};
        qdx_decided_quote *found =
            bsearch(&key, d->quotes, d->quote_count, sizeof *d->quotes, by_number);
        if (found)
            found->quote = (uint32_t)i;
    }
    return QDX_OK;
}

/* Finds the quotations of the ids; those that are not there go. *used loses them. */
static qdx_status find_quotes(qdx_decisions *d, const qdx_index *index, size_t *used,
                              qdx_error *error)
{
    uint64_t *places = NULL;
    size_t kept = 0;
    if (!d->quote_count)
        return QDX_OK;
    qsort(d->quotes, d->quote_count, sizeof *d->quotes, by_number);
    qdx_status status = number_places(index, &places, error);
    if (status == QDX_OK)
        status = find_each(d, index, places, error);
    free(places);
    for (size_t i = 0; i < d->quote_count; i++)
        if (d->quotes[i].quote != UINT32_MAX)
            d->quotes[kept++] = d->quotes[i];
    *used -= d->quote_count - kept;
    d->quote_count = kept;
    if (kept)
        qsort(d->quotes, kept, sizeof *d->quotes, by_quote);
    return status;
}

static qdx_status fill(qdx_decisions *d, const qdx_index *index, const qdx_decision *decisions,
                       size_t count, size_t *used, qdx_error *error)
{
    qdx_status status = QDX_OK;
    for (size_t i = 0; i < count && status == QDX_OK; i++) {
        bool counts = false;
        status = decisions[i].kind == QDX_DECIDED_SPEAKER
                     ? add_speaker(d, index, &decisions[i], &counts, error)
                     : add_pair(d, index, &decisions[i], &counts, error);
        *used += counts;
    }
    if (d->pair_count)
        qsort(d->pairs, d->pair_count, sizeof *d->pairs, by_pair);
    return status == QDX_OK ? find_quotes(d, index, used, error) : status;
}

qdx_status qdx_index_decide(qdx_index *index, const qdx_decision *decisions, size_t count,
                            size_t *used, qdx_error *error)
{
    size_t counted = 0;
    qdx_decisions *d = calloc(1, sizeof *d);
    if (!d)
        return qdx_error_memory(error);
    qdx_index_take_decisions(index, NULL);
    d->quotes = calloc(count + 1, sizeof *d->quotes);
    d->pairs = calloc(count + 1, sizeof *d->pairs);
    qdx_status status = d->quotes && d->pairs ? fill(d, index, decisions, count, &counted, error)
                                              : qdx_error_memory(error);
    if (status == QDX_OK)
        qdx_index_take_decisions(index, d);
    else
        qdx_decisions_free(d);
    if (used)
        *used = counted;
    return status;
}

const qdx_decided_quote *qdx_decided_quote_find(const qdx_index *index, uint32_t quote)
{
    const qdx_decisions *d = qdx_index_decisions(index);
    qdx_decided_quote key = {.quote = quote};
    return d && d->quote_count
               ? bsearch(&key, d->quotes, d->quote_count, sizeof *d->quotes, by_quote)
               : NULL;
}

uint32_t qdx_decided_entity(const qdx_index *index, uint32_t entity)
{
    const qdx_decisions *d = qdx_index_decisions(index);
    return d && d->same ? end_of_chain(d->same, entity) : entity;
}

bool qdx_decided_pair_find(const qdx_index *index, uint32_t entity, uint32_t other)
{
    const qdx_decisions *d = qdx_index_decisions(index);
    qdx_decided_pair key = {entity, other}, turned = {other, entity};
    return d && d->pair_count &&
           (bsearch(&key, d->pairs, d->pair_count, sizeof *d->pairs, by_pair) ||
            bsearch(&turned, d->pairs, d->pair_count, sizeof *d->pairs, by_pair));
}
