/* Blocks of XML by its shape, whatever it is written in. */
#ifndef QDX_DOCUMENT_XML_BLOCK_H
#define QDX_DOCUMENT_XML_BLOCK_H

#include "document/draft.h"
#include "document/source.h"

typedef enum qdx_xml_part {
    QDX_XML_TEXT,
    QDX_XML_HEADING,
    QDX_XML_SKIPPED, /* no text of the article */
} qdx_xml_part;

/* What an element is, by its name. */
typedef struct qdx_xml_judge {
    qdx_xml_part (*part_of)(const void *context, const qdx_node *node);
    const void *context;
} qdx_xml_judge;

/*
 * Adds the blocks in the subtree of `top`, which is not judged itself: an element with text of its
 * own is a block, one with only elements is a frame around blocks. Escaped HTML in an element is
 * read as HTML, lines as plain text; inside a block, elements mean what they mean in HTML. Cost:
 * linear.
 */
qdx_status qdx_xml_add_blocks(qdx_source *source, uint32_t top, qdx_xml_judge judge,
                              qdx_draft *draft, qdx_error *error);

#include "base/banned.h"
#endif
