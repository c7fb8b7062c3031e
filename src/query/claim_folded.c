/*
 * What was folded when two texts were found to have the same words: told in kinds (case, dashes,
 * spaces), each once, from the words themselves and from what stands between them.
 */
#include <string.h>

#include "query/claim_text.h"
#include "text/unicode.h"

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
