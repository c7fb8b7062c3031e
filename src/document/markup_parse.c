/*
 * Running libxml2 over text that is valid UTF-8: what is done before and after. Its files, its
 * network and its recovery from broken XML are never used.
 */
#include <limits.h>
#include <string.h>
#include <strings.h>

#include "document/markup_builder.h"
#include "document/tag_scan.h"

enum { XML_DEPTH_MAX = 250 }; /* libxml2's own limit is 256 */

/* Control characters and non-characters, which XML forbids, in place. */
static void scrub(char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        bool control = (c < ' ') & (c != '\t') & (c != '\n') & (c != '\r'); /* no branches: fast */
        text[i] = (char)(control ? ' ' : c);
    }
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

/* Asks for a parser. QDX_ERR_MEMORY leaves the builder fit for finish. */
static qdx_status start(qdx_markup_builder *b, qdx_markup *markup, const qdx_reader_options *limits,
                        bool html, qdx_error *error)
{
    memset(b, 0, sizeof *b);
    qdx_markup_clear(markup);
    b->library = qdx_markup_library_load(error);
    if (!b->library)
        return QDX_ERR_UNSUPPORTED;
    b->markup = markup;
    b->html = html;
    b->max_depth = limits->max_depth;
    if (!html && b->max_depth > XML_DEPTH_MAX)
        b->max_depth = XML_DEPTH_MAX;
    b->parser = html ? b->library->new_html() : b->library->new_xml();
    if (!b->parser || !b->parser->sax)
        return b->status = QDX_ERR_MEMORY;
    qdx_markup_events_set(b->parser->sax, html);
    b->parser->userData = b;
    qdx_node document = {"", NULL, 0, 0, 0, 0, 1, 0};
    return b->status = qdx_vector_push(&markup->nodes, document) ? QDX_OK : QDX_ERR_MEMORY;
}

/* Closes what is open and lets the parser go; the names stay. */
static void finish(qdx_markup_builder *b)
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
            b->library->keep_names(m->names);
        if (b->parser->myDoc)
            b->library->free_document(b->parser->myDoc);
        b->parser->myDoc = NULL;
        if (b->html)
            b->library->free_html(b->parser);
        else
            b->library->free_xml(b->parser);
    }
    qdx_buffer_append(&m->text, "", 0);
    if (m->text.failed)
        b->status = QDX_ERR_MEMORY;
}

static qdx_status fail(qdx_markup_builder *b, qdx_error *error)
{
    qdx_markup_clear(b->markup);
    if (b->status == QDX_ERR_MEMORY)
        return qdx_error_memory(error);
    return qdx_error_set(error, b->status, "%s", b->reason ? b->reason : "broken markup");
}

/*
 * Runs the parser. When memory runs out inside it, what it holds is in no state to be released and
 * is lost: a failed allocation is the end of the work anyway.
 */
static void parse(qdx_markup_builder *b, const char *text, size_t size)
{
    b->library->set_error_function(b, qdx_markup_events_problem); /* of this thread */
    if (setjmp(b->out_of_memory) != 0) {
        b->library->set_error_function(NULL, NULL);
        b->parsing = false;
        b->parser = NULL;
        b->status = QDX_ERR_MEMORY;
        return;
    }
    b->parsing = true;
    if (b->html)
        b->library->read_html(b->parser, text, (int)size, NULL, "UTF-8",
                              HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOWARNING |
                                  HTML_PARSE_IGNORE_ENC);
    else
        b->library->read_xml(b->parser, text, (int)size, NULL, "UTF-8",
                             XML_PARSE_NONET | XML_PARSE_NOWARNING);
    b->parsing = false;
    b->library->set_error_function(NULL, NULL);
}

qdx_status qdx_markup_parse_html(qdx_markup *markup, char *text, size_t size,
                                 const qdx_reader_options *limits, qdx_error *error)
{
    qdx_status status = qdx_tag_scan(text, &size, true, limits->max_tag_bytes, error);
    if (status != QDX_OK)
        return status;
    if (size > INT_MAX / 2)
        return qdx_error_set(error, QDX_ERR_LIMIT, "too much markup");
    scrub(text, size);
    qdx_markup_builder b;
    status = start(&b, markup, limits, true, error);
    if (status == QDX_ERR_UNSUPPORTED)
        return status;
    if (status == QDX_OK && size > 0)
        parse(&b, text, size);
    finish(&b);
    if (b.status == QDX_ERR_LIMIT && markup->truncated)
        b.status = QDX_OK; /* what was read so far stands, and the cut is reported */
    return b.status == QDX_OK ? QDX_OK : fail(&b, error);
}

qdx_status qdx_markup_parse_xml(qdx_markup *markup, char *text, size_t size,
                                const qdx_reader_options *limits, qdx_error *error)
{
    qdx_status status = qdx_tag_scan(text, &size, false, limits->max_tag_bytes, error);
    if (status != QDX_OK)
        return status;
    if (size > INT_MAX / 2)
        return qdx_error_set(error, QDX_ERR_LIMIT, "too much markup");
    scrub(text, size);
    qdx_markup_builder b;
    size_t skip = declaration_length(text, size);
    int lines = 0;
    for (size_t i = 0; i < skip; i++)
        lines += text[i] == '\n';
    status = start(&b, markup, limits, false, error);
    if (status == QDX_ERR_UNSUPPORTED)
        return status;
    if (status == QDX_OK)
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
