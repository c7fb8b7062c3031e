/* Records of web archives: the page inside, out of what the server sent. */
#ifndef QDX_DOCUMENT_HTTP_H
#define QDX_DOCUMENT_HTTP_H

#include "document/format.h"

extern const qdx_format qdx_format_warc;

/* Is what a server sent a page, by its status and type, rather than a picture or a redirect? */
bool qdx_http_is_page(const char *bytes, size_t size);

#include "base/banned.h"
#endif
