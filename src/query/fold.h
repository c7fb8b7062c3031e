/* Quotations that say the same, told once. */
#ifndef QDX_QUERY_FOLD_H
#define QDX_QUERY_FOLD_H

#include "query/hit.h"

/*
 * Folds candidates with the same words by the same speaker into the first of them in the list's
 * order, and those whose words (QDX_FOLD_LEAST or more) are a part of another's by that speaker
 * into the fullest; the others are counted there. Linear in the words but for common openings.
 */
qdx_status qdx_candidates_fold(qdx_hit_filler *filler, qdx_candidate_list *list, qdx_error *error);

enum { QDX_FOLD_LEAST = 4 };

#include "base/banned.h"
#endif
