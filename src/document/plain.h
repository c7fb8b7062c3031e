/* Plain text: which ranges of it are paragraphs, what its head tells. */
#ifndef QDX_DOCUMENT_PLAIN_H
#define QDX_DOCUMENT_PLAIN_H

#include "document/format.h"

/* Called for each paragraph, in order. */
typedef void qdx_plain_visit(void *context, qdx_span span);

/*
 * Finds the paragraphs of `text`. Blank lines separate them always; line ends alone do when each
 * line is a paragraph of its own, and don't when lines are broken to a width. Cost: linear.
 */
void qdx_plain_split(const char *text, size_t size, qdx_plain_visit *visit, void *context);

/* Adds the paragraphs of `text` (a <pre>, an element of lines) to the draft as blocks of their own.
 */
void qdx_plain_add(qdx_draft *draft, const char *text, size_t size, qdx_block_kind kind);

extern const qdx_format qdx_format_plain;

#include "base/banned.h"
#endif
