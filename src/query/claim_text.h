/*
 * Texts as a check compares them: words that keep what changes a meaning (an apostrophe, a sign
 * before a number, US against us), and between them all that does not.
 */
#ifndef QDX_QUERY_CLAIM_TEXT_H
#define QDX_QUERY_CLAIM_TEXT_H

#include "base/buffer.h"
#include "base/vector.h"

typedef struct qdx_claim_word {
    uint32_t start, end;         /* bytes of the text */
    uint32_t folded, size;       /* its folded form, in the text's buffer */
    uint32_t letters;            /* which bytes it has, as bits by their last five */
    bool upper, lower, initials; /* has such letters; written with periods: "U.S." */
} qdx_claim_word;

typedef struct qdx_claim_text {
    const char *bytes; /* the caller's */
    size_t size;
    qdx_buffer folded;
    QDX_VECTOR(qdx_claim_word) words;
    bool one_case; /* no capitals, or mostly: case tells no words apart */
} qdx_claim_text;

void qdx_claim_text_release(qdx_claim_text *text);

/* Takes a text apart; replaces what was there. False when memory runs out. */
bool qdx_claim_text_split(qdx_claim_text *text, const char *bytes, size_t size);

/* The same letter by letter, but for line ends, which are the page's. */
bool qdx_claim_texts_same(const qdx_claim_text *a, const qdx_claim_text *b);

/* The same word, whatever its case, accents and apostrophes. */
bool qdx_claim_words_equal(const qdx_claim_text *a, size_t i, const qdx_claim_text *b, size_t k);

/* Different words that one or two slips of the keyboard would make of each other. */
bool qdx_claim_words_close(const qdx_claim_text *a, size_t i, const qdx_claim_text *b, size_t k);

/* Do the words of `a` stand in `b` from word `at` on? */
bool qdx_claim_words_at(const qdx_claim_text *a, const qdx_claim_text *b, size_t at);

/*
 * Appends what two texts of equal words differ in, between commas: "case, dashes". Nothing when
 * they are the same letter by letter.
 */
void qdx_claim_put_folded(const qdx_claim_text *a, const qdx_claim_text *b, qdx_buffer *out);

#include "base/banned.h"
#endif
