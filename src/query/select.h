/* Which quotations answer a query, before any of their words are read. */
#ifndef QDX_QUERY_SELECT_H
#define QDX_QUERY_SELECT_H

#include "query/result.h"
#include "query/text_match.h"

typedef struct qdx_candidate {
    uint32_t quote;
    uint32_t duplicates;
    qdx_fact_row fact;
} qdx_candidate;

typedef struct qdx_candidate_list {
    qdx_candidate *items;
    size_t count;
    size_t capacity;
    bool by_date; /* in this order already; the dates are not in the facts */
} qdx_candidate_list;

/* Resolves the query's names (reporting `by` in the filler's result) and lists what fits, by
 * number. */
struct qdx_hit_filler;
qdx_status qdx_query_select(struct qdx_hit_filler *filler, const qdx_query *query,
                            qdx_candidate_list *list, qdx_error *error);

#include "base/banned.h"
#endif
