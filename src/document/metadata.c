/*
 * Metadata of pages. Several places may tell the same thing; each has a rank, and the lowest rank
 * that tells anything wins; authors of one rank are all taken. Where a page tells a thing is a row
 * in a table.
 */
#include "document/metadata.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "document/byline.h"
#include "document/date.h"
#include "document/element.h"
#include "document/headline.h"
#include "document/metadata_json.h"
#include "document/metadata_table.h"

enum {
    NO_RANK = 255,
    RANK_CANONICAL = 1,
    RANK_HTML_LANG = 1,
    RANK_JSON = 2,
    RANK_HEADING = 6,    /* <h1> */
    RANK_TITLE = 7,      /* <title> */
    RANK_SITE_NAME = 9,  /* a heading that leads to the first page */
    RANK_REL_AUTHOR = 6, /* up to here, several authors may be told one by one */
    RANK_TIME = 6,
    RANK_CHANGED = 9, /* when it was updated, if nothing tells when it was published */
    CLASS_TEXT_MAX = 200,
    ITEM_NODES = 16,
    ANCESTORS = 24, /* looked at for a comment around an author */
    KIND_CACHE = 64,
};

/* What an element may tell, by its tag. */
typedef enum kind { OTHER, META, LINK, SCRIPT, HTML, TIME, PAGE_TITLE, HEADING, ANCHOR } kind;

static const struct kind_row {
    const char *tag;
    kind kind;
} kind_rows[] = {
    {"meta", META},  {"link", LINK},  {"script", SCRIPT}, {"html", HTML},        {"time", TIME},
    {"h1", HEADING}, {"h2", HEADING}, {"h3", HEADING},    {"title", PAGE_TITLE}, {"a", ANCHOR},
};

typedef struct found {
    const qdx_markup *page;
    qdx_draft *draft;
    const char *text[QDX_FACT_FIELDS];
    uint8_t rank[QDX_FACT_FIELDS];
    const char *page_title; /* <title> */
    const char *heading;    /* the heading that the title holds */
    qdx_date date;
    qdx_buffer authors; /* "; " between them */
    qdx_buffer scratch;
    qdx_json_facts json;
    struct {
        const char *name; /* interned: an address stands for a tag */
        kind kind;
    } kinds[KIND_CACHE];
} found;

static void offer_author(found *f, uint8_t rank, const char *text, size_t size)
{
    bool more = rank == f->rank[QDX_FACT_AUTHOR] && rank <= RANK_REL_AUTHOR;
    if (rank >= f->rank[QDX_FACT_AUTHOR] && !more)
        return;
    qdx_buffer names = {0};
    if (size > 4 && strncasecmp(text, "http", 4) == 0)
        return;
    qdx_byline_add(more ? &f->authors : &names, text, size, f->text[QDX_FACT_OUTLET]);
    if (!more && names.size) {
        qdx_buffer_release(&f->authors);
        f->authors = names;
        f->rank[QDX_FACT_AUTHOR] = rank;
        return;
    }
    f->authors.failed = f->authors.failed || names.failed;
    qdx_buffer_release(&names);
}

/* Takes the text for the field unless a better place has told it. */
static void offer(found *f, qdx_fact field, uint8_t rank, const char *text, size_t size)
{
    if (field == QDX_FACT_AUTHOR) {
        offer_author(f, rank, text, size);
        return;
    }
    if (rank >= f->rank[field] || size == 0)
        return;
    if (field == QDX_FACT_DATE) {
        if (!qdx_date_find(text, size, &f->date))
            return;
    } else {
        const char *copy = qdx_draft_copy(f->draft, text, size);
        if (!copy || (field == QDX_FACT_URL && strncasecmp(copy, "http", 4) != 0))
            return;
        f->text[field] = copy;
    }
    f->rank[field] = rank;
}

/* The text of authors, a line for each element that is a block of its own. */
static void gather_lines(found *f, uint32_t node)
{
    const qdx_node *nodes = f->page->nodes.items;
    for (uint32_t i = node; i < nodes[node].end; i++) {
        if (!nodes[i].name)
            qdx_buffer_append(&f->scratch, f->page->text.bytes + nodes[i].start, nodes[i].size);
        else if (qdx_element_role_of(&nodes[i]) != QDX_ELEMENT_INLINE &&
                 qdx_element_role_of(&nodes[i]) != QDX_ELEMENT_LINK)
            qdx_buffer_append(&f->scratch, "\n", 1);
    }
}

static void offer_text(found *f, qdx_fact field, uint8_t rank, uint32_t node)
{
    qdx_buffer_clear(&f->scratch);
    if (field == QDX_FACT_AUTHOR)
        gather_lines(f, node);
    else
        qdx_markup_subtree_text(f->page, node, &f->scratch);
    if (f->scratch.size)
        offer(f, field, rank, f->scratch.bytes, f->scratch.size);
}

