/* Bodies. Whether a text is HTML is told by tags that no prose has; entities alone are mended too.
 */
#include "document/body.h"

#include <string.h>
#include <strings.h>

#include "document/article.h"
#include "document/html.h"
#include "document/metadata.h"
#include "document/plain.h"

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Does one of HTML's usual tags stand at the `<`? */
static bool is_tag(const char *p, const char *end)
{
    static const char tags[] =
        " p br div span h1 h2 h3 h4 h5 h6 a b i em strong u ul ol li blockquote q html body head "
        "article section figure img table tr td pre hr font center sup sub small header footer "
        "iframe script style title meta link ";
    char name[16];
    size_t n = 1;
    p += 1 + (end - p > 1 && p[1] == '/');
    name[0] = ' ';
    while (p < end && n < sizeof name - 2 && (is_letter(*p) || (n > 1 && *p >= '0' && *p <= '9')))
        name[n++] = (char)(*p++ | 0x20);
    name[n++] = ' ';
    name[n] = '\0';
    if (n < 3 || p >= end || !strchr(" >/\t\r\n", *p))
        return false;
    /* The digit of h1 lost nothing to the lower case: its bit is set already. */
    return strstr(tags, name) != NULL;
}

static bool has_tag(const char *text, size_t size)
{
    const char *end = text + size;
    for (const char *p = text; (p = memchr(p, '<', (size_t)(end - p))); p++)
        if (is_tag(p, end))
            return true;
    return false;
}

static bool is_page(const char *text, size_t size)
{
    size_t head = size < 4096 ? size : 4096;
    for (const char *p = text; (p = memchr(p, '<', head - (size_t)(p - text))); p++)
        if (strncasecmp(p, "<html", 5) == 0 || strncasecmp(p, "<body", 5) == 0 ||
            strncasecmp(p, "<!doctype html", 14) == 0)
            return true;
    return false;
}

/* "&amp;", "&#8220;": an entity or a character reference. */
static bool has_entity(const char *text, size_t size)
{
    const char *end = text + size;
    for (const char *p = text; (p = memchr(p, '&', (size_t)(end - p))); p++) {
        const char *q = p + 1;
        if (q < end && *q == '#')
            q++;
        const char *name = q;
        while (q < end && q - name < 10 && (is_letter(*q) || (*q >= '0' && *q <= '9')))
            q++;
        if (q > name + 1 && q < end && *q == ';')
            return true;
    }
    return false;
}

static qdx_status add_page(qdx_draft *draft, const char *text, size_t size,
                           const qdx_reader_options *limits, qdx_error *error)
{
    qdx_markup page = {0};
    qdx_buffer copy = {0};
    qdx_buffer_append(&copy, text, size);
    qdx_status status = qdx_buffer_status(&copy, error);
    if (status == QDX_OK)
        status = qdx_markup_parse_html(&page, copy.bytes, copy.size, limits, error);
    if (status == QDX_OK)
        status = qdx_metadata_read(&page, draft, error);
    if (status == QDX_OK)
        status = qdx_article_add(&page, draft, error);
    qdx_markup_release(&page);
    qdx_buffer_release(&copy);
    return status;
}

/* Text with entities and without tags keeps its lines inside <pre>. */
static qdx_status add_escaped(qdx_draft *draft, const char *text, size_t size,
                              const qdx_reader_options *limits, qdx_error *error)
{
    qdx_buffer wrapped = {0};
    qdx_buffer_text(&wrapped, "<pre>");
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '<')
            qdx_buffer_text(&wrapped, "&lt;");
        else
            qdx_buffer_byte(&wrapped, text[i]);
    }
    qdx_buffer_text(&wrapped, "</pre>");
    qdx_status status = qdx_buffer_status(&wrapped, error);
    if (status == QDX_OK)
        status = qdx_html_add_fragment(wrapped.bytes, wrapped.size, limits, draft, error);
    qdx_buffer_release(&wrapped);
    return status;
}

qdx_status qdx_body_add(qdx_draft *draft, const char *text, size_t size,
                        const qdx_reader_options *limits, qdx_error *error)
{
    if (size && has_tag(text, size))
        return is_page(text, size) ? add_page(draft, text, size, limits, error)
                                   : qdx_html_add_fragment(text, size, limits, draft, error);
    if (size && has_entity(text, size))
        return add_escaped(draft, text, size, limits, error);
    qdx_plain_add(draft, text, size, QDX_BLOCK_PARAGRAPH);
    return QDX_OK;
}

void qdx_body_add_title(qdx_draft *draft, const char *text, size_t size)
{
    if (!size)
        return;
    qdx_draft_open(draft, QDX_BLOCK_HEADING);
    qdx_draft_text(draft, text, size);
    qdx_draft_close(draft);
    qdx_metadata_set(draft, &draft->title, text, size);
}
