/*
 * Annotated text read back: what people write by hand and `annotate --format annotated` prints,
 * without its braces. The format: docs/annotated-text.md. Writing it: qdx_document_write_annotated.
 */
#ifndef QDX_OUTPUT_ANNOTATED_H
#define QDX_OUTPUT_ANNOTATED_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

/*
 * Appends the plain text that `size` bytes of annotated text (without its === line) stand for.
 * Fails with QDX_ERR_FORMAT, with the line, on unbalanced braces and on a brace without a label.
 */
qdx_status qdx_annotated_strip(const char *annotated, size_t size, qdx_buffer *text,
                               qdx_error *error);

/* Appends text with the backslashes that make it plain inside annotated text. */
void qdx_annotated_escape(qdx_buffer *out, const char *bytes, size_t size, bool line_start);

#include "base/banned.h"
#endif
