/*
 * The parser's events become a flat tree of our own; the library's trees are never used. The older
 * (SAX 1) events are taken on purpose: they leave namespaces alone, whose look-up can be made
 * quadratic.
 */
#include <libxml/parserInternals.h>
#include <string.h>
#include <strings.h>

#include "document/encoding.h"
#include "document/markup_builder.h"
#include "text/unicode.h"

enum { MAX_NODES = 2000000, CLOSE_CHARACTERS = 3, ERRORS_AT_ONE_PLACE = 1000 };

/* The attributes somebody asks for; others are not kept. */
static const qdx_attribute kept_attributes[] = {
    {QDX_ATTRIBUTE_OTHER, "tag", NULL},
    {QDX_ATTRIBUTE_OTHER, "ident", NULL},
    {QDX_ATTRIBUTE_OTHER, "contrib-type", NULL},
    {QDX_ATTRIBUTE_OTHER, "xlink:href", NULL},
    {QDX_ATTRIBUTE_OTHER, "literal", NULL},
    {QDX_ATTRIBUTE_OTHER, "formalname", NULL},
    {QDX_ATTRIBUTE_OTHER, "iso-8601-date", NULL},
    {QDX_ATTRIBUTE_ARIA_HIDDEN, "aria-hidden", NULL},
    {QDX_ATTRIBUTE_CLASS, "class", NULL},
    {QDX_ATTRIBUTE_OTHER, "content", NULL},
    {QDX_ATTRIBUTE_OTHER, "datetime", NULL},
    {QDX_ATTRIBUTE_OTHER, "date.publication", NULL},
    {QDX_ATTRIBUTE_OTHER, "description", NULL},
    {QDX_ATTRIBUTE_HIDDEN, "hidden", NULL},
    {QDX_ATTRIBUTE_OTHER, "href", NULL},
    {QDX_ATTRIBUTE_OTHER, "http-equiv", NULL},
    {QDX_ATTRIBUTE_ID, "id", NULL},
    {QDX_ATTRIBUTE_ITEMPROP, "itemprop", NULL},
    {QDX_ATTRIBUTE_OTHER, "lang", NULL},
    {QDX_ATTRIBUTE_NAME, "name", NULL},
    {QDX_ATTRIBUTE_OTHER, "norm", NULL},
    {QDX_ATTRIBUTE_OTHER, "property", NULL},
    {QDX_ATTRIBUTE_OTHER, "pubdate", NULL},
    {QDX_ATTRIBUTE_OTHER, "rel", NULL},
    {QDX_ATTRIBUTE_ROLE, "role", NULL},
    {QDX_ATTRIBUTE_OTHER, "src", NULL},
    {QDX_ATTRIBUTE_STYLE, "style", NULL},
    {QDX_ATTRIBUTE_OTHER, "type", NULL},
    {QDX_ATTRIBUTE_OTHER, "url", NULL},
    {QDX_ATTRIBUTE_OTHER, "value", NULL},
    {QDX_ATTRIBUTE_OTHER, "when", NULL},
    {QDX_ATTRIBUTE_OTHER, "xml:lang", NULL},
    {QDX_ATTRIBUTE_OTHER, "xml:space", NULL},
    {QDX_ATTRIBUTE_OTHER, "ex-ref", NULL},
    {QDX_ATTRIBUTE_OTHER, "standardname", NULL},
};

static void stop(qdx_markup_builder *b, qdx_status status, const char *reason)
{
    if (b->status == QDX_OK) {
        b->status = status;
        b->reason = reason;
    }
    b->library->stop_parser(b->parser);
}