/* -- <meta> and microdata -- */

static int compare_meta(const void *key, const void *row)
{
    return strcasecmp(key, ((const qdx_meta_row *)row)->name);
}

static void read_named(found *f, const char *name, const char *content, uint32_t node)
{
    const qdx_meta_row *row =
        bsearch(name, qdx_meta_rows, qdx_meta_row_count, sizeof qdx_meta_rows[0], compare_meta);
    if (row && content)
        offer(f, row->field, row->rank, content, strlen(content));
    else if (row)
        offer_text(f, row->field, row->rank, node);
}

static void read_meta(found *f, uint32_t i, const qdx_node *node)
{
    static const char *const keys[] = {"property", "name", "itemprop", "http-equiv"};
    const char *content = qdx_markup_attribute(node, "content");
    for (size_t k = 0; content && k < sizeof keys / sizeof keys[0]; k++) {
        const char *name = qdx_markup_attribute(node, keys[k]);
        if (name)
            read_named(f, name, content, i);
    }
}

/* Comments have authors and dates too. */
static bool is_in_comment(const found *f, uint32_t i)
{
    const qdx_node *nodes = f->page->nodes.items;
    for (int level = 0; level < ANCESTORS && i != 0; level++, i = nodes[i].parent) {
        if (strcmp(nodes[i].name, "article") == 0 || strcmp(nodes[i].name, "body") == 0)
            return false; /* its class may say that it has comments */
        for (uint32_t k = 0; k < nodes[i].attribute_count; k++)
            if (strcasestr(nodes[i].attributes[k].value, "comment") &&
                strcmp(nodes[i].attributes[k].name, "href") != 0)
                return true;
    }
    return false;
}

static void read_item(found *f, uint32_t i, const qdx_node *node, const char *name)
{
    if (strcasecmp(name, "url") == 0 || is_in_comment(f, i))
        return;
    const char *content = qdx_markup_attribute(node, "content");
    if (!content)
        content = qdx_markup_attribute(node, "datetime");
    if (content || node->end - i < ITEM_NODES)
        read_named(f, name, content, i);
}

/* -- Other elements -- */

/* Does `word` stand in the classes at `p`, where a word begins? */
static bool is_word_at(const char *p, const char *word)
{
    size_t n = strlen(word);
    return strncasecmp(p, word, n) == 0 && (!p[n] || strchr(" _-", p[n]));
}

static void read_class(found *f, uint32_t i, const qdx_node *node, const char *classes)
{
    size_t last = node->end < f->page->nodes.count ? f->page->nodes.items[node->end].start
                                                   : f->page->text.size;
    if (last - node->start > CLASS_TEXT_MAX || last == node->start)
        return;
    for (const char *p = classes; *p; p++) {
        if ((p > classes && !strchr(" _-", p[-1])) || !strchr("abdeptABDEPT", *p))
            continue;
        for (size_t k = 0; k < qdx_byline_row_count; k++)
            if ((*p | 0x20) == qdx_byline_rows[k].word[0] &&
                is_word_at(p, qdx_byline_rows[k].word) &&
                qdx_byline_rows[k].rank < f->rank[qdx_byline_rows[k].field] && !is_in_comment(f, i))
                offer_text(f, qdx_byline_rows[k].field, qdx_byline_rows[k].rank, i);
    }
}

static void read_link(found *f, const qdx_node *node)
{
    const char *rel = qdx_markup_attribute(node, "rel");
    const char *href = qdx_markup_attribute(node, "href");
    if (rel && href && strcasecmp(rel, "canonical") == 0)
        offer(f, QDX_FACT_URL, RANK_CANONICAL, href, strlen(href));
}

static void read_language(found *f, const qdx_node *node)
{
    const char *lang = qdx_markup_attribute(node, "lang");
    if (!lang)
        lang = qdx_markup_attribute(node, "xml:lang");
    if (lang)
        offer(f, QDX_FACT_LANGUAGE, RANK_HTML_LANG, lang, strlen(lang));
}

/* Tells a time when something was changed? */
static bool is_change(const qdx_node *node)
{
    for (uint32_t i = 0; i < node->attribute_count; i++)
        if (strcasestr(node->attributes[i].value, "update") ||
            strcasestr(node->attributes[i].value, "modif"))
            return true;
    return false;
}

static void read_time(found *f, uint32_t i, const qdx_node *node)
{
    const char *when = qdx_markup_attribute(node, "datetime");
    uint8_t rank = is_change(node) ? RANK_CHANGED : RANK_TIME;
    if (rank >= f->rank[QDX_FACT_DATE] || is_in_comment(f, i))
        return;
    if (when)
        offer(f, QDX_FACT_DATE, rank, when, strlen(when));
    else
        offer_text(f, QDX_FACT_DATE, rank + 1, i);
}

