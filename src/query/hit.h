/* From candidates to rows. */
#ifndef QDX_QUERY_HIT_H
#define QDX_QUERY_HIT_H

#include "query/result.h"
#include "query/select.h"

qdx_status qdx_hit_fill(qdx_result *result, const qdx_index *index, const qdx_candidate *candidate,
                        qdx_hit *hit, qdx_error *error);

/*
 * Folds candidates with the same words by the same speaker into the first of them, in the list's
 * order, and counts the others there.
 */
qdx_status qdx_candidates_fold(const qdx_index *index, qdx_candidate_list *list, qdx_error *error);

#include "base/banned.h"
#endif
