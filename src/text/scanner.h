/*
 * Where the tokenizer stands in a block, and what its parts share: the classes of bytes and looking
 * at characters. tokenize.c walks, word_token.c and mark_token.c take what needs a closer look.
 */
#ifndef QDX_TEXT_SCANNER_H
#define QDX_TEXT_SCANNER_H

#include "text/token.h"
#include "text/unicode.h"

/* Classes of bytes, as bits so that a run's are gathered with one OR a byte. */
enum {
    QDX_BYTE_UPPER = 1,
    QDX_BYTE_LOWER = 2,
    QDX_BYTE_DIGIT = 4,
    QDX_BYTE_TIE = 8, /* after a word, may belong to it */
    QDX_BYTE_BLANK = QDX_TOKEN_SPACE,
    QDX_BYTE_LINE_END = QDX_TOKEN_SPACE | QDX_TOKEN_LINE,
    QDX_BYTE_HIGH = 64,        /* of a character beyond ASCII */
    QDX_BYTE_UNDERSCORE = 128, /* stands in words, but rarely */
    QDX_BYTE_LETTER = QDX_BYTE_UPPER | QDX_BYTE_LOWER,
    QDX_BYTE_PLAIN = QDX_BYTE_LETTER | QDX_BYTE_DIGIT,
    QDX_BYTE_WORD = QDX_BYTE_PLAIN | QDX_BYTE_UNDERSCORE,
};

extern const uint8_t qdx_byte_classes[256];

typedef struct qdx_scanner {
    qdx_text *text;
    const char *base; /* of the text */
    const char *p;    /* next byte */
    const char *end;  /* of the block */
    const char *wide; /* up to here 16 bytes can be read at once */
    uint16_t gap;     /* QDX_TOKEN_SPACE, _LINE, _BLOCK for the next token */
} qdx_scanner;

/* The token of [start, end), where the scanner goes on. False without memory. */
bool qdx_scanner_push(qdx_scanner *s, const char *start, const char *end, qdx_token_kind kind,
                      qdx_mark mark, uint16_t flags);

/* One token from where the scanner stands. False without memory. */
bool qdx_scanner_word(qdx_scanner *s);
bool qdx_scanner_number(qdx_scanner *s);
bool qdx_scanner_mark(qdx_scanner *s); /* ASCII */
bool qdx_scanner_high(qdx_scanner *s); /* a character beyond ASCII, blanks included */

/* Is the apostrophe at `at` that of a possessive 's, the word ending there? */
bool qdx_scanner_is_possessive(const qdx_scanner *s, const char *at, size_t apostrophe);

/* Length of an apostrophe at `at`: 1 for ', 3 for ’ and ʼ-like ones, else 0. */
size_t qdx_scanner_apostrophe(const qdx_scanner *s, const char *at);

static inline unsigned qdx_byte_class(char c)
{
    return qdx_byte_classes[(unsigned char)c];
}

/* The character at `at` and its length, 0 at the end of the block. */
static inline uint32_t qdx_scanner_peek(const qdx_scanner *s, const char *at, size_t *length)
{
    uint32_t c = 0;
    *length = at < s->end ? qdx_utf8_decode(at, s->end, &c) : 0;
    return c;
}

#include "base/banned.h"
#endif
