/*
 * Text fragments (WICG Scroll to Text Fragment): an address that leads to words in a page. Short
 * words are given whole; of long ones the first and the last few, so that what an attribution
 * interrupts is still found.
 */
#include <quotedex/output.h>
#include <string.h>

#include "base/buffer.h"

enum { WHOLE = 60, ENDS = 4 }; /* bytes given whole; words at each end of longer ones */

/* What is written, and what was only counted. */
typedef struct target {
    char *text;
    size_t size, used;
} target;

static void put(target *t, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++, t->used++)
        if (t->used + 1 < t->size)
            t->text[t->used] = bytes[i];
}

static bool is_plain(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
           c == '.' || c == '~';
}

static void put_encoded(target *t, const char *bytes, size_t size)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)bytes[i];
        const char code[] = {'%', digits[c >> 4], digits[c & 15]};
        if (is_plain(c))
            put(t, &bytes[i], 1);
        else
            put(t, code, sizeof code);
    }
}

/* Where the first `count` words end. */
static size_t first_words(const char *text, size_t size, unsigned count)
{
    size_t at = 0;
    while (count--) {
        at += at < size && text[at] == ' ';
        while (at < size && text[at] != ' ')
            at++;
    }
    return at;
}

/* Where the last `count` words begin. */
static size_t last_words(const char *text, size_t size, unsigned count)
{
    size_t at = size;
    while (count--) {
        at -= at > 0 && at < size;
        while (at > 0 && text[at - 1] != ' ')
            at--;
    }
    return at;
}

size_t qdx_text_fragment(const char *url, const char *words, char *text, size_t size)
{
    static const char gap[] = " \xE2\x80\xA6 "; /* where stretches of a quotation are joined */
    target t = {text, size, 0};
    size_t length = strlen(words);
    const char *first_gap = strstr(words, gap), *rest = words;
    for (const char *p = first_gap; p; p = strstr(rest, gap))
        rest = p + sizeof gap - 1;
    size_t opening = first_gap ? (size_t)(first_gap - words) : length;
    size_t closing = length - (size_t)(rest - words);
    put(&t, url, strlen(url));
    put(&t, strchr(url, '#') ? ":~:text=" : "#:~:text=", strchr(url, '#') ? 8 : 9);
    if (!first_gap && length <= WHOLE) {
        put_encoded(&t, words, length);
    } else {
        size_t end = last_words(rest, closing, ENDS);
        put_encoded(&t, words, first_words(words, opening, ENDS));
        put(&t, ",", 1);
        put_encoded(&t, rest + end, closing - end);
    }
    if (size)
        text[t.used < size ? t.used : size - 1] = '\0';
    return t.used;
}
