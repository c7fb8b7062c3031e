/*
 * Doubts worth a person's look. Speakers: the less sure, the more; those who are quoted often
 * first. Entities: persons who share a word of their names are compared; where one name may be a
 * shorter or other form of the other, they are asked about.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "index/decisions.h"
#include "query/hit.h"
#include "text/name_distance.h"

enum { MOST_SHARERS = 24 }; /* persons with one word of a name; more say nothing by it */
static const float SURE_SPEAKER = 0.8f;

/* A doubt on its way. */
typedef struct found_doubt {
    float doubt;
    uint64_t mentions;
    uint32_t quote;         /* UINT32_MAX for entities */
    uint32_t entity, other; /* the shorter name, the fuller one */
    const char *reason;
} found_doubt;

struct qdx_doubts {
    qdx_result *result; /* lends its arena */
    qdx_doubt *items;
    size_t count;
    uint64_t total;
};

/* A word of a name, and a person who bears it. */
typedef struct sharer {
    uint64_t word;
    uint32_t entity;
} sharer;

typedef struct review {
    const qdx_index *index;
    QDX_VECTOR(found_doubt) found;
    qdx_buffer words, other_words;
    QDX_VECTOR(sharer) sharers;
} review;

static qdx_status doubt_speakers(review *r, qdx_error *error)
{
    uint64_t count = qdx_store_count(r->index, QDX_STORE_QUOTE);
    for (uint64_t i = 0; i < count; i++) {
        qdx_fact_row fact;
        qdx_entity_row row;
        qdx_status status = qdx_fact_row_at(r->index, i, &fact, error);
        if (status != QDX_OK)
            return status;
        float confidence = (float)fact.confidence / QDX_PER_MILLE;
        if (fact.speaker == UINT32_MAX || fact.kind == QDX_QUOTE_INDIRECT || fact.decided ||
            confidence >= SURE_SPEAKER)
            continue;
        status = qdx_entity_row_at(r->index, fact.speaker, &row, error);
        if (status != QDX_OK)
            return status;
        found_doubt doubt = {.doubt = 1 - confidence,
                             .mentions = row.mentions,
                             .quote = (uint32_t)i,
                             .entity = fact.speaker,
                             .reason = ""};
        if (!qdx_vector_push(&r->found, doubt))
            return qdx_error_memory(error);
    }
    return QDX_OK;
}

/* What a relation of two persons' names is worth a look; 0: nothing to ask. */
static float relation_doubt(const qdx_name_parts *a, const qdx_name_parts *b, const char **reason)
{
    static const float worth[] = {
        [QDX_NAME_DIFFERENT] = 0, [QDX_NAME_SURNAME] = 0.3f, [QDX_NAME_INITIALS] = 0.6f,
        [QDX_NAME_SUBSET] = 0.7f, [QDX_NAME_ORDER] = 0.9f,   [QDX_NAME_ROMANIZATION] = 0.9f,
        [QDX_NAME_EXACT] = 0.9f,
    };
    qdx_name_relation relation = qdx_name_compare(a, b);
    float distance;
    *reason = qdx_name_relation_name(relation);
    if (relation != QDX_NAME_DIFFERENT)
        return worth[relation];
    if (a->count < 2 || b->count < 2)
        return 0;
    relation = qdx_name_compare_close(a, b, NULL, &distance);
    if (relation == QDX_NAME_DIFFERENT || relation == QDX_NAME_INITIALS)
        return 0; /* an initial and another surname */
    *reason = "spelling";
    return 0.8f - distance;
}

