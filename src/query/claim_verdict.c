/*
 * Verdicts on claims: a quotation in which most of the words are found is near, one in which a few
 * are is nothing. tests/answers/claims.py holds the bounds against damaged quotations.
 */
#include "query/claim_verdict.h"

static const float NEAR_LEAST = 0.6f, NEAR_OTHER = 0.75f, NEAR_WHOLE = 0.8f;
enum { PART_LEAST = 3, WHOLE_LEAST = 5 };

const char *qdx_verdict_name(qdx_verdict verdict)
{
    static const char *const names[] = {"exact",         "typographic", "near",
                                        "wrong_speaker", "elsewhere",   "absent"};
    return (unsigned)verdict < QDX_VERDICTS ? names[verdict] : "";
}

qdx_wording qdx_claim_judge_words(const qdx_claim_text *claim_text,
                                  const qdx_claim_text *quote_text, const qdx_claim_alignment *a)
{
    size_t claim = claim_text->words.count, quote = quote_text->words.count;
    if (a->whole && a->to - a->from == claim && (claim >= PART_LEAST || claim * 3 >= quote))
        return QDX_WORDING_PART;
    if (a->similarity >= NEAR_LEAST && a->equal >= 1 && (a->equal >= 2 || claim <= PART_LEAST))
        return QDX_WORDING_NEAR;
    if (quote >= WHOLE_LEAST && a->common >= NEAR_WHOLE * (float)quote)
        return QDX_WORDING_NEAR; /* all of it, with more words beside */
    return QDX_WORDING_APART;
}

qdx_verdict qdx_claim_judge(const qdx_claim_match *m, bool speaker_claimed)
{
    bool right = m->right || !speaker_claimed, reported = m->fact.kind == QDX_QUOTE_INDIRECT;
    bool words = m->wording == QDX_WORDING_SAME || m->wording == QDX_WORDING_FOLDED ||
                 m->wording == QDX_WORDING_PART;
    if (m->wording == QDX_WORDING_APART)
        return QDX_CLAIM_ABSENT;
    if (reported || (!m->known && !right))
        return words || m->similarity >= NEAR_OTHER ? QDX_CLAIM_ELSEWHERE : QDX_CLAIM_ABSENT;
    if (right)
        return m->wording == QDX_WORDING_SAME     ? QDX_CLAIM_EXACT
               : m->wording == QDX_WORDING_FOLDED ? QDX_CLAIM_TYPOGRAPHIC
                                                  : QDX_CLAIM_NEAR;
    if (words)
        return QDX_CLAIM_WRONG_SPEAKER;
    return m->similarity >= NEAR_OTHER ? QDX_CLAIM_ELSEWHERE : QDX_CLAIM_ABSENT;
}

/*
 * Words that are all the same, by another speaker, weigh more than similar ones by the right
 * speaker; a mere part of another's quotation does not.
 */
static int rank(const qdx_claim_match *m)
{
    if (m->verdict == QDX_CLAIM_WRONG_SPEAKER)
        return m->wording == QDX_WORDING_PART ? 4 : 2;
    if (m->verdict == QDX_CLAIM_NEAR)
        return 3;
    return m->verdict == QDX_CLAIM_EXACT         ? 0
           : m->verdict == QDX_CLAIM_TYPOGRAPHIC ? 1
           : m->verdict == QDX_CLAIM_ELSEWHERE   ? 5
                                                 : 6;
}

bool qdx_claim_match_is_better(const qdx_claim_match *m, const qdx_claim_match *best)
{
    int x = rank(m), y = rank(best);
    if (x != y)
        return x < y;
    if (m->wording != best->wording)
        return m->wording < best->wording;
    if (m->similarity > best->similarity || m->similarity < best->similarity)
        return m->similarity > best->similarity;
    return m->quote < best->quote;
}

const char *qdx_claim_match_reason(const qdx_claim_match *m, bool claimed)
{
    if (m->fact.kind == QDX_QUOTE_INDIRECT)
        return "reported speech, not quoted words";
    if (!m->known && claimed)
        return "a quotation whose speaker is not known";
    if (!m->right && claimed)
        return m->verdict == QDX_CLAIM_ELSEWHERE ? "similar words, by somebody else"
               : m->wording == QDX_WORDING_PART  ? "a part of somebody else's quotation"
                                                 : "";
    return m->wording == QDX_WORDING_PART ? "a part of a longer quotation, word for word" : "";
}
