/*
 * JSON-LD. No processor of the whole language: contexts are not resolved, names are compared as
 * news sites write them. An update of a live report or a comment has a headline and an author too:
 * only objects that stand where an article of its own stands are looked at.
 */
#include "document/metadata_json.h"

#include <string.h>
#include <strings.h>

#include "document/byline.h"
#include "document/character_name.h"
#include "document/json_scan.h"
#include "document/json_tree.h"

enum {
    DEPTH_MAX = 64,
    NO_NODE = 0,
    GRAPH_LEVELS = 3,
    FOLLOWED_MAX = 50, /* "@id"s; each costs a pass over the script */
};

/* Ends of the types that are an article, and pages, which may stand for one. */
static const struct type_row {
    const char *ending;
    unsigned rank;
} type_rows[] = {
    {"Article", 3}, {"BlogPosting", 3}, {"Posting", 3}, {"Report", 3},
    {"Review", 2},  {"WebPage", 1},     {"Page", 1},
};

void qdx_json_facts_release(qdx_json_facts *facts)
{
    qdx_buffer_release(&facts->title);
    qdx_buffer_release(&facts->date);
    qdx_buffer_release(&facts->outlet);
    qdx_buffer_release(&facts->language);
    qdx_buffer_release(&facts->url);
    qdx_buffer_release(&facts->authors);
    qdx_buffer_release(&facts->body);
}

bool qdx_json_facts_failed(const qdx_json_facts *facts)
{
    return facts->title.failed || facts->date.failed || facts->outlet.failed ||
           facts->language.failed || facts->url.failed || facts->authors.failed ||
           facts->body.failed;
}

/* -- The tree -- */

static const qdx_json_node *node_at(const qdx_json_tree *tree, uint32_t node)
{
    return &tree->nodes.items[node];
}

static const char *text_at(const qdx_json_tree *tree, uint32_t node)
{
    return tree->text.bytes + node_at(tree, node)->at;
}

/* The member of an object; NO_NODE when there is none. The root is no member. */
static uint32_t member(const qdx_json_tree *tree, uint32_t object, const char *key)
{
    const qdx_json_node *nodes = tree->nodes.items;
    size_t n = strlen(key);
    if (nodes[object].type != QDX_JSON_OBJECT)
        return NO_NODE;
    for (uint32_t i = object + 1; i < nodes[object].end; i = nodes[i].end)
        if (nodes[i].key_size == n && memcmp(tree->text.bytes + nodes[i].key, key, n) == 0)
            return i;
    return NO_NODE;
}

static bool is_string(const qdx_json_tree *tree, uint32_t node)
{
    return node != NO_NODE && node_at(tree, node)->type == QDX_JSON_STRING;
}

static unsigned rank_of_type(const char *type)
{
    size_t n = strlen(type);
    for (size_t i = 0; i < sizeof type_rows / sizeof type_rows[0]; i++) {
        size_t k = strlen(type_rows[i].ending);
        if (n >= k && strcmp(type + n - k, type_rows[i].ending) == 0)
            return type_rows[i].rank;
    }
    return 0;
}

/* How much the object is an article. */
static unsigned rank_of(const qdx_json_tree *tree, uint32_t object)
{
    uint32_t type = member(tree, object, "@type");
    unsigned rank = 0;
    if (is_string(tree, type))
        return rank_of_type(text_at(tree, type));
    if (type != NO_NODE && node_at(tree, type)->type == QDX_JSON_ARRAY) {
        for (uint32_t i = type + 1; i < node_at(tree, type)->end; i = node_at(tree, i)->end)
            if (is_string(tree, i) && rank_of_type(text_at(tree, i)) > rank)
                rank = rank_of_type(text_at(tree, i));
        return rank;
    }
    return is_string(tree, member(tree, object, "headline")) ? 2 : 0;
}

/* The best article at `node`: itself, or in an array, a graph or a page's main entity. */
static void find_article(const qdx_json_tree *tree, uint32_t node, int level, uint32_t *best,
                         unsigned *best_rank)
{
    const qdx_json_node *n = node_at(tree, node);
    if (level > GRAPH_LEVELS)
        return;
    if (n->type == QDX_JSON_ARRAY) {
        for (uint32_t i = node + 1; i < n->end; i = node_at(tree, i)->end)
            find_article(tree, i, level + 1, best, best_rank);
        return;
    }
    if (n->type != QDX_JSON_OBJECT)
        return;
    unsigned rank = rank_of(tree, node);
    if (rank > *best_rank) {
        *best_rank = rank;
        *best = node;
    }
    static const char *const inner[] = {"@graph", "mainEntity", "mainEntityOfPage"};
    for (size_t i = 0; i < sizeof inner / sizeof inner[0]; i++) {
        uint32_t child = member(tree, node, inner[i]);
        if (child != NO_NODE)
            find_article(tree, child, level + 1, best, best_rank);
    }
}

/* The object that an {"@id": …} means; the object itself when there is no other. */
static uint32_t follow(qdx_json_facts *facts, const qdx_json_tree *tree, uint32_t object)
{
    uint32_t id = member(tree, object, "@id");
    if (!is_string(tree, id) || member(tree, object, "name") != NO_NODE ||
        facts->followed++ >= FOLLOWED_MAX)
        return object;
    for (uint32_t i = 0; i < tree->nodes.count; i++) {
        uint32_t other = i == object ? NO_NODE : member(tree, i, "@id");
        if (is_string(tree, other) && strcmp(text_at(tree, other), text_at(tree, id)) == 0 &&
            member(tree, i, "name") != NO_NODE)
            return i;
    }
    return object;
}

