/*
 * libxml2, and all of it: no other file of the program knows the library. Its event interface feeds
 * a flat tree of our own; its trees, its files and its network are never used. The older (SAX 1)
 * events are taken on purpose: they leave namespaces alone, whose look-up can be made quadratic.
 */
#include "document/markup.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <limits.h>
#include <pthread.h>
#include <setjmp.h>
#include <string.h>
#include <strings.h>

#include "document/encoding.h"
#include "document/tag_scan.h"
#include "text/unicode.h"

enum {
    MAX_NODES = 2000000,
    XML_DEPTH_MAX = 250, /* libxml2's own limit is 256 */
    ENTITY_BYTES = 72,
    CLOSE_CHARACTERS = 3,
};

/* The attributes somebody asks for; others are not kept. */
static const char *const kept_attributes[] = {
    "aria-hidden", "class",  "content",      "datetime",   "date.publication",
    "description", "hidden", "href",         "http-equiv", "id",
    "itemprop",    "lang",   "name",         "norm",       "property",
    "pubdate",     "rel",    "role",         "src",        "style",
    "type",        "url",    "value",        "when",       "xml:lang",
    "xml:space",   "ex-ref", "standardname",
};

/* What the events are gathered in. */
typedef struct builder {
    qdx_markup *markup;
    xmlParserCtxtPtr parser;
    uint32_t open;  /* the element that is open */
    uint32_t depth; /* of it */
    uint32_t max_depth;
    bool html;
    qdx_status status; /* why the parser was stopped */
    const char *reason;
    xmlEntity entity; /* the named character being read (XML) */
    xmlChar entity_text[ENTITY_BYTES];
    int error_line;
    char error_text[160];
    bool parsing; /* out_of_memory may be jumped to */
    jmp_buf out_of_memory;
} builder;

void qdx_markup_release(qdx_markup *markup)
{
    qdx_vector_release(&markup->nodes);
    qdx_buffer_release(&markup->text);
    qdx_arena_release(&markup->arena);
    if (markup->names)
        xmlDictFree(markup->names);
    markup->names = NULL;
}

static void markup_clear(qdx_markup *markup)
{
    qdx_vector_clear(&markup->nodes);
    qdx_buffer_clear(&markup->text);
    qdx_arena_reset(&markup->arena);
    if (markup->names)
        xmlDictFree(markup->names);
    markup->names = NULL;
    markup->truncated = false;
}

/* -- Events -- */

static void stop(builder *b, qdx_status status, const char *reason)
{
    if (b->status == QDX_OK) {
        b->status = status;
        b->reason = reason;
    }
    xmlStopParser(b->parser);
}

static qdx_node *add_node(builder *b, const char *name)
{
    qdx_markup *m = b->markup;
    if (m->nodes.count >= MAX_NODES) {
        stop(b, QDX_ERR_LIMIT, "too many elements");
        return NULL;
    }
    uint32_t at = (uint32_t)m->nodes.count;
    qdx_node node = {name, NULL, 0, (uint32_t)m->text.size, 0, b->open, at + 1};
    if (!qdx_vector_push(&m->nodes, node)) {
        stop(b, QDX_ERR_MEMORY, "out of memory");
        return NULL;
    }
    return &m->nodes.items[at];
}

static const char *kept_name(const char *name)
{
    for (size_t i = 0; i < sizeof kept_attributes / sizeof kept_attributes[0]; i++)
        if (strcasecmp(name, kept_attributes[i]) == 0)
            return kept_attributes[i];
    return NULL;
}

/* The parser can split a character of an attribute: what is no UTF-8 any more is left out. */
static char *copy_value(builder *b, const char *value)
{
    size_t size = strlen(value);
    char *copy = qdx_arena_copy(&b->markup->arena, value, size);
    if (!copy || qdx_utf8_valid(value, size))
        return copy;
    char *out = copy;
    const char *end = value + size;
    for (const char *p = value; p < end;) {
        uint32_t c;
        size_t n = qdx_utf8_decode(p, end, &c);
        if (n > 1 || (unsigned char)*p < 0x80) {
            memcpy(out, p, n);
            out += n;
        }
        p += n;
    }
    *out = '\0';
    return copy;
}

