/*
 * MIME: headers of messages and the encodings of their bodies (RFC 2045, 2047, 5322). Also what
 * HTTP headers share with them.
 */
#ifndef QDX_DOCUMENT_MIME_H
#define QDX_DOCUMENT_MIME_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "document/label.h"

/* A block of header lines and what follows it. */
typedef struct qdx_mime_part {
    const char *headers, *headers_end;
    const char *body, *body_end;
} qdx_mime_part;

/* Takes a message apart at the first empty line. A text that begins with one has no headers. */
qdx_mime_part qdx_mime_split(const char *bytes, size_t size);

/* Appends the value of the first header of that name, unfolded; false when there is none. */
bool qdx_mime_header(const qdx_mime_part *part, const char *name, qdx_buffer *value);

/*
 * Appends a parameter of a header's value ("charset", "boundary"), without its marks; false when it
 * is not there.
 */
bool qdx_mime_parameter(const char *value, const char *name, qdx_buffer *out);

/* The charset parameter as a label in lower case; "" when there is none that fits. False: no memory. */
bool qdx_mime_charset(const char *value, char label[QDX_LABEL_SIZE]);

/* Appends a header's text as UTF-8, its encoded words decoded. */
void qdx_mime_words(const char *text, size_t size, qdx_buffer *out);

/* Append what was encoded; what is no encoding is passed over. */
void qdx_mime_base64(const char *bytes, size_t size, qdx_buffer *out);
void qdx_mime_quoted_printable(const char *bytes, size_t size, qdx_buffer *out);

#include "base/banned.h"
#endif
