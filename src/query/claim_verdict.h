/*
 * Verdicts: what the words of a claim and of a quotation, and who said it, make of the claim. Rules
 * alone; nothing is read here.
 */
#ifndef QDX_QUERY_CLAIM_VERDICT_H
#define QDX_QUERY_CLAIM_VERDICT_H

#include <quotedex/check.h>

#include "index/decode.h"
#include "query/claim_align.h"

/* How a claim and a quotation relate by their words. */
typedef enum qdx_wording {
    QDX_WORDING_SAME,
    QDX_WORDING_FOLDED,
    QDX_WORDING_PART,
    QDX_WORDING_NEAR,
    QDX_WORDING_APART
} qdx_wording;

/* A quotation held against the claim. */
typedef struct qdx_claim_match {
    uint32_t quote;
    qdx_fact_row fact;
    qdx_wording wording;
    qdx_verdict verdict;
    float similarity;
    bool right, known; /* the speaker is the one claimed; is known at all */
} qdx_claim_match;

/* How near the claim is to the quotation it was laid on. */
qdx_wording qdx_claim_judge_words(const qdx_claim_text *claim, const qdx_claim_text *quote,
                                  const qdx_claim_alignment *alignment);

/* What the quotation says of the claim, by its wording and its speaker. */
qdx_verdict qdx_claim_judge(const qdx_claim_match *m, bool speaker_claimed);

/* Does the match say more for the claim than the best one so far? */
bool qdx_claim_match_is_better(const qdx_claim_match *m, const qdx_claim_match *best);

/* What has to be said of the match beside its verdict; "" for nothing. */
const char *qdx_claim_match_reason(const qdx_claim_match *m, bool speaker_claimed);

#include "base/banned.h"
#endif
