/*
 * Marked letters by a table of code points. One reading a letter: where languages disagree (ç is s
 * in French, ch in Turkish) the one that English spells differently stands here, since the other is
 * the letter without its mark or close to it.
 */
#include "text/name_mark.h"

#include <stdint.h>
#include <string.h>

#include "text/unicode.h"

/* Sorted by code point. */
static const struct {
    uint16_t codepoint;
    char spelled[3];
} letters[] = {
    {0x00C4, "ae"}, {0x00C7, "ch"}, {0x00D1, "ny"}, {0x00D6, "oe"}, {0x00D8, "oe"}, {0x00DC, "ue"},
    {0x00E4, "ae"}, {0x00E7, "ch"}, {0x00F1, "ny"}, {0x00F6, "oe"}, {0x00F8, "oe"}, {0x00FC, "ue"},
    {0x0104, "on"}, {0x0105, "on"}, {0x0106, "ch"}, {0x0107, "ch"}, {0x010C, "ch"}, {0x010D, "ch"},
    {0x0110, "dj"}, {0x0111, "dj"}, {0x0118, "en"}, {0x0119, "en"}, {0x011A, "ie"}, {0x011B, "ie"},
    {0x0143, "ny"}, {0x0144, "ny"}, {0x0147, "ny"}, {0x0148, "ny"}, {0x0150, "oe"}, {0x0151, "oe"},
    {0x0158, "rz"}, {0x0159, "rz"}, {0x015A, "sh"}, {0x015B, "sh"}, {0x015E, "sh"}, {0x015F, "sh"},
    {0x0160, "sh"}, {0x0161, "sh"}, {0x0162, "ts"}, {0x0163, "ts"}, {0x0170, "ue"}, {0x0171, "ue"},
    {0x0179, "zh"}, {0x017A, "zh"}, {0x017B, "zh"}, {0x017C, "zh"}, {0x017D, "zh"}, {0x017E, "zh"},
    {0x0218, "sh"}, {0x0219, "sh"}, {0x021A, "ts"}, {0x021B, "ts"},
};

static const char *spelling_of(uint32_t codepoint)
{
    size_t low = 0, high = sizeof letters / sizeof letters[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (letters[middle].codepoint == codepoint)
            return letters[middle].spelled;
        if (letters[middle].codepoint < codepoint)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

bool qdx_name_spell_marks(const char *bytes, size_t size, qdx_buffer *out)
{
    const char *p = bytes, *end = size ? bytes + size : bytes, *copied = p;
    while (p < end) {
        uint32_t c = (unsigned char)*p;
        const char *start = p;
        p += c < 0x80 ? 1 : qdx_utf8_decode(p, end, &c);
        const char *spelled = c < 0x80 ? NULL : spelling_of(c);
        if (!spelled)
            continue;
        qdx_buffer_append(out, copied, (size_t)(start - copied));
        qdx_buffer_text(out, spelled);
        copied = p;
    }
    if (copied == bytes)
        return false;
    qdx_buffer_append(out, copied, (size_t)(end - copied));
    return true;
}

void qdx_name_drop_marks(const char *romanized, qdx_buffer *out)
{
    static const char sounds[] = "SCJc", plain[] = "skzt";
    char last = 0;
    for (const char *p = romanized; *p; p++) {
        bool umlaut = *p == 'e' && last && strchr("aou", last);
        const char *sound = strchr(sounds, *p);
        char c = sound ? plain[sound - sounds] : *p;
        if (umlaut || c == last)
            continue;
        qdx_buffer_byte(out, c);
        last = c;
    }
}
