/* Splitting for look-up. Not the analyzer's tokens: no offsets, no case, nothing but the words. */
#include "index/words.h"

#include <string.h>

#include "text/fold.h"
#include "text/unicode.h"

void qdx_index_words_release(qdx_index_words *words)
{
    qdx_buffer_release(&words->folded);
    qdx_vector_release(&words->list);
}

static bool is_word(uint32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    return qdx_unicode_is_letter(c) || qdx_unicode_is_digit(c) || qdx_unicode_is_mark(c);
}

/* Where the run of word characters that starts at `p` ends. */
static const char *word_end(const char *p, const char *end)
{
    while (p < end) {
        uint32_t c;
        size_t n = qdx_utf8_decode(p, end, &c);
        if (!is_word(c))
            break;
        p += n;
    }
    return p;
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
    qdx_fold(text, size, &words->folded);
    if (words->folded.failed)
        return false;
    if (words->folded.size > UINT32_MAX || !words->folded.size)
        return !words->folded.size;
    char *base = words->folded.bytes, *end = base + words->folded.size;
    uint32_t position = 0;
    for (const char *p = base; p < end;) {
        const char *stop = word_end(p, end);
        if (stop == p) {
            uint32_t c;
            if (end - p >= 3 && memcmp(p, "...", 3) == 0) {
                position++;
                p += 2;
            }
            p += qdx_utf8_decode(p, end, &c);
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

void qdx_index_name_key(const char *name, size_t size, qdx_buffer *out)
{
    qdx_buffer folded = {0};
    qdx_fold(name, size, &folded);
    out->failed |= folded.failed;
    size_t begin = out->size;
    const char *p = folded.bytes, *end = p ? p + folded.size : p;
    bool blank = false;
    while (p < end) {
        uint32_t c;
        size_t n = qdx_utf8_decode(p, end, &c);
        if (is_word(c)) {
            if (blank && out->size > begin)
                qdx_buffer_byte(out, ' ');
            qdx_buffer_append(out, p, n);
            blank = false;
        } else if (c != '.' && c != '\'') {
            blank = true;
        }
        p += n;
    }
    if (!out->failed && out->size - begin > 4 && memcmp(out->bytes + begin, "the ", 4) == 0) {
        memmove(out->bytes + begin, out->bytes + begin + 4, out->size - begin - 4 + 1);
        out->size -= 4;
    }
    qdx_buffer_release(&folded);
}
