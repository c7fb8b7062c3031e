/* JSON (RFC 8259) written into a buffer: valid for any bytes, readable, locale-free. */
#ifndef QDX_OUTPUT_JSON_H
#define QDX_OUTPUT_JSON_H

#include <stddef.h>

#include "base/buffer.h"

/* A string in quotes. Bytes that are no UTF-8 become U+FFFD, one for each byte. */
void qdx_json_string(qdx_buffer *out, const char *bytes, size_t size);

/* The same for terminated text; NULL writes null. */
void qdx_json_text(qdx_buffer *out, const char *text);

/* Text, or null where it is NULL or empty. */
void qdx_json_optional(qdx_buffer *out, const char *text);

/* A number with at most two decimals; what is no finite number of sensible size writes null. */
void qdx_json_real(qdx_buffer *out, double value);

/* Appends valid UTF-8: the bytes with each malformed one replaced by U+FFFD. */
void qdx_buffer_clean(qdx_buffer *out, const char *bytes, size_t size);

#include "base/banned.h"
#endif
