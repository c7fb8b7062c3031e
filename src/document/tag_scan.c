/*
 * Scans tags for their size and number of attributes, skipping comments, CDATA, instructions and,
 * in HTML, scripts and styles. It reads tags as the parser does, so that a quotation mark in an odd
 * place cannot hide one: a value is quoted only right after a name and "=". What is cut out of HTML
 * is cut in the same pass, by moving what is kept to the front.
 */
#include "document/tag_scan.h"

#include <string.h>
#include <strings.h>

enum { NAME_MAX_BYTES = 100 };

typedef struct tag_scan {
    const char *end;
    bool html;
    uint32_t attributes;
    char *out;             /* where the next bytes that are kept go */
    const char *kept_from; /* what is kept and not yet moved there */
    uint32_t cut_lines;
} tag_scan;

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The HTML parser takes no name beyond ASCII. */
static bool is_name_start(const tag_scan *s, char c)
{
    return is_letter(c) || c == '_' || c == ':' || c == '.' ||
           (!s->html && (unsigned char)c >= 0x80);
}

static bool is_name_byte(const tag_scan *s, char c)
{
    return is_name_start(s, c) || (c >= '0' && c <= '9') || c == '-';
}

static const char *skip_spaces(const tag_scan *s, const char *p)
{
    while (p < s->end && is_space(*p))
        p++;
    return p;
}

static const char *skip_to_space(const tag_scan *s, const char *p)
{
    while (p < s->end && !is_space(*p) && *p != '>')
        p++;
    return p;
}

/* The value after "=": quoted, or up to white space. */
static const char *skip_value(const tag_scan *s, const char *p)
{
    p = skip_spaces(s, p);
    if (p < s->end && (*p == '"' || *p == '\'')) {
        const char *close = memchr(p + 1, *p, (size_t)(s->end - p - 1));
        return close ? close + 1 : s->end;
    }
    return skip_to_space(s, p);
}

static const char *skip_attribute(const tag_scan *s, const char *p)
{
    if (!is_name_start(s, *p))
        return skip_to_space(s, p + 1);
    const char *name = p;
    while (p < s->end && is_name_byte(s, *p) && (!s->html || p - name < NAME_MAX_BYTES))
        p++;
    const char *after = skip_spaces(s, p);
    return after < s->end && *after == '=' ? skip_value(s, after + 1) : p;
}

/* After the ">" of the tag that opens at `p`; counts its attributes. */
static const char *skip_tag(tag_scan *s, const char *p)
{
    s->attributes = 0;
    p++;
    while (p < s->end && !is_space(*p) && *p != '>')
        p++;
    while ((p = skip_spaces(s, p)) < s->end && *p != '>') {
        p = skip_attribute(s, p);
        s->attributes++;
    }
    return p < s->end ? p + 1 : p;
}

/* After `close`; the end when it never comes. */
static const char *skip_past(const tag_scan *s, const char *p, const char *close)
{
    const char *at = memmem(p, (size_t)(s->end - p), close, strlen(close));
    return at ? at + strlen(close) : s->end;
}

/* "</script" in any case; the end when it never comes. */
static const char *find_close(const tag_scan *s, const char *p, const char *name)
{
    size_t n = strlen(name);
    while (p < s->end && (p = memchr(p, '<', (size_t)(s->end - p))) != NULL) {
        if ((size_t)(s->end - p) > n + 1 && p[1] == '/' && strncasecmp(p + 2, name, n) == 0)
            return p;
        p++;
    }
    return s->end;
}

/* In HTML, the content of these is no markup, or is not read. */
static const struct raw_row {
    const char *name;
    bool whole; /* a close must be there, or it is read as other elements are */
} raw_rows[] = {{"script", false}, {"style", false}, {"svg", true}, {"noscript", true}};

/* Where the content of the element that opens at `tag` ends, `p` being behind the tag. */
static const char *skip_raw(const tag_scan *s, const char *tag, const char *p)
{
    for (size_t i = 0; s->html && i < sizeof raw_rows / sizeof raw_rows[0]; i++) {
        size_t n = strlen(raw_rows[i].name);
        if ((size_t)(s->end - tag) <= n + 1 || (tag[1] | 0x20) != raw_rows[i].name[0] ||
            strncasecmp(tag + 1, raw_rows[i].name, n) != 0 || is_name_byte(s, tag[n + 1]))
            continue;
        if (p[-1] == '>' && p - tag > 1 && p[-2] == '/' && raw_rows[i].whole)
            return p;
        const char *close = find_close(s, p, raw_rows[i].name);
        return close == s->end && raw_rows[i].whole ? p : close;
    }
    return p;
}