static void read_anchor(found *f, uint32_t i, const qdx_node *node)
{
    const char *rel = qdx_markup_attribute(node, "rel");
    if (rel && strcasecmp(rel, "author") == 0 && !is_in_comment(f, i))
        offer_text(f, QDX_FACT_AUTHOR, RANK_REL_AUTHOR, i);
}

static void read_script(found *f, uint32_t i, const qdx_node *node)
{
    const char *type = qdx_markup_attribute(node, "type");
    if (!type || strcasecmp(type, "application/ld+json") != 0)
        return;
    qdx_buffer_clear(&f->scratch);
    qdx_markup_subtree_text(f->page, i, &f->scratch);
    if (f->scratch.size)
        qdx_json_facts_read(&f->json, f->scratch.bytes, f->scratch.size);
}

/* The first <title> is the page's; later ones belong to pictures. */
static void read_title(found *f, uint32_t i)
{
    offer_text(f, QDX_FACT_TITLE, RANK_TITLE, i);
    if (!f->page_title && f->scratch.size)
        f->page_title = qdx_draft_copy(f->draft, f->scratch.bytes, f->scratch.size);
}

/* "/", "https://courier.example", "https://courier.example/index.html" */
static bool is_site_root(const char *href)
{
    const char *path = strstr(href, "://");
    path = path ? strchr(path + 3, '/') : href[0] == '/' ? href : href[0] ? NULL : "x";
    if (!path)
        return strstr(href, "://") != NULL;
    return path[0] == '/' && (path[1] == '\0' || strncmp(path + 1, "index.", 6) == 0);
}

/* A heading that leads to the site's first page says the site's name. */
static bool is_site_name(const found *f, uint32_t i)
{
    const qdx_node *nodes = f->page->nodes.items;
    for (uint32_t k = i + 1; k < nodes[i].end; k++) {
        const char *href = nodes[k].name ? qdx_markup_attribute(&nodes[k], "href") : NULL;
        if (href && is_site_root(href))
            return true;
    }
    return false;
}

/* <h1> can be the title; it and lower ones can tell which part of the page's title is the
 * article's. */
static void read_heading(found *f, uint32_t i, const qdx_node *node)
{
    if (is_site_name(f, i)) {
        offer_text(f, QDX_FACT_OUTLET, RANK_SITE_NAME, i);
        return;
    }
    if (node->name[1] == '1')
        offer_text(f, QDX_FACT_TITLE, RANK_HEADING, i);
    if (f->heading || !f->page_title)
        return;
    qdx_buffer_clear(&f->scratch);
    qdx_markup_subtree_text(f->page, i, &f->scratch);
    const char *text =
        f->scratch.size ? qdx_draft_copy(f->draft, f->scratch.bytes, f->scratch.size) : NULL;
    if (text && qdx_headline_is_within(text, f->page_title))
        f->heading = text;
}

static kind kind_of(found *f, const char *name)
{
    size_t slot = qdx_markup_name_slot(name, KIND_CACHE);
    if (f->kinds[slot].name != name) {
        f->kinds[slot].name = name;
        f->kinds[slot].kind = OTHER;
        for (size_t i = 0; i < sizeof kind_rows / sizeof kind_rows[0]; i++)
            if (strcmp(name, kind_rows[i].tag) == 0)
                f->kinds[slot].kind = kind_rows[i].kind;
    }
    return f->kinds[slot].kind;
}

static void read_element(found *f, uint32_t i, const qdx_node *node)
{
    kind what = kind_of(f, node->name);
    switch (what) {
    case META:
        read_meta(f, i, node);
        return;
    case LINK:
        read_link(f, node);
        return;
    case SCRIPT:
        read_script(f, i, node);
        return;
    case HTML:
        read_language(f, node);
        return;
    case TIME:
        read_time(f, i, node);
        break;
    case PAGE_TITLE:
        read_title(f, i);
        return;
    case HEADING:
        read_heading(f, i, node);
        break;
    case ANCHOR:
        read_anchor(f, i, node);
        break;
    case OTHER:
        break;
    }
    for (uint32_t k = 0; k < node->attribute_count; k++) {
        if (node->attributes[k].id == QDX_ATTRIBUTE_ITEMPROP)
            read_item(f, i, node, node->attributes[k].value);
        else if (node->attributes[k].id == QDX_ATTRIBUTE_CLASS)
            read_class(f, i, node, node->attributes[k].value);
    }
}

/* -- The whole -- */

static void offer_buffer(found *f, qdx_fact field, uint8_t rank, const qdx_buffer *text)
{
    if (text->size)
        offer(f, field, rank, text->bytes, text->size);
}

