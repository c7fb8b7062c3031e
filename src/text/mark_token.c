/*
 * Marks: punctuation, quotation marks and symbols, ASCII through a table and others by code point.
 * What a mark means in its place is for others to say; here only apostrophes ask for their word.
 */
#include "text/scanner.h"

static bool word_before(const qdx_scanner *s)
{
    return !s->gap && s->text->tokens.count &&
           s->text->tokens.items[s->text->tokens.count - 1].kind != QDX_TOKEN_MARK;
}

static bool is_blank_in_line(const qdx_scanner *s, const char *at)
{
    return at < s->end && (qdx_byte_class(*at) & QDX_BYTE_BLANK) && *at != '\n';
}

/* ' or ’ where a word cannot have swallowed it: possessive, or a single mark. */
static bool scan_apostrophe(qdx_scanner *s, size_t length)
{
    const char *start = s->p;
    if (word_before(s) && qdx_scanner_is_possessive(s, start, length))
        return qdx_scanner_push(s, start, start + length + 1, QDX_TOKEN_WORD, QDX_MARK_NONE,
                                QDX_TOKEN_POSSESSIVE);
    return qdx_scanner_push(s, start, start + length, QDX_TOKEN_MARK, QDX_MARK_SINGLE, 0);
}

static bool scan_hyphen(qdx_scanner *s)
{
    const char *start = s->p, *end = start;
    while (end < s->end && *end == '-')
        end++;
    bool dash = end - start > 1 || !word_before(s) || is_blank_in_line(s, end);
    return qdx_scanner_push(s, start, end, QDX_TOKEN_MARK, dash ? QDX_MARK_DASH : QDX_MARK_HYPHEN,
                            0);
}

static bool scan_periods(qdx_scanner *s)
{
    const char *end = s->p;
    while (end < s->end && *end == '.')
        end++;
    return qdx_scanner_push(s, s->p, end, QDX_TOKEN_MARK,
                            end - s->p > 1 ? QDX_MARK_ELLIPSIS : QDX_MARK_PERIOD, 0);
}

/* Marks of one byte; QDX_MARK_NONE asks for a closer look or is no mark of ours. */
static const uint8_t ascii_marks[128] = {
    ['?'] = QDX_MARK_QUESTION, ['!'] = QDX_MARK_EXCLAMATION, [','] = QDX_MARK_COMMA,
    [':'] = QDX_MARK_COLON,    [';'] = QDX_MARK_SEMICOLON,   ['('] = QDX_MARK_OPEN,
    ['['] = QDX_MARK_OPEN,     ['{'] = QDX_MARK_OPEN,        [')'] = QDX_MARK_CLOSE,
    [']'] = QDX_MARK_CLOSE,    ['}'] = QDX_MARK_CLOSE,       ['"'] = QDX_MARK_QUOTATION,
    ['/'] = QDX_MARK_SLASH,
};

bool qdx_scanner_mark(qdx_scanner *s)
{
    const char *p = s->p;
    if (ascii_marks[(unsigned char)*p & 127])
        return qdx_scanner_push(s, p, p + 1, QDX_TOKEN_MARK, ascii_marks[(unsigned char)*p & 127],
                                0);
    if (*p == '-')
        return scan_hyphen(s);
    if (*p == '.')
        return scan_periods(s);
    if ((*p == '`' || *p == '\'') && p + 1 < s->end && p[1] == *p &&
        !(p + 2 < s->end && p[2] == *p))
        return qdx_scanner_push(s, p, p + 2, QDX_TOKEN_MARK, QDX_MARK_QUOTATION, 0);
    if (*p == '\'')
        return scan_apostrophe(s, 1);
    return qdx_scanner_push(s, p, p + 1, QDX_TOKEN_MARK,
                            *p == '`' ? QDX_MARK_SINGLE : QDX_MARK_OTHER, 0);
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

bool qdx_scanner_high(qdx_scanner *s)
{
    size_t n;
    uint32_t c = qdx_scanner_peek(s, s->p, &n);
    if (qdx_unicode_is_space(c)) {
        s->gap |= c == 0x2028 || c == 0x2029 || c == 0x85 ? QDX_TOKEN_SPACE | QDX_TOKEN_LINE
                                                          : QDX_TOKEN_SPACE;
        s->p += n;
        return true;
    }
    if (qdx_unicode_is_letter(c) || qdx_unicode_is_digit(c))
        return qdx_scanner_word(s);
    size_t apostrophe = qdx_scanner_apostrophe(s, s->p);
    if (apostrophe)
        return scan_apostrophe(s, apostrophe);
    return qdx_scanner_push(s, s->p, s->p + n, QDX_TOKEN_MARK, unicode_mark(c),
                            QDX_TOKEN_MULTIBYTE);
}
