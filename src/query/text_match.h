/* Words and phrases in quotations, by the postings of the index. */
#ifndef QDX_QUERY_TEXT_MATCH_H
#define QDX_QUERY_TEXT_MATCH_H

#include "base/vector.h"
#include "index/decode.h"
#include "index/words.h"

/* Ascending numbers of quotations. */
typedef struct qdx_number_set {
    uint32_t *items;
    size_t count;
    size_t capacity;
} qdx_number_set;

void qdx_number_set_release(qdx_number_set *set);

/* Leaves in `set` what is in both. */
void qdx_number_set_intersect(qdx_number_set *set, const qdx_number_set *other);

typedef struct qdx_text_sequence {
    qdx_index_words words;
    bool excluded; /* must not stand there */
} qdx_text_sequence;

/*
 * What is looked for: sequences of words, all of which stand in the quotation. Words between double
 * quotation marks, and the parts of a word with marks inside ("de-escalate"), are a sequence. What
 * has a - right before it must not stand there. An all-zero value is valid and empty.
 */
typedef struct qdx_text_question {
    qdx_text_sequence *sequences;
    size_t count;
    size_t capacity;
    qdx_index_words words; /* scratch */
} qdx_text_question;

void qdx_text_question_release(qdx_text_question *question);

/* Cuts the question; QDX_ERR_ARGUMENT when there are no words in it. */
qdx_status qdx_text_question_read(qdx_text_question *question, const char *text, qdx_error *error);

/* Does a text answer it? */
qdx_status qdx_text_fits(qdx_text_question *question, const char *text, bool *fits,
                         qdx_error *error);

/* The direct and mixed quotations that answer it, whose words the index has. */
qdx_status qdx_text_match(const qdx_index *index, qdx_text_question *question, qdx_number_set *set,
                          qdx_error *error);

#include "base/banned.h"
#endif
