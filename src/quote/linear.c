/*
 * Sums over sets of features. Only the set bits are visited; the logistic
 * function is a table with straight lines between, so that no mathematics
 * library can make results differ.
 */
#include "quote/linear.h"

enum { FEATURE_END = 64 * QDX_FEATURE_WORDS };

/* The lowest feature of the set, taken out of it; FEATURE_END when it is empty.
 */
static uint32_t take_feature(qdx_features *features)
{
    for (uint32_t w = 0; w < QDX_FEATURE_WORDS; w++) {
        if (!features->bits[w])
            continue;
        uint32_t bit = (uint32_t)__builtin_ctzll(features->bits[w]);
        features->bits[w] &= features->bits[w] - 1;
        return w * 64 + bit;
    }
    return FEATURE_END;
}

/* What the pairs of a feature that holds add. */
static int32_t pair_sum(const qdx_linear_model *model, const qdx_features *features,
                        qdx_pair_group group)
{
    int32_t sum = 0;
    for (uint32_t i = group.first; i < (uint32_t)group.first + group.count; i++)
        if (qdx_features_have(features, model->pairs[i].second))
            sum += model->pairs[i].weight;
    return sum;
}

int32_t qdx_linear_sum(const qdx_linear_model *model, const qdx_features *features)
{
    int32_t sum = 0;
    for (uint32_t w = 0; w < QDX_FEATURE_WORDS; w++)
        for (uint64_t left = features->bits[w]; left; left &= left - 1) {
            uint32_t i = w * 64 + (uint32_t)__builtin_ctzll(left);
            sum += model->weights[i];
            if (model->groups[i].count)
                sum += pair_sum(model, features, model->groups[i]);
        }
    return sum;
}

float qdx_linear_probability(int32_t sum)
{
    /* 1 / (1 + exp(-x)) at x = 0, 0.5, 1, ... 6 */
    static const float points[] = {0.5F,    0.6225F, 0.7311F, 0.8176F, 0.8808F, 0.9241F, 0.9526F,
                                   0.9707F, 0.9820F, 0.9890F, 0.9933F, 0.9959F, 0.9975F};
    enum { STEP = QDX_LOG_ODDS / 2, LAST = sizeof points / sizeof points[0] - 1 };
    int32_t size = sum < 0 ? -sum : sum;
    int32_t at = size / STEP;
    float p = points[LAST];
    if (at < LAST)
        p = points[at] + (points[at + 1] - points[at]) * (float)(size % STEP) / (float)STEP;
    return sum < 0 ? 1 - p : p;
}

/* Appends one addend, unless it is none. */
static void explain_weight(qdx_buffer *buffer, const char **separator, const char *name,
                           const char *other, int16_t weight)
{
    if (!weight)
        return;
    qdx_buffer_format(buffer, "%s%s%s%s %+.2f", *separator, name, other ? " & " : "",
                      other ? other : "", (double)weight / QDX_LOG_ODDS);
    *separator = ", ";
}

void qdx_linear_explain(const qdx_linear_model *model, const qdx_features *features,
                        qdx_buffer *buffer)
{
    qdx_features left = *features;
    const char *separator = "";
    for (uint32_t i = take_feature(&left); i < model->count; i = take_feature(&left))
        explain_weight(buffer, &separator, model->names[i], NULL, model->weights[i]);
    left = *features;
    for (uint32_t i = take_feature(&left); i < model->count; i = take_feature(&left))
        for (uint32_t k = 0; k < model->groups[i].count; k++) {
            const qdx_feature_pair *pair = &model->pairs[model->groups[i].first + k];
            if (qdx_features_have(features, pair->second))
                explain_weight(buffer, &separator, model->names[i], model->names[pair->second],
                               pair->weight);
        }
}
