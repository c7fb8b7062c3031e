/*
 * Linear models: a set of yes-or-no features, a weight for each and for some pairs of them, and the
 * sum as log-odds. The weights are tables of their own (*_weights.inc, *_pairs.inc), written by
 * scripts/train_judgement; sums are integers, so that every machine judges alike and each answer
 * can be explained by its addends.
 */
#ifndef QDX_QUOTE_LINEAR_H
#define QDX_QUOTE_LINEAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

enum { QDX_FEATURE_WORDS = 3, QDX_LOG_ODDS = 1000 /* of one unit of log-odds */ };

typedef struct qdx_features {
    uint64_t bits[QDX_FEATURE_WORDS];
} qdx_features;

/* A feature, by number, that weighs something more where the one its group belongs to holds too. */
typedef struct qdx_feature_pair {
    uint8_t second;
    int16_t weight;
} qdx_feature_pair;

/* The pairs of one feature. */
typedef struct qdx_pair_group {
    uint16_t first, count;
} qdx_pair_group;

typedef struct qdx_linear_model {
    const char *const *names;
    const int16_t *weights;
    uint32_t count;               /* at most 64 * QDX_FEATURE_WORDS */
    const qdx_pair_group *groups; /* one for each feature */
    const qdx_feature_pair *pairs;
} qdx_linear_model;

static inline void qdx_features_add(qdx_features *features, uint32_t feature, bool holds)
{
    features->bits[feature / 64] |= (uint64_t)holds << (feature % 64);
}

static inline bool qdx_features_have(const qdx_features *features, uint32_t feature)
{
    return (features->bits[feature / 64] >> (feature % 64) & 1) != 0;
}

/* The sum of the weights of the features and pairs that hold, in thousandths of log-odds. */
int32_t qdx_linear_sum(const qdx_linear_model *model, const qdx_features *features);

/* A sum as a probability: the logistic function, interpolated between tabled points. */
float qdx_linear_probability(int32_t sum);

/* Appends "name +1.25, name -0.30, name & name +0.40" for the features and pairs that hold, those
 * of weight zero left out. */
void qdx_linear_explain(const qdx_linear_model *model, const qdx_features *features,
                        qdx_buffer *buffer);

#include "base/banned.h"
#endif
