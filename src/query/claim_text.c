/*
 * Splitting and comparing for checks. Stricter than the words of the index, which are made to be
 * found: here "it's" is not "its", "3.5" not "35", "US" not "us", and % $ & and signs before
 * numbers count.
 */
#include "query/claim_text.h"

#include <string.h>

#include "text/fold.h"
#include "text/unicode.h"

void qdx_claim_text_release(qdx_claim_text *text)
{
    qdx_buffer_release(&text->folded);
    qdx_vector_release(&text->words);
}

static bool is_word_char(uint32_t c)
{
    return qdx_unicode_is_letter(c) || qdx_unicode_is_digit(c) || qdx_unicode_is_mark(c);
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x2BC || c == '`' || c == 0xB4;
}

/* Signs that are words of their own: money, shares, sums. */
static bool is_sign(uint32_t c)
{
    static const uint32_t signs[] = {'%',  '$',  '&',    '@',    '#',    '+',  '=',  '<',   '>',
                                     0xA2, 0xA3, 0xA5,   0xA7,   0xB0,   0xB1, 0xBC, 0xBD,  0xBE,
                                     0xD7, 0xF7, 0x20AC, 0x2030, 0x20B9, 0xB2, 0xB3, 0x20BD};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (c == signs[i])
            return true;
    return false;
}

/* A place in a text. */
typedef struct reading {
    const char *start, *p, *end;
} reading;

static uint32_t char_at(const reading *r, const char *p, size_t *length)
{
    uint32_t c = 0;
    *length = p < r->end ? qdx_utf8_decode(p, r->end, &c) : 0;
    return c;
}

/* Does the character at `p`, `length` long, hold together what stands on both sides of it? */
static bool joins(const reading *r, const char *p, uint32_t c, size_t length)
{
    uint32_t before = 0, after;
    size_t n;
    if (p == r->start)
        return false;
    qdx_utf8_decode_before(r->start, p, &before);
    after = char_at(r, p + length, &n);
    if (is_apostrophe(c))
        return qdx_unicode_is_letter(before) && qdx_unicode_is_letter(after);
    return (c == '.' || c == ',') && qdx_unicode_is_digit(before) && qdx_unicode_is_digit(after);
}

/* Where initials with periods end ("U.S.", "e.g."), p itself when there are none. */
static const char *initials_end(const reading *r, const char *p)
{
    const char *at = p;
    unsigned letters = 0;
    for (;;) {
        size_t length, n;
        uint32_t c = char_at(r, at, &length);
        if (!qdx_unicode_is_letter(c) || char_at(r, at + length, &n) != '.')
            break;
        at += length + n;
        letters++;
    }
    size_t n;
    bool more = is_word_char(char_at(r, at, &n)); /* "U.S.A" without its last period */
    if (letters && more) {
        size_t after;
        if (!is_word_char(char_at(r, at + n, &after))) {
            at += n;
            letters++;
        }
    }
    return letters >= 2 ? at : p;
}

static const char *word_end(const reading *r, const char *p)
{
    while (p < r->end) {
        size_t length;
        uint32_t c = char_at(r, p, &length);
        if (!is_word_char(c) && !joins(r, p, c, length))
            break;
        p += length;
    }
    return p;
}

/* A minus right before a number, with nothing right before it. */
static bool is_minus(const reading *r, uint32_t c, size_t length)
{
    uint32_t before = ' ';
    size_t n;
    if (c != '-' && c != 0x2212 && c != 0x2013)
        return false;
    if (r->p > r->start)
        qdx_utf8_decode_before(r->start, r->p, &before);
    return (qdx_unicode_is_space(before) || before == '(') &&
           qdx_unicode_is_digit(char_at(r, r->p + length, &n));
}

/* Notes the case of a word, and folds it: periods of initials go. */
static bool add_word(qdx_claim_text *text, const reading *r, const char *end, bool initials)
{
    qdx_claim_word word = {.start = (uint32_t)(r->p - r->start),
                           .end = (uint32_t)(end - r->start),
                           .folded = (uint32_t)text->folded.size,
                           .initials = initials};
    for (const char *p = r->p; p < end;) {
        size_t length;
        uint32_t c = char_at(r, p, &length);
        word.upper |= qdx_unicode_is_upper(c);
        word.lower |= qdx_unicode_is_lower(c);
        if (!(initials && c == '.'))
            qdx_fold(p, length, &text->folded);
        p += length;
    }
    word.size = (uint32_t)(text->folded.size - word.folded);
    for (uint32_t i = 0; i < word.size && !text->folded.failed; i++)
        word.letters |= 1u << ((unsigned char)text->folded.bytes[word.folded + i] & 31);
    return !text->folded.failed && qdx_vector_push(&text->words, word);
}

static void note_case(qdx_claim_text *text)
{
    size_t capitals = 0, others = 0;
    bool upper = false;
    for (size_t i = 0; i < text->words.count; i++) {
        const qdx_claim_word *word = &text->words.items[i];
        capitals += word->upper && !word->lower;
        others += word->lower;
        upper |= word->upper;
    }
    text->one_case = !upper || capitals > others;
}

