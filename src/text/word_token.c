/*
 * Words and numbers that a plain run of letters and digits does not settle: apostrophes, hyphens'
 * neighbours, acronyms, initials, addresses, letters beyond ASCII. Looks at the text character by
 * character; what is common and simple never comes here.
 */
#include <string.h>

#include "text/scanner.h"

static bool is_word_codepoint(uint32_t c)
{
    return qdx_unicode_is_letter(c) || qdx_unicode_is_digit(c) || qdx_unicode_is_mark(c) ||
           c == 0xAD || c == 0x200D || c == 0x200C;
}

static bool letter_at(const qdx_scanner *s, const char *at)
{
    if (at < s->end && (unsigned char)*at < 0x80)
        return (qdx_byte_class(*at) & QDX_BYTE_LETTER) != 0;
    size_t n;
    uint32_t c = qdx_scanner_peek(s, at, &n);
    return n && qdx_unicode_is_letter(c);
}

static bool upper_at(const qdx_scanner *s, const char *at)
{
    if (at < s->end && (unsigned char)*at < 0x80)
        return (qdx_byte_class(*at) & QDX_BYTE_UPPER) != 0;
    size_t n;
    uint32_t c = qdx_scanner_peek(s, at, &n);
    return n && qdx_unicode_is_upper(c);
}

size_t qdx_scanner_apostrophe(const qdx_scanner *s, const char *at)
{
    if (at >= s->end)
        return 0;
    if (*at == '\'')
        return 1;
    if ((unsigned char)*at < 0x80)
        return 0;
    size_t n;
    uint32_t c = qdx_scanner_peek(s, at, &n);
    return c == 0x2019 || c == 0x02BC || c == 0x2BB || c == 0x02BF || c == 0x02BE ? n : 0;
}

bool qdx_scanner_is_possessive(const qdx_scanner *s, const char *at, size_t apostrophe)
{
    const char *next = at + apostrophe;
    if (next >= s->end || (*next | 0x20) != 's')
        return false;
    if (next + 1 >= s->end || (unsigned char)next[1] < 0x80)
        return next + 1 >= s->end || !(qdx_byte_class(next[1]) & QDX_BYTE_PLAIN);
    size_t n;
    uint32_t c = qdx_scanner_peek(s, next + 1, &n);
    return !n || !is_word_codepoint(c);
}

/* A run of word characters from `at`. */
static const char *skip_run(const qdx_scanner *s, const char *at, bool *multibyte)
{
    while (at < s->end) {
        if ((unsigned char)*at < 0x80) {
            if (!(qdx_byte_class(*at) & QDX_BYTE_WORD))
                break;
            at++;
            continue;
        }
        size_t n;
        uint32_t c = qdx_scanner_peek(s, at, &n);
        if (!is_word_codepoint(c))
            break;
        *multibyte = true;
        at += n;
    }
    return at;
}

/* Digits with separators between digits: 1,000.50 or 10:30. */
static const char *skip_number(const qdx_scanner *s, const char *at)
{
    while (at < s->end) {
        if ((unsigned)((unsigned char)*at - '0') < 10)
            at++;
        else if ((*at == ',' || *at == '.' || *at == ':') && at + 1 < s->end &&
                 (unsigned)((unsigned char)at[1] - '0') < 10)
            at += 2;
        else
            break;
    }
    return at;
}

static size_t codepoints(const char *start, const char *end)
{
    return qdx_utf8_count(start, (size_t)(end - start));
}

/* "U.S.", "a.m.", "J.K.": single letters each followed by a period. Returns the end, or `start`. */
static const char *skip_acronym(const qdx_scanner *s, const char *start)
{
    const char *at = start;
    unsigned letters = 0;
    while (letter_at(s, at)) {
        size_t n;
        qdx_scanner_peek(s, at, &n);
        if (at + n >= s->end || at[n] != '.')
            break;
        at += n + 1;
        letters++;
    }
    if (letters >= 2)
        return letter_at(s, at) && !upper_at(s, at) ? start : at;
    return start;
}

/* An upper-case letter and a period before another capital: an initial. */
static bool initial_at(const qdx_scanner *s, const char *start, const char *end)
{
    if (end >= s->end || *end != '.' || codepoints(start, end) != 1 || !upper_at(s, start))
        return false;
    const char *next = end + 1;
    while (next < s->end && (qdx_byte_class(*next) & QDX_BYTE_BLANK))
        next++;
    if (!upper_at(s, next))
        return false;
    if (*start != 'I')
        return true;
    /* "and I. Then …" is a pronoun; "Vladimir I. Lenin" is not. */
    const qdx_token *before =
        s->text->tokens.count ? &s->text->tokens.items[s->text->tokens.count - 1] : NULL;
    return before && before->kind == QDX_TOKEN_WORD && (before->flags & QDX_TOKEN_CAPITAL);
}

