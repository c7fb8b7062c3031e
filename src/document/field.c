/*
 * Guessing fields. Names are compared by letters and digits alone, without case, so that
 * publishedAt, published_at and "Published At" are one. The order of a field's names is the order
 * of trust; names with dots lead into members.
 */
#include "document/field.h"

#include <string.h>

#include <quotedex/document.h>

/* Names as newspapers' and collectors' exports have them: The Guardian's and The New York Times'
   open platforms, NewsAPI, GDELT, news-please and other crawlers, JSON Feed, schema.org, search
   engines' dumps, spreadsheets made by hand. */
static const struct field_row {
    qdx_field field;
    const char *path;
} rows[] = {
    {QDX_FIELD_TITLE, "headline.main"},
    {QDX_FIELD_TITLE, "headline"},
    {QDX_FIELD_TITLE, "title.rendered"},
    {QDX_FIELD_TITLE, "title"},
    {QDX_FIELD_TITLE, "fields.headline"},
    {QDX_FIELD_TITLE, "webTitle"},
    {QDX_FIELD_TITLE, "articleTitle"},
    {QDX_FIELD_TITLE, "head"},
    {QDX_FIELD_TITLE, "hl"},
    {QDX_FIELD_TITLE, "name"},
    {QDX_FIELD_TITLE, "subject"},

    {QDX_FIELD_TEXT, "fields.body"},
    {QDX_FIELD_TEXT, "fields.bodyText"},
    {QDX_FIELD_TEXT, "articleBody"},
    {QDX_FIELD_TEXT, "maintext"},
    {QDX_FIELD_TEXT, "fulltext"},
    {QDX_FIELD_TEXT, "articleText"},
    {QDX_FIELD_TEXT, "bodyText"},
    {QDX_FIELD_TEXT, "bodyHtml"},
    {QDX_FIELD_TEXT, "body.content"},
    {QDX_FIELD_TEXT, "body"},
    {QDX_FIELD_TEXT, "contentHtml"},
    {QDX_FIELD_TEXT, "contentText"},
    {QDX_FIELD_TEXT, "content.rendered"},
    {QDX_FIELD_TEXT, "content.body"},
    {QDX_FIELD_TEXT, "content.text"},
    {QDX_FIELD_TEXT, "plainText"},
    {QDX_FIELD_TEXT, "cleanedText"},
    {QDX_FIELD_TEXT, "cleanText"},
    {QDX_FIELD_TEXT, "rawText"},
    {QDX_FIELD_TEXT, "textContent"},
    {QDX_FIELD_TEXT, "text"},
    {QDX_FIELD_TEXT, "article"},
    {QDX_FIELD_TEXT, "story"},
    {QDX_FIELD_TEXT, "content"},
    {QDX_FIELD_TEXT, "html"},
    {QDX_FIELD_TEXT, "message"},
    {QDX_FIELD_TEXT, "leadParagraph"},
    {QDX_FIELD_TEXT, "abstract"},
    {QDX_FIELD_TEXT, "description"},
    {QDX_FIELD_TEXT, "snippet"},
    {QDX_FIELD_TEXT, "summary"},

    {QDX_FIELD_DATE, "datePublished"},
    {QDX_FIELD_DATE, "publishedAt"},
    {QDX_FIELD_DATE, "publishedDate"},
    {QDX_FIELD_DATE, "webPublicationDate"},
    {QDX_FIELD_DATE, "pubDate"},
    {QDX_FIELD_DATE, "datePublish"},
    {QDX_FIELD_DATE, "publishDate"},
    {QDX_FIELD_DATE, "publicationDate"},
    {QDX_FIELD_DATE, "firstPublished"},
    {QDX_FIELD_DATE, "published"},
    {QDX_FIELD_DATE, "articleDate"},
    {QDX_FIELD_DATE, "date"},
    {QDX_FIELD_DATE, "day"},
    {QDX_FIELD_DATE, "seenDate"},
    {QDX_FIELD_DATE, "createdAt"},
    {QDX_FIELD_DATE, "created"},
    {QDX_FIELD_DATE, "timestamp"},
    {QDX_FIELD_DATE, "time"},
    {QDX_FIELD_DATE, "dateModified"},
    {QDX_FIELD_DATE, "updated"},

    {QDX_FIELD_AUTHOR, "byline.original"},
    {QDX_FIELD_AUTHOR, "byline"},
    {QDX_FIELD_AUTHOR, "fields.byline"},
    {QDX_FIELD_AUTHOR, "author"},
    {QDX_FIELD_AUTHOR, "authors"},
    {QDX_FIELD_AUTHOR, "creator"},
    {QDX_FIELD_AUTHOR, "writer"},

    {QDX_FIELD_OUTLET, "source.name"},
    {QDX_FIELD_OUTLET, "source.title"},
    {QDX_FIELD_OUTLET, "sourceCommonName"},
    {QDX_FIELD_OUTLET, "fields.publication"},
    {QDX_FIELD_OUTLET, "outlet"},
    {QDX_FIELD_OUTLET, "publisher"},
    {QDX_FIELD_OUTLET, "publication"},
    {QDX_FIELD_OUTLET, "newspaper"},
    {QDX_FIELD_OUTLET, "siteName"},
    {QDX_FIELD_OUTLET, "source"},
    {QDX_FIELD_OUTLET, "site"},
    {QDX_FIELD_OUTLET, "media"},
    {QDX_FIELD_OUTLET, "sourceDomain"},
    {QDX_FIELD_OUTLET, "domain"},

    {QDX_FIELD_URL, "webUrl"},
    {QDX_FIELD_URL, "canonicalUrl"},
    {QDX_FIELD_URL, "articleUrl"},
    {QDX_FIELD_URL, "url"},
    {QDX_FIELD_URL, "link"},
    {QDX_FIELD_URL, "uri"},

    {QDX_FIELD_LANGUAGE, "language"},
    {QDX_FIELD_LANGUAGE, "lang"},
    {QDX_FIELD_LANGUAGE, "inLanguage"},
};

