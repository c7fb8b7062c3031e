/* The article in an HTML page: which of its blocks belong to it. */
#ifndef QDX_DOCUMENT_ARTICLE_H
#define QDX_DOCUMENT_ARTICLE_H

#include "document/draft.h"
#include "document/markup.h"

/*
 * Adds the blocks of the page's article to the draft; none when the page has no text. What counts
 * as the article:
 *
 *   in    paragraphs, subheads, lists, tables, block quotations, the entries of a live report, a
 *         lead that stands in one element with them
 *   out   the headline (the draft's title repeated), bylines and dates under it, captions, credits,
 *         link boxes, appeals, comments, everything after a heading like "Related stories"
 *
 * A paragraph is never taken twice.
 */
qdx_status qdx_article_add(const qdx_markup *page, qdx_draft *draft, qdx_error *error);

/* Adds all blocks of a subtree of HTML that is known to be an article's text. */
qdx_status qdx_article_add_subtree(const qdx_markup *page, uint32_t node, qdx_draft *draft,
                                   qdx_error *error);

#include "base/banned.h"
#endif
