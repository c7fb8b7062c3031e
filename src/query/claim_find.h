/* Quotations that a claim may be about: those that share its rarest words. */
#ifndef QDX_QUERY_CLAIM_FIND_H
#define QDX_QUERY_CLAIM_FIND_H

#include "base/vector.h"
#include "index/decode.h"
#include "index/words.h"

typedef QDX_VECTOR(uint32_t) qdx_quote_numbers;

/* Work space for one claim after another; the caller fills in `index`. */
typedef struct qdx_claim_finder {
    const qdx_index *index;
    float *scores; /* of each quotation */
    qdx_quote_numbers met;
    qdx_index_words words;
} qdx_claim_finder;

void qdx_claim_finder_release(qdx_claim_finder *finder);

/*
 * Fills `found` with the likeliest quotations, best first: some of all, and some more of those for
 * which `is_wanted` holds, so that a speaker's own are among them however many others share the
 * words.
 */
qdx_status qdx_claim_find(qdx_claim_finder *finder, const char *claim,
                          bool (*is_wanted)(const void *context, const qdx_fact_row *fact),
                          const void *context, qdx_quote_numbers *found, qdx_error *error);

#include "base/banned.h"
#endif