static void add_attributes(builder *b, qdx_node *node, const xmlChar **pairs)
{
    size_t count = 0;
    for (const xmlChar **p = pairs; p && p[0]; p += 2)
        count += kept_name((const char *)p[0]) != NULL;
    if (count == 0)
        return;
    qdx_attribute *kept = qdx_arena_array(&b->markup->arena, count, sizeof *kept);
    size_t n = 0;
    for (const xmlChar **p = pairs; kept && p[0] && n < count; p += 2) {
        const char *name = kept_name((const char *)p[0]);
        if (!name)
            continue;
        kept[n].name = name;
        kept[n].value = copy_value(b, p[1] ? (const char *)p[1] : "");
        if (!kept[n++].value)
            kept = NULL;
    }
    if (!kept) {
        stop(b, QDX_ERR_MEMORY, "out of memory");
        return;
    }
    node->attributes = kept;
    node->attribute_count = (uint32_t)count;
}

static void on_start(void *context, const xmlChar *name, const xmlChar **attributes)
{
    builder *b = context;
    if (b->status != QDX_OK)
        return;
    if (b->depth >= b->max_depth) {
        b->markup->truncated = true;
        stop(b, QDX_ERR_LIMIT, "elements are nested too deep");
        return;
    }
    qdx_node *node = add_node(b, (const char *)name);
    if (!node)
        return;
    b->open = (uint32_t)(node - b->markup->nodes.items);
    b->depth++;
    add_attributes(b, node, attributes);
}

static void on_end(void *context, const xmlChar *name)
{
    builder *b = context;
    qdx_node *nodes = b->markup->nodes.items;
    uint32_t count = (uint32_t)b->markup->nodes.count;
    if (b->open == 0 || strcmp(nodes[b->open].name, (const char *)name) != 0)
        return;
    nodes[b->open].end = count;
    b->open = nodes[b->open].parent;
    b->depth--;
}

/* Text, with hidden windows-1252 marks read and soft hyphens dropped. */
static void put_text(qdx_buffer *out, const char *p, size_t size)
{
    const char *end = p + size;
    while (p < end) {
        const char *at = memchr(p, 0xC2, (size_t)(end - p));
        qdx_buffer_append(out, p, (size_t)((at ? at : end) - p));
        if (!at)
            return;
        unsigned char next = end - at >= 2 ? (unsigned char)at[1] : 0;
        uint32_t mark = qdx_windows1252(next);
        if (mark)
            qdx_buffer_codepoint(out, mark);
        else if (next != 0xAD)
            qdx_buffer_append(out, at, next ? 2 : 1);
        p = at + (next ? 2 : 1);
    }
}

static void on_text(void *context, const xmlChar *text, int length)
{
    builder *b = context;
    qdx_markup *m = b->markup;
    if (b->status != QDX_OK || length <= 0)
        return;
    qdx_node *node = &m->nodes.items[m->nodes.count - 1];
    if (node->name || node->parent != b->open)
        node = add_node(b, NULL);
    if (!node)
        return;
    put_text(&m->text, (const char *)text, (size_t)length);
    if (m->text.failed)
        stop(b, QDX_ERR_MEMORY, "out of memory");
    node->size = (uint32_t)(m->text.size - node->start);
}

/* A document type may be named, not written into the file: its entities can be bombs. */
static void on_internal_subset(void *context, const xmlChar *name, const xmlChar *external,
                               const xmlChar *system)
{
    builder *b = context;
    (void)name;
    (void)external;
    (void)system;
    if (!b->html && b->parser->input && b->parser->input->cur && *b->parser->input->cur == '[')
        stop(b, QDX_ERR_UNSUPPORTED, "a document type written into the file, which is not read");
}

/* Named characters of HTML in XML; unknown names stay as they are written. */
static xmlEntityPtr on_entity(void *context, const xmlChar *name)
{
    builder *b = context;
    const htmlEntityDesc *known = htmlEntityLookup(name);
    size_t n;
    if (known) {
        n = qdx_utf8_encode(known->value, (char *)b->entity_text);
    } else {
        size_t length = strnlen((const char *)name, ENTITY_BYTES - CLOSE_CHARACTERS);
        b->entity_text[0] = '&';
        memcpy(b->entity_text + 1, name, length);
        b->entity_text[length + 1] = ';';
        n = length + 2;
    }
    if (!qdx_utf8_valid((const char *)b->entity_text, n))
        n = 0;
    b->entity_text[n] = 0;
    memset(&b->entity, 0, sizeof b->entity);
    b->entity.type = XML_ENTITY_DECL;
    b->entity.name = name;
    b->entity.etype = XML_INTERNAL_PREDEFINED_ENTITY;
    b->entity.content = b->entity.orig = b->entity_text;
    b->entity.length = (int)n;
    b->entity.checked = 1;
    return &b->entity;
}

static xmlParserInputPtr on_external(void *context, const xmlChar *public_id,
                                     const xmlChar *system_id)
{
    (void)context;
    (void)public_id;
    (void)system_id;
    return NULL;
}

