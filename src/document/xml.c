/*
 * XML. Known vocabularies go to vocabulary.c, feeds to feed.c; any other is read by its shape
 * (xml_block.c), and a table of usual names tells titles, dates and what is no text.
 */
#include "document/xml.h"

#include <string.h>
#include <strings.h>

#include "document/date.h"
#include "document/feed.h"
#include "document/metadata.h"
#include "document/vocabulary.h"
#include "document/xml_block.h"

enum { FACT_BYTES = 400 }; /* a longer element is no title, date or name */

typedef enum meaning {
    TEXT,
    HEADING,
    BODY,
    TITLE,
    DATE,
    AUTHOR,
    OUTLET,
    ADDRESS,
    LANGUAGE,
    SKIPPED
} meaning;

/* Local names, compared without case. Not listed: TEXT. */
static const struct name_row {
    const char *name;
    meaning meaning;
} name_rows[] = {
    {"head", HEADING},
    {"subhead", HEADING},
    {"subheadline", HEADING},
    {"hl2", HEADING},
    {"subtitle", HEADING},
    {"body", BODY},
    {"text", BODY},
    {"content", BODY},
    {"articlebody", BODY},
    {"article-body", BODY},
    {"bodytext", BODY},
    {"fulltext", BODY},
    {"full_text", BODY},
    {"maintext", BODY},
    {"story", BODY},
    {"body.content", BODY},
    {"contentset", BODY},
    {"datacontent", BODY},
    {"title", TITLE},
    {"headline", TITLE},
    {"hl1", TITLE},
    {"heading", TITLE},
    {"date", DATE},
    {"pubdate", DATE},
    {"published", DATE},
    {"publicationdate", DATE},
    {"datetime", DATE},
    {"publication_date", DATE},
    {"versioncreated", DATE},
    {"contentcreated", DATE},
    {"firstcreated", DATE},
    {"created", DATE},
    {"datepublished", DATE},
    {"author", AUTHOR},
    {"byline", AUTHOR},
    {"by", AUTHOR},
    {"creator", AUTHOR},
    {"source", OUTLET},
    {"publisher", OUTLET},
    {"outlet", OUTLET},
    {"publication", OUTLET},
    {"newspaper", OUTLET},
    {"url", ADDRESS},
    {"link", ADDRESS},
    {"uri", ADDRESS},
    {"language", LANGUAGE},
    {"lang", LANGUAGE},
    {"id", SKIPPED},
    {"guid", SKIPPED},
    {"docid", SKIPPED},
    {"docno", SKIPPED},
    {"identifier", SKIPPED},
    {"keyword", SKIPPED},
    {"keywords", SKIPPED},
    {"category", SKIPPED},
    {"categories", SKIPPED},
    {"tags", SKIPPED},
    {"topics", SKIPPED},
    {"subject", SKIPPED},
    {"places", SKIPPED},
    {"copyright", SKIPPED},
    {"rights", SKIPPED},
    {"rightsinfo", SKIPPED},
    {"caption", SKIPPED},
    {"credit", SKIPPED},
    {"section", TEXT},
    {"metadata", SKIPPED},
    {"itemmeta", SKIPPED},
    {"contentmeta", SKIPPED},
    {"header", SKIPPED},
    {"teiheader", SKIPPED},
    {"newsmanagement", SKIPPED},
    {"newsidentifier", SKIPPED},
    {"remotecontent", SKIPPED},
    {"script", SKIPPED},
    {"style", SKIPPED},
    {"revision", SKIPPED},
    {"version", SKIPPED},
    {"wordcount", SKIPPED},
    {"edition", SKIPPED},
    {"page", SKIPPED},
};

/* Roots that have a reading of their own. */
static const struct kind_row {
    const char *root;
    qdx_status (*next)(qdx_source *source, qdx_draft *draft, qdx_error *error);
} kind_rows[] = {
    {"rss", qdx_feed_next},
    {"rdf", qdx_feed_next},
    {"feed", qdx_feed_next},
};

static meaning meaning_of(const qdx_node *node)
{
    const char *name = qdx_markup_local_name(node);
    for (size_t i = 0; i < sizeof name_rows / sizeof name_rows[0]; i++)
        if ((name[0] | 0x20) == name_rows[i].name[0] && strcasecmp(name, name_rows[i].name) == 0)
            return name_rows[i].meaning;
    return TEXT;
}

/* -- Facts -- */

