/*
 * The flow of a text: who spoke last, and who therefore speaks where no words of attribution stand
 * beside the marks.
 */
#ifndef QDX_QUOTE_FLOW_H
#define QDX_QUOTE_FLOW_H

#include "quote/attribution.h"
#include "quote/speaker.h"

typedef struct qdx_speech_flow {
    uint32_t last;           /* utterance with a speaker before, or QDX_NONE */
    qdx_speaker speaker;     /* its speaker */
    qdx_last_speaker recent; /* who spoke last, in indirect speech too */
} qdx_speech_flow;

/* The speaker of utterance i and how it was found. Cost: bounded by block and sentence. */
qdx_status qdx_flow_speaker(const qdx_speech_flow *flow, qdx_tagging *tagging,
                            const qdx_narration *narration, const qdx_attribution *attribution,
                            uint32_t utterance, qdx_speaker *speaker, qdx_quote_trace *trace,
                            qdx_error *error);

#include "base/banned.h"
#endif