/* A domain, URL or e-mail address around the word that ends at `end`; returns its end or `end`. */
static const char *skip_address(const qdx_scanner *s, const char *start, const char *end)
{
    bool url = end - start <= 5 && end + 2 < s->end && memcmp(end, "://", 3) == 0;
    bool mail = end < s->end && *end == '@' && letter_at(s, end + 1);
    bool domain = end + 2 < s->end && *end == '.' && (unsigned)(end[1] - 'a') < 26 &&
                  (unsigned)(end[-1] - 'a') < 26 && (unsigned)(end[2] - 'a') < 26;
    if (!url && !mail && !domain)
        return end;
    const char *at = end;
    while (at < s->end && (unsigned char)*at > ' ' && !memchr("<>\"()[]{}", *at, 9) &&
           (unsigned char)*at < 0x80)
        at++;
    while (at > end && memchr(".,;:!?'", at[-1], 7))
        at--;
    return at;
}

/* The case of a character as classes of bytes; 0 when it is no letter. */
static unsigned case_of(uint32_t c)
{
    if (c < 0x80)
        return qdx_byte_classes[c] & QDX_BYTE_LETTER;
    if (!qdx_unicode_is_letter(c))
        return 0;
    return qdx_unicode_is_upper(c) ? QDX_BYTE_UPPER : QDX_BYTE_LOWER;
}

static uint16_t case_flags(const char *start, const char *end)
{
    unsigned first = 0, seen = 0;
    for (const char *p = start; p < end;) {
        uint32_t c = (unsigned char)*p;
        p += c < 0x80 ? 1 : qdx_utf8_decode(p, end, &c);
        unsigned letter = case_of(c);
        first = first ? first : letter;
        seen |= letter;
    }
    return (uint16_t)((first == QDX_BYTE_UPPER ? QDX_TOKEN_CAPITAL : 0) |
                      (seen == QDX_BYTE_UPPER ? QDX_TOKEN_UPPER : 0));
}

/* Where a word that starts with a letter ends, apostrophes and ampersands included. */
static const char *word_end(const qdx_scanner *s, const char *start, bool *multibyte)
{
    const char *at = skip_run(s, start, multibyte);
    while (at < s->end) {
        size_t apostrophe = qdx_scanner_apostrophe(s, at);
        if (apostrophe && letter_at(s, at + apostrophe) &&
            !qdx_scanner_is_possessive(s, at, apostrophe)) {
            *multibyte |= apostrophe > 1;
            at = skip_run(s, at + apostrophe, multibyte);
        } else if (*at == '&' && upper_at(s, at + 1) && (unsigned)(at[-1] - 'A') < 26) {
            at = skip_run(s, at + 1, multibyte);
        } else {
            break;
        }
    }
    return at;
}

bool qdx_scanner_word(qdx_scanner *s)
{
    const char *start = s->p;
    const char *acronym = start + 1 < s->end && (start[1] == '.' || (unsigned char)*start >= 0x80)
                              ? skip_acronym(s, start)
                              : start;
    if (acronym > start)
        return qdx_scanner_push(s, start, acronym, QDX_TOKEN_WORD, QDX_MARK_NONE,
                                (uint16_t)(case_flags(start, acronym) | QDX_TOKEN_PERIODS));
    bool multibyte = false;
    const char *end = word_end(s, start, &multibyte);
    const char *address = skip_address(s, start, end);
    if (address > end)
        return qdx_scanner_push(s, start, address, QDX_TOKEN_WORD, QDX_MARK_NONE,
                                QDX_TOKEN_ADDRESS);
    uint16_t flags = case_flags(start, end);
    if (multibyte)
        flags |= QDX_TOKEN_MULTIBYTE;
    if (initial_at(s, start, end))
        return qdx_scanner_push(s, start, end + 1, QDX_TOKEN_WORD, QDX_MARK_NONE,
                                (uint16_t)(flags | QDX_TOKEN_INITIAL));
    return qdx_scanner_push(s, start, end, QDX_TOKEN_WORD, QDX_MARK_NONE, flags);
}

bool qdx_scanner_number(qdx_scanner *s)
{
    bool multibyte = false;
    const char *start = s->p;
    const char *digits = skip_number(s, start);
    const char *end = skip_run(s, digits, &multibyte);
    uint16_t flags = end > digits ? case_flags(start, end) : 0; /* letters come behind digits */
    return qdx_scanner_push(s, start, end, QDX_TOKEN_NUMBER, QDX_MARK_NONE, flags);
}