static void read_fact(const qdx_markup *m, uint32_t i, qdx_draft *draft)
{
    const qdx_node *node = &m->nodes.items[i];
    meaning what = meaning_of(node);
    size_t size = qdx_markup_text_size(m, i);
    const char *text = qdx_markup_text_of(m, i);
    const char *tag = qdx_markup_attribute(node, "xml:lang");
    if (tag)
        qdx_metadata_set(draft, &draft->language, tag, strlen(tag));
    if (size > FACT_BYTES || qdx_markup_is_blank(text, size))
        return;
    if (what == TITLE)
        qdx_metadata_set(draft, &draft->title, text, size);
    else if (what == AUTHOR)
        qdx_metadata_set_author(draft, text, size);
    else if (what == OUTLET)
        qdx_metadata_set(draft, &draft->outlet, text, size);
    else if (what == ADDRESS)
        qdx_metadata_set_url(draft, text, size);
    else if (what == LANGUAGE)
        qdx_metadata_set(draft, &draft->language, text, size);
    else if (what == DATE && draft->date.year == 0)
        qdx_date_find(text, size, &draft->date);
}

static void read_facts(const qdx_markup *m, qdx_draft *draft)
{
    for (uint32_t i = 1; i < m->nodes.count; i++)
        if (m->nodes.items[i].name)
            read_fact(m, i, draft);
}

static void add_block(qdx_draft *draft, const char *text, size_t size, qdx_block_kind kind)
{
    qdx_draft_open(draft, kind);
    qdx_draft_text(draft, text, size);
    qdx_draft_close(draft);
}

/* -- Any vocabulary -- */

/* Elements that are facts are no text; with a context, they are. */
static qdx_xml_part part_of(const void *all, const qdx_node *node)
{
    meaning what = meaning_of(node);
    if (what == HEADING)
        return QDX_XML_HEADING;
    return !all && what >= TITLE ? QDX_XML_SKIPPED : QDX_XML_TEXT;
}

/* The largest element whose name says that it is the article's body; the root without one. */
static uint32_t find_body(const qdx_markup *m)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < m->nodes.count; i++)
        if (m->nodes.items[i].name && meaning_of(&m->nodes.items[i]) == BODY &&
            (best == 0 || qdx_markup_text_size(m, i) > qdx_markup_text_size(m, best)))
            best = i;
    return best && qdx_markup_text_size(m, best) * 2 >= qdx_markup_text_size(m, 0) ? best : 0;
}

static qdx_status any_next(qdx_source *source, qdx_draft *draft, qdx_error *error)
{
    const qdx_markup *m = &source->markup;
    read_facts(m, draft);
    if (draft->title)
        add_block(draft, draft->title, strlen(draft->title), QDX_BLOCK_HEADING);
    size_t before = draft->blocks.count;
    qdx_status status =
        qdx_xml_add_blocks(source, find_body(m), (qdx_xml_judge){part_of, NULL}, draft, error);
    if (status == QDX_OK && draft->blocks.count == before)
        status = qdx_xml_add_blocks(source, 0, (qdx_xml_judge){part_of, ""}, draft, error);
    return status;
}

/* -- The format -- */

static qdx_status xml_open(qdx_source *source, qdx_error *error)
{
    return qdx_markup_parse_xml(&source->markup, source->text, source->size, &source->limits,
                                error);
}

static qdx_status xml_next(qdx_source *source, qdx_draft *draft, qdx_error *error)
{
    const qdx_markup *m = &source->markup;
    uint32_t count = (uint32_t)m->nodes.count;
    uint32_t root = 1;
    while (root < count && !m->nodes.items[root].name)
        root++;
    if (root >= count)
        return QDX_END;
    const char *name = qdx_markup_local_name(&m->nodes.items[root]);
    for (size_t i = 0; i < sizeof kind_rows / sizeof kind_rows[0]; i++)
        if (strcasecmp(name, kind_rows[i].root) == 0)
            return kind_rows[i].next(source, draft, error);
    const qdx_vocabulary *vocabulary = qdx_vocabulary_of(m);
    if (vocabulary)
        return qdx_vocabulary_next(vocabulary, source, draft, error);
    if (source->at > 0)
        return QDX_END;
    source->at = 1;
    qdx_status status = any_next(source, draft, error);
    return status == QDX_OK ? qdx_draft_status(draft, error) : status;
}

const qdx_format qdx_format_xml = {
    .name = "XML", .markup = true, .open = xml_open, .next = xml_next};
