/*
 * Places in a document: code points and paragraphs of byte offsets, and the words around a span.
 */
#ifndef QDX_INDEX_CONTEXT_H
#define QDX_INDEX_CONTEXT_H

#include <quotedex/analyzer.h>

#include "base/buffer.h"

enum {
    QDX_QUOTE_CONTEXT = 120, /* code points kept on each side of a quotation, at most */
    QDX_MENTION_CONTEXT = 40 /* bytes kept on each side of a mention, at most */
};

/* Where the code points of a text are: a count at every 32nd byte, so a look-up reads 32 at most.
 */
typedef struct qdx_places {
    const qdx_document *document;
    uint32_t *counts;
} qdx_places;

/* Linear in the text. Release after success only. */
qdx_status qdx_places_init(qdx_places *places, const qdx_document *document, qdx_error *error);
void qdx_places_release(qdx_places *places);

/* Code points that begin in `size` bytes. */
uint32_t qdx_count_chars(const char *bytes, uint32_t size);

/* Code points before byte `offset`. */
uint32_t qdx_places_char(const qdx_places *places, uint32_t offset);

/* 1-based number of the block that holds `offset`, or of the last one before it; 1 without blocks.
 */
uint32_t qdx_places_paragraph(const qdx_places *places, uint32_t offset);

/*
 * The stretch before (or after) `at` of at most `chars` code points, cut between words and without
 * blanks at its ends. Empty where there is nothing.
 */
qdx_span qdx_context_before(const qdx_document *document, uint32_t at, uint32_t chars);
qdx_span qdx_context_after(const qdx_document *document, uint32_t at, uint32_t chars);

/* Was anything but marks and blanks left out between two places? */
bool qdx_words_between(const qdx_document *document, uint32_t from, uint32_t to);

/* What tells a text from its other versions: QDX_HASH_SIZE bytes of its hash. */
uint64_t qdx_text_hash(const char *text, size_t size);

/* Appends the stretch with each run of blanks and line ends as one blank. */
void qdx_context_append(const qdx_document *document, qdx_span span, qdx_buffer *out);

/* The same in bytes, cut at characters and words: for the short contexts of mentions. */
qdx_span qdx_context_around(const qdx_document *document, qdx_span span, uint32_t bytes);

#include "base/banned.h"
#endif
