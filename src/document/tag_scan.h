/* A look at markup before the parser sees it. */
#ifndef QDX_DOCUMENT_TAG_SCAN_H
#define QDX_DOCUMENT_TAG_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum { QDX_TAG_ATTRIBUTES_MAX = 512 };

/*
 * The parser takes quadratic time on the attributes of one tag. QDX_ERR_LIMIT, with the line, when
 * a tag is larger than `max_tag` bytes or has more than QDX_TAG_ATTRIBUTES_MAX attributes.
 *
 * Of HTML, what nobody reads is cut out of `text` on the way, and *size is what is left: comments,
 * what stands in scripts (but for JSON-LD) and styles, drawings, <noscript>. They are most of the
 * bytes of many pages, and the parser is slow at them.
 */
qdx_status qdx_tag_scan(char *text, size_t *size, bool html, uint32_t max_tag, qdx_error *error);

#include "base/banned.h"
#endif