/*
 * Keeps the first fatal error, without its line end. Out of memory the parser may report the same
 * error for ever and never return: then this is the way out.
 */
static void on_problem(void *context, xmlErrorPtr problem)
{
    builder *b = context;
    if (problem->code == XML_ERR_NO_MEMORY && b->parsing)
        longjmp(b->out_of_memory, 1);
    if (problem->level != XML_ERR_FATAL || b->error_text[0])
        return;
    size_t n = 0;
    const char *text = problem->message ? problem->message : "not well-formed";
    for (; text[n] && text[n] != '\n' && n + 1 < sizeof b->error_text; n++)
        b->error_text[n] = (char)((unsigned char)text[n] < ' ' ? ' ' : text[n]);
    b->error_text[n] = '\0';
    char *place = strstr(b->error_text, " line "); /* said beside the message, and better */
    if (place)
        *place = '\0';
    b->error_line = problem->line;
}

static void set_events(xmlSAXHandler *events, bool html)
{
    memset(events, 0, sizeof *events);
    events->initialized = 1; /* the older events; XML_SAX2_MAGIC would ask for the newer */
    events->startElement = on_start;
    events->endElement = on_end;
    events->characters = on_text;
    events->ignorableWhitespace = on_text;
    events->cdataBlock = on_text;
    events->internalSubset = on_internal_subset;
    events->resolveEntity = on_external;
    if (!html)
        events->getEntity = on_entity;
}

/* -- Parsing -- */

/* Control characters and non-characters, which XML forbids, in place. */
static void scrub(char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)text[i] < ' ' && text[i] != '\t' && text[i] != '\n' && text[i] != '\r')
            text[i] = ' ';
    char *end = text + size;
    for (char *p = text; p < end && (p = memchr(p, 0xEF, (size_t)(end - p))) != NULL; p++)
        if (end - p >= 3 && (unsigned char)p[1] == 0xBF && (unsigned char)p[2] >= 0xBE)
            p[2] = (char)0xBD;
}

/* The XML declaration names an encoding that is not ours any more. */
static size_t declaration_length(const char *text, size_t size)
{
    size_t skip = 0;
    while (skip < size && (text[skip] == ' ' || (text[skip] >= '\t' && text[skip] <= '\r')))
        skip++;
    if (strncmp(text + skip, "<?xml", 5) != 0)
        return skip;
    const char *close = memmem(text + skip, size - skip, "?>", 2);
    return close ? (size_t)(close - text) + 2 : skip;
}

/* libxml2 sets itself up on first use, but not safely when two threads come first at once. */
static pthread_once_t library_ready = PTHREAD_ONCE_INIT;

static bool start(builder *b, qdx_markup *markup, const qdx_reader_options *limits, bool html)
{
    pthread_once(&library_ready, xmlInitParser);
    memset(b, 0, sizeof *b);
    markup_clear(markup);
    b->markup = markup;
    b->html = html;
    b->max_depth = limits->max_depth;
    if (!html && b->max_depth > XML_DEPTH_MAX)
        b->max_depth = XML_DEPTH_MAX;
    b->parser = html ? htmlNewParserCtxt() : xmlNewParserCtxt();
    if (!b->parser || !b->parser->sax)
        return false;
    set_events(b->parser->sax, html);
    b->parser->userData = b;
    qdx_node document = {"", NULL, 0, 0, 0, 0, 1};
    return qdx_vector_push(&markup->nodes, document);
}

/* Closes what is open and lets the parser go; the names stay. */
static void finish(builder *b)
{
    qdx_markup *m = b->markup;
    uint32_t count = (uint32_t)m->nodes.count;
    for (uint32_t i = b->open; count > 0; i = m->nodes.items[i].parent) {
        m->nodes.items[i].end = count;
        if (i == 0)
            break;
    }
    if (b->parser) {
        if (b->parser->errNo == XML_ERR_NO_MEMORY && b->status == QDX_OK)
            b->status = QDX_ERR_MEMORY;
        m->names = b->parser->dict;
        if (m->names)
            xmlDictReference(m->names);
        if (b->parser->myDoc)
            xmlFreeDoc(b->parser->myDoc);
        b->parser->myDoc = NULL;
        if (b->html)
            htmlFreeParserCtxt(b->parser);
        else
            xmlFreeParserCtxt(b->parser);
    }
    qdx_buffer_append(&m->text, "", 0);
    if (m->text.failed)
        b->status = QDX_ERR_MEMORY;
}

static qdx_status fail(builder *b, qdx_error *error)
{
    markup_clear(b->markup);
    if (b->status == QDX_ERR_MEMORY)
        return qdx_error_memory(error);
    return qdx_error_set(error, b->status, "%s", b->reason ? b->reason : "broken markup");
}

