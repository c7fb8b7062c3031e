/*
 * Judgement: did anybody say the words in marks, or are they a title, a nickname, a term, words as
 * words? A linear model over the form of the words, what stands around the marks, the cue found and
 * the reports that cover them.
 */
#ifndef QDX_QUOTE_JUDGEMENT_H
#define QDX_QUOTE_JUDGEMENT_H

#include "quote/recurrence.h"
#include "quote/report.h"
#include "quote/utterance.h"

/* What an utterance is judged by, beside itself. */
typedef struct qdx_judgement_context {
    const qdx_narration *narration;
    const qdx_stretch_list *stretches;
    const qdx_report_list *reports;
    const qdx_recurrence_list *recurrences;
    const qdx_utterance *before; /* the utterance before this one, or NULL */
} qdx_judgement_context;

/* Score from which words in marks count as said: titles reported as speech annoy more. */
enum { QDX_JUDGEMENT_ACCEPTED = 900 };

/* Fills report, features, score, ruling, said, sentence and confidence of an utterance whose cue
 * was read. */
void qdx_judgement_run(const qdx_judgement_context *context, qdx_utterance *utterance);

/* Judges all utterances of an article anew by the company they keep: where the other marks hold
 * speech, these more likely do. To be called once, when all are judged. Cost: linear. */
void qdx_judgement_settle(qdx_utterance *utterances, size_t count);

/* The model, for training and explaining. */
extern const qdx_linear_model qdx_judgement_model;

#include "base/banned.h"
#endif