/* -- Values -- */

/* After the tag at `p`, which becomes a line end when it ends a paragraph; NULL: it is no tag. */
static const char *skip_tag(const char *p, const char *end, qdx_buffer *out)
{
    const char *close = memchr(p, '>', (size_t)(end - p));
    if (!close || close - p < 2 || !(p[1] == '/' || (p[1] | 0x20) >= 'a'))
        return NULL;
    static const char *const breaks[] = {"<p", "</p", "<br", "<li", "</li", "</h", "</div"};
    for (size_t i = 0; i < sizeof breaks / sizeof breaks[0]; i++)
        if (strncasecmp(p, breaks[i], strlen(breaks[i])) == 0) {
            qdx_buffer_append(out, "\n\n", 2);
            break;
        }
    return close + 1;
}

/* Text as pages put it into JSON: with entities and tags or without. */
static void put_text(qdx_buffer *out, const char *text, size_t size)
{
    const char *end = text + size;
    for (const char *p = text; p < end && !out->failed;) {
        const char *after = *p == '&'   ? qdx_character_name_put(p + 1, end, out)
                            : *p == '<' ? skip_tag(p, end, out)
                                        : NULL;
        if (!after)
            qdx_buffer_byte(out, *p);
        p = after ? after : p + 1;
    }
}

static void take(qdx_buffer *out, const qdx_json_tree *tree, uint32_t node)
{
    if (is_string(tree, node) && out->size == 0)
        put_text(out, text_at(tree, node), node_at(tree, node)->size);
}

/* A name, an object with a name, or an array of them. */
static void take_names(qdx_json_facts *facts, const qdx_json_tree *tree, uint32_t node, int level)
{
    const qdx_json_node *n = node_at(tree, node);
    if (node == NO_NODE || level > 3)
        return;
    if (n->type == QDX_JSON_STRING) {
        qdx_buffer name = {0};
        put_text(&name, text_at(tree, node), n->size);
        if (name.size && strncasecmp(name.bytes, "http", 4) != 0)
            qdx_byline_add(&facts->authors, name.bytes, name.size, facts->outlet.bytes);
        facts->authors.failed = facts->authors.failed || name.failed;
        qdx_buffer_release(&name);
    } else if (n->type == QDX_JSON_ARRAY) {
        for (uint32_t i = node + 1; i < n->end; i = node_at(tree, i)->end)
            take_names(facts, tree, i, level + 1);
    } else if (n->type == QDX_JSON_OBJECT) {
        uint32_t name = member(tree, follow(facts, tree, node), "name");
        if (name != NO_NODE)
            take_names(facts, tree, name, level + 1);
    }
}

static void take_publisher(qdx_json_facts *facts, const qdx_json_tree *tree, uint32_t node)
{
    if (node == NO_NODE)
        return;
    if (node_at(tree, node)->type == QDX_JSON_ARRAY && node_at(tree, node)->end > node + 1)
        node++;
    if (node_at(tree, node)->type == QDX_JSON_OBJECT)
        take(&facts->outlet, tree, member(tree, follow(facts, tree, node), "name"));
    else
        take(&facts->outlet, tree, node);
}

static void take_article(qdx_json_facts *facts, const qdx_json_tree *tree, uint32_t article,
                         unsigned rank)
{
    take(&facts->date, tree, member(tree, article, "datePublished"));
    take_publisher(facts, tree, member(tree, article, "publisher"));
    take(&facts->language, tree, member(tree, article, "inLanguage"));
    if (rank < 2)
        return;
    take(&facts->title, tree, member(tree, article, "headline"));
    take(&facts->date, tree, member(tree, article, "dateCreated"));
    take(&facts->url, tree, member(tree, article, "url"));
    take(&facts->body, tree, member(tree, article, "articleBody"));
    uint32_t author = member(tree, article, "author");
    if (facts->authors.size == 0)
        take_names(facts, tree, author != NO_NODE ? author : member(tree, article, "creator"), 0);
}

/* -- Broken JSON -- */

static void scan_broken(qdx_json_facts *facts, const char *json, size_t size)
{
    const struct {
        const char *key, *inner;
        qdx_buffer *to;
    } rows[] = {
        {"headline", NULL, &facts->title},     {"datePublished", NULL, &facts->date},
        {"publisher", "name", &facts->outlet}, {"inLanguage", NULL, &facts->language},
        {"author", "name", &facts->authors},
    };
    qdx_buffer value = {0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].to->size == 0 && qdx_json_scan(json, size, rows[i].key, rows[i].inner, &value))
            put_text(rows[i].to, value.bytes, value.size);
    qdx_buffer_release(&value);
}

void qdx_json_facts_read(qdx_json_facts *facts, const char *json, size_t size)
{
    qdx_json_tree tree = {0};
    qdx_status status = qdx_json_tree_parse(&tree, json, size, DEPTH_MAX, NULL);
    if (status == QDX_ERR_MEMORY) {
        facts->title.failed = true;
    } else if (status != QDX_OK) {
        scan_broken(facts, json, size);
    } else {
        uint32_t best = 0;
        unsigned rank = 0;
        find_article(&tree, 0, 0, &best, &rank);
        if (rank)
            take_article(facts, &tree, best, rank);
    }
    qdx_json_tree_release(&tree);
}
