/* What elements of a page are, by their tag, class and id. */
#ifndef QDX_DOCUMENT_ELEMENT_H
#define QDX_DOCUMENT_ELEMENT_H

#include <stdbool.h>

#include "document/markup.h"

typedef enum qdx_element_role {
    QDX_ELEMENT_INLINE,
    QDX_ELEMENT_BLOCK,
    QDX_ELEMENT_PARAGRAPH, /* a block that is text and nothing else */
    QDX_ELEMENT_HEADING,
    QDX_ELEMENT_QUOTATION,
    QDX_ELEMENT_QUOTE, /* <q> */
    QDX_ELEMENT_BREAK,
    QDX_ELEMENT_PREFORMATTED,
    QDX_ELEMENT_LINK,
    QDX_ELEMENT_FRAME,  /* html, body, article, main: never left out for their class */
    QDX_ELEMENT_HIDDEN, /* no text of the page at all; does not end a paragraph */
    QDX_ELEMENT_ASIDE,  /* beside the article: navigation, captions, forms */
} qdx_element_role;

qdx_element_role qdx_element_role_of(const qdx_node *node);

/* Hidden by an attribute: hidden, aria-hidden, display:none. */
bool qdx_element_is_concealed(const qdx_node *node);

/* A word of its class or id says that it is beside the article ("sidebar", "share-tools"). */
bool qdx_element_is_beside(const qdx_node *node);

/* How surely its attributes say that it holds the article's text: 0 not at all, 3 surest. */
unsigned qdx_element_body_rank(const qdx_node *node);

/* Is `text` (a block of the page) a phrase of the page's own, like "Advertisement"? */
bool qdx_element_is_stock_phrase(const char *text, size_t size);

#include "base/banned.h"
#endif