static qdx_status doubt_pair(review *r, uint32_t entity, uint32_t other, qdx_error *error)
{
    qdx_entity_row x, y;
    qdx_name_parts a, b;
    const char *reason;
    if (qdx_decided_pair_find(r->index, entity, other))
        return QDX_OK;
    qdx_status status = qdx_entity_row_at(r->index, entity, &x, error);
    if (status == QDX_OK)
        status = qdx_entity_row_at(r->index, other, &y, error);
    if (status != QDX_OK || (x.listed && y.listed))
        return status; /* a list knows two people */
    qdx_name_split(x.name, strlen(x.name), &r->words, &a);
    qdx_name_split(y.name, strlen(y.name), &r->other_words, &b);
    if (r->words.failed || r->other_words.failed)
        return qdx_error_memory(error);
    bool turned = a.count > b.count || (a.count == b.count && x.mentions > y.mentions) ||
                  (x.listed && !y.listed);
    found_doubt doubt = {.doubt = relation_doubt(&a, &b, &reason),
                         .mentions = x.mentions + y.mentions,
                         .quote = UINT32_MAX,
                         .entity = turned ? other : entity,
                         .other = turned ? entity : other};
    doubt.reason = reason;
    if (doubt.doubt > 0 && !qdx_vector_push(&r->found, doubt))
        return qdx_error_memory(error);
    return QDX_OK;
}

/* The persons who share a word, each pair of them. */
static qdx_status doubt_sharers(review *r, size_t from, size_t to, qdx_error *error)
{
    qdx_status status = QDX_OK;
    if (to - from > MOST_SHARERS)
        return QDX_OK;
    for (size_t i = from; i < to; i++)
        for (size_t k = i + 1; k < to && status == QDX_OK; k++)
            if (r->sharers.items[i].entity != r->sharers.items[k].entity)
                status =
                    doubt_pair(r, r->sharers.items[i].entity, r->sharers.items[k].entity, error);
    return status;
}

/* Files a person under each word of the name, as it sounds. */
static qdx_status file_person(review *r, uint32_t entity, qdx_error *error)
{
    qdx_entity_row row;
    qdx_name_parts parts;
    qdx_status status = qdx_entity_row_at(r->index, entity, &row, error);
    if (status != QDX_OK || row.type != QDX_ENTITY_PERSON)
        return status;
    qdx_name_split(row.name, strlen(row.name), &r->words, &parts);
    for (size_t i = 0; i < parts.count; i++) {
        const char *word = parts.words[i].romanized;
        sharer filed = {qdx_hash_bytes(word, strlen(word)), entity};
        if (!parts.words[i].initial && !qdx_vector_push(&r->sharers, filed))
            return qdx_error_memory(error);
    }
    return qdx_buffer_status(&r->words, error);
}

static int compare_sharers(const void *a, const void *b)
{
    const sharer *x = a, *y = b;
    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    return (x->entity > y->entity) - (x->entity < y->entity);
}

static qdx_status doubt_entities(review *r, qdx_error *error)
{
    uint64_t count = qdx_store_count(r->index, QDX_STORE_ENTITY);
    qdx_status status = QDX_OK;
    for (uint32_t i = 0; i < count && status == QDX_OK; i++)
        status = file_person(r, i, error);
    if (r->sharers.count)
        qsort(r->sharers.items, r->sharers.count, sizeof *r->sharers.items, compare_sharers);
    for (size_t i = 0, end; i < r->sharers.count && status == QDX_OK; i = end) {
        for (end = i + 1; end < r->sharers.count; end++)
            if (r->sharers.items[end].word != r->sharers.items[i].word)
                break;
        status = doubt_sharers(r, i, end, error);
    }
    return status;
}

static int compare_doubts(const void *a, const void *b)
{
    const found_doubt *x = a, *y = b;
    float m = x->doubt * (float)(x->mentions + 10), n = y->doubt * (float)(y->mentions + 10);
    if (m < n || m > n)
        return m > n ? -1 : 1;
    if (x->quote != y->quote)
        return x->quote < y->quote ? -1 : 1;
    if (x->entity != y->entity)
        return x->entity < y->entity ? -1 : 1;
    return (x->other > y->other) - (x->other < y->other);
}