static void offer_json(found *f)
{
    const qdx_json_facts *json = &f->json;
    offer_buffer(f, QDX_FACT_TITLE, RANK_JSON, &json->title);
    offer_buffer(f, QDX_FACT_DATE, RANK_JSON, &json->date);
    offer_buffer(f, QDX_FACT_OUTLET, RANK_JSON, &json->outlet);
    offer_buffer(f, QDX_FACT_LANGUAGE, RANK_JSON + 2, &json->language);
    offer_buffer(f, QDX_FACT_URL, RANK_JSON + 3, &json->url);
    if (json->authors.size && f->rank[QDX_FACT_AUTHOR] > 0) {
        qdx_buffer_clear(&f->authors);
        qdx_buffer_append(&f->authors, json->authors.bytes, json->authors.size);
    }
    if (json->body.size) {
        f->draft->told = qdx_arena_copy(f->draft->arena, json->body.bytes, json->body.size);
        f->draft->told_size = f->draft->told ? json->body.size : 0;
    }
}

/* "en_US" is how Open Graph writes "en-US". */
static const char *language_tag(found *f)
{
    const char *language = f->text[QDX_FACT_LANGUAGE];
    if (!language || !strchr(language, '_'))
        return language;
    char tag[36];
    size_t n = 0;
    for (; language[n] && n + 1 < sizeof tag; n++)
        tag[n] = (char)(language[n] == '_' ? '-' : language[n]);
    return qdx_draft_copy(f->draft, tag, n);
}

static void settle_title(found *f)
{
    qdx_span title, outlet;
    const char *text = f->text[QDX_FACT_TITLE];
    if (!text)
        return;
    if (f->heading && qdx_headline_is_within(f->heading, text)) {
        f->text[QDX_FACT_TITLE] = f->heading;
    } else {
        qdx_headline_split(text, f->text[QDX_FACT_OUTLET], f->rank[QDX_FACT_TITLE] >= RANK_TITLE,
                           &title, &outlet);
        f->text[QDX_FACT_TITLE] =
            qdx_draft_copy(f->draft, text + title.start, title.end - title.start);
    }
    if (!f->text[QDX_FACT_OUTLET] && f->page_title && f->text[QDX_FACT_TITLE] &&
        qdx_headline_rest(f->page_title, f->text[QDX_FACT_TITLE], &outlet))
        f->text[QDX_FACT_OUTLET] =
            qdx_draft_copy(f->draft, f->page_title + outlet.start, outlet.end - outlet.start);
}

void qdx_metadata_set(qdx_draft *draft, const char **field, const char *text, size_t size)
{
    if (!*field && size)
        *field = qdx_draft_copy(draft, text, size);
}

void qdx_metadata_set_author(qdx_draft *draft, const char *text, size_t size)
{
    qdx_buffer names = {0};
    if (!draft->author)
        qdx_byline_add(&names, text, size, draft->outlet);
    if (names.size)
        qdx_metadata_set(draft, &draft->author, names.bytes, names.size);
    draft->failed = draft->failed || names.failed;
    qdx_buffer_release(&names);
}

void qdx_metadata_set_url(qdx_draft *draft, const char *text, size_t size)
{
    while (size && (unsigned char)*text <= ' ') {
        text++;
        size--;
    }
    bool web = (size > 7 && strncasecmp(text, "http://", 7) == 0) ||
               (size > 8 && strncasecmp(text, "https://", 8) == 0);
    if (web)
        qdx_metadata_set(draft, &draft->url, text, size);
}

qdx_status qdx_metadata_read(const qdx_markup *page, qdx_draft *draft, qdx_error *error)
{
    found f = {.page = page, .draft = draft};
    memset(f.rank, NO_RANK, sizeof f.rank);
    for (uint32_t i = 1; i < page->nodes.count; i++)
        if (page->nodes.items[i].name)
            read_element(&f, i, &page->nodes.items[i]);
    offer_json(&f);
    settle_title(&f);
    draft->title = f.text[QDX_FACT_TITLE];
    draft->outlet = f.text[QDX_FACT_OUTLET];
    draft->language = language_tag(&f);
    draft->date = f.date;
    if (f.text[QDX_FACT_URL])
        qdx_metadata_set_url(draft, f.text[QDX_FACT_URL], strlen(f.text[QDX_FACT_URL]));
    if (f.authors.size)
        qdx_metadata_set_author(draft, f.authors.bytes, f.authors.size);
    if (draft->date.year == 0 && draft->url)
        qdx_date_find_in_url(draft->url, &draft->date);
    bool failed = f.scratch.failed || f.authors.failed || qdx_json_facts_failed(&f.json);
    qdx_buffer_release(&f.scratch);
    qdx_buffer_release(&f.authors);
    qdx_json_facts_release(&f.json);
    return failed ? qdx_error_memory(error) : qdx_draft_status(draft, error);
}
