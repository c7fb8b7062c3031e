/*
 * Blocks by shape. Vocabularies differ in their names for a paragraph, and agree in this: what has
 * text of its own is one.
 */
#include "document/xml_block.h"

#include <string.h>
#include <strings.h>

#include "document/article.h"
#include "document/html.h"
#include "document/plain.h"

static void add_block(qdx_draft *draft, const char *text, size_t size, qdx_block_kind kind)
{
    qdx_draft_open(draft, kind);
    qdx_draft_text(draft, text, size);
    qdx_draft_close(draft);
}

typedef struct shape {
    bool text;     /* has text of its own */
    bool elements; /* has elements */
} shape;

static shape shape_of(const qdx_markup *m, uint32_t node)
{
    shape s = {false, false};
    const qdx_node *nodes = m->nodes.items;
    for (uint32_t i = node + 1; i < nodes[node].end; i = nodes[i].end) {
        if (nodes[i].name)
            s.elements = true;
        else
            s.text = s.text || !qdx_markup_is_blank(qdx_markup_text_of(m, i), nodes[i].size);
    }
    return s;
}

/* "<p" or the like: HTML that was escaped. */
static bool holds_html(const char *text, size_t size)
{
    static const char *const tags[] = {"<p>", "<p ", "<br", "<div", "<P>"};
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
        if (memmem(text, size, tags[i], strlen(tags[i])))
            return true;
    return false;
}

static qdx_status add_element(qdx_source *source, uint32_t i, shape s, bool heading,
                              qdx_draft *draft, qdx_error *error)
{
    const qdx_markup *m = &source->markup;
    const char *text = qdx_markup_text_of(m, i);
    size_t size = qdx_markup_text_size(m, i);
    if (heading)
        add_block(draft, text, size, QDX_BLOCK_HEADING);
    else if (s.elements)
        return qdx_article_add_subtree(m, i, draft, error);
    else if (holds_html(text, size))
        return qdx_html_add_fragment(text, size, &source->limits, draft, error);
    else
        qdx_plain_add(draft, text, size, QDX_BLOCK_PARAGRAPH);
    return QDX_OK;
}

qdx_status qdx_xml_add_blocks(qdx_source *source, uint32_t top, qdx_xml_judge judge,
                              qdx_draft *draft, qdx_error *error)
{
    const qdx_markup *m = &source->markup;
    const qdx_node *nodes = m->nodes.items;
    qdx_status status = QDX_OK;
    for (uint32_t i = top; i < nodes[top].end && status == QDX_OK;) {
        if (!nodes[i].name) {
            i++;
            continue;
        }
        qdx_xml_part part = i == top ? QDX_XML_TEXT : judge.part_of(judge.context, &nodes[i]);
        shape s = shape_of(m, i);
        if (part == QDX_XML_SKIPPED) {
            i = nodes[i].end;
        } else if (s.text) {
            status = add_element(source, i, s, part == QDX_XML_HEADING, draft, error);
            i = nodes[i].end;
        } else {
            i++;
        }
    }
    return status;
}
