/* Bodies: the text of an article as a field or a message part holds it, HTML or plain. */
#ifndef QDX_DOCUMENT_BODY_H
#define QDX_DOCUMENT_BODY_H

#include "document/draft.h"

/*
 * Adds the paragraphs of `text` (valid UTF-8, terminated) to the draft. What has tags is read as
 * HTML: a whole page by its article, a piece as it is. Markup that cannot be read is an error.
 */
qdx_status qdx_body_add(qdx_draft *draft, const char *text, size_t size,
                        const qdx_reader_options *limits, qdx_error *error);

/* Adds a title: as the article's, and as its first heading. */
void qdx_body_add_title(qdx_draft *draft, const char *text, size_t size);

#include "base/banned.h"
#endif
