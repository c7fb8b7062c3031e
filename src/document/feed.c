/*
 * Feeds. An item's parts are known by the names of RSS 0.9 to 2.0 and Atom; names with another
 * prefix (media:title) belong to pictures and sounds. Content is HTML, written out or escaped.
 */
#include "document/feed.h"

#include <string.h>
#include <strings.h>

#include "document/article.h"
#include "document/date.h"
#include "document/html.h"
#include "document/metadata.h"
#include "document/plain.h"

enum { HEAD_NODES = 400 }; /* where the feed's own title and language stand */

typedef enum part { TITLE, LINK, DATE, DATE_CHANGED, AUTHOR, CONTENT, SUMMARY, PARTS } part;

static const struct part_row {
    const char *name;
    part part;
} part_rows[] = {
    {"title", TITLE},
    {"link", LINK},
    {"pubDate", DATE},
    {"dc:date", DATE},
    {"published", DATE},
    {"issued", DATE},
    {"updated", DATE_CHANGED},
    {"modified", DATE_CHANGED},
    {"dc:creator", AUTHOR},
    {"author", AUTHOR},
    {"content:encoded", CONTENT},
    {"content", CONTENT},
    {"xhtml:body", CONTENT},
    {"description", SUMMARY},
    {"summary", SUMMARY},
};

typedef struct item {
    uint32_t node;
    uint32_t parts[PARTS]; /* nodes; 0: none */
} item;

static bool is_item(const qdx_node *node)
{
    const char *name = node->name ? qdx_markup_local_name(node) : "";
    return strcmp(name, "item") == 0 || strcmp(name, "entry") == 0;
}

/* The name without the prefix that the item itself has. */
static const char *name_within(const qdx_node *parent, const qdx_node *child)
{
    size_t prefix = (size_t)(qdx_markup_local_name(parent) - parent->name);
    return prefix && strncmp(child->name, parent->name, prefix) == 0 ? child->name + prefix
                                                                     : child->name;
}

/* Of an Atom item's links, the page itself is meant. */
static bool is_page_link(const qdx_node *node)
{
    const char *rel = qdx_markup_attribute(node, "rel");
    return !rel || strcmp(rel, "alternate") == 0;
}

static void sort_parts(const qdx_markup *m, item *it)
{
    const qdx_node *nodes = m->nodes.items;
    for (uint32_t i = it->node + 1; i < nodes[it->node].end; i = nodes[i].end) {
        if (!nodes[i].name)
            continue;
        const char *name = name_within(&nodes[it->node], &nodes[i]);
        for (size_t k = 0; k < sizeof part_rows / sizeof part_rows[0]; k++) {
            part p = part_rows[k].part;
            if (it->parts[p] == 0 && strcmp(name, part_rows[k].name) == 0 &&
                (p != LINK || is_page_link(&nodes[i])))
                it->parts[p] = i;
        }
    }
}

static void take_text(const qdx_markup *m, uint32_t node, qdx_buffer *scratch)
{
    qdx_buffer_clear(scratch);
    if (node)
        qdx_markup_subtree_text(m, node, scratch);
    qdx_buffer_append(scratch, "", 0);
}

static void read_link(const qdx_markup *m, const item *it, qdx_draft *draft, qdx_buffer *scratch)
{
    if (!it->parts[LINK])
        return;
    const char *href = qdx_markup_attribute(&m->nodes.items[it->parts[LINK]], "href");
    take_text(m, it->parts[LINK], scratch);
    if (href)
        qdx_metadata_set_url(draft, href, strlen(href));
    else if (scratch->size)
        qdx_metadata_set_url(draft, scratch->bytes, scratch->size);
}

static void read_author(const qdx_markup *m, const item *it, qdx_draft *draft, qdx_buffer *scratch)
{
    uint32_t node = it->parts[AUTHOR];
    if (!node)
        return;
    uint32_t end = m->nodes.items[node].end;
    uint32_t name = qdx_markup_find(m, node + 1, end, "name");
    take_text(m, name < end ? name : node, scratch);
    if (scratch->size)
        qdx_metadata_set_author(draft, scratch->bytes, scratch->size);
}

