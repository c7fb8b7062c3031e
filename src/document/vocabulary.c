/*
 * One table a vocabulary: by which element it is known, which element is an article, where title,
 * date, authors and the rest stand (paths of local names, the surest first), which elements hold
 * the text, and what in them is a heading or no text. Namespaces are not resolved: prefixes differ
 * from sender to sender, local names do not.
 */
#include "document/vocabulary.h"

#include <string.h>
#include <strings.h>

#include "document/article.h"
#include "document/byline.h"
#include "document/date.h"
#include "document/metadata.h"
#include "document/xml_block.h"

enum { NAMES_MAX = 6, SKIPPED_MAX = 10, NAME_SLOTS = 64, SIGNS_SEARCHED = 400, FACT_BYTES = 600 };

typedef enum field { TITLE, DATE, AUTHOR, OUTLET, ADDRESS, LANGUAGE, FIELDS } field;

/* Where a fact stands: in the element's text, or in an attribute of it. */
typedef struct place {
    field field;
    const char *path;
    const char *attribute; /* NULL: the text */
} place;

struct qdx_vocabulary {
    const char *sign; /* an element that only this vocabulary has near its top */
    const char *item; /* the element that is an article */
    const place *places;
    size_t place_count;
    const char *lead;              /* an element whose text comes before the body; NULL: none */
    const char *bodies[NAMES_MAX]; /* elements that hold the text, in this order */
    bool all_bodies;               /* all of them; else the first that is there */
    bool page;                     /* their elements are HTML's or NITF's, else: */
    const char *headings[NAMES_MAX];
    const char *skipped[SKIPPED_MAX]; /* what in them is no text */
};

static const place nitf_places[] = {
    {TITLE, "hl1", NULL},           {TITLE, "head/title", NULL},
    {DATE, "date.issue", "norm"},   {DATE, "pubdata", "date.publication"},
    {DATE, "story.date", "norm"},   {DATE, "date.release", "norm"},
    {DATE, "dateline", NULL},       {AUTHOR, "byline/person", NULL},
    {AUTHOR, "byline", NULL},       {OUTLET, "pubdata", "name"},
    {ADDRESS, "pubdata", "ex-ref"},
};

static const place newsml_g2_places[] = {
    {TITLE, "contentmeta/headline", NULL},      {TITLE, "itemmeta/title", NULL},
    {DATE, "contentmeta/contentcreated", NULL}, {DATE, "itemmeta/firstcreated", NULL},
    {DATE, "itemmeta/versioncreated", NULL},    {AUTHOR, "contentmeta/by", NULL},
    {AUTHOR, "contentmeta/creator/name", NULL}, {AUTHOR, "contentmeta/creator", "literal"},
    {OUTLET, "infosource/name", NULL},          {OUTLET, "itemmeta/provider/name", NULL},
    {OUTLET, "infosource", "literal"},          {OUTLET, "itemmeta/provider", "literal"},
    {LANGUAGE, "contentmeta/language", "tag"},  {ADDRESS, "itemmeta/link", "href"},
};

static const place newsml_places[] = {
    {TITLE, "newslines/headline", NULL},
    {TITLE, "hl1", NULL},
    {DATE, "newsmanagement/firstcreated", NULL},
    {DATE, "newsidentifier/dateid", NULL},
    {DATE, "newsmanagement/thisrevisioncreated", NULL},
    {DATE, "newsenvelope/dateandtime", NULL},
    {AUTHOR, "newslines/byline", NULL},
    {OUTLET, "provider/party", "formalname"},
    {OUTLET, "sentfrom/party", "formalname"},
    {LANGUAGE, "descriptivemetadata/language", "formalname"},
};

static const place tei_places[] = {
    {TITLE, "titlestmt/title", NULL},
    {DATE, "publicationstmt/date", "when"},
    {DATE, "publicationstmt/date", NULL},
    {DATE, "imprint/date", "when"},
    {DATE, "bibl/date", "when"},
    {DATE, "creation/date", "when"},
    {AUTHOR, "titlestmt/author", NULL},
    {OUTLET, "monogr/title", NULL},
    {OUTLET, "publicationstmt/publisher", NULL},
    {LANGUAGE, "langusage/language", "ident"},
    {ADDRESS, "publicationstmt/idno", NULL},
};

static const place jats_places[] = {
    {TITLE, "title-group/article-title", NULL},
    {DATE, "article-meta/pub-date", "iso-8601-date"},
    {DATE, "article-meta/pub-date", NULL},
    {AUTHOR, "contrib/name", NULL},
    {AUTHOR, "contrib/string-name", NULL},
    {OUTLET, "journal-title-group/journal-title", NULL},
    {OUTLET, "journal-meta/journal-title", NULL},
    {ADDRESS, "article-meta/self-uri", "xlink:href"},
};

