/*
 * Metadata of pages. Several places may tell the same thing; each has a rank, and the lowest rank
 * that tells anything wins. Where a page tells a thing is a row in a table.
 */
#include "document/metadata.h"

#include <string.h>
#include <strings.h>

#include "document/date.h"
#include "document/json_scan.h"

typedef enum fact { TITLE, URL, OUTLET, AUTHOR, LANGUAGE, DATE, FIELDS } fact;

enum { NO_RANK = 255 };

/* name, property or itemprop of <meta> (and itemprop of anything) */
static const struct meta_row {
    const char *name;
    uint8_t field;
    uint8_t rank;
} meta_rows[] = {
    {"og:title", TITLE, 1},
    {"headline", TITLE, 2},
    {"twitter:title", TITLE, 5},
    {"dc.title", TITLE, 5},
    {"parsely-title", TITLE, 4},
    {"sailthru.title", TITLE, 5},
    {"hdl", TITLE, 4},
    {"og:url", URL, 2},
    {"twitter:url", URL, 4},
    {"parsely-link", URL, 3},
    {"og:site_name", OUTLET, 1},
    {"application-name", OUTLET, 4},
    {"publisher", OUTLET, 3},
    {"dc.publisher", OUTLET, 3},
    {"cre", OUTLET, 3},
    {"source", OUTLET, 5},
    {"author", AUTHOR, 1},
    {"byl", AUTHOR, 2},
    {"byline", AUTHOR, 3},
    {"dc.creator", AUTHOR, 3},
    {"dcterms.creator", AUTHOR, 3},
    {"parsely-author", AUTHOR, 3},
    {"sailthru.author", AUTHOR, 3},
    {"article:author", AUTHOR, 4},
    {"og:article:author", AUTHOR, 4},
    {"og:locale", LANGUAGE, 3},
    {"content-language", LANGUAGE, 2},
    {"dc.language", LANGUAGE, 2},
    {"inlanguage", LANGUAGE, 2},
    {"article:published_time", DATE, 1},
    {"article:published", DATE, 1},
    {"og:article:published_time", DATE, 1},
    {"datepublished", DATE, 2},
    {"date_published", DATE, 3},
    {"parsely-pub-date", DATE, 3},
    {"sailthru.date", DATE, 3},
    {"cxenseparse:recs:publishtime", DATE, 3},
    {"pubdate", DATE, 3},
    {"pub_date", DATE, 3},
    {"publishdate", DATE, 3},
    {"publish-date", DATE, 3},
    {"publish_date", DATE, 3},
    {"publication_date", DATE, 3},
    {"ptime", DATE, 3},
    {"pdate", DATE, 4},
    {"dc.date.issued", DATE, 3},
    {"dcterms.issued", DATE, 3},
    {"dcterms.created", DATE, 4},
    {"dcterms.date", DATE, 4},
    {"dc.date", DATE, 4},
    {"displaydate", DATE, 5},
    {"date", DATE, 5},
    {"created", DATE, 6},
    {"og:pubdate", DATE, 3},
};

/* Members of JSON-LD. */
static const struct json_row {
    const char *key;
    const char *inner;
    uint8_t field;
    uint8_t rank;
} json_rows[] = {
    {"headline", NULL, TITLE, 2},     {"datePublished", NULL, DATE, 2},
    {"dateCreated", NULL, DATE, 6},   {"author", "name", AUTHOR, 2},
    {"publisher", "name", OUTLET, 2}, {"inLanguage", NULL, LANGUAGE, 4},
};

/* Words of classes that mark a visible date or byline. */
static const struct class_row {
    const char *word;
    uint8_t field;
    uint8_t rank;
} class_rows[] = {
    {"byline", AUTHOR, 7},   {"author", AUTHOR, 8},     {"date", DATE, 8},
    {"dateline", DATE, 9},   {"timestamp", DATE, 8},    {"pubdate", DATE, 8},
    {"published", DATE, 8},  {"publish-date", DATE, 8}, {"article-date", DATE, 8},
    {"entry-date", DATE, 8}, {"post-date", DATE, 8},
};

enum {
    RANK_CANONICAL = 1,
    RANK_HTML_LANG = 1,
    RANK_HEADING = 6, /* <h1> */
    RANK_TITLE = 7,   /* <title> */
    RANK_TITLE_OUTLET = 6,
    RANK_REL_AUTHOR = 6,
    RANK_TIME = 6,
    CLASS_TEXT_MAX = 200,
};

typedef struct found {
    const qdx_markup *page;
    qdx_draft *draft;
    const char *text[FIELDS];
    uint8_t rank[FIELDS];
    qdx_date date;
    qdx_buffer scratch;
} found;

