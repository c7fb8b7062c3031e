/* Attribution: the quotations of a tagged document and who said them. */
#ifndef QDX_QUOTE_ATTRIBUTION_H
#define QDX_QUOTE_ATTRIBUTION_H

#include <quotedex/quote.h>

#include "entity/tagging.h"
#include "quote/quote_mark.h"
#include "quote/recurrence.h"
#include "quote/report.h"
#include "quote/speaker.h"
#include "quote/utterance.h"

/* How a quotation came about: one for each quote, for explaining and for joining. */
typedef struct qdx_quote_trace {
    uint32_t utterance;      /* its first utterance, or QDX_NONE of indirect speech */
    uint32_t last_utterance; /* its last one */
    uint32_t report;         /* the report it stands in, or QDX_NONE */
    uint32_t span_capacity;  /* of its spans, which the arena holds */
    qdx_noun_phrase subject; /* the phrase its speaker was read from; may be empty */
    qdx_speaker_trace speaker;
} qdx_quote_trace;

/* The result of one run; arrays are reused by the next. speaker.entity is a figure here. */
typedef struct qdx_attribution {
    QDX_VECTOR(qdx_quote) quotes;       /* in order of their first span */
    QDX_VECTOR(qdx_quote_trace) traces; /* one for each quote */
    qdx_stretch_list stretches;
    QDX_VECTOR(bool) quoted; /* for each token */
    QDX_VECTOR(qdx_utterance) utterances;
    qdx_report_list reports;
    qdx_recurrence_list recurrences;
    const qdx_tagging *tagging; /* of the last run; borrowed */
    qdx_verb_memory verbs;
} qdx_attribution;

/* An all-zero attribution is valid and empty. */
void qdx_attribution_release(qdx_attribution *attribution);

qdx_status qdx_attribution_run(qdx_attribution *attribution, qdx_tagging *tagging,
                               qdx_error *error);

/*
 * Appends to `buffer`, in a few lines of text, why the quote has its speaker: rule and cue, the
 * chain of mentions, the candidates that lost with their scores, and the weights that made it a
 * quotation. Valid until the next run, while the tagging lives.
 */
void qdx_attribution_explain(const qdx_attribution *attribution, size_t quote, qdx_buffer *buffer);

#include "base/banned.h"
#endif