static const place factiva_places[] = {
    {TITLE, "headline", NULL},        {DATE, "publicationdate/date", NULL},
    {DATE, "publicationdate", NULL},  {DATE, "publicationdatetime", NULL},
    {AUTHOR, "byline", NULL},         {OUTLET, "sourcename", NULL},
    {LANGUAGE, "baselanguage", NULL},
};

#define PLACES(table) .places = table, .place_count = sizeof table / sizeof table[0]

/* In this order: a container of another vocabulary comes before what it may hold. */
static const qdx_vocabulary vocabularies[] = {
    {.sign = "newsmanagement", /* NewsML 1 */
     .item = "newsitem",
     PLACES(newsml_places),
     .bodies = {"body.content", "datacontent"},
     .page = true},
    {.sign = "newsitem", /* NewsML-G2 */
     .item = "newsitem",
     PLACES(newsml_g2_places),
     .bodies = {"body.content", "inlinexml", "inlinedata"},
     .page = true},
    {.sign = "nitf",
     .item = "nitf",
     PLACES(nitf_places),
     .lead = "dateline",
     .bodies = {"body.content"},
     .page = true},
    {.sign = "teiheader",
     .item = "tei",
     PLACES(tei_places),
     .bodies = {"body"},
     .headings = {"head"},
     .skipped = {"note", "figure", "fw", "docauthor", "docdate", "byline", "listbibl"}},
    {.sign = "article-meta", /* JATS */
     .item = "article",
     PLACES(jats_places),
     .bodies = {"body"},
     .headings = {"title"},
     .skipped = {"fig", "fig-group", "table-wrap", "disp-formula", "supplementary-material",
                 "ref-list", "boxed-text", "label"}},
    {.sign = "leadparagraph", /* Factiva */
     .item = "article",
     PLACES(factiva_places),
     .bodies = {"leadparagraph", "tailparagraphs"},
     .all_bodies = true},
    {.sign = "articledoc", /* Nexis, around NITF */
     .item = "articledoc",
     PLACES(nitf_places),
     .bodies = {"bodytext", "body.content"},
     .page = true},
};

/* -- Looking for elements -- */

static bool is_called(const qdx_node *node, const char *name, size_t size)
{
    if (!node->name)
        return false;
    const char *local = qdx_markup_local_name(node);
    return (local[0] | 0x20) == name[0] && (size < 2 || (local[1] | 0x20) == (name[1] | 0x20)) &&
           strncasecmp(local, name, size) == 0 && local[size] == '\0';
}

static uint32_t find(const qdx_markup *m, uint32_t from, uint32_t to, const char *name)
{
    size_t n = strlen(name);
    for (uint32_t i = from; i < to; i++)
        if (is_called(&m->nodes.items[i], name, n))
            return i;
    return to;
}

/* Is the node at the end of the path? */
static bool is_at(const qdx_markup *m, uint32_t node, const char *path)
{
    const qdx_node *nodes = m->nodes.items;
    const char *end = path + strlen(path);
    for (;;) {
        const char *start = end;
        while (start > path && start[-1] != '/')
            start--;
        if (!is_called(&nodes[node], start, (size_t)(end - start)))
            return false;
        if (start == path)
            return true;
        end = start - 1;
        node = nodes[node].parent;
    }
}

const qdx_vocabulary *qdx_vocabulary_of(const qdx_markup *m)
{
    uint32_t end = m->nodes.count < SIGNS_SEARCHED ? (uint32_t)m->nodes.count : SIGNS_SEARCHED;
    for (size_t i = 0; i < sizeof vocabularies / sizeof vocabularies[0]; i++)
        if (find(m, 1, end, vocabularies[i].sign) < end &&
            find(m, 1, end, vocabularies[i].item) < end)
            return &vocabularies[i];
    return NULL;
}

/* -- Facts -- */

/* What is known of an article so far: from which place, to let surer ones win. */
typedef struct facts {
    const qdx_markup *markup;
    qdx_draft *draft;
    size_t from[FIELDS]; /* the place that told it; place_count: none */
    qdx_buffer value[FIELDS];
    qdx_date date;
    struct {
        const char *name; /* interned */
        uint32_t places;
    } names[NAME_SLOTS];
} facts;

/* The text of an element, with a space where one element meets the next. */
static void spaced_text(const qdx_markup *m, uint32_t node, qdx_buffer *out)
{
    const qdx_node *nodes = m->nodes.items;
    for (uint32_t i = node; i < nodes[node].end; i++)
        if (!nodes[i].name && nodes[i].size) {
            if (out->size)
                qdx_buffer_append(out, " ", 1);
            qdx_buffer_append(out, m->text.bytes + nodes[i].start, nodes[i].size);
        }
}

