/*
 * A scanner for the few values of JSON-LD that matter here; no reader of JSON. It walks from string
 * to string, so that keys inside texts are never taken for members.
 */
#include "document/json_scan.h"

#include <string.h>

#include "text/unicode.h"

enum { INNER_STRINGS = 24 }; /* strings looked at for the inner key */

typedef struct json_scan {
    const char *at;
    const char *end;
} json_scan;

typedef struct json_string {
    const char *start;
    const char *end; /* of the bytes between the quotation marks */
} json_string;

static bool next_string(json_scan *s, json_string *out)
{
    const char *p = s->at;
    while (p < s->end && *p != '"')
        p++;
    if (p >= s->end)
        return false;
    out->start = ++p;
    while (p < s->end && *p != '"')
        p += *p == '\\' && p + 1 < s->end ? 2 : 1;
    if (p >= s->end)
        return false;
    out->end = p;
    s->at = p + 1;
    return true;
}

static char next_byte(json_scan *s)
{
    while (s->at < s->end && (*s->at == ' ' || (*s->at >= '\t' && *s->at <= '\r')))
        s->at++;
    return s->at < s->end ? *s->at : '\0';
}

static bool is(const json_string *string, const char *text)
{
    size_t n = (size_t)(string->end - string->start);
    return strlen(text) == n && memcmp(string->start, text, n) == 0;
}

static uint32_t read_hex(const char *p, const char *end)
{
    uint32_t value = 0;
    for (int i = 0; i < 4; i++, p++) {
        if (p >= end)
            return QDX_REPLACEMENT;
        const char *digits = "0123456789abcdef";
        const char *at = strchr(digits, *p >= 'A' && *p <= 'F' ? *p + 32 : *p);
        if (!*p || !at)
            return QDX_REPLACEMENT;
        value = value * 16 + (uint32_t)(at - digits);
    }
    return value;
}

/* The escape at `p` (after the backslash); returns where it ends. */
static const char *put_escape(const char *p, const char *end, qdx_buffer *out)
{
    if (*p != 'u') {
        static const char from[] = "nrtbf";
        qdx_buffer_byte(out, *p && strchr(from, *p) ? ' ' : *p);
        return p + 1;
    }
    uint32_t c = read_hex(p + 1, end);
    p = end - p > 5 ? p + 5 : end;
    if (c >= 0xD800 && c < 0xDC00 && end - p >= 6 && p[0] == '\\' && p[1] == 'u') {
        uint32_t low = read_hex(p + 2, end);
        if (low >= 0xDC00 && low < 0xE000) {
            c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
            p += 6;
        }
    }
    qdx_buffer_codepoint(out, c ? c : QDX_REPLACEMENT);
    return p;
}

static bool put_value(const json_string *value, qdx_buffer *out)
{
    qdx_buffer_clear(out);
    for (const char *p = value->start; p < value->end;) {
        if (*p == '\\' && p + 1 < value->end)
            p = put_escape(p + 1, value->end, out);
        else
            qdx_buffer_byte(out, *p++);
    }
    return out->size > 0 && !out->failed;
}

static bool scan_inner(json_scan s, const char *inner, qdx_buffer *out)
{
    json_string string;
    for (int i = 0; i < INNER_STRINGS && next_string(&s, &string); i++) {
        if (next_byte(&s) != ':' || !is(&string, inner))
            continue;
        s.at++;
        if (next_byte(&s) == '"' && next_string(&s, &string))
            return put_value(&string, out);
    }
    return false;
}

bool qdx_json_scan(const char *json, size_t size, const char *key, const char *inner,
                   qdx_buffer *out)
{
    json_scan s = {json, json + size};
    json_string string;
    while (next_string(&s, &string)) {
        if (next_byte(&s) != ':' || !is(&string, key))
            continue;
        s.at++;
        char first = next_byte(&s);
        if (first == '[') {
            s.at++;
            first = next_byte(&s);
        }
        if (first == '"' && next_string(&s, &string))
            return put_value(&string, out);
        if (first == '{' && inner && scan_inner(s, inner, out))
            return true;
    }
    return false;
}