/* Is it read all the same? */
static bool is_data(const char *tag, const char *end)
{
    return memmem(tag, (size_t)(end - tag), "ld+json", 7) != NULL;
}

/* After "-->", or "--!>" as the HTML parser takes it; `p` is after "<!" so that "<!-->" is closed.
 */
static const char *skip_comment(const tag_scan *s, const char *p)
{
    for (const char *q = p; (q = memchr(q, '>', (size_t)(s->end - q))) != NULL; q++) {
        bool plain = q - p >= 2 && q[-1] == '-' && q[-2] == '-';
        bool odd = q - p >= 5 && q[-1] == '!' && q[-2] == '-' && q[-3] == '-';
        if (plain || (s->html && odd))
            return q + 1;
    }
    return s->end;
}

static const char *skip_declaration(const tag_scan *s, const char *p)
{
    size_t left = (size_t)(s->end - p);
    if (left >= 4 && memcmp(p, "<!--", 4) == 0)
        return skip_comment(s, p + 2);
    if (!s->html && left >= 9 && memcmp(p, "<![CDATA[", 9) == 0)
        return skip_past(s, p + 9, "]]>");
    if (!s->html && p[1] == '?')
        return skip_past(s, p + 2, "?>");
    return skip_past(s, p, ">");
}

static uint32_t count_lines(const char *p, const char *end)
{
    uint32_t n = 0;
    while (p < end && (p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
        n++;
        p++;
    }
    return n;
}

/* Leaves the bytes from `from` to `to` out of what is kept. */
static void cut(tag_scan *s, const char *from, const char *to)
{
    size_t kept = (size_t)(from - s->kept_from);
    if (s->out != s->kept_from)
        memmove(s->out, s->kept_from, kept);
    s->out += kept;
    s->kept_from = to;
    s->cut_lines += count_lines(from, to);
}

static qdx_status too_large(const tag_scan *s, const char *text, const char *p, const char *what,
                            qdx_error *error)
{
    uint32_t line = 1 + s->cut_lines + count_lines(text, s->out) + count_lines(s->kept_from, p);
    qdx_error_set(error, QDX_ERR_LIMIT, "%s", what);
    qdx_error_at(error, NULL, line);
    return QDX_ERR_LIMIT;
}

static const char *scan_declaration(tag_scan *s, const char *p)
{
    const char *after = skip_declaration(s, p);
    if (s->html && s->end - p >= 4 && memcmp(p, "<!--", 4) == 0)
        cut(s, p, after);
    return after;
}

static const char *scan_raw(tag_scan *s, const char *tag, const char *p)
{
    const char *after = skip_raw(s, tag, p);
    if (after > p && !is_data(tag, p))
        cut(s, p, after);
    return after;
}

qdx_status qdx_tag_scan(char *text, size_t *size, bool html, uint32_t max_tag, qdx_error *error)
{
    tag_scan s = {text + *size, html, 0, text, text, 0};
    const char *p = text;
    while (p < s.end && (p = memchr(p, '<', (size_t)(s.end - p))) != NULL) {
        const char *tag = p;
        if (s.end - p < 2)
            break;
        if (p[1] == '!' || p[1] == '?') {
            p = scan_declaration(&s, p);
            continue;
        }
        if (!is_name_start(&s, p[1]) && p[1] != '/') {
            p++;
            continue;
        }
        p = skip_tag(&s, p);
        if ((size_t)(p - tag) > max_tag)
            return too_large(&s, text, tag, "a tag is too large", error);
        if (s.attributes > QDX_TAG_ATTRIBUTES_MAX)
            return too_large(&s, text, tag, "a tag has too many attributes", error);
        p = scan_raw(&s, tag, p);
    }
    cut(&s, s.end, s.end);
    *size = (size_t)(s.out - text);
    text[*size] = '\0';
    return QDX_OK;
}
