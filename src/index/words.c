/* Splitting for look-up. Not the analyzer's tokens: no offsets, no case, nothing but the words. */
#include "index/words.h"

#include <string.h>

#include "base/bits.h"
#include "text/fold.h"
#include "text/unicode.h"

void qdx_index_words_release(qdx_index_words *words)
{
    qdx_buffer_release(&words->folded);
    qdx_vector_release(&words->list);
}

/* Bits of the letters and digits among ASCII characters. */
static const uint64_t word_bits[2] = {0x03FF000000000000u, 0x07FFFFFE07FFFFFEu};

static inline bool is_word_byte(unsigned char byte)
{
    return word_bits[byte >> 6] >> (byte & 63) & 1;
}

static bool is_word(uint32_t c)
{
    if (c < 0x80)
        return is_word_byte((unsigned char)c);
    return qdx_unicode_is_letter(c) || qdx_unicode_is_digit(c) || qdx_unicode_is_mark(c);
}

/* The top bits of those of eight folded bytes that are no ASCII letters or digits. */
static inline uint64_t other_bytes(uint64_t bytes)
{
    const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    uint64_t low = bytes & ~tops;
    uint64_t letters = (low + ones * (0x80 - 'a')) & ~(low + ones * (0x80 - 'z' - 1));
    uint64_t digits = (low + ones * (0x80 - '0')) & ~(low + ones * (0x80 - '9' - 1));
    return (~(letters | digits) | bytes) & tops;
}

/* How many of eight folded bytes, from the first on, are ASCII letters or digits. */
static inline size_t plain_letters(uint64_t bytes)
{
    uint64_t others = other_bytes(bytes);
    return others ? (size_t)__builtin_ctzll(others) / 8 : 8;
}

/* Where the run of word characters that starts at `p` ends, in folded text. */
static const char *word_end(const char *p, const char *end)
{
    while (p < end) {
        if (end - p >= 8) {
            size_t n = plain_letters(qdx_load_u64(p));
            p += n;
            if (n == 8 || p == end)
                continue;
        }
        uint32_t c;
        unsigned char byte = (unsigned char)*p;
        if (byte < 0x80) {
            if (!is_word_byte(byte))
                break;
            p++;
            continue;
        }
        size_t n = qdx_utf8_decode(p, end, &c);
        if (!is_word(c))
            break;
        p += n;
    }
    return p;
}

/* Eight ASCII characters, the capitals among them made small. */
static inline uint64_t lower8(uint64_t bytes)
{
    uint64_t from_a = bytes + 0x3F3F3F3F3F3F3F3Fu, past_z = bytes + 0x2525252525252525u;
    return bytes | (from_a & ~past_z & 0x8080808080808080u) >> 2;
}

static inline char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* Copies ASCII characters, capitals made small, up to the first other one; returns how many. */
static size_t lower_ascii(const char *from, size_t size, char *to)
{
    size_t i = 0;
    for (; size - i >= 8; i += 8) {
        uint64_t bytes;
        memcpy(&bytes, from + i, sizeof bytes);
        if (bytes & 0x8080808080808080u)
            break;
        bytes = lower8(bytes);
        memcpy(to + i, &bytes, sizeof bytes);
    }
    for (; i < size && (unsigned char)from[i] < 0x80; i++)
        to[i] = lower(from[i]);
    return i;
}

/* Folds as far as the cutting of words can tell: blanks and marks among ASCII stay. */
static void fold(const char *text, size_t size, qdx_buffer *out)
{
    while (size) {
        if (!qdx_buffer_reserve(out, size))
            return;
        size_t n = lower_ascii(text, size, out->bytes + out->size);
        out->size += n;
        out->bytes[out->size] = '\0';
        text += n;
        size -= n;
        for (n = 0; n < size && (unsigned char)text[n] >= 0x80;)
            n++;
        if (n)
            qdx_fold(text, n, out);
        text += n;
        size -= n;
    }
}

/* Pulls "u.s." together into "us" in place, from the single letter at `p`; returns its new end. */
static char *join_letters(char *p, char *end, const char **rest)
{
    char *out = p + 1, *next = p + 1;
    while (end - next >= 2 && next[0] == '.' && word_end(next + 1, end) == next + 2) {
        *out++ = next[1];
        next += 2;
    }
    *rest = next;
    return out;
}

