/* Bylines: "By Tilda Orme and Jan Halt, The Courier" as a list of names. */
#ifndef QDX_DOCUMENT_BYLINE_H
#define QDX_DOCUMENT_BYLINE_H

#include <stdbool.h>

#include "base/buffer.h"

/*
 * Appends the names in `text` to `names`, "; " between them, leaving out those already there, words
 * like "By", what is no name (addresses, dates, roles) and `outlet` (may be NULL). At most 20
 * names.
 */
void qdx_byline_add(qdx_buffer *names, const char *text, size_t size, const char *outlet);

/* Does the text begin as a byline does ("By …", "Von …")? */
bool qdx_byline_begins(const char *text, size_t size);

/* "By Tilda Orme", "March 11, 2031", "5 min read": what stands under a title. */
bool qdx_byline_is_line(const char *text, size_t size);

#include "base/banned.h"
#endif
