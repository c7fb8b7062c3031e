/*
 * Linear models: a set of yes-or-no features, a weight for each, and the sum as log-odds. The
 * weights are tables of their own (*_weights.inc), written by scripts/train_judgement; sums are
 * integers, so that every machine judges alike and each answer can be explained by its addends.
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

typedef struct qdx_linear_model {
    const char *const *names;
    const int16_t *weights;
    uint32_t count; /* at most 64 * QDX_FEATURE_WORDS */
} qdx_linear_model;

static inline void qdx_features_add(qdx_features *features, uint32_t feature, bool holds)
{
    features->bits[feature / 64] |= (uint64_t)holds << (feature % 64);
}

/* The sum of the weights of the features that hold, in thousandths of log-odds. */
int32_t qdx_linear_sum(const qdx_linear_model *model, const qdx_features *features);

/* A sum as a probability: the logistic function, interpolated between tabled points. */
float qdx_linear_probability(int32_t sum);

/* Appends "name +1.25, name -0.30" for the features that hold, those of weight zero left out. */
void qdx_linear_explain(const qdx_linear_model *model, const qdx_features *features,
                        qdx_buffer *buffer);

#include "base/banned.h"
#endif