/* Members that wrap an article's own. */
static const char *const wrappers[] = {"_source",  "article", "attributes",
                                       "data",     "doc",     "item",
                                       "document", "fields",  "response.content"};

/* Members that hold a list of articles. */
static const char *const lists[] = {
    "articles",
    "response.docs",
    "response.results",
    "results",
    "items",
    "hits.hits",
    "docs",
    "documents",
    "stories",
    "entries",
    "posts",
    "news",
    "articleslist",
    "data",
    "records",
    "value",
    "list",
    "channel.item",
    "rss.channel.item",
    "feed.entry",
    "@graph",
};

static const char *const names[QDX_FIELD_COUNT] = {"title",  "text", "date",    "author",
                                                   "outlet", "url",  "language"};

const char *qdx_field_name(qdx_field field)
{
    return names[field];
}

static bool is_skipped(char c)
{
    return c == '_' || c == '-' || c == ' ' || c == ':';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_name(const char *a, size_t a_size, const char *b, size_t b_size)
{
    const char *a_end = a + a_size, *b_end = b + b_size;
    if ((a_size && *a == '_') != (b_size && *b == '_'))
        return false;
    for (;;) {
        while (a < a_end && is_skipped(*a))
            a++;
        while (b < b_end && is_skipped(*b))
            b++;
        if (a == a_end || b == b_end)
            return a == a_end && b == b_end;
        if (lower(*a++) != lower(*b++))
            return false;
    }
}

static uint32_t find_member(const qdx_json_tree *tree, uint32_t node, const char *name, size_t size)
{
    const qdx_json_node *nodes = tree->nodes.items;
    if (nodes[node].type != QDX_JSON_OBJECT)
        return 0;
    for (uint32_t i = node + 1; i < nodes[node].end; i = nodes[i].end)
        if (same_name(tree->text.bytes + nodes[i].key, nodes[i].key_size, name, size))
            return i;
    return 0;
}

uint32_t qdx_fields_follow(const qdx_json_tree *tree, uint32_t node, const char *path, size_t size)
{
    const char *end = path + size;
    /* A column may have a dot in its own name. */
    uint32_t whole = find_member(tree, node, path, size);
    if (whole)
        return whole;
    while (path < end) {
        const char *dot = memchr(path, '.', (size_t)(end - path));
        const char *stop = dot ? dot : end;
        node = find_member(tree, node, path, (size_t)(stop - path));
        if (!node || !dot)
            return node;
        path = dot + 1;
    }
    return 0;
}

/* Does the node say anything that a field could be? */
static bool tells(const qdx_json_tree *tree, uint32_t node)
{
    const qdx_json_node *n = &tree->nodes.items[node];
    if (n->type == QDX_JSON_STRING || n->type == QDX_JSON_NUMBER)
        return n->size > 0;
    return n->type >= QDX_JSON_ARRAY && n->end > node + 1;
}

/* Text is a string, or an array of strings or of paragraphs with texts. */
static bool suits(const qdx_json_tree *tree, uint32_t node, qdx_field field)
{
    const qdx_json_node *n = &tree->nodes.items[node];
    if (!tells(tree, node))
        return false;
    if (field == QDX_FIELD_TEXT || field == QDX_FIELD_TITLE)
        return n->type == QDX_JSON_STRING || (n->type == QDX_JSON_ARRAY && field == QDX_FIELD_TEXT);
    return field == QDX_FIELD_AUTHOR || field == QDX_FIELD_OUTLET || n->type < QDX_JSON_ARRAY;
}

static void find_usual(const qdx_json_tree *tree, uint32_t node, qdx_fields *fields)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        qdx_field field = rows[i].field;
        if (fields->nodes[field])
            continue;
        uint32_t found = qdx_fields_follow(tree, node, rows[i].path, strlen(rows[i].path));
        if (found && suits(tree, found, field))
            fields->nodes[field] = found;
    }
}