/*
 * Runs the parser. When memory runs out inside it, what it holds is in no state to be released and
 * is lost: a failed allocation is the end of the work anyway.
 */
static void parse(builder *b, const char *text, size_t size)
{
    xmlSetStructuredErrorFunc(b, on_problem); /* of this thread */
    if (setjmp(b->out_of_memory) != 0) {
        xmlSetStructuredErrorFunc(NULL, NULL);
        b->parsing = false;
        b->parser = NULL;
        b->status = QDX_ERR_MEMORY;
        return;
    }
    b->parsing = true;
    if (b->html)
        htmlCtxtReadMemory(b->parser, text, (int)size, NULL, "UTF-8",
                           HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOWARNING |
                               HTML_PARSE_IGNORE_ENC);
    else
        xmlCtxtReadMemory(b->parser, text, (int)size, NULL, "UTF-8",
                          XML_PARSE_NONET | XML_PARSE_NOWARNING);
    b->parsing = false;
    xmlSetStructuredErrorFunc(NULL, NULL);
}

qdx_status qdx_markup_parse_html(qdx_markup *markup, char *text, size_t size,
                                 const qdx_reader_options *limits, qdx_error *error)
{
    qdx_status status = qdx_tag_scan(text, size, true, limits->max_tag_bytes, error);
    if (status != QDX_OK)
        return status;
    if (size > INT_MAX / 2)
        return qdx_error_set(error, QDX_ERR_LIMIT, "too much markup");
    scrub(text, size);
    builder b;
    if (!start(&b, markup, limits, true))
        b.status = QDX_ERR_MEMORY;
    else if (size > 0)
        parse(&b, text, size);
    finish(&b);
    if (b.status == QDX_ERR_LIMIT && markup->truncated)
        b.status = QDX_OK; /* what was read so far stands, and the cut is reported */
    return b.status == QDX_OK ? QDX_OK : fail(&b, error);
}

qdx_status qdx_markup_parse_xml(qdx_markup *markup, char *text, size_t size,
                                const qdx_reader_options *limits, qdx_error *error)
{
    qdx_status status = qdx_tag_scan(text, size, false, limits->max_tag_bytes, error);
    if (status != QDX_OK)
        return status;
    if (size > INT_MAX / 2)
        return qdx_error_set(error, QDX_ERR_LIMIT, "too much markup");
    scrub(text, size);
    builder b;
    size_t skip = declaration_length(text, size);
    int lines = 0;
    for (size_t i = 0; i < skip; i++)
        lines += text[i] == '\n';
    bool ready = start(&b, markup, limits, false);
    if (!ready)
        b.status = QDX_ERR_MEMORY;
    else
        parse(&b, text + skip, size - skip);
    bool broken = b.parser && !b.parser->wellFormed;
    finish(&b);
    if (b.status != QDX_OK)
        return fail(&b, error);
    if (!broken)
        return QDX_OK;
    bool huge = strcasestr(b.error_text, "huge") != NULL || strstr(b.error_text, "too big") != NULL;
    b.status = huge ? QDX_ERR_LIMIT : QDX_ERR_FORMAT;
    b.reason = huge ? "a part of the XML is too large" : b.error_text[0] ? b.error_text : NULL;
    fail(&b, error);
    qdx_error_at(error, NULL, (uint32_t)(b.error_line > 0 ? b.error_line + lines : 0));
    return b.status;
}

/* -- Looking at the tree -- */

const char *qdx_markup_attribute(const qdx_node *node, const char *name)
{
    for (uint32_t i = 0; i < node->attribute_count; i++)
        if (strcmp(node->attributes[i].name, name) == 0)
            return node->attributes[i].value;
    return NULL;
}

const char *qdx_markup_local_name(const qdx_node *node)
{
    const char *colon = strchr(node->name, ':');
    return colon ? colon + 1 : node->name;
}

uint32_t qdx_markup_find(const qdx_markup *markup, uint32_t from, uint32_t to, const char *name)
{
    for (uint32_t i = from; i < to; i++)
        if (markup->nodes.items[i].name && strcasecmp(markup->nodes.items[i].name, name) == 0)
            return i;
    return to;
}

void qdx_markup_subtree_text(const qdx_markup *markup, uint32_t node, qdx_buffer *out)
{
    const qdx_node *nodes = markup->nodes.items;
    for (uint32_t i = node; i < nodes[node].end; i++)
        if (!nodes[i].name)
            qdx_buffer_append(out, markup->text.bytes + nodes[i].start, nodes[i].size);
}