static unsigned number_in(const qdx_markup *m, uint32_t from, uint32_t to, const char *name)
{
    uint32_t node = find(m, from, to, name);
    unsigned value = 0;
    const qdx_node *nodes = m->nodes.items;
    for (uint32_t i = node; node < to && i < nodes[node].end; i++)
        for (uint32_t k = 0; !nodes[i].name && k < nodes[i].size; k++) {
            char c = m->text.bytes[nodes[i].start + k];
            value =
                c >= '0' && c <= '9' && value < 100000 ? value * 10 + (unsigned)(c - '0') : value;
        }
    return value;
}

/* <day>, <month>, <year> in it, or a date in its text. */
static bool date_in(const qdx_markup *m, uint32_t node, const char *text, size_t size,
                    qdx_date *date)
{
    uint32_t end = m->nodes.items[node].end;
    unsigned year = number_in(m, node + 1, end, "year");
    if (year >= 1000 && year <= 9999) {
        unsigned month = number_in(m, node + 1, end, "month");
        unsigned day = number_in(m, node + 1, end, "day");
        *date = (qdx_date){(int16_t)year, (uint8_t)(month <= 12 ? month : 0),
                           (uint8_t)(month && month <= 12 && day <= 31 ? day : 0)};
        return true;
    }
    return qdx_date_find(text, size, date);
}

/* <name><surname>…<given-names>…: the given names first. */
static void put_author(facts *f, uint32_t node, qdx_buffer *text, qdx_buffer *out)
{
    const qdx_markup *m = f->markup;
    uint32_t end = m->nodes.items[node].end;
    uint32_t family = find(m, node + 1, end, "surname");
    uint32_t given = find(m, node + 1, end, "given-names");
    if (family < end && given < end) {
        qdx_buffer_clear(text);
        spaced_text(m, given, text);
        spaced_text(m, family, text);
    }
    if (text->size)
        qdx_byline_add(out, text->bytes, text->size, NULL);
}

/* Editors and translators of a journal's article are no authors. */
static bool is_other_role(const qdx_markup *m, uint32_t node)
{
    const qdx_node *parent = &m->nodes.items[m->nodes.items[node].parent];
    const char *role = qdx_markup_attribute(parent, "contrib-type");
    return role && strcasecmp(role, "author") != 0;
}

static void take(facts *f, uint32_t node, size_t which, const place *p)
{
    qdx_buffer text = {0};
    qdx_buffer *out = &f->value[p->field];
    const qdx_node *n = &f->markup->nodes.items[node];
    const char *value = p->attribute ? qdx_markup_attribute(n, p->attribute) : NULL;
    if (value)
        qdx_buffer_append(&text, value, strlen(value));
    else if (!p->attribute)
        spaced_text(f->markup, node, &text);
    bool more = which == f->from[p->field] && p->field == AUTHOR;
    if (text.size == 0 || text.size > FACT_BYTES || is_other_role(f->markup, node) ||
        (which >= f->from[p->field] && !more)) {
        out->failed = out->failed || text.failed;
    } else if (p->field == DATE) {
        if (date_in(f->markup, node, text.bytes, text.size, &f->date))
            f->from[DATE] = which;
    } else {
        if (!more)
            qdx_buffer_clear(out);
        if (p->field == AUTHOR)
            put_author(f, node, &text, out);
        else
            qdx_buffer_append(out, text.bytes, text.size);
        f->from[p->field] = which;
    }
    qdx_buffer_release(&text);
}

/* The places (bits) whose path ends in the element's name. */
static uint32_t places_of(const qdx_vocabulary *v, facts *f, const char *name, const qdx_node *node)
{
    size_t slot = qdx_markup_name_slot(name, NAME_SLOTS);
    if (f->names[slot].name != name) {
        f->names[slot].name = name;
        f->names[slot].places = 0;
        for (size_t k = 0; k < v->place_count; k++) {
            const char *slash = strrchr(v->places[k].path, '/');
            const char *last = slash ? slash + 1 : v->places[k].path;
            if (is_called(node, last, strlen(last)))
                f->names[slot].places |= (uint32_t)1 << k;
        }
    }
    return f->names[slot].places;
}

static void read_facts(const qdx_vocabulary *v, facts *f, uint32_t item)
{
    const qdx_node *nodes = f->markup->nodes.items;
    for (int k = 0; k < FIELDS; k++)
        f->from[k] = v->place_count;
    const char *tag = qdx_markup_attribute(&nodes[item], "xml:lang");
    if (tag)
        qdx_metadata_set(f->draft, &f->draft->language, tag, strlen(tag));
    for (uint32_t i = item; i < nodes[item].end; i++)
        for (uint32_t at = nodes[i].name ? places_of(v, f, nodes[i].name, &nodes[i]) : 0; at;
             at &= at - 1) {
            size_t k = (size_t)__builtin_ctz(at);
            if (is_at(f->markup, i, v->places[k].path))
                take(f, i, k, &v->places[k]);
        }
}

