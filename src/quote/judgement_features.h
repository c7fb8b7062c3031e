/*
 * The features of a judgement, and the parts it is made of; for the files
 * judgement*.c alone.
 */
#ifndef QDX_QUOTE_JUDGEMENT_FEATURES_H
#define QDX_QUOTE_JUDGEMENT_FEATURES_H

#include "quote/judgement.h"

enum judgement_feature {
#define QDX_WEIGHT(name, weight) F_##name,
#include "quote/judgement_weights.inc"
#undef QDX_WEIGHT
    F_COUNT
};

/* What the words in marks look like. */
typedef struct wording {
    uint32_t words, capitals, functions, uppers;
    bool capital_first, stop_last, comma_last;
} wording;

static inline void set(qdx_features *features, enum judgement_feature feature, bool holds)
{
    qdx_features_add(features, feature, holds);
}

/* Fills said and confidence of an utterance by its score and ruling. */
void qdx_judgement_decide(qdx_utterance *utterance);

/* Sets the features of the words in the marks themselves. */
wording qdx_judgement_form(const qdx_narration *narration, const qdx_stretch *stretch,
                           qdx_features *features);

/* Sets the features of cue and reports, and the utterance's report. */
void qdx_judgement_cue(const qdx_judgement_context *context, const qdx_stretch *stretch,
                       qdx_token_range marks, qdx_utterance *utterance);

/* Sets the features of the words around the marks: open and end are the tokens
 * of the marks. */
void qdx_judgement_around(const qdx_judgement_context *context, const qdx_stretch *stretch,
                          const wording *form, qdx_token_range marks, qdx_utterance *utterance);

#include "base/banned.h"
#endif
