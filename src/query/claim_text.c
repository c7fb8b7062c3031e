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

/* What may differ between texts of equal words; the order is that of the report. */
enum difference {
    CASE,
    ACCENTS,
    ABBREVIATIONS,
    APOSTROPHES,
    QUOTES,
    DASHES,
    GAPS,
    SPACES,
    MARKS,
    KINDS
};

static const char *const difference_names[KINDS] = {
    "case",        "accents",         "periods of abbreviations",
    "apostrophes", "quotation marks", "dashes",
    "ellipsis",    "spaces",          "punctuation"};

static bool is_quote_mark(uint32_t c)
{
    return c == '"' || (c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0xBB || c == 0x2039 ||
           c == 0x203A || c == '\'' || c == '`';
}

static bool is_dash(uint32_t c)
{
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

/* The kind of a character between words. */
static enum difference kind_of(uint32_t c)
{
    return qdx_unicode_is_space(c) ? SPACES
           : is_quote_mark(c)      ? QUOTES
           : is_dash(c)            ? DASHES
           : c == 0x2026           ? GAPS
                                   : MARKS;
}

/* Counts the characters of each kind in what stands between words, and hashes those that matter. */
static void weigh(const char *p, const char *end, uint64_t sums[KINDS])
{
    while (p < end) {
        uint32_t c;
        size_t length = qdx_utf8_decode(p, end, &c);
        if (end - p >= 3 && memcmp(p, "...", 3) == 0) {
            c = 0x2026;
            length = 3;
            sums[GAPS] += 1; /* three periods are not the one sign */
        }
        enum difference kind = kind_of(c);
        sums[kind] = sums[kind] * 1000003 + c;
        p += length;
    }
}

static void compare_between(const char *a, const char *a_end, const char *b, const char *b_end,
                            bool differs[KINDS])
{
    uint64_t x[KINDS] = {0}, y[KINDS] = {0};
    size_t size = (size_t)(a_end - a);
    if (size == (size_t)(b_end - b) && (size == 0 || memcmp(a, b, size) == 0))
        return;
    weigh(a, a_end, x);
    weigh(b, b_end, y);
    bool any = false;
    for (int kind = 0; kind < KINDS; kind++) {
        differs[kind] |= x[kind] != y[kind];
        any |= x[kind] != y[kind];
    }
    differs[MARKS] |= !any; /* the same signs in another order */
}

static bool same_but_case(const char *a, const char *b, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        char x = a[i], y = b[i];
        x = x >= 'A' && x <= 'Z' ? (char)(x + 32) : x;
        y = y >= 'A' && y <= 'Z' ? (char)(y + 32) : y;
        if (x != y)
            return false;
    }
    return true;
}

static bool has_apostrophe(const char *bytes, size_t size, bool curly)
{
    for (size_t i = 0; i < size; i++)
        if (curly ? size - i >= 3 && memcmp(bytes + i, "\xE2\x80\x99", 3) == 0 : bytes[i] == '\'')
            return true;
    return false;
}

static void compare_word(const qdx_claim_text *a, const qdx_claim_word *x, const qdx_claim_text *b,
                         const qdx_claim_word *y, bool differs[KINDS])
{
    const char *p = a->bytes + x->start, *q = b->bytes + y->start;
    size_t n = x->end - x->start, m = y->end - y->start;
    if (n == m && memcmp(p, q, n) == 0)
        return;
    bool explained = false;
    if (x->end - x->start <= 3 && is_dash((unsigned char)*p == 0xE2 ? 0x2212 : (unsigned char)*p))
        differs[DASHES] = explained = true; /* a minus */
    if (x->initials != y->initials)
        differs[ABBREVIATIONS] = explained = true;
    if (has_apostrophe(p, n, false) != has_apostrophe(q, m, false) ||
        has_apostrophe(p, n, true) != has_apostrophe(q, m, true))
        differs[APOSTROPHES] = explained = true;
    if (x->upper != y->upper || x->lower != y->lower || (n == m && same_but_case(p, q, n)))
        differs[CASE] = explained = true;
    differs[ACCENTS] |= !explained;
}

void qdx_claim_put_folded(const qdx_claim_text *a, const qdx_claim_text *b, qdx_buffer *out)
{
    bool differs[KINDS] = {false};
    size_t count = a->words.count, x = 0, y = 0;
    for (size_t i = 0; i <= count; i++) {
        bool last = i == count;
        const qdx_claim_word *v = last ? NULL : &a->words.items[i];
        const qdx_claim_word *w = last ? NULL : &b->words.items[i];
        compare_between(a->bytes + x, a->bytes + (last ? a->size : v->start), b->bytes + y,
                        b->bytes + (last ? b->size : w->start), differs);
        if (last)
            break;
        compare_word(a, v, b, w, differs);
        x = v->end;
        y = w->end;
    }
    bool any = false;
    for (int kind = 0; kind < KINDS; kind++)
        if (differs[kind]) {
            qdx_buffer_text(out, any ? ", " : "");
            qdx_buffer_text(out, difference_names[kind]);
            any = true;
        }
}
