/*
 * The names that turn up in text which was escaped twice, or was put into JSON with its HTML. The
 * full list of HTML is the parser's; a rare name stays as it is written.
 */
#include "document/character_name.h"

#include <string.h>

#include "text/unicode.h"

static const struct name_row {
    const char *name;
    const char *text;
} name_rows[] = {
    {"quot;", "\""},
    {"amp;", "&"},
    {"lt;", "<"},
    {"gt;", ">"},
    {"apos;", "'"},
    {"nbsp;", " "},
    {"rsquo;", "\xE2\x80\x99"},
    {"lsquo;", "\xE2\x80\x98"},
    {"rdquo;", "\xE2\x80\x9D"},
    {"ldquo;", "\xE2\x80\x9C"},
    {"mdash;", "\xE2\x80\x94"},
    {"ndash;", "\xE2\x80\x93"},
    {"hellip;", "\xE2\x80\xA6"},
    {"laquo;", "\xC2\xAB"},
    {"raquo;", "\xC2\xBB"},
    {"bdquo;", "\xE2\x80\x9E"},
    {"sbquo;", "\xE2\x80\x9A"},
    {"lsaquo;", "\xE2\x80\xB9"},
    {"rsaquo;", "\xE2\x80\xBA"},
    {"copy;", "\xC2\xA9"},
    {"reg;", "\xC2\xAE"},
    {"trade;", "\xE2\x84\xA2"},
    {"euro;", "\xE2\x82\xAC"},
    {"pound;", "\xC2\xA3"},
    {"deg;", "\xC2\xB0"},
    {"middot;", "\xC2\xB7"},
    {"bull;", "\xE2\x80\xA2"},
    {"shy;", ""},
    {"agrave;", "\xC3\xA0"},
    {"aacute;", "\xC3\xA1"},
    {"acirc;", "\xC3\xA2"},
    {"auml;", "\xC3\xA4"},
    {"aring;", "\xC3\xA5"},
    {"aelig;", "\xC3\xA6"},
    {"ccedil;", "\xC3\xA7"},
    {"egrave;", "\xC3\xA8"},
    {"eacute;", "\xC3\xA9"},
    {"ecirc;", "\xC3\xAA"},
    {"euml;", "\xC3\xAB"},
    {"iacute;", "\xC3\xAD"},
    {"icirc;", "\xC3\xAE"},
    {"iuml;", "\xC3\xAF"},
    {"ntilde;", "\xC3\xB1"},
    {"oacute;", "\xC3\xB3"},
    {"ocirc;", "\xC3\xB4"},
    {"ouml;", "\xC3\xB6"},
    {"oslash;", "\xC3\xB8"},
    {"ugrave;", "\xC3\xB9"},
    {"uacute;", "\xC3\xBA"},
    {"ucirc;", "\xC3\xBB"},
    {"uuml;", "\xC3\xBC"},
    {"szlig;", "\xC3\x9F"},
    {"Eacute;", "\xC3\x89"},
    {"Auml;", "\xC3\x84"},
    {"Ouml;", "\xC3\x96"},
    {"Uuml;", "\xC3\x9C"},
    {"Aring;", "\xC3\x85"},
    {"Oslash;", "\xC3\x98"},
};

/* "#8217;", "#x2019;" from behind the "#". */
static const char *put_number(const char *p, const char *end, qdx_buffer *out)
{
    unsigned base = p < end && (*p == 'x' || *p == 'X') ? 16 : 10;
    uint32_t c = 0;
    p += base == 16;
    const char *digits = p;
    for (; p < end && *p != ';'; p++) {
        uint32_t digit = *p >= '0' && *p <= '9'   ? (uint32_t)(*p - '0')
                         : *p >= 'a' && *p <= 'f' ? (uint32_t)(*p - 'a') + 10
                         : *p >= 'A' && *p <= 'F' ? (uint32_t)(*p - 'A') + 10
                                                  : 99;
        if (digit >= base || p - digits > 6)
            return NULL;
        c = c * base + digit;
    }
    if (p == end || p == digits || c < ' ' || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
        return NULL;
    qdx_buffer_codepoint(out, c);
    return p + 1;
}

const char *qdx_character_name_put(const char *p, const char *end, qdx_buffer *out)
{
    if (p < end && *p == '#')
        return put_number(p + 1, end, out);
    for (size_t i = 0; i < sizeof name_rows / sizeof name_rows[0]; i++) {
        size_t n = strlen(name_rows[i].name);
        if ((size_t)(end - p) >= n && memcmp(p, name_rows[i].name, n) == 0) {
            qdx_buffer_text(out, name_rows[i].text);
            return p + n;
        }
    }
    return NULL;
}
