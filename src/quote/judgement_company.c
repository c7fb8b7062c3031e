/*
 * The company that marks keep. Articles differ: in one nearly all marks hold speech, in another
 * they hold titles and terms. So the mean score of an article's other marks, bounded so that none
 * of them says more than it can, is weighed in with each. Two numbers, learned by
 * scripts/train_judgement.
 */
#include "quote/judgement_features.h"

/* A score says no more than this to others; and the mean of all articles counts like half of one.
 */
enum { COMPANY_BOUND = 4000, COMPANY_PRIOR_HALVES = 1 };

static const struct {
    int32_t weight, mean;
} company =
#define QDX_COMPANY(weight, mean)                                                                  \
    {                                                                                              \
        weight, mean                                                                               \
    }
#include "quote/judgement_company.inc"
#undef QDX_COMPANY
    ;

void qdx_judgement_decide(qdx_utterance *u)
{
    u->said = u->ruling > 0 || (u->ruling == 0 && u->score > QDX_JUDGEMENT_ACCEPTED);
    u->confidence = qdx_linear_probability(u->score);
}

/* How far the bounded score lies from the mean. */
static int32_t leaning(const qdx_utterance *u)
{
    int32_t score = u->score - u->company;
    if (score > COMPANY_BOUND)
        score = COMPANY_BOUND;
    if (score < -COMPANY_BOUND)
        score = -COMPANY_BOUND;
    return score - company.mean;
}

void qdx_judgement_settle(qdx_utterance *utterances, size_t count)
{
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += leaning(&utterances[i]);
    for (size_t i = 0; i < count; i++) {
        qdx_utterance *u = &utterances[i];
        int64_t others = 2 * (sum - leaning(u));
        int64_t mean = others / (int64_t)(2 * (count - 1) + COMPANY_PRIOR_HALVES);
        u->company = (int32_t)(mean * company.weight / QDX_LOG_ODDS);
    }
    for (size_t i = 0; i < count; i++) {
        utterances[i].score += utterances[i].company;
        qdx_judgement_decide(&utterances[i]);
    }
}
