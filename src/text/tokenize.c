/*
 * The tokenizer: one pass over the bytes of each block. ASCII goes through a 256-entry class table;
 * other characters are decoded and classed by Unicode category. No look-up of words happens here.
 */
#include <string.h>

#include "text/fold.h"
#include "text/token.h"
#include "text/unicode.h"

/* Classes of bytes, as bits so that a run's are gathered with one OR a byte. */
enum {
    UPPER = 1,
    LOWER = 2,
    DIGIT = 4,
    UNDERSCORE = 8, /* stands in words, but rarely */
    BLANK = 16,
    LINE_END = 32,
    HIGH = 64, /* of a character beyond ASCII */
    PLAIN = UPPER | LOWER | DIGIT,
};

/* clang-format off */
#define U UPPER
#define L LOWER
#define D DIGIT
#define S UNDERSCORE
#define B BLANK
#define N LINE_END
#define H HIGH
static const uint8_t classes[256] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, B, N, B, B, N, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, B, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    D, D, D, D, D, D, D, D, D, D, 0, 0, 0, 0, 0, 0, 0, U, U, U, U, U, U, U,
    U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, 0, 0, 0, 0, S,
    0, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,
    L, L, L, 0, 0, 0, 0, 0, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
    H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
    H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
    H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
    H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
    H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
};
#undef U
#undef L
#undef D
#undef S
#undef B
#undef N
#undef H
/* clang-format on */

/* Where the scanner stands. */
typedef struct scanner {
    qdx_text *text;
    const char *base; /* of the text */
    const char *p;    /* next byte */
    const char *end;  /* of the block */
    uint16_t gap;     /* QDX_TOKEN_SPACE, _LINE, _BLOCK for the next token */
} scanner;

static unsigned class_of(unsigned char c)
{
    return classes[c];
}

static bool is_word_byte(unsigned char c)
{
    return (classes[c] & (PLAIN | UNDERSCORE)) != 0;
}

static uint32_t peek(const scanner *s, const char *at, size_t *length)
{
    uint32_t c = 0;
    *length = at < s->end ? qdx_utf8_decode(at, s->end, &c) : 0;
    return c;
}

static bool is_word_codepoint(uint32_t c)
{
    return qdx_unicode_is_letter(c) || qdx_unicode_is_digit(c) || qdx_unicode_is_mark(c) ||
           c == 0xAD || c == 0x200D || c == 0x200C;
}

static bool letter_at(const scanner *s, const char *at)
{
    size_t n;
    uint32_t c = peek(s, at, &n);
    return n && qdx_unicode_is_letter(c);
}

static bool upper_at(const scanner *s, const char *at)
{
    size_t n;
    uint32_t c = peek(s, at, &n);
    return n && qdx_unicode_is_upper(c);
}

/* Length of an apostrophe at `at`: 1 for ', 3 for ’ and ʼ-like ones, else 0. */
static size_t apostrophe_at(const scanner *s, const char *at)
{
    if (at >= s->end)
        return 0;
    if (*at == '\'')
        return 1;
    if ((unsigned char)*at < 0x80)
        return 0;
    size_t n;
    uint32_t c = peek(s, at, &n);
    return c == 0x2019 || c == 0x02BC || c == 0x2BB || c == 0x02BF || c == 0x02BE ? n : 0;
}

/* Is the apostrophe at `at` that of a possessive 's, the word ending there? */
static bool possessive_at(const scanner *s, const char *at, size_t apostrophe)
{
    const char *next = at + apostrophe;
    if (next >= s->end || (*next | 0x20) != 's')
        return false;
    size_t n;
    uint32_t c = peek(s, next + 1, &n);
    return !n || !is_word_codepoint(c);
}

/* A run of word characters from `at`. */
static const char *skip_run(const scanner *s, const char *at, bool *multibyte)
{
    while (at < s->end) {
        if ((unsigned char)*at < 0x80) {
            if (!is_word_byte((unsigned char)*at))
                break;
            at++;
            continue;
        }
        size_t n;
        uint32_t c = peek(s, at, &n);
        if (!is_word_codepoint(c))
            break;
        *multibyte = true;
        at += n;
    }
    return at;
}

