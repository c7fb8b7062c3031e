/* The article in an HTML page: which elements hold it, and their text as blocks. */
#ifndef QDX_DOCUMENT_ARTICLE_H
#define QDX_DOCUMENT_ARTICLE_H

#include "document/draft.h"
#include "document/markup.h"

/* Adds the blocks of the page's article to the draft; none when the page has no text. */
qdx_status qdx_article_add(const qdx_markup *page, qdx_draft *draft, qdx_error *error);

/* Adds all blocks of a subtree of HTML that is known to be an article's text. */
qdx_status qdx_article_add_subtree(const qdx_markup *page, uint32_t node, qdx_draft *draft,
                                   qdx_error *error);

#include "base/banned.h"
#endif
