/*
 * UTF-8 by hand, properties from utf8proc. Decoding follows the table of well-formed sequences in
 * RFC 3629, section 4, so that malformed input can never be read past its end.
 */
#include "text/unicode.h"

#include <string.h>
#include <utf8proc.h>

static bool is_tail(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

static size_t malformed(uint32_t *codepoint)
{
    *codepoint = QDX_REPLACEMENT;
    return 1;
}

size_t qdx_utf8_decode(const char *p, const char *end, uint32_t *codepoint)
{
    const unsigned char *s = (const unsigned char *)p;
    size_t left = (size_t)(end - p);
    if (s[0] < 0x80) {
        *codepoint = s[0];
        return 1;
    }
    if (s[0] >= 0xC2 && s[0] <= 0xDF && left >= 2 && is_tail(s[1])) {
        *codepoint = (uint32_t)(s[0] & 0x1F) << 6 | (s[1] & 0x3F);
        return 2;
    }
    if ((s[0] & 0xF0) == 0xE0 && left >= 3 && is_tail(s[1]) && is_tail(s[2])) {
        uint32_t c = (uint32_t)(s[0] & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 | (s[2] & 0x3F);
        if (c < 0x800 || (c >= 0xD800 && c <= 0xDFFF))
            return malformed(codepoint);
        *codepoint = c;
        return 3;
    }
    if (s[0] >= 0xF0 && s[0] <= 0xF4 && left >= 4 && is_tail(s[1]) && is_tail(s[2]) &&
        is_tail(s[3])) {
        uint32_t c = (uint32_t)(s[0] & 0x07) << 18 | (uint32_t)(s[1] & 0x3F) << 12 |
                     (uint32_t)(s[2] & 0x3F) << 6 | (s[3] & 0x3F);
        if (c < 0x10000 || c > 0x10FFFF)
            return malformed(codepoint);
        *codepoint = c;
        return 4;
    }
    return malformed(codepoint);
}

size_t qdx_utf8_decode_before(const char *start, const char *p, uint32_t *codepoint)
{
    for (size_t n = 1; n <= 4 && n <= (size_t)(p - start); n++) {
        const char *q = p - n;
        if (is_tail((unsigned char)*q))
            continue;
        if (qdx_utf8_decode(q, p, codepoint) == n)
            return n;
        break;
    }
    return malformed(codepoint);
}

size_t qdx_utf8_encode(uint32_t codepoint, char out[4])
{
    if (codepoint > 0x10FFFF || (codepoint >= 0xD800 && codepoint <= 0xDFFF))
        codepoint = QDX_REPLACEMENT;
    if (codepoint < 0x80) {
        out[0] = (char)codepoint;
        return 1;
    }
    size_t n = codepoint < 0x800 ? 2 : codepoint < 0x10000 ? 3 : 4;
    static const unsigned char leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = n - 1; i > 0; i--, codepoint >>= 6)
        out[i] = (char)(0x80 | (codepoint & 0x3F));
    out[0] = (char)(leads[n] | codepoint);
    return n;
}

void qdx_buffer_codepoint(qdx_buffer *buffer, uint32_t codepoint)
{
    char bytes[4];
    qdx_buffer_append(buffer, bytes, qdx_utf8_encode(codepoint, bytes));
}

static bool is_ascii_block(const char *p, size_t size)
{
    unsigned char seen = 0;
    for (size_t i = 0; i < size; i++)
        seen |= (unsigned char)p[i];
    return seen < 0x80;
}

/* Many bytes at a time while they are ASCII; returns where that ends. */
static const char *skip_ascii(const char *p, const char *end)
{
    enum { BLOCK = 64 /* known when compiled, so that it is a few wide instructions */ };
    while (end - p >= BLOCK && is_ascii_block(p, BLOCK))
        p += BLOCK;
    while (end - p >= 8) {
        uint64_t word;
        memcpy(&word, p, sizeof word);
        if (word & 0x8080808080808080u)
            break;
        p += 8;
    }
    while (p < end && (unsigned char)*p < 0x80)
        p++;
    return p;
}

bool qdx_utf8_valid(const char *bytes, size_t size)
{
    const char *p = bytes, *end = size ? bytes + size : bytes;
    while ((p = skip_ascii(p, end)) < end) {
        uint32_t c;
        size_t n = qdx_utf8_decode(p, end, &c);
        if (n == 1)
            return false;
        p += n;
    }
    return true;
}

size_t qdx_utf8_count(const char *bytes, size_t size)
{
    size_t count = 0;
    for (size_t i = 0; i < size; i++)
        count += !is_tail((unsigned char)bytes[i]);
    return count;
}

static utf8proc_category_t category(uint32_t codepoint)
{
    return utf8proc_category((utf8proc_int32_t)codepoint);
}

bool qdx_unicode_is_letter(uint32_t codepoint)
{
    if (codepoint < 0x80)
        return (codepoint | 0x20) - 'a' < 26;
    utf8proc_category_t c = category(codepoint);
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
}

bool qdx_unicode_is_upper(uint32_t codepoint)
{
    if (codepoint < 0x80)
        return codepoint - 'A' < 26;
    utf8proc_category_t c = category(codepoint);
    return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT;
}

bool qdx_unicode_is_lower(uint32_t codepoint)
{
    if (codepoint < 0x80)
        return codepoint - 'a' < 26;
    return category(codepoint) == UTF8PROC_CATEGORY_LL;
}

bool qdx_unicode_is_digit(uint32_t codepoint)
{
    if (codepoint < 0x80)
        return codepoint - '0' < 10;
    return category(codepoint) == UTF8PROC_CATEGORY_ND;
}

bool qdx_unicode_is_mark(uint32_t codepoint)
{
    if (codepoint < 0x300)
        return false;
    utf8proc_category_t c = category(codepoint);
    return c >= UTF8PROC_CATEGORY_MN && c <= UTF8PROC_CATEGORY_ME;
}

bool qdx_unicode_is_space(uint32_t codepoint)
{
    if (codepoint < 0x80)
        return codepoint == ' ' || (codepoint >= '\t' && codepoint <= '\r');
    if (codepoint == 0x85 || codepoint == 0x200B || codepoint == 0xFEFF)
        return true;
    utf8proc_category_t c = category(codepoint);
    return c >= UTF8PROC_CATEGORY_ZS && c <= UTF8PROC_CATEGORY_ZP;
}
