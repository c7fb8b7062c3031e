/* The search for reports, sentence after sentence; for the files report*.c alone. */
#ifndef QDX_QUOTE_REPORT_FINDER_H
#define QDX_QUOTE_REPORT_FINDER_H

#include "quote/clause.h"
#include "quote/narration_tokens.h"
#include "quote/report.h"

enum {
    QDX_SUBJECT_REACH = 60, /* tokens before a cue searched for its subject */
    QDX_NAME_REACH = 16,    /* tokens of whom "according to" names */
    QDX_COLON_REACH = 12,   /* tokens of a paragraph before the colon behind its speaker */
};

typedef struct finder {
    const qdx_narration *n;
    qdx_report_list *list;
    qdx_token_range sentence;
    bool failed; /* memory ran out */
} finder;

/* Judges a report whose form, cue, subject and content are known, and adds it to the list. */
void qdx_report_add(finder *f, qdx_report *report);

/* Where words that end at token i may begin: in its sentence, behind a dateline, within reach. */
uint32_t qdx_report_reach_back(const finder *f, uint32_t i);

/* A paragraph that begins "Berg: …", with the colon at token i: the whole of an answer where the
 * paragraphs around it are such ones too, else its first sentence. */
void qdx_report_read_colon(finder *f, uint32_t i);

/* "according to" at token i. */
void qdx_report_read_according(finder *f, uint32_t i);

/* "in Berg's view", "by her own account", "in the words of Berg", with the noun at `noun`; false
 * when the noun is no such one. */
bool qdx_report_read_view(finder *f, uint32_t noun);

/* "as described by Berg"; false when the verb stands in no such phrase. */
bool qdx_report_read_as(finder *f, uint32_t verb);

#include "base/banned.h"
#endif
