/*
 * Folding through one function that gives the folded form of one character, a table for ASCII and
 * a short one for letters that Unicode does not decompose but an English keyboard replaces.
 */
#include "text/fold.h"

#include <string.h>
#include <utf8proc.h>

#include "text/unicode.h"

enum { FOLDED_MAX = 24 }; /* bytes of one character's folded form; the longest (U+FDFA) is cut */

/* Characters whose customary replacement is no decomposition; sorted by code point. */
static const struct {
    uint16_t codepoint;
    char text[4];
} replacements[] = {
    {0x00AB, "\""}, {0x00AD, ""},   {0x00BB, "\""}, {0x00C6, "ae"}, {0x00D0, "d"},  {0x00D8, "o"},
    {0x00DE, "th"}, {0x00DF, "ss"}, {0x00E6, "ae"}, {0x00F0, "d"},  {0x00F8, "o"},  {0x00FE, "th"},
    {0x0110, "d"},  {0x0111, "d"},  {0x0126, "h"},  {0x0127, "h"},  {0x0131, "i"},  {0x0138, "k"},
    {0x0141, "l"},  {0x0142, "l"},  {0x014A, "n"},  {0x014B, "n"},  {0x0152, "oe"}, {0x0153, "oe"},
    {0x0166, "t"},  {0x0167, "t"},  {0x018F, "a"},  {0x0259, "a"},  {0x02B9, ""},   {0x02BA, ""},
    {0x02BB, "'"},  {0x02BC, "'"},  {0x02BE, "'"},  {0x02BF, "'"},  {0x02C8, "'"},  {0x1E9E, "ss"},
    {0x200B, ""},   {0x200C, ""},   {0x200D, ""},   {0x2010, "-"},  {0x2011, "-"},  {0x2012, "-"},
    {0x2013, "-"},  {0x2014, "-"},  {0x2015, "-"},  {0x2018, "'"},  {0x2019, "'"},  {0x201A, "'"},
    {0x201B, "'"},  {0x201C, "\""}, {0x201D, "\""}, {0x201E, "\""}, {0x2032, "'"},  {0x2212, "-"},
    {0xFEFF, ""},
};

static const char *replacement(uint32_t codepoint)
{
    size_t low = 0, high = sizeof replacements / sizeof replacements[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (replacements[middle].codepoint == codepoint)
            return replacements[middle].text;
        if (replacements[middle].codepoint < codepoint)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* The folded form of one non-ASCII character; returns its length in bytes. */
static size_t fold_codepoint(uint32_t codepoint, char out[FOLDED_MAX])
{
    const char *text = replacement(codepoint);
    if (text) {
        size_t n = strlen(text);
        memcpy(out, text, n);
        return n;
    }
    if (qdx_unicode_is_space(codepoint)) {
        out[0] = ' ';
        return 1;
    }
    utf8proc_int32_t parts[32];
    utf8proc_ssize_t count = utf8proc_decompose_char(
        (utf8proc_int32_t)codepoint, parts, 32,
        (utf8proc_option_t)(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                            UTF8PROC_STRIPMARK | UTF8PROC_IGNORE),
        NULL);
    size_t n = 0;
    for (utf8proc_ssize_t i = 0; i < count && i < 32 && n + 4 <= FOLDED_MAX; i++) {
        const char *again = parts[i] >= 0x80 ? replacement((uint32_t)parts[i]) : NULL;
        if (again) {
            size_t m = strlen(again);
            memcpy(out + n, again, m);
            n += m;
        } else {
            n += qdx_utf8_encode((uint32_t)parts[i], out + n);
        }
    }
    return n;
}

static char fold_ascii(unsigned char c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c + 32);
    if (c == '`')
        return '\'';
    return c >= '\t' && c <= '\r' ? ' ' : (char)c;
}

/* Folds ASCII from `p` on; returns where it ends. */
static const char *fold_ascii_run(const char *p, const char *end, qdx_buffer *out)
{
    const char *start = p;
    while (p < end && (unsigned char)*p < 0x80)
        p++;
    size_t begin = out->size;
    qdx_buffer_append(out, start, (size_t)(p - start));
    if (!out->failed)
        for (size_t i = begin; i < out->size; i++)
            out->bytes[i] = fold_ascii((unsigned char)out->bytes[i]);
    return p;
}

void qdx_fold(const char *bytes, size_t size, qdx_buffer *out)
{
    const char *p = bytes, *end = size ? bytes + size : bytes;
    while (p < end) {
        if ((unsigned char)*p < 0x80) {
            p = fold_ascii_run(p, end, out);
            continue;
        }
        uint32_t c;
        char folded[FOLDED_MAX];
        p += qdx_utf8_decode(p, end, &c);
        qdx_buffer_append(out, folded, fold_codepoint(c, folded));
    }
}

/* Bytes on their way into a hash, eight at a time. */
typedef struct hasher {
    uint64_t hash;
    uint64_t word;
    unsigned filled;
} hasher;

static inline void hasher_add(hasher *h, unsigned char byte)
{
    h->word |= (uint64_t)byte << (8 * h->filled);
    if (++h->filled == 8) {
        h->hash = qdx_hash_mix(h->hash, h->word);
        h->word = 0;
        h->filled = 0;
    }
}

static uint64_t each(unsigned char byte)
{
    return 0x0101010101010101u * byte;
}

/* The highest bit of each byte of a word that is at least `low`; all bytes are below 128. */
static uint64_t at_least(uint64_t word, unsigned char low)
{
    return (word + each((unsigned char)(128 - low))) & each(128);
}

static bool holds(uint64_t word, unsigned char byte)
{
    return at_least(word ^ each(byte), 1) != each(128);
}

/* Folds eight bytes at once. False when one of them is more than a letter to be lowered. */
static bool fold_eight(const char *bytes, uint64_t *folded)
{
    uint64_t word = 0;
    for (unsigned i = 0; i < 8; i++)
        word |= (uint64_t)(unsigned char)bytes[i] << (8 * i);
    if (word & each(128) || at_least(word, ' ') != each(128) || holds(word, '.') ||
        holds(word, '\'') || holds(word, '`'))
        return false;
    uint64_t capitals = at_least(word, 'A') & ~at_least(word, 'Z' + 1);
    *folded = word | capitals >> 2; /* 'a' is 'A' with the third bit from above set */
    return true;
}

uint64_t qdx_fold_hash(const char *bytes, size_t size)
{
    hasher h = {QDX_FOLD_HASH_SEED, 0, 0};
    const char *p = bytes, *end = size ? bytes + size : bytes;
    for (uint64_t word; end - p >= 8 && fold_eight(p, &word); p += 8)
        h.hash = qdx_hash_mix(h.hash, word);
    while (p < end) {
        unsigned char byte = (unsigned char)*p;
        if (byte < 0x80) {
            p++;
            if (byte != '.' && byte != '\'' && byte != '`')
                hasher_add(&h, (unsigned char)fold_ascii(byte));
            continue;
        }
        uint32_t c;
        char folded[FOLDED_MAX];
        p += qdx_utf8_decode(p, end, &c);
        size_t n = fold_codepoint(c, folded);
        for (size_t i = 0; i < n; i++)
            if (folded[i] != '.' && folded[i] != '\'')
                hasher_add(&h, (unsigned char)folded[i]);
    }
    return qdx_hash_mix(h.hash, h.word);
}
