/*
 * Mojibake: two to four characters whose windows-1252 bytes are one UTF-8 character. A sequence is
 * "sure" when its first characters never stand together in writing ("â€œ", "Ã©"), "likely" when
 * they may ("Ã”" ends a Portuguese headline in quotation marks). Two sure ones prove the damage;
 * then the likely ones inside words are read back too, and the rest is left alone.
 */
#include "document/mojibake.h"

#include <stdint.h>
#include <string.h>

#include "document/encoding.h"
#include "text/unicode.h"

enum { PROOF = 2, LONGEST = 4 };

typedef enum certainty { NOTHING, LIKELY, SURE } certainty;

/* A damaged character: where it ends, what it was. */
typedef struct sequence {
    size_t length;
    char bytes[LONGEST];
    size_t byte_count;
    certainty certainty;
} sequence;

/* Quotation marks, dashes, ellipsis, no-break space: what may follow a capital in natural text. */
static bool is_loose_byte(uint8_t byte)
{
    static const char loose[] = "\x82\x84\x85\x8B\x91\x92\x93\x94\x96\x97\x9B\xA0\xBB";
    return memchr(loose, byte, sizeof loose - 1) != NULL;
}

static bool is_ascii_letter(const char *p, const char *end)
{
    return p < end && ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z'));
}

static size_t expected_bytes(uint8_t lead)
{
    return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
}

/* Reads as many windows-1252 bytes as the lead wants; false unless they are one character. */
static bool read_sequence(const char *p, const char *end, sequence *found)
{
    found->byte_count = found->length = 0;
    size_t wanted = 1;
    while (found->byte_count < wanted) {
        uint32_t c;
        if (p + found->length >= end)
            return false;
        found->length += qdx_utf8_decode(p + found->length, end, &c);
        uint8_t byte = qdx_windows1252_byte(c);
        if (found->byte_count == 0)
            wanted = expected_bytes(byte);
        else if ((byte & 0xC0) != 0x80)
            return false;
        found->bytes[found->byte_count++] = (char)byte;
    }
    return qdx_utf8_valid(found->bytes, found->byte_count);
}

static certainty judge(const sequence *found, const char *after, const char *end)
{
    uint8_t lead = (uint8_t)found->bytes[0];
    uint8_t next = (uint8_t)found->bytes[1];
    switch (lead) {
    case 0xE2: /* â€x â‚x â„x: punctuation, currency, letter-like signs */
        return next == 0x80 || next == 0x82 || next == 0x84 ? SURE : NOTHING;
    case 0xF0: /* ðŸxx: pictographs */
        return next == 0x9F ? SURE : NOTHING;
    case 0xC3: /* Ãx: Latin letters */
        if (!is_loose_byte(next))
            return SURE;
        return next == 0xA0 || is_ascii_letter(after, end) ? LIKELY : NOTHING;
    case 0xC2: /* Âx: signs; a plain Â before a mark is left alone */
        return next == 0xA0 ? LIKELY : next > 0xA0 && !is_loose_byte(next) ? SURE : NOTHING;
    case 0xC4: /* Äx Åx: Latin letters of the east, not after a natural capital */
    case 0xC5:
        return next < 0xA0 && !is_loose_byte(next) && is_ascii_letter(after, end) ? LIKELY
                                                                                  : NOTHING;
    case 0xD0: /* ÐxÑx: Cyrillic */
    case 0xD1:
        return LIKELY;
    default:
        return NOTHING;
    }
}

/* A Cyrillic pair counts as sure when another follows at once. */
static void raise_runs(const char *after, const char *end, sequence *found)
{
    sequence next;
    uint8_t lead = (uint8_t)found->bytes[0];
    if ((lead != 0xD0 && lead != 0xD1) || !read_sequence(after, end, &next))
        return;
    uint8_t second = (uint8_t)next.bytes[0];
    if (second == 0xD0 || second == 0xD1)
        found->certainty = SURE;
}

/* The next damaged character at or after `p`; NULL when there is none. All leads are C3 xx. */
static const char *next_sequence(const char *p, const char *end, sequence *found)
{
    while (p < end && (p = memchr(p, 0xC3, (size_t)(end - p))) != NULL) {
        if (read_sequence(p, end, found)) {
            found->certainty = judge(found, p + found->length, end);
            raise_runs(p + found->length, end, found);
            if (found->certainty != NOTHING)
                return p;
        }
        p++;
    }
    return NULL;
}

static bool proven(const char *text, const char *end)
{
    sequence found;
    unsigned sure = 0;
    for (const char *p = text; (p = next_sequence(p, end, &found)) != NULL; p += found.length)
        if (found.certainty == SURE && ++sure >= PROOF)
            return true;
    return false;
}

bool qdx_mojibake_repair(char *text, size_t *size)
{
    const char *end = text + *size;
    if (!proven(text, end))
        return false;
    char *out = text;
    const char *p = text;
    sequence found;
    for (const char *at; (at = next_sequence(p, end, &found)) != NULL; p = at + found.length) {
        memmove(out, p, (size_t)(at - p));
        out += at - p;
        memcpy(out, found.bytes, found.byte_count);
        out += found.byte_count;
    }
    memmove(out, p, (size_t)(end - p));
    out += end - p;
    *size = (size_t)(out - text);
    *out = '\0';
    return true;
}