/* Sorted; a pair that shares two words stands there twice, and once afterwards. */
static void order(review *r)
{
    size_t kept = 0;
    if (r->found.count)
        qsort(r->found.items, r->found.count, sizeof *r->found.items, compare_doubts);
    for (size_t i = 0; i < r->found.count; i++) {
        const found_doubt *d = &r->found.items[i], *last = kept ? &r->found.items[kept - 1] : NULL;
        if (last && last->quote == d->quote && last->entity == d->entity && last->other == d->other)
            continue;
        r->found.items[kept++] = *d;
    }
    r->found.count = kept;
}

static qdx_status fill_doubt(qdx_doubts *doubts, qdx_hit_filler *filler, const found_doubt *found,
                             qdx_error *error)
{
    qdx_entity_row row;
    qdx_doubt *doubt = &doubts->items[doubts->count];
    qdx_status status = qdx_entity_row_at(filler->index, found->entity, &row, error);
    if (status != QDX_OK)
        return status;
    *doubt = (qdx_doubt){.kind = QDX_DECIDED_SPEAKER,
                         .doubt = found->doubt,
                         .subject = row.name,
                         .subject_id = row.id,
                         .other = "",
                         .other_id = "",
                         .reason = found->reason,
                         .mentions = found->mentions};
    if (found->quote == UINT32_MAX) {
        doubt->kind = QDX_DECIDED_SAME;
        status = qdx_entity_row_at(filler->index, found->other, &row, error);
        doubt->other = row.name;
        doubt->other_id = row.id;
    } else {
        qdx_candidate candidate = {.quote = found->quote};
        status = qdx_fact_row_at(filler->index, found->quote, &candidate.fact, error);
        if (status == QDX_OK)
            status = qdx_hit_fill(filler, &candidate, &doubt->hit, error);
        doubt->reason = status == QDX_OK ? doubt->hit.rule : "";
    }
    doubts->count += status == QDX_OK;
    return status;
}

static qdx_status fill_doubts(qdx_doubts *doubts, const review *r, uint64_t limit,
                              const qdx_text_source *articles, qdx_error *error)
{
    size_t count = limit && limit < r->found.count ? (size_t)limit : r->found.count;
    qdx_hit_filler filler = {
        .result = doubts->result, .index = r->index, .text = {.source = articles}};
    doubts->total = r->found.count;
    doubts->items = calloc(count + 1, sizeof *doubts->items);
    qdx_status status = doubts->items ? QDX_OK : qdx_error_memory(error);
    for (size_t i = 0; i < count && status == QDX_OK; i++)
        status = fill_doubt(doubts, &filler, &r->found.items[i], error);
    qdx_hit_filler_release(&filler);
    return status;
}

qdx_status qdx_review(const qdx_index *index, uint64_t limit, const qdx_text_source *articles,
                      qdx_doubts **doubts, qdx_error *error)
{
    review r = {.index = index};
    *doubts = NULL;
    qdx_doubts *made = calloc(1, sizeof *made);
    if (!made)
        return qdx_error_memory(error);
    made->result = qdx_result_new(error);
    qdx_status status = made->result ? doubt_speakers(&r, error) : QDX_ERR_MEMORY;
    if (status == QDX_OK)
        status = doubt_entities(&r, error);
    if (status == QDX_OK) {
        order(&r);
        status = fill_doubts(made, &r, limit, articles, error);
    }
    qdx_vector_release(&r.found);
    qdx_vector_release(&r.sharers);
    qdx_buffer_release(&r.words);
    qdx_buffer_release(&r.other_words);
    if (status == QDX_OK)
        *doubts = made;
    else
        qdx_doubts_free(made);
    return status;
}

void qdx_doubts_free(qdx_doubts *doubts)
{
    if (!doubts)
        return;
    qdx_result_free(doubts->result);
    free(doubts->items);
    free(doubts);
}

size_t qdx_doubt_count(const qdx_doubts *doubts)
{
    return doubts->count;
}

uint64_t qdx_doubt_total(const qdx_doubts *doubts)
{
    return doubts->total;
}

const qdx_doubt *qdx_doubt_at(const qdx_doubts *doubts, size_t i)
{
    return i < doubts->count ? &doubts->items[i] : NULL;
}