static void settle_facts(facts *f)
{
    qdx_draft *draft = f->draft;
    const char **texts[FIELDS] = {
        [TITLE] = &draft->title, [OUTLET] = &draft->outlet, [LANGUAGE] = &draft->language};
    for (int k = 0; k < FIELDS; k++) {
        const qdx_buffer *value = &f->value[k];
        draft->failed = draft->failed || value->failed;
        if (value->size && texts[k])
            qdx_metadata_set(draft, texts[k], value->bytes, value->size);
    }
    if (f->value[AUTHOR].size)
        qdx_metadata_set(draft, &draft->author, f->value[AUTHOR].bytes, f->value[AUTHOR].size);
    if (f->value[ADDRESS].size)
        qdx_metadata_set_url(draft, f->value[ADDRESS].bytes, f->value[ADDRESS].size);
    draft->date = f->date;
}

/* -- Text -- */

static bool is_listed(const qdx_node *node, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count && list[i]; i++)
        if (is_called(node, list[i], strlen(list[i])))
            return true;
    return false;
}

static qdx_xml_part part_of(const void *vocabulary, const qdx_node *node)
{
    const qdx_vocabulary *v = vocabulary;
    if (is_listed(node, v->skipped, SKIPPED_MAX))
        return QDX_XML_SKIPPED;
    return is_listed(node, v->headings, NAMES_MAX) ? QDX_XML_HEADING : QDX_XML_TEXT;
}

static bool has_elements(const qdx_markup *m, uint32_t node)
{
    const qdx_node *nodes = m->nodes.items;
    for (uint32_t i = node + 1; i < nodes[node].end; i = nodes[i].end)
        if (nodes[i].name)
            return true;
    return false;
}

static qdx_status add_bodies(const qdx_vocabulary *v, qdx_source *source, uint32_t item,
                             qdx_draft *draft, qdx_error *error)
{
    const qdx_markup *m = &source->markup;
    const qdx_node *nodes = m->nodes.items;
    qdx_status status = QDX_OK;
    size_t before = draft->blocks.count;
    for (int k = 0; k < NAMES_MAX && v->bodies[k] && status == QDX_OK; k++) {
        if (before != draft->blocks.count && !v->all_bodies)
            break;
        uint32_t i = item + 1;
        while (status == QDX_OK &&
               (i = find(m, i, nodes[item].end, v->bodies[k])) < nodes[item].end) {
            status = v->page && has_elements(m, i)
                         ? qdx_article_add_subtree(m, i, draft, error)
                         : qdx_xml_add_blocks(source, i, (qdx_xml_judge){part_of, v}, draft, error);
            i = nodes[i].end;
        }
    }
    return status;
}

static void add_element(const qdx_markup *m, uint32_t node, qdx_block_kind kind, qdx_draft *draft)
{
    qdx_buffer text = {0};
    qdx_markup_subtree_text(m, node, &text);
    qdx_draft_open(draft, kind);
    if (text.size)
        qdx_draft_text(draft, text.bytes, text.size);
    qdx_draft_close(draft);
    draft->failed = draft->failed || text.failed;
    qdx_buffer_release(&text);
}

qdx_status qdx_vocabulary_next(const qdx_vocabulary *v, qdx_source *source, qdx_draft *draft,
                               qdx_error *error)
{
    const qdx_markup *m = &source->markup;
    uint32_t count = (uint32_t)m->nodes.count;
    uint32_t item = find(m, source->at, count, v->item);
    if (item == count)
        return QDX_END;
    uint32_t end = m->nodes.items[item].end;
    source->at = end;
    facts f = {.markup = m, .draft = draft};
    read_facts(v, &f, item);
    settle_facts(&f);
    for (int k = 0; k < FIELDS; k++)
        qdx_buffer_release(&f.value[k]);
    if (draft->title) {
        qdx_draft_open(draft, QDX_BLOCK_HEADING);
        qdx_draft_text(draft, draft->title, strlen(draft->title));
        qdx_draft_close(draft);
    }
    uint32_t lead = v->lead ? find(m, item, end, v->lead) : end;
    if (lead < end)
        add_element(m, lead, QDX_BLOCK_PARAGRAPH, draft);
    qdx_status status = add_bodies(v, source, item, draft, error);
    return status == QDX_OK ? qdx_draft_status(draft, error) : status;
}
