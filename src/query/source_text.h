/*
 * An article's text, read again from where it came from: only if it is the same
 * still. For all that the index does not keep: contexts, and the words of reported speech.
 */
#ifndef QDX_QUERY_SOURCE_TEXT_H
#define QDX_QUERY_SOURCE_TEXT_H

#include <quotedex/query.h>

#include "base/buffer.h"
#include "index/decode.h"

/* An all-zero value with `source` set or NULL is valid. */
typedef struct qdx_source_text {
    const qdx_text_source *source;
    qdx_buffer file;       /* without a source */
    qdx_document document; /* its text alone; NULL when it cannot be had */
    uint32_t chars, bytes; /* a place in it: the last one asked for */
} qdx_source_text;

void qdx_source_text_release(qdx_source_text *text);

/* Fails only when memory runs out; a file that is gone or changed is no
 * failure. */
qdx_status qdx_source_text_open(qdx_source_text *text, const qdx_document_row *row,
                                qdx_error *error);

/*
 * Appends what stands around a range of code points: before it and after it.
 * Nothing without a text. Ranges are asked for in order.
 */
void qdx_source_text_around(qdx_source_text *text, uint32_t char_start, uint32_t char_end,
                            qdx_buffer *before, qdx_buffer *after);

/*
 * Appends the words of reported speech, " … " where text was left out and a blank where only marks
 * were, and the words that name its speaker. Nothing without a text.
 */
void qdx_source_text_quote(qdx_source_text *text, const qdx_quote_row *row, qdx_buffer *words,
                           qdx_buffer *named);

/* The same with up to QDX_QUOTE_CONTEXT code points, cut between words, as a
 * quotation has them. */
void qdx_source_text_beside(qdx_source_text *text, uint32_t char_start, uint32_t char_end,
                            qdx_buffer *before, qdx_buffer *after);

#include "base/banned.h"
#endif