/* Digits with separators between digits: 1,000.50 or 10:30. */
static const char *skip_number(const scanner *s, const char *at)
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
static const char *skip_acronym(const scanner *s, const char *start)
{
    const char *at = start;
    unsigned letters = 0;
    for (;;) {
        size_t n;
        uint32_t c = peek(s, at, &n);
        if (!n || !qdx_unicode_is_letter(c) || at + n >= s->end || at[n] != '.')
            break;
        at += n + 1;
        letters++;
    }
    if (letters >= 2)
        return letter_at(s, at) && !upper_at(s, at) ? start : at;
    return start;
}

/* An upper-case letter and a period before another capital: an initial. */
static bool initial_at(const scanner *s, const char *start, const char *end)
{
    if (end >= s->end || *end != '.' || codepoints(start, end) != 1 || !upper_at(s, start))
        return false;
    const char *next = end + 1;
    while (next < s->end && (class_of((unsigned char)*next) & BLANK || *next == '\n'))
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
static const char *skip_address(const scanner *s, const char *start, const char *end)
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

static uint16_t case_flags(const char *start, const char *end)
{
    bool first = true, upper = false, lower = false;
    uint16_t flags = 0;
    for (const char *p = start; p < end;) {
        uint32_t c;
        p += qdx_utf8_decode(p, end, &c);
        if (!qdx_unicode_is_letter(c))
            continue;
        bool is_upper = qdx_unicode_is_upper(c);
        if (first && is_upper)
            flags |= QDX_TOKEN_CAPITAL;
        first = false;
        upper |= is_upper;
        lower |= !is_upper;
    }
    if (upper && !lower)
        flags |= QDX_TOKEN_UPPER;
    return flags;
}

static bool push_token(scanner *s, const char *start, const char *end, qdx_token_kind kind,
                       qdx_mark mark, uint16_t flags, uint64_t hash)
{
    qdx_token token = {
        .start = (uint32_t)(start - s->base),
        .end = (uint32_t)(end - s->base),
        .hash = hash,
        .flags = (uint16_t)(flags | s->gap),
        .kind = (uint8_t)kind,
        .mark = (uint8_t)mark,
    };
    s->gap = 0;
    s->p = end;
    return qdx_vector_push(&s->text->tokens, token);
}

static bool push(scanner *s, const char *start, const char *end, qdx_token_kind kind, qdx_mark mark,
                 uint16_t flags)
{
    uint64_t hash =
        kind == QDX_TOKEN_MARK ? (uint64_t)mark : qdx_fold_hash(start, (size_t)(end - start));
    return push_token(s, start, end, kind, mark, flags, hash);
}

/* Where a word that starts with a letter ends, apostrophes and ampersands included. */
static const char *word_end(const scanner *s, const char *start, bool *multibyte)
{
    const char *at = skip_run(s, start, multibyte);
    while (at < s->end) {
        size_t apostrophe = apostrophe_at(s, at);
        if (apostrophe && letter_at(s, at + apostrophe) && !possessive_at(s, at, apostrophe)) {
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

/* Does the byte after a run of ASCII letters and digits leave the word as it is? */
static bool ends_plainly(const scanner *s, const char *start, const char *end)
{
    if (end >= s->end)
        return true;
    switch (*end) {
    case '\'':
    case '&':
    case '@':
        return false;
    case '.':
        return end - start > 1 && !(end + 1 < s->end && is_word_byte((unsigned char)end[1]));
    case ':':
        return !(end + 1 < s->end && end[1] == '/');
    default:
        return (unsigned char)*end < 0x80;
    }
}

/*
 * The common case: ASCII letters and digits up to a blank or a mark that cannot belong to the word.
 * The hash is that of qdx_fold_hash, eight bytes at a time: in letters and digits bit 5 is all the
 * difference that case makes. False when the word needs the long way.
 */
static bool scan_plain_word(scanner *s, bool *pushed)
{
    const char *start = s->p, *p = start, *end = s->end;
    unsigned seen = 0, class;
    while (p < end && (class = classes[(unsigned char)*p]) & PLAIN) {
        seen |= class;
        p++;
    }
    if ((p < end && *p == '_') || !ends_plainly(s, start, p))
        return false;
    uint16_t flags = classes[(unsigned char)*start] & UPPER ? QDX_TOKEN_CAPITAL : 0;
    if ((seen & (UPPER | LOWER)) == UPPER)
        flags |= QDX_TOKEN_UPPER;
    *pushed = push_token(s, start, p, QDX_TOKEN_WORD, QDX_MARK_NONE, flags,
                         qdx_fold_hash_plain(start, (size_t)(p - start)));
    return true;
}

static bool scan_word(scanner *s)
{
    const char *start = s->p;
    bool pushed;
    if ((unsigned char)*start < 0x80 && scan_plain_word(s, &pushed))
        return pushed;
    const char *acronym = start + 1 < s->end && (start[1] == '.' || (unsigned char)*start >= 0x80)
                              ? skip_acronym(s, start)
                              : start;
    if (acronym > start)
        return push(s, start, acronym, QDX_TOKEN_WORD, QDX_MARK_NONE,
                    (uint16_t)(case_flags(start, acronym) | QDX_TOKEN_PERIODS));
    bool multibyte = false;
    const char *end = word_end(s, start, &multibyte);
    const char *address = skip_address(s, start, end);
    if (address > end)
        return push(s, start, address, QDX_TOKEN_WORD, QDX_MARK_NONE, QDX_TOKEN_ADDRESS);
    uint16_t flags = case_flags(start, end);
    if (multibyte)
        flags |= QDX_TOKEN_MULTIBYTE;
    if (initial_at(s, start, end))
        return push(s, start, end + 1, QDX_TOKEN_WORD, QDX_MARK_NONE,
                    (uint16_t)(flags | QDX_TOKEN_INITIAL));
    return push(s, start, end, QDX_TOKEN_WORD, QDX_MARK_NONE, flags);
}

static bool scan_number(scanner *s)
{
    bool multibyte = false;
    const char *start = s->p;
    const char *end = skip_run(s, skip_number(s, start), &multibyte);
    return push(s, start, end, QDX_TOKEN_NUMBER, QDX_MARK_NONE, case_flags(start, end));
}

static bool word_before(const scanner *s)
{
    return !s->gap && s->text->tokens.count &&
           s->text->tokens.items[s->text->tokens.count - 1].kind != QDX_TOKEN_MARK;
}

static bool is_blank_at(const scanner *s, const char *at)
{
    return at >= s->end || (class_of((unsigned char)*at) & (BLANK | LINE_END));
}

/* ' or ’ where a word cannot have swallowed it: possessive, or a single mark. */
static bool scan_apostrophe(scanner *s, size_t length)
{
    const char *start = s->p;
    if (word_before(s) && possessive_at(s, start, length))
        return push(s, start, start + length + 1, QDX_TOKEN_WORD, QDX_MARK_NONE,
                    QDX_TOKEN_POSSESSIVE);
    return push(s, start, start + length, QDX_TOKEN_MARK, QDX_MARK_SINGLE, 0);
}

static bool scan_hyphen(scanner *s)
{
    const char *start = s->p, *end = start;
    while (end < s->end && *end == '-')
        end++;
    bool dash = end - start > 1 || !word_before(s) || (is_blank_at(s, end) && *end != '\n');
    return push(s, start, end, QDX_TOKEN_MARK, dash ? QDX_MARK_DASH : QDX_MARK_HYPHEN, 0);
}

static bool scan_periods(scanner *s)
{
    const char *end = s->p;
    while (end < s->end && *end == '.')
        end++;
    return push(s, s->p, end, QDX_TOKEN_MARK, end - s->p > 1 ? QDX_MARK_ELLIPSIS : QDX_MARK_PERIOD,
                0);
}

static qdx_mark ascii_mark(char c)
{
    switch (c) {
    case '?':
        return QDX_MARK_QUESTION;
    case '!':
        return QDX_MARK_EXCLAMATION;
    case ',':
        return QDX_MARK_COMMA;
    case ':':
        return QDX_MARK_COLON;
    case ';':
        return QDX_MARK_SEMICOLON;
    case '(':
    case '[':
    case '{':
        return QDX_MARK_OPEN;
    case ')':
    case ']':
    case '}':
        return QDX_MARK_CLOSE;
    case '"':
        return QDX_MARK_QUOTATION;
    case '/':
        return QDX_MARK_SLASH;
    default:
        return QDX_MARK_OTHER;
    }
}

static bool scan_ascii_mark(scanner *s)
{
    const char *p = s->p;
    if (*p == '-')
        return scan_hyphen(s);
    if (*p == '.')
        return scan_periods(s);
    if ((*p == '`' || *p == '\'') && p + 1 < s->end && p[1] == *p &&
        !(p + 2 < s->end && p[2] == *p))
        return push(s, p, p + 2, QDX_TOKEN_MARK, QDX_MARK_QUOTATION, 0);
    if (*p == '\'')
        return scan_apostrophe(s, 1);
    if (*p == '`')
        return push(s, p, p + 1, QDX_TOKEN_MARK, QDX_MARK_SINGLE, 0);
    return push(s, p, p + 1, QDX_TOKEN_MARK, ascii_mark(*p), 0);
}

static qdx_mark unicode_mark(uint32_t c)
{
    if ((c >= 0x201C && c <= 0x201F) || c == 0xAB || c == 0xBB || c == 0x300C || c == 0x300D ||
        c == 0x300E || c == 0x300F || c == 0xFF02 || c == 0x301D || c == 0x301E || c == 0x301F)
        return QDX_MARK_QUOTATION;
    if ((c >= 0x2018 && c <= 0x201B) || c == 0x2039 || c == 0x203A || c == 0x02BC)
        return QDX_MARK_SINGLE;
    if (c == 0x2010 || c == 0x2011)
        return QDX_MARK_HYPHEN;
    if (c >= 0x2012 && c <= 0x2015)
        return QDX_MARK_DASH;
    return c == 0x2026 ? QDX_MARK_ELLIPSIS : QDX_MARK_OTHER;
}

static bool scan_high(scanner *s)
{
    size_t n;
    uint32_t c = peek(s, s->p, &n);
    if (qdx_unicode_is_space(c)) {
        s->gap |= c == 0x2028 || c == 0x2029 || c == 0x85 ? QDX_TOKEN_SPACE | QDX_TOKEN_LINE
                                                          : QDX_TOKEN_SPACE;
        s->p += n;
        return true;
    }
    if (qdx_unicode_is_letter(c) || qdx_unicode_is_digit(c))
        return scan_word(s);
    size_t apostrophe = apostrophe_at(s, s->p);
    if (apostrophe)
        return scan_apostrophe(s, apostrophe);
    return push(s, s->p, s->p + n, QDX_TOKEN_MARK, unicode_mark(c), QDX_TOKEN_MULTIBYTE);
}

static bool scan_block(scanner *s)
{
    while (s->p < s->end) {
        unsigned class = class_of((unsigned char)*s->p);
        bool ok = true;
        if (class & (BLANK | LINE_END)) {
            s->gap |= class & BLANK ? QDX_TOKEN_SPACE : QDX_TOKEN_SPACE | QDX_TOKEN_LINE;
            s->p++;
        } else if (class & (UPPER | LOWER | UNDERSCORE)) {
            ok = scan_word(s);
        } else if (class & DIGIT) {
            ok = scan_number(s);
        } else {
            ok = class & HIGH ? scan_high(s) : scan_ascii_mark(s);
        }
        if (!ok)
            return false;
    }
    return true;
}

qdx_status qdx_text_tokenize(qdx_text *text, const qdx_document *document, qdx_error *error)
{
    text->bytes = document->text;
    text->size = document->text_size;
    qdx_vector_clear(&text->tokens);
    qdx_vector_clear(&text->blocks);
    qdx_vector_clear(&text->sentences);
    for (size_t i = 0; i < document->block_count; i++) {
        qdx_span span = document->blocks[i].span;
        scanner s = {
            .text = text,
            .base = document->text,
            .p = document->text + span.start,
            .end = document->text + span.end,
            .gap = QDX_TOKEN_SPACE | QDX_TOKEN_LINE | QDX_TOKEN_BLOCK,
        };
        qdx_token_range range = {(uint32_t)text->tokens.count, 0};
        if (!scan_block(&s))
            return qdx_error_memory(error);
        range.end = (uint32_t)text->tokens.count;
        if (!qdx_vector_push(&text->blocks, range))
            return qdx_error_memory(error);
    }
    return QDX_OK;
}

void qdx_text_release(qdx_text *text)
{
    qdx_vector_release(&text->tokens);
    qdx_vector_release(&text->blocks);
    qdx_vector_release(&text->sentences);
    text->bytes = NULL;
    text->size = 0;
}

uint32_t qdx_text_token_at(const qdx_text *text, uint32_t offset)
{
    size_t low = 0, high = text->tokens.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (text->tokens.items[middle].end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}
