/*
 * Utterances: for each stretch in marks, the words that report it and a judgement whether anybody
 * said it at all. One utterance a top-level stretch, in text order.
 */
#ifndef QDX_QUOTE_UTTERANCE_H
#define QDX_QUOTE_UTTERANCE_H

#include "quote/linear.h"
#include "quote/narration.h"
#include "quote/quote_mark.h"

/* Where the words that report a stretch stand. */
typedef enum qdx_cue_place {
    QDX_CUE_NONE,
    QDX_CUE_AFTER,  /* “…,” she said */
    QDX_CUE_BEFORE, /* she said: “…” */
} qdx_cue_place;

typedef struct qdx_utterance {
    uint32_t stretch;
    uint32_t before; /* first token of the narration in the same sentence before it */
    uint32_t after;  /* end of the narration in the same sentence after it */
    qdx_cue_place place;
    qdx_token_range cue; /* tokens; empty when there is none */
    qdx_noun_phrase subject;
    uint8_t strength; /* of the cue, 0 to 3 */
    bool sentence; /* the words in marks are whole sentences or end with the attribution's comma */
    bool open;     /* the marks end as attributed words do: with a comma, question mark, dash */
    qdx_features features; /* what it was judged by; see judgement.h */
    int32_t score;         /* log-odds in thousandths that somebody said it */
    int32_t company;       /* the part of the score that the article's other marks gave */
    int8_t ruling;         /* 1 sure to be said, -1 sure not to be, whatever the score; or 0 */
    uint32_t report;       /* the likeliest report that covers it, or UINT32_MAX */
    bool said;
    float confidence; /* that somebody said it */
} qdx_utterance;

/* Finds cue and subject of one stretch; judging it is judgement.h's. */
void qdx_utterance_read(const qdx_narration *narration, const qdx_stretch_list *stretches,
                        uint32_t stretch, qdx_utterance *utterance);

#include "base/banned.h"
#endif