bool qdx_claim_text_split(qdx_claim_text *text, const char *bytes, size_t size)
{
    reading r = {bytes, bytes, bytes + size};
    qdx_buffer_clear(&text->folded);
    qdx_vector_clear(&text->words);
    text->bytes = bytes;
    text->size = size;
    if (size > UINT32_MAX / 4)
        return false;
    while (r.p < r.end) {
        size_t length;
        uint32_t c = char_at(&r, r.p, &length);
        const char *end = r.p;
        bool initials = false;
        if (is_word_char(c)) {
            end = initials_end(&r, r.p);
            initials = end > r.p;
            if (!initials)
                end = word_end(&r, r.p);
        } else if (is_sign(c) || is_minus(&r, c, length)) {
            end = r.p + length;
        }
        if (end > r.p && !add_word(text, &r, end, initials))
            return false;
        r.p = end > r.p ? end : r.p + length;
    }
    note_case(text);
    return true;
}

/* Words that in capitals are the name of something else. */
static bool has_other_name(const qdx_claim_text *text, const qdx_claim_word *word)
{
    static const char *const words[] = {"aids", "care", "era", "ice",  "it", "nice",
                                        "now",  "salt", "she", "star", "us", "who"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i]) == word->size &&
            memcmp(words[i], text->folded.bytes + word->folded, word->size) == 0)
            return true;
    return false;
}

/* Where the run of blanks that starts at `p` ends, and whether it breaks a line. */
static const char *blanks_end(const char *p, const char *end, bool *breaks)
{
    *breaks = false;
    for (; p < end && strchr(" \t\r\n", *p) && *p; p++)
        *breaks |= *p == '\n' || *p == '\r';
    return p;
}

bool qdx_claim_texts_same(const qdx_claim_text *a, const qdx_claim_text *b)
{
    const char *p = a->bytes, *q = b->bytes, *p_end = p + a->size, *q_end = q + b->size;
    while (p < p_end && q < q_end) {
        bool p_breaks, q_breaks;
        const char *p_next = blanks_end(p, p_end, &p_breaks),
                   *q_next = blanks_end(q, q_end, &q_breaks);
        if (p_next > p && q_next > q && (p_breaks || q_breaks)) {
            p = p_next;
            q = q_next;
        } else if (*p++ != *q++) {
            return false;
        }
    }
    return p == p_end && q == q_end;
}

static bool is_acronym(const qdx_claim_text *text, const qdx_claim_word *word)
{
    return (word->initials || (word->upper && !word->lower)) && has_other_name(text, word);
}

bool qdx_claim_words_equal(const qdx_claim_text *a, size_t i, const qdx_claim_text *b, size_t k)
{
    const qdx_claim_word *x = &a->words.items[i], *y = &b->words.items[k];
    if (x->size != y->size || x->letters != y->letters ||
        memcmp(a->folded.bytes + x->folded, b->folded.bytes + y->folded, x->size) != 0)
        return false;
    if (a->one_case || b->one_case)
        return true; /* case tells nothing there */
    return !(is_acronym(a, x) && !y->upper) && !(is_acronym(b, y) && !x->upper);
}

/* Edit distance up to 2, with neighbours swapped as one edit; 3 stands for more. */
static unsigned slips(const char *a, size_t n, const char *b, size_t m)
{
    enum { MOST = 40 };
    unsigned rows[3][MOST + 1];
    if (n > MOST || m > MOST || (n > m ? n - m : m - n) > 2)
        return 3;
    for (size_t k = 0; k <= m; k++)
        rows[0][k] = (unsigned)k;
    for (size_t i = 1; i <= n; i++) {
        unsigned *row = rows[i % 3], *before = rows[(i - 1) % 3], *earlier = rows[(i + 1) % 3];
        row[0] = (unsigned)i;
        for (size_t k = 1; k <= m; k++) {
            unsigned best = before[k - 1] + (a[i - 1] != b[k - 1]);
            best = before[k] + 1 < best ? before[k] + 1 : best;
            best = row[k - 1] + 1 < best ? row[k - 1] + 1 : best;
            if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1] &&
                earlier[k - 2] + 1 < best)
                best = earlier[k - 2] + 1;
            row[k] = best;
        }
    }
    return rows[n % 3][m] > 2 ? 3 : rows[n % 3][m];
}

bool qdx_claim_words_close(const qdx_claim_text *a, size_t i, const qdx_claim_text *b, size_t k)
{
    const qdx_claim_word *x = &a->words.items[i], *y = &b->words.items[k];
    size_t size = x->size > y->size ? x->size : y->size;
    unsigned allowed = size >= 8 ? 2 : size >= 4 ? 1 : 0;
    if ((unsigned)__builtin_popcount(x->letters ^ y->letters) > 2 * allowed)
        return false; /* an edit changes two letters at most */
    return allowed && slips(a->folded.bytes + x->folded, x->size, b->folded.bytes + y->folded,
                            y->size) <= allowed;
}

bool qdx_claim_words_at(const qdx_claim_text *a, const qdx_claim_text *b, size_t at)
{
    if (a->words.count > b->words.count - at)
        return false;
    for (size_t i = 0; i < a->words.count; i++)
        if (!qdx_claim_words_equal(a, i, b, at + i))
            return false;
    return true;
}
