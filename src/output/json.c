/*
 * JSON strings and numbers. Clean stretches are appended whole; only quotes, backslashes, controls,
 * the two line separators that JavaScript dislikes, and malformed bytes are written one by one.
 */
#include "output/json.h"

#include <inttypes.h>
#include <string.h>

#include "text/unicode.h"

#define REPLACEMENT_UTF8 "\xEF\xBF\xBD"

/* How an ASCII character is written: 0 as it is, 'u' as \u00xx, else after a backslash. */
static char escape_of(unsigned char c)
{
    switch (c) {
    case '"':
    case '\\':
        return (char)c;
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    default:
        return c < 0x20 || c == 0x7F ? 'u' : 0;
    }
}

static void write_escape(qdx_buffer *out, unsigned char c, char escape)
{
    if (escape == 'u') {
        qdx_buffer_format(out, "\\u%04x", c);
    } else {
        qdx_buffer_byte(out, '\\');
        qdx_buffer_byte(out, escape);
    }
}

/* Can a character outside ASCII not stand as it is? C1 controls are what terminals obey. */
static bool is_escaped(uint32_t codepoint, size_t length)
{
    return length == 1 || codepoint < 0xA0 || codepoint == 0x2028 || codepoint == 0x2029;
}

void qdx_json_string(qdx_buffer *out, const char *bytes, size_t size)
{
    const char *end = bytes + size, *clean = bytes;
    qdx_buffer_byte(out, '"');
    for (const char *p = bytes; p < end;) {
        unsigned char c = (unsigned char)*p;
        size_t length = 1;
        if (c < 0x80) {
            char escape = escape_of(c);
            if (escape) {
                qdx_buffer_append(out, clean, (size_t)(p - clean));
                write_escape(out, c, escape);
                clean = p + 1;
            }
        } else {
            uint32_t codepoint;
            length = qdx_utf8_decode(p, end, &codepoint);
            if (is_escaped(codepoint, length)) {
                qdx_buffer_append(out, clean, (size_t)(p - clean));
                if (length == 1)
                    qdx_buffer_text(out, REPLACEMENT_UTF8); /* a malformed byte */
                else
                    qdx_buffer_format(out, "\\u%04x", codepoint);
                clean = p + length;
            }
        }
        p += length;
    }
    qdx_buffer_append(out, clean, (size_t)(end - clean));
    qdx_buffer_byte(out, '"');
}

void qdx_json_text(qdx_buffer *out, const char *text)
{
    if (text)
        qdx_json_string(out, text, strlen(text));
    else
        qdx_buffer_text(out, "null");
}

void qdx_json_optional(qdx_buffer *out, const char *text)
{
    qdx_json_text(out, text && *text ? text : NULL);
}

void qdx_json_real(qdx_buffer *out, double value)
{
    if (!(value > -1e15 && value < 1e15)) {
        qdx_buffer_text(out, "null");
        return;
    }
    double magnitude = value < 0 ? -value : value;
    int64_t hundredths = (int64_t)(magnitude * 100 + 0.5);
    if (value < 0 && hundredths)
        qdx_buffer_byte(out, '-');
    qdx_buffer_format(out, "%" PRId64, hundredths / 100);
    int decimals = (int)(hundredths % 100);
    if (decimals % 10)
        qdx_buffer_format(out, ".%02d", decimals);
    else if (decimals)
        qdx_buffer_format(out, ".%d", decimals / 10);
}

void qdx_buffer_clean(qdx_buffer *out, const char *bytes, size_t size)
{
    const char *end = bytes + size, *clean = bytes;
    for (const char *p = bytes; p < end;) {
        uint32_t codepoint;
        size_t length = qdx_utf8_decode(p, end, &codepoint);
        if (length == 1 && (unsigned char)*p >= 0x80) {
            qdx_buffer_append(out, clean, (size_t)(p - clean));
            qdx_buffer_text(out, REPLACEMENT_UTF8);
            clean = p + 1;
        }
        p += length;
    }
    qdx_buffer_append(out, clean, (size_t)(end - clean));
}
