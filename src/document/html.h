/* HTML pages: the article in them. */
#ifndef QDX_DOCUMENT_HTML_H
#define QDX_DOCUMENT_HTML_H

#include "document/format.h"

extern const qdx_format qdx_format_html;

/*
 * Parses a piece of HTML (a feed's content) and adds its blocks to the draft. The bytes are copied.
 * Markup that cannot be read is an error as in qdx_markup_parse_html.
 */
qdx_status qdx_html_add_fragment(const char *bytes, size_t size, const qdx_reader_options *limits,
                                 qdx_draft *draft, qdx_error *error);

#include "base/banned.h"
#endif
