/*
 * Markup: HTML or XML as a flat tree. Nodes stand in document order; a node's subtree is the range
 * from itself to `end`, so a walk is a loop, whatever the nesting. Nothing outside the text is ever
 * opened; entities, inclusions and document types are not followed.
 */
#ifndef QDX_DOCUMENT_MARKUP_H
#define QDX_DOCUMENT_MARKUP_H

#include <quotedex/document.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/vector.h"

/* Attributes that pages have on most elements; others are known by name. */
typedef enum qdx_attribute_id {
    QDX_ATTRIBUTE_OTHER,
    QDX_ATTRIBUTE_CLASS,
    QDX_ATTRIBUTE_ID,
    QDX_ATTRIBUTE_ITEMPROP,
    QDX_ATTRIBUTE_NAME,
    QDX_ATTRIBUTE_ROLE,
    QDX_ATTRIBUTE_HIDDEN,
    QDX_ATTRIBUTE_ARIA_HIDDEN,
    QDX_ATTRIBUTE_STYLE,
} qdx_attribute_id;

typedef struct qdx_attribute {
    qdx_attribute_id id;
    const char *name;
    const char *value; /* valid UTF-8 */
} qdx_attribute;

typedef struct qdx_node {
    const char *name; /* element: lower case in HTML, with its prefix in XML; NULL: text */
    const qdx_attribute *attributes;
    uint32_t attribute_count;
    uint32_t start, size; /* text: where in qdx_markup.text */
    uint32_t parent;      /* the root is its own */
    uint32_t end;         /* one past the last node of the subtree */
    uint32_t prefix;      /* bytes of the name before its local part, the colon with them */
} qdx_node;

typedef struct qdx_markup {
    QDX_VECTOR(qdx_node) nodes; /* [0] is the document, an element named "" */
    qdx_buffer text;
    qdx_arena arena;        /* attributes */
    struct _xmlDict *names; /* keeps the node names alive */
    bool truncated;         /* HTML nested deeper than the limit was cut there */
} qdx_markup;

/* An all-zero markup is valid and empty. */
void qdx_markup_release(qdx_markup *markup);

/* Empties it, keeps the memory. */
void qdx_markup_clear(qdx_markup *markup);

/*
 * Replace what the markup held by the tree of `text`, which must be valid UTF-8 and is changed in
 * place (control characters become spaces). XML must be well-formed. QDX_ERR_LIMIT on tags larger,
 * nesting deeper, or nodes more than allowed; QDX_ERR_FORMAT with the line on broken XML;
 * QDX_ERR_UNSUPPORTED when libxml2 cannot be loaded. Scripts and styles of HTML are not in the
 * tree, but for JSON-LD.
 */
qdx_status qdx_markup_parse_html(qdx_markup *markup, char *text, size_t size,
                                 const qdx_reader_options *limits, qdx_error *error);
qdx_status qdx_markup_parse_xml(qdx_markup *markup, char *text, size_t size,
                                const qdx_reader_options *limits, qdx_error *error);

/* A slot for an interned name in a cache of `slots` (a power of two): its address stands for it. */
static inline size_t qdx_markup_name_slot(const void *name, size_t slots)
{
    return (size_t)(((uint64_t)(uintptr_t)name * 0x9E3779B97F4A7C15u) >> 40) & (slots - 1);
}

/* An attribute's value; NULL when the node has none of that name. Only those that are listed in
   markup_events.c are kept. */
const char *qdx_markup_attribute(const qdx_node *node, const char *name);

/* The text of a subtree, borrowed: it lies in one piece of qdx_markup_text_size bytes. */
const char *qdx_markup_text_of(const qdx_markup *markup, uint32_t node);
size_t qdx_markup_text_size(const qdx_markup *markup, uint32_t node);

/* Nothing but white space and control characters? */
bool qdx_markup_is_blank(const char *text, size_t size);

/* The name without its prefix. */
static inline const char *qdx_markup_local_name(const qdx_node *node)
{
    return node->name + node->prefix;
}

/* First element of that name in [from, to), compared without case and by the name with its prefix;
   `to` when there is none. */
uint32_t qdx_markup_find(const qdx_markup *markup, uint32_t from, uint32_t to, const char *name);

/* Appends all text of a subtree to `out`. */
void qdx_markup_subtree_text(const qdx_markup *markup, uint32_t node, qdx_buffer *out);

#include "base/banned.h"
#endif