static void read_date(const qdx_markup *m, const item *it, qdx_draft *draft, qdx_buffer *scratch)
{
    static const part order[] = {DATE, DATE_CHANGED};
    for (size_t k = 0; k < 2 && draft->date.year == 0; k++) {
        take_text(m, it->parts[order[k]], scratch);
        if (it->parts[order[k]] && scratch->size)
            qdx_date_find(scratch->bytes, scratch->size, &draft->date);
    }
}

static void add_title(const qdx_markup *m, const item *it, qdx_draft *draft, qdx_buffer *scratch)
{
    if (!it->parts[TITLE])
        return;
    take_text(m, it->parts[TITLE], scratch);
    qdx_draft_open(draft, QDX_BLOCK_HEADING);
    if (scratch->size)
        qdx_draft_text(draft, scratch->bytes, scratch->size);
    qdx_draft_close(draft);
    qdx_metadata_set(draft, &draft->title, scratch->bytes, scratch->size);
}

/* The fullest text there is. What cannot be read of one item is no reason to stop the feed. */
static qdx_status add_body(qdx_source *source, const item *it, qdx_draft *draft,
                           qdx_buffer *scratch, qdx_error *error)
{
    const qdx_markup *m = &source->markup;
    uint32_t node = it->parts[CONTENT] ? it->parts[CONTENT] : it->parts[SUMMARY];
    if (!node)
        return QDX_OK;
    uint32_t end = m->nodes.items[node].end;
    for (uint32_t i = node + 1; i < end; i++)
        if (m->nodes.items[i].name)
            return qdx_article_add_subtree(m, node, draft, error);
    take_text(m, node, scratch);
    if (!scratch->size)
        return QDX_OK;
    if (!strpbrk(scratch->bytes, "<&")) {
        qdx_plain_add(draft, scratch->bytes, scratch->size, QDX_BLOCK_PARAGRAPH);
        return QDX_OK;
    }
    qdx_status status =
        qdx_html_add_fragment(scratch->bytes, scratch->size, &source->limits, draft, error);
    return status == QDX_ERR_MEMORY ? status : QDX_OK;
}

/* The feed's own title and language, before its first item. */
static void read_head(const qdx_markup *m, qdx_draft *draft, qdx_buffer *scratch)
{
    uint32_t end = m->nodes.count < HEAD_NODES ? (uint32_t)m->nodes.count : HEAD_NODES;
    for (uint32_t i = 1; i < end && !is_item(&m->nodes.items[i]); i++) {
        const qdx_node *node = &m->nodes.items[i];
        if (!node->name)
            continue;
        bool title = strcmp(node->name, "title") == 0;
        bool language =
            strcmp(node->name, "language") == 0 || strcmp(node->name, "dc:language") == 0;
        const char *tag = qdx_markup_attribute(node, "xml:lang");
        if (tag)
            qdx_metadata_set(draft, &draft->language, tag, strlen(tag));
        if (!title && !language)
            continue;
        take_text(m, i, scratch);
        qdx_metadata_set(draft, title ? &draft->outlet : &draft->language, scratch->bytes,
                         scratch->size);
    }
}

qdx_status qdx_feed_next(qdx_source *source, qdx_draft *draft, qdx_error *error)
{
    const qdx_markup *m = &source->markup;
    uint32_t count = (uint32_t)m->nodes.count;
    item it = {.node = source->at};
    source->many = true;
    while (it.node < count && !is_item(&m->nodes.items[it.node]))
        it.node++;
    source->at = it.node < count ? m->nodes.items[it.node].end : count;
    if (it.node == count)
        return QDX_END;
    qdx_buffer scratch = {0};
    sort_parts(m, &it);
    read_head(m, draft, &scratch);
    read_link(m, &it, draft, &scratch);
    read_author(m, &it, draft, &scratch);
    read_date(m, &it, draft, &scratch);
    add_title(m, &it, draft, &scratch);
    qdx_status status = qdx_buffer_status(&scratch, error);
    if (status == QDX_OK)
        status = add_body(source, &it, draft, &scratch, error);
    if (status == QDX_OK)
        status = qdx_buffer_status(&scratch, error);
    qdx_buffer_release(&scratch);
    return status == QDX_OK ? qdx_draft_status(draft, error) : status;
}
