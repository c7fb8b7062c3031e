/* Two texts side by side, word by word. */
#ifndef QDX_QUERY_CLAIM_ALIGN_H
#define QDX_QUERY_CLAIM_ALIGN_H

#include "base/error.h"
#include "query/claim_text.h"

/* How a claim lies in a quotation. */
typedef struct qdx_claim_alignment {
    size_t from, to;  /* words of the quotation that it covers */
    size_t equal;     /* words that are the same */
    float common;     /* the same, with words a slip apart as halves */
    float similarity; /* common words among those of both sides */
    bool whole;       /* every word is the same, nothing left out inside: a part, word for word */
} qdx_claim_alignment;

/* Work space; an all-zero value is valid. */
typedef struct qdx_claim_aligner {
    unsigned char *steps; /* a cell for each pair of words */
    unsigned *costs;
    size_t step_room, cost_room;
} qdx_claim_aligner;

void qdx_claim_aligner_release(qdx_claim_aligner *aligner);

/*
 * Lays the claim where it fits the quotation best; what stands before and behind it there costs
 * nothing. QDX_END when both together are too long for a table of pairs. Cost: product of words.
 */
qdx_status qdx_claim_align(qdx_claim_aligner *aligner, const qdx_claim_text *claim,
                           const qdx_claim_text *quote, qdx_claim_alignment *alignment,
                           qdx_error *error);

/* Appends the claim with [-what it leaves out-] and {+what it adds+}, as laid last. */
void qdx_claim_put_difference(const qdx_claim_aligner *aligner, const qdx_claim_text *claim,
                              const qdx_claim_text *quote, const qdx_claim_alignment *alignment,
                              qdx_buffer *out);

#include "base/banned.h"
#endif
