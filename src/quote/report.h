/*
 * Reports: places where the narration tells what somebody said, thought or wants, by a verb, a noun
 * or "according to", with the reported clause. Whether words of it stand in marks is no matter
 * here: a report without any is indirect speech, one with some a mixed quotation's clause.
 */
#ifndef QDX_QUOTE_REPORT_H
#define QDX_QUOTE_REPORT_H

#include "quote/linear.h"
#include "quote/narration.h"

/* How the clause hangs on its cue. */
typedef enum qdx_report_form {
    QDX_REPORT_THAT,          /* she said that … */
    QDX_REPORT_CLAUSE,        /* she said it was … */
    QDX_REPORT_QUESTION,      /* she asked whether …, explained why … */
    QDX_REPORT_INFINITIVE,    /* she wants to …, told him to … */
    QDX_REPORT_OBJECT,        /* she criticized the … */
    QDX_REPORT_PREPOSITION,   /* she complained about … */
    QDX_REPORT_PARENTHETICAL, /* …, she said. …, said the minister. */
    QDX_REPORT_ACCORDING,     /* …, according to her */
    QDX_REPORT_NOUN,          /* her claim that … */
    QDX_REPORT_COLON,         /* Berg: … */
    QDX_REPORT_FORM_COUNT,
} qdx_report_form;

typedef struct qdx_report {
    qdx_report_form form;
    qdx_token_range sentence;
    qdx_token_range cue;     /* the verb, the noun, "according to"; for a colon the mark */
    qdx_noun_phrase subject; /* kind QDX_NP_NONE when nobody is named */
    qdx_token_range content; /* the reported words; around the cue of a parenthesis */
    qdx_token_range gap;     /* inside content, the parenthesis itself; else empty */
    qdx_features features;
    int32_t lemma_weight; /* of the cue's own word in this form */
    int32_t score;        /* log-odds in thousandths that this reports anything */
} qdx_report;

typedef QDX_VECTOR(qdx_report) qdx_report_list;

/* Score from which a clause is given out as indirect speech. */
enum { QDX_REPORT_ACCEPTED = -600 };

/* Fills `list`, emptied first, in order of sentence and clause. Cost: linear, and sorting them.
 * Fails only for want of memory. */
qdx_status qdx_reports_find(const qdx_narration *narration, qdx_report_list *list,
                            qdx_error *error);

/* Fills features and score of a report whose other members are known. */
void qdx_report_judge(const qdx_narration *narration, qdx_report *report);

/* The model, for training and explaining. */
extern const qdx_linear_model qdx_report_model;

/* "that", "object", ... Static. */
const char *qdx_report_form_name(qdx_report_form form);

#include "base/banned.h"
#endif