/* Takes the text for the field unless a better place has told it. */
static void offer(found *f, fact field, uint8_t rank, const char *text, size_t size)
{
    if (rank >= f->rank[field] || size == 0)
        return;
    if (field == DATE) {
        if (!qdx_date_find(text, size, &f->date))
            return;
    } else {
        const char *copy = qdx_draft_copy(f->draft, text, size);
        if (!copy)
            return;
        if (field == URL && strncasecmp(copy, "http", 4) != 0)
            return;
        if (field == AUTHOR && strncasecmp(copy, "http", 4) == 0)
            return;
        f->text[field] = copy;
    }
    f->rank[field] = rank;
}

static void offer_text(found *f, fact field, uint8_t rank, uint32_t node)
{
    qdx_buffer_clear(&f->scratch);
    qdx_markup_subtree_text(f->page, node, &f->scratch);
    if (f->scratch.size)
        offer(f, field, rank, f->scratch.bytes, f->scratch.size);
}

static void read_named(found *f, const char *name, const char *content, uint32_t node)
{
    for (size_t i = 0; i < sizeof meta_rows / sizeof meta_rows[0]; i++) {
        if (strcasecmp(name, meta_rows[i].name) != 0)
            continue;
        if (content)
            offer(f, meta_rows[i].field, meta_rows[i].rank, content, strlen(content));
        else
            offer_text(f, meta_rows[i].field, meta_rows[i].rank, node);
    }
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

static void read_item(found *f, uint32_t i, const qdx_node *node)
{
    const char *name = qdx_markup_attribute(node, "itemprop");
    if (!name || strcmp(node->name, "meta") == 0 || strcasecmp(name, "url") == 0)
        return;
    const char *content = qdx_markup_attribute(node, "content");
    if (!content)
        content = qdx_markup_attribute(node, "datetime");
    if (content || node->end - i < 16)
        read_named(f, name, content, i);
}

static void read_json(found *f, uint32_t node)
{
    qdx_buffer value = {0};
    qdx_buffer_clear(&f->scratch);
    qdx_markup_subtree_text(f->page, node, &f->scratch);
    for (size_t i = 0; f->scratch.size && i < sizeof json_rows / sizeof json_rows[0]; i++)
        if (qdx_json_scan(f->scratch.bytes, f->scratch.size, json_rows[i].key, json_rows[i].inner,
                          &value))
            offer(f, json_rows[i].field, json_rows[i].rank, value.bytes, value.size);
    qdx_buffer_release(&value);
}

static bool has_word(const char *classes, const char *word)
{
    size_t n = strlen(word);
    for (const char *p = classes; (p = strcasestr(p, word)) != NULL; p++)
        if ((p == classes || strchr(" _-", p[-1])) && (!p[n] || strchr(" _-", p[n])))
            return true;
    return false;
}

static void read_class(found *f, uint32_t i, const qdx_node *node)
{
    const char *classes = qdx_markup_attribute(node, "class");
    if (!classes)
        return;
    size_t last = node->end < f->page->nodes.count ? f->page->nodes.items[node->end].start
                                                   : f->page->text.size;
    if (last - node->start > CLASS_TEXT_MAX)
        return;
    for (size_t k = 0; k < sizeof class_rows / sizeof class_rows[0]; k++)
        if (has_word(classes, class_rows[k].word))
            offer_text(f, class_rows[k].field, class_rows[k].rank, i);
}

static void read_link(found *f, const qdx_node *node)
{
    const char *rel = qdx_markup_attribute(node, "rel");
    const char *href = qdx_markup_attribute(node, "href");
    if (rel && href && strcasecmp(rel, "canonical") == 0)
        offer(f, URL, RANK_CANONICAL, href, strlen(href));
}

static void read_language(found *f, const qdx_node *node)
{
    const char *lang = qdx_markup_attribute(node, "lang");
    if (!lang)
        lang = qdx_markup_attribute(node, "xml:lang");
    if (lang)
        offer(f, LANGUAGE, RANK_HTML_LANG, lang, strlen(lang));
}

static void read_time(found *f, uint32_t i, const qdx_node *node)
{
    const char *when = qdx_markup_attribute(node, "datetime");
    if (when)
        offer(f, DATE, RANK_TIME, when, strlen(when));
    else
        offer_text(f, DATE, RANK_TIME + 1, i);
}

static void read_anchor(found *f, uint32_t i, const qdx_node *node)
{
    const char *rel = qdx_markup_attribute(node, "rel");
    if (rel && strcasecmp(rel, "author") == 0)
        offer_text(f, AUTHOR, RANK_REL_AUTHOR, i);
}

static void read_script(found *f, uint32_t i, const qdx_node *node)
{
    const char *type = qdx_markup_attribute(node, "type");
    if (type && strcasecmp(type, "application/ld+json") == 0)
        read_json(f, i);
}

/* The first <title> is the page's; later ones belong to pictures. */
static void read_title(found *f, uint32_t i)
{
    offer_text(f, TITLE, RANK_TITLE, i);
}

static void read_element(found *f, uint32_t i, const qdx_node *node)
{
    const char *name = node->name;
    if (strcmp(name, "meta") == 0)
        read_meta(f, i, node);
    else if (strcmp(name, "link") == 0)
        read_link(f, node);
    else if (strcmp(name, "script") == 0)
        read_script(f, i, node);
    else if (strcmp(name, "html") == 0)
        read_language(f, node);
    else if (strcmp(name, "time") == 0)
        read_time(f, i, node);
    else if (strcmp(name, "title") == 0)
        read_title(f, i);
    else if (strcmp(name, "h1") == 0)
        offer_text(f, TITLE, RANK_HEADING, i);
    else if (strcmp(name, "a") == 0)
        read_anchor(f, i, node);
    if (node->attribute_count) {
        read_item(f, i, node);
        read_class(f, i, node);
    }
}

/* -- Tidying -- */

static const char *const separators[] = {" | ",  " \xC2\xBB ", " \xE2\x80\x94 ", " \xE2\x80\x93 ",
                                         " :: ", " - ",        " \xC2\xB7 ",     " < "};

/* The last separator in the title; NULL when there is none. */
static const char *find_separator(const char *title, size_t *length)
{
    const char *last = NULL;
    for (size_t i = 0; i < sizeof separators / sizeof separators[0]; i++)
        for (const char *p = title; (p = strstr(p, separators[i])) != NULL; p++)
            if (!last || p > last) {
                last = p;
                *length = strlen(separators[i]);
            }
    return last;
}

static size_t word_count(const char *text)
{
    size_t n = 0;
    for (const char *p = text; *p; p++)
        n += *p != ' ' && (p == text || p[-1] == ' ');
    return n;
}

/* "Title | Outlet": the outlet goes; from <title> also when only its form says it is one. */
static void strip_outlet(found *f)
{
    size_t length = 0;
    const char *title = f->text[TITLE];
    const char *at = title ? find_separator(title, &length) : NULL;
    if (!at || at == title)
        return;
    const char *tail = at + length;
    const char *outlet = f->text[OUTLET];
    bool known = outlet && strcasecmp(tail, outlet) == 0;
    bool alike = outlet && (strcasestr(outlet, tail) || strcasestr(tail, outlet));
    bool guessed = f->rank[TITLE] == RANK_TITLE && word_count(tail) <= 4 &&
                   word_count(title) - word_count(tail) >= 4;
    if (!known && !alike && !guessed)
        return;
    if (!outlet && strncmp(at, " | ", 3) == 0)
        offer(f, OUTLET, RANK_TITLE_OUTLET, tail, strlen(tail));
    f->text[TITLE] = qdx_draft_copy(f->draft, title, (size_t)(at - title));
}

/* "en_US" is how Open Graph writes "en-US". */
static const char *language_tag(found *f)
{
    const char *language = f->text[LANGUAGE];
    if (!language || !strchr(language, '_'))
        return language;
    char tag[36];
    size_t n = 0;
    for (; language[n] && n + 1 < sizeof tag; n++)
        tag[n] = (char)(language[n] == '_' ? '-' : language[n]);
    return qdx_draft_copy(f->draft, tag, n);
}

void qdx_metadata_set(qdx_draft *draft, const char **field, const char *text, size_t size)
{
    if (!*field && size)
        *field = qdx_draft_copy(draft, text, size);
}

void qdx_metadata_set_author(qdx_draft *draft, const char *text, size_t size)
{
    while (size && (unsigned char)*text <= ' ') {
        text++;
        size--;
    }
    if (size > 3 && strncasecmp(text, "by ", 3) == 0) {
        text += 3;
        size -= 3;
    }
    qdx_metadata_set(draft, &draft->author, text, size);
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
    strip_outlet(&f);
    draft->title = f.text[TITLE];
    draft->outlet = f.text[OUTLET];
    draft->language = language_tag(&f);
    draft->date = f.date;
    if (f.text[URL])
        qdx_metadata_set_url(draft, f.text[URL], strlen(f.text[URL]));
    if (f.text[AUTHOR])
        qdx_metadata_set_author(draft, f.text[AUTHOR], strlen(f.text[AUTHOR]));
    if (draft->date.year == 0 && draft->url)
        qdx_date_find_in_url(draft->url, &draft->date);
    bool failed = f.scratch.failed;
    qdx_buffer_release(&f.scratch);
    return failed ? qdx_error_memory(error) : qdx_draft_status(draft, error);
}