/* Steps through a map: *name and *path of the next entry. False at its end, or where it breaks. */
static bool next_entry(const char **map, const char **name, size_t *name_size, const char **path,
                       size_t *path_size)
{
    const char *p = *map;
    if (!*p)
        return false;
    size_t n = strcspn(p, ",");
    const char *equals = memchr(p, '=', n);
    *name = p;
    *name_size = equals ? (size_t)(equals - p) : 0;
    *path = equals ? equals + 1 : p;
    *path_size = equals ? n - *name_size - 1 : 0;
    *map = p + n + (p[n] == ',');
    return equals && *path_size > 0;
}

static int field_of(const char *name, size_t size)
{
    for (int i = 0; i < QDX_FIELD_COUNT; i++)
        if (same_name(names[i], strlen(names[i]), name, size))
            return i;
    return -1;
}

qdx_status qdx_field_map_check(const char *map, qdx_error *error)
{
    const char *name, *path;
    size_t name_size, path_size;
    while (*map) {
        const char *entry = map;
        if (!next_entry(&map, &name, &name_size, &path, &path_size) ||
            field_of(name, name_size) < 0) {
            qdx_error_set(error, QDX_ERR_ARGUMENT, "cannot read the map at '%.40s'", entry);
            qdx_error_hint(error, "write FIELD=NAME,… with the fields title, text, date, author, "
                                  "outlet, url, language");
            return QDX_ERR_ARGUMENT;
        }
    }
    return QDX_OK;
}

/* Fields that a map names, and whether it names them. */
static void find_mapped(const qdx_json_tree *tree, uint32_t node, const char *map,
                        qdx_fields *fields)
{
    const char *name, *path;
    size_t name_size, path_size;
    while (next_entry(&map, &name, &name_size, &path, &path_size)) {
        int field = field_of(name, name_size);
        if (field >= 0)
            fields->nodes[field] = qdx_fields_follow(tree, node, path, path_size);
    }
}

void qdx_fields_find(const qdx_json_tree *tree, uint32_t node, const char *map, qdx_fields *fields)
{
    *fields = (qdx_fields){0};
    find_usual(tree, node, fields);
    for (size_t i = 0; i < sizeof wrappers / sizeof wrappers[0]; i++) {
        uint32_t inner = qdx_fields_follow(tree, node, wrappers[i], strlen(wrappers[i]));
        if (!fields->nodes[QDX_FIELD_TEXT] && inner)
            find_usual(tree, inner, fields);
    }
    if (map)
        find_mapped(tree, node, map, fields);
}

/* The names that lead from `node` down to `to`, between dots. */
static void put_path(const qdx_json_tree *tree, uint32_t node, uint32_t to, qdx_buffer *out)
{
    const qdx_json_node *nodes = tree->nodes.items;
    while (node != to) {
        uint32_t i = node + 1;
        while (nodes[i].end <= to)
            i = nodes[i].end;
        qdx_buffer_append(out, tree->text.bytes + nodes[i].key, nodes[i].key_size);
        if (i != to)
            qdx_buffer_byte(out, '.');
        node = i;
    }
}

void qdx_fields_describe(const qdx_json_tree *tree, uint32_t node, const qdx_fields *fields,
                         qdx_buffer *out)
{
    for (int i = 0; i < QDX_FIELD_COUNT; i++) {
        if (!fields->nodes[i])
            continue;
        if (out->size)
            qdx_buffer_byte(out, ',');
        qdx_buffer_text(out, names[i]);
        qdx_buffer_byte(out, '=');
        put_path(tree, node, fields->nodes[i], out);
    }
}

uint32_t qdx_fields_list(const qdx_json_tree *tree, uint32_t node)
{
    const qdx_json_node *nodes = tree->nodes.items;
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        uint32_t found = qdx_fields_follow(tree, node, lists[i], strlen(lists[i]));
        if (found && nodes[found].type == QDX_JSON_ARRAY && nodes[found].end > found + 1 &&
            nodes[found + 1].type == QDX_JSON_OBJECT)
            return found;
    }
    return 0;
}
