/* Headlines: which part of a page's title is the article's. */
#ifndef QDX_DOCUMENT_HEADLINE_H
#define QDX_DOCUMENT_HEADLINE_H

#include <quotedex/span.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * "Title | Outlet", "Outlet: Title": the outlet, when it is known or (with `guess`) when the pieces
 * look like it, is left out of *title. *outlet is what was left out, empty when nothing was.
 */
void qdx_headline_split(const char *text, const char *known_outlet, bool guess, qdx_span *title,
                        qdx_span *outlet);

/* Is `heading` a piece of `title`, and no small one? Compared without the case of ASCII letters. */
bool qdx_headline_is_within(const char *heading, const char *title);

/*
 * Does a block say the title? Letter by letter, whatever stands between, and at most a byline or a
 * few bytes more.
 */
bool qdx_headline_is_said(const char *text, size_t size, const char *title);

/* What a page's title says besides the article's: the outermost piece. False: nothing short. */
bool qdx_headline_rest(const char *page_title, const char *title, qdx_span *rest);

#include "base/banned.h"
#endif
