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

int32_t qdx_linear_sum(const qdx_linear_model *model, const qdx_features *features)
{
    int32_t sum = 0;
    for (uint32_t w = 0; w < QDX_FEATURE_WORDS; w++)
        for (uint64_t left = features->bits[w]; left; left &= left - 1) {
            uint32_t i = w * 64 + (uint32_t)__builtin_ctzll(left);
            sum += i < model->count ? model->weights[i] : 0;
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

void qdx_linear_explain(const qdx_linear_model *model, const qdx_features *features,
                        qdx_buffer *buffer)
{
    qdx_features left = *features;
    const char *separator = "";
    for (uint32_t i = take_feature(&left); i < model->count; i = take_feature(&left)) {
        if (!model->weights[i])
            continue;
        qdx_buffer_format(buffer, "%s%s %+.2f", separator, model->names[i],
                          (double)model->weights[i] / QDX_LOG_ODDS);
        separator = ", ";
    }
}