bool qdx_index_words_split(qdx_index_words *words, const char *text, size_t size)
{
    qdx_buffer_clear(&words->folded);
    qdx_vector_clear(&words->list);
    fold(text, size, &words->folded);
    if (words->folded.failed)
        return false;
    if (words->folded.size > UINT32_MAX || !words->folded.size)
        return !words->folded.size;
    char *base = words->folded.bytes, *end = base + words->folded.size;
    uint32_t position = 0;
    for (const char *p = base; p < end;) {
        if (*p == ' ') { /* most often */
            p++;
            continue;
        }
        size_t plain = end - p >= 8 ? plain_letters(qdx_load_u64(p)) : 8;
        bool over = plain && plain < 8 && (unsigned char)p[plain] < 0x80;
        const char *stop = over ? p + plain : word_end(p, end);
        if (stop == p) {
            uint32_t c;
            if (*p == '.' && end - p >= 3 && memcmp(p, "...", 3) == 0) {
                position++;
                p += 2;
            }
            p += (unsigned char)*p < 0x80 ? 1 : qdx_utf8_decode(p, end, &c);
            continue;
        }
        const char *rest = stop;
        char *first = base + (p - base);
        if (stop == p + 1)
            stop = join_letters(first, end, &rest);
        qdx_index_word word = {(uint32_t)(p - base), (uint32_t)(stop - p), position++};
        if (!qdx_vector_push(&words->list, word))
            return false;
        p = rest;
    }
    return true;
}

/* Folded characters as a key. */
static void put_key(const char *p, const char *end, qdx_buffer *out)
{
    size_t begin = out->size;
    bool blank = false;
    while (p < end) {
        const char *stop = word_end(p, end);
        if (stop > p) {
            if (blank && out->size > begin)
                qdx_buffer_byte(out, ' ');
            qdx_buffer_append(out, p, (size_t)(stop - p));
            blank = false;
            p = stop;
            continue;
        }
        uint32_t c;
        p += qdx_utf8_decode(p, end, &c);
        blank |= c != '.' && c != '\'';
    }
}

static bool is_ascii(const char *text, size_t size)
{
    uint64_t bytes, all = 0;
    for (; size >= 8; size -= 8, text += 8) {
        memcpy(&bytes, text, sizeof bytes);
        all |= bytes;
    }
    for (; size; size--)
        all |= (unsigned char)*text++;
    return !(all & 0x8080808080808080u);
}

/* Copies the word characters, at most eight, that ASCII text of `size` bytes begins with, capitals
 * made small; returns how many. There is room for eight. */
static inline size_t put_word(const char *from, size_t size, char *to)
{
    size_t n = 0;
    if (size < 8) {
        for (; n < size && is_word_byte((unsigned char)from[n]); n++)
            to[n] = lower(from[n]);
        return n;
    }
    uint64_t bytes;
    memcpy(&bytes, from, sizeof bytes);
    bytes = lower8(bytes);
    memcpy(to, &bytes, sizeof bytes);
    return plain_letters(qdx_load_u64(to));
}

/* Copies the words, parted by single blanks, that ASCII text begins with, as long as eight bytes of
 * it are nothing else; returns how many bytes. */
static size_t put_plain_words(const char *from, size_t size, char *to)
{
    const uint64_t tops = 0x8080808080808080u, blanks = 0x2020202020202020u;
    uint64_t blank_before = 0x80; /* a name begins with no blank */
    size_t i = 0;
    for (; size - i >= 8; i += 8) {
        uint64_t bytes = lower8(qdx_load_u64(from + i)), others = other_bytes(bytes);
        uint64_t unlike = bytes ^ blanks, blank = ~(((unlike & ~tops) + ~tops) | unlike) & tops;
        if (others != blank || blank & (blank << 8 | blank_before))
            break;
        qdx_store_u64(to + i, bytes);
        blank_before = blank >> 56;
    }
    return i;
}

/* The same for a name of ASCII characters alone; false, and nothing done, for others. */
static bool put_plain_key(const char *name, size_t size, qdx_buffer *out)
{
    if (!is_ascii(name, size))
        return false;
    if (!qdx_buffer_reserve(out, size))
        return true;
    char *begin = out->bytes + out->size, *to = begin;
    size_t plain = put_plain_words(name, size, to);
    to += plain;
    bool blank = plain && to[-1] == ' ';
    to -= blank;
    for (size_t i = plain; i < size;) {
        char *word = blank && to > begin ? to + 1 : to;
        size_t n = put_word(name + i, size - i, word);
        if (n) {
            if (word > to)
                *to = ' ';
            to = word + n;
            blank = false;
            i += n;
        } else {
            blank |= name[i] != '.' && name[i] != '\'' && name[i] != '`';
            i++;
        }
    }
    *to = '\0';
    out->size = (size_t)(to - out->bytes);
    return true;
}

void qdx_index_name_key(const char *name, size_t size, qdx_buffer *out)
{
    size_t begin = out->size;
    if (!put_plain_key(name, size, out)) {
        qdx_buffer folded = {0};
        qdx_fold(name, size, &folded);
        out->failed |= folded.failed;
        put_key(folded.bytes, folded.bytes ? folded.bytes + folded.size : NULL, out);
        qdx_buffer_release(&folded);
    }
    if (!out->failed && out->size - begin > 4 && memcmp(out->bytes + begin, "the ", 4) == 0) {
        memmove(out->bytes + begin, out->bytes + begin + 4, out->size - begin - 4 + 1);
        out->size -= 4;
    }
}
