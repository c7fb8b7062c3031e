/*
 * Checking claimed quotations: did they say that, in these words?
 *
 * Every claim gets one verdict. The check fails closed: "exact" means the whole quotation, letter
 * by letter, by the speaker claimed; whatever had to be folded, and every word that differs, is
 * said. A name that fits several people is right when the speaker is one of them, and the note says
 * so.
 */
#ifndef QUOTEDEX_CHECK_H
#define QUOTEDEX_CHECK_H

#include <quotedex/query.h>

#ifdef __cplusplus
extern "C" {
#endif

/* From best to worst. */
typedef enum qdx_verdict {
    QDX_CLAIM_EXACT,         /* the speaker's quotation, letter by letter */
    QDX_CLAIM_TYPOGRAPHIC,   /* the same words: case, marks, dashes, spaces, accents differ */
    QDX_CLAIM_NEAR,          /* some words differ, or are left out, or added */
    QDX_CLAIM_WRONG_SPEAKER, /* these words, or a part of them, said by somebody else */
    QDX_CLAIM_ELSEWHERE, /* in the articles, but as nobody's words: reported speech, plain text, a
                            quotation without known speaker; or nearly, by somebody else */
    QDX_CLAIM_ABSENT,
} qdx_verdict;

enum { QDX_VERDICTS = QDX_CLAIM_ABSENT + 1 };

/* "exact", "typographic", "near", "wrong_speaker", "elsewhere", "absent". Static. */
QDX_API const char *qdx_verdict_name(qdx_verdict verdict);

typedef struct qdx_claim {
    const char *quote;   /* UTF-8 */
    const char *speaker; /* any spelling of a name, or an office; "" or NULL: whoever it was */
} qdx_claim;

/* What was found for a claim. Texts live as long as the result that holds it. */
typedef struct qdx_finding {
    qdx_verdict verdict;
    float similarity;       /* share of words in common, 1 for the first two verdicts */
    const char *folded;     /* "case, quotation marks" */
    const char *difference; /* the claim with [-words left out-] and {+words added+} */
    const char *note;       /* what else to know */
    qdx_hit hit; /* the quotation, or of words elsewhere only article and place; zero when absent */
} qdx_finding;

typedef struct qdx_findings qdx_findings;

/*
 * Checks claims against an index. Articles are read once, for words that stand outside quotations,
 * if some claims are not found in any; `articles` as in qdx_query. QDX_ERR_ENCODING, and nothing
 * checked, when a claim is no UTF-8. Cost: linear in the articles, and in each claim times the
 * quotations that share rare words with it.
 */
QDX_API qdx_status qdx_claims_check(const qdx_index *index, const qdx_claim *claims, size_t count,
                                    const qdx_text_source *articles, qdx_findings **findings,
                                    qdx_error *error);

QDX_API void qdx_findings_free(qdx_findings *findings);

/* One for each claim, in the claims' order. */
QDX_API const qdx_finding *qdx_finding_at(const qdx_findings *findings, size_t i);

/* Articles that could not be looked through: gone, or not what was indexed. */
QDX_API uint64_t qdx_findings_unread(const qdx_findings *findings);

#ifdef __cplusplus
}
#endif
#endif
