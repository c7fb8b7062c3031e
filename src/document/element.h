/* What elements of a page are, by their tag. */
#ifndef QDX_DOCUMENT_ELEMENT_H
#define QDX_DOCUMENT_ELEMENT_H

#include <stdbool.h>

#include "document/markup.h"

typedef enum qdx_element_role {
    QDX_ELEMENT_INLINE,
    QDX_ELEMENT_BLOCK,
    QDX_ELEMENT_ROOT,      /* html, body: never beside the article, whatever they are called */
    QDX_ELEMENT_PARAGRAPH, /* a block that is text and nothing else */
    QDX_ELEMENT_ITEM,      /* of a list */
    QDX_ELEMENT_CELL,      /* of a table */
    QDX_ELEMENT_HEADING,
    QDX_ELEMENT_HEADER, /* <header>, <form>: beside the article unless much of it stands there */
    QDX_ELEMENT_QUOTATION,
    QDX_ELEMENT_QUOTE, /* <q> */
    QDX_ELEMENT_BREAK,
    QDX_ELEMENT_IMAGE,
    QDX_ELEMENT_PREFORMATTED,
    QDX_ELEMENT_LINK,
    QDX_ELEMENT_HIDDEN, /* no text of the page at all; does not end a paragraph */
    QDX_ELEMENT_ASIDE,  /* beside the article: captions, footers */
    QDX_ELEMENT_NAVIGATION,
} qdx_element_role;

qdx_element_role qdx_element_role_of(const qdx_node *node);

/* Hidden by an attribute: hidden, aria-hidden, display:none. */
bool qdx_element_is_concealed(const qdx_node *node);

#include "base/banned.h"
#endif