static qdx_node *add_node(qdx_markup_builder *b, const char *name)
{
    qdx_markup *m = b->markup;
    if (m->nodes.count >= MAX_NODES) {
        stop(b, QDX_ERR_LIMIT, "too many elements");
        return NULL;
    }
    uint32_t at = (uint32_t)m->nodes.count;
    const char *colon = name && !b->html ? strchr(name, ':') : NULL;
    uint32_t prefix = colon ? (uint32_t)(colon + 1 - name) : 0;
    qdx_node node = {name, NULL, 0, (uint32_t)m->text.size, 0, b->open, at + 1, prefix};
    if (!qdx_vector_push(&m->nodes, node)) {
        stop(b, QDX_ERR_MEMORY, "out of memory");
        return NULL;
    }
    return &m->nodes.items[at];
}

static const qdx_attribute *find_kept(qdx_markup_builder *b, const xmlChar *name)
{
    size_t slot = qdx_markup_name_slot(name, QDX_MARKUP_NAME_CACHE);
    if (b->attributes[slot].name == name)
        return b->attributes[slot].kept;
    b->attributes[slot].name = name;
    b->attributes[slot].kept = NULL;
    for (size_t i = 0; i < sizeof kept_attributes / sizeof kept_attributes[0]; i++)
        if (strcasecmp((const char *)name, kept_attributes[i].name) == 0)
            b->attributes[slot].kept = &kept_attributes[i];
    return b->attributes[slot].kept;
}

/* The parser can split a character of an attribute: what is no UTF-8 any more is left out. */
static char *copy_value(qdx_markup_builder *b, const char *value)
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

static void add_attributes(qdx_markup_builder *b, qdx_node *node, const xmlChar **pairs)
{
    size_t count = 0;
    for (const xmlChar **p = pairs; p && p[0]; p += 2)
        count += find_kept(b, p[0]) != NULL;
    if (count == 0)
        return;
    qdx_attribute *kept = qdx_arena_array(&b->markup->arena, count, sizeof *kept);
    size_t n = 0;
    for (const xmlChar **p = pairs; kept && p[0] && n < count; p += 2) {
        const qdx_attribute *known = find_kept(b, p[0]);
        if (!known)
            continue;
        kept[n] = *known;
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
    qdx_markup_builder *b = context;
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
    qdx_markup_builder *b = context;
    qdx_node *nodes = b->markup->nodes.items;
    uint32_t count = (uint32_t)b->markup->nodes.count;
    if (b->open == 0 || (nodes[b->open].name != (const char *)name &&
                         strcmp(nodes[b->open].name, (const char *)name) != 0))
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
    qdx_markup_builder *b = context;
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
    qdx_markup_builder *b = context;
    (void)name;
    (void)external;
    (void)system;
    if (!b->html && b->parser->input && b->parser->input->cur && *b->parser->input->cur == '[')
        stop(b, QDX_ERR_UNSUPPORTED, "a document type written into the file, which is not read");
}

/* Named characters of HTML in XML; unknown names stay as they are written. */
static xmlEntityPtr on_entity(void *context, const xmlChar *name)
{
    qdx_markup_builder *b = context;
    const htmlEntityDesc *known = b->library->html_entity(name);
    size_t n;
    if (known) {
        n = qdx_utf8_encode(known->value, (char *)b->entity_text);
    } else {
        size_t length = strnlen((const char *)name, QDX_MARKUP_ENTITY_BYTES - CLOSE_CHARACTERS);
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
 * Keeps the first fatal error, without its line end. Out of memory the parser may report an error
 * at the same place for ever and never return, and not always that memory is short: then this is
 * the way out.
 */
void qdx_markup_events_problem(void *context, xmlErrorPtr problem)
{
    qdx_markup_builder *b = context;
    const xmlChar *at = b->parser && b->parser->input ? b->parser->input->cur : NULL;
    b->errors_here = at == b->last_error ? b->errors_here + 1 : 0;
    b->last_error = at;
    if ((problem->code == XML_ERR_NO_MEMORY || b->errors_here > ERRORS_AT_ONE_PLACE) && b->parsing)
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

void qdx_markup_events_set(xmlSAXHandler *events, bool html)
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
