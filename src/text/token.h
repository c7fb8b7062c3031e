/*
 * Tokens: words, numbers and marks with their place in the text.
 *
 * A word is a run of letters, digits and marks; it keeps inner apostrophes (O'Brien, don't), the
 * periods of acronyms (U.S.) and of initials (V.), and & between capitals (AT&T). It ends at a
 * hyphen, and before a possessive: `Obama’s` is `Obama` and `’s`. Every other character is a token
 * of its own, but for ``, '', --, and runs of periods.
 */
#ifndef QDX_TEXT_TOKEN_H
#define QDX_TEXT_TOKEN_H

#include <quotedex/document.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/vector.h"

typedef enum qdx_token_kind { QDX_TOKEN_WORD, QDX_TOKEN_NUMBER, QDX_TOKEN_MARK } qdx_token_kind;

/* What a mark token is; QDX_MARK_NONE for words and numbers. */
typedef enum qdx_mark {
    QDX_MARK_NONE,
    QDX_MARK_PERIOD,
    QDX_MARK_ELLIPSIS,
    QDX_MARK_QUESTION,
    QDX_MARK_EXCLAMATION,
    QDX_MARK_COMMA,
    QDX_MARK_COLON,
    QDX_MARK_SEMICOLON,
    QDX_MARK_HYPHEN, /* between words without blanks, or ending a line inside a word */
    QDX_MARK_DASH,
    QDX_MARK_OPEN,      /* ( [ { */
    QDX_MARK_CLOSE,     /* ) ] } */
    QDX_MARK_QUOTATION, /* any double or angle mark, ``, '' */
    QDX_MARK_SINGLE, /* ' ‘ ’ ` ‚ ‹ › outside words: single quotation mark or apostrophe */
    QDX_MARK_SLASH,
    QDX_MARK_OTHER,
} qdx_mark;

/* Shape and surroundings; bits of qdx_token.flags. */
enum {
    QDX_TOKEN_CAPITAL = 1 << 0,    /* its first letter is upper case */
    QDX_TOKEN_UPPER = 1 << 1,      /* all its letters (at least one) are upper case */
    QDX_TOKEN_PERIODS = 1 << 2,    /* an acronym written with periods */
    QDX_TOKEN_INITIAL = 1 << 3,    /* one capital and a period: "V." */
    QDX_TOKEN_SPACE = 1 << 4,      /* blanks before it */
    QDX_TOKEN_LINE = 1 << 5,       /* a line end before it */
    QDX_TOKEN_BLOCK = 1 << 6,      /* first token of its block */
    QDX_TOKEN_SENTENCE = 1 << 7,   /* first token of its sentence */
    QDX_TOKEN_POSSESSIVE = 1 << 8, /* 's or ’s */
    QDX_TOKEN_MULTIBYTE = 1 << 9,  /* holds non-ASCII characters */
    QDX_TOKEN_ADDRESS = 1 << 10,   /* a URL, e-mail address or domain */
};

/*
 * One token. `word` and `classes` are filled in by a lexicon (gazetteer/lexicon.h); the text layer
 * itself only looks at the abbreviation classes.
 */
typedef struct qdx_token {
    uint32_t start, end; /* bytes of the text */
    uint64_t hash;       /* qdx_fold_hash of a word or number; of a mark, its kind */
    uint32_t word;       /* number of the word in the lexicon, 0 when unknown */
    uint32_t classes;    /* QDX_WORD_ bits */
    uint16_t flags;
    uint8_t kind;
    uint8_t mark;
} qdx_token;

/* Classes a lexicon gives to words. One word may have several. */
enum {
    QDX_WORD_COMMON = 1 << 0,    /* an ordinary lower-case English word */
    QDX_WORD_FUNCTION = 1 << 1,  /* article, preposition, conjunction, auxiliary, pronoun, ... */
    QDX_WORD_PRONOUN = 1 << 2,   /* personal pronoun that can speak */
    QDX_WORD_AUXILIARY = 1 << 3, /* has, was, would, did, not, n't */
    QDX_WORD_PREPOSITION = 1 << 4,
    QDX_WORD_DETERMINER = 1 << 5,  /* the, a, his, this, another, one of */
    QDX_WORD_CONJUNCTION = 1 << 6, /* and, but, that, because, ... */
    QDX_WORD_SPEECH_VERB = 1 << 7, /* a form of a verb of speech or thought */
    QDX_WORD_SPEECH_NOUN = 1 << 8, /* statement, interview, claim */
    QDX_WORD_ROLE = 1 << 9,        /* a noun for people: official, spokeswoman */
    QDX_WORD_TITLE = 1 << 10,      /* begins (or is) a title before a name: Mr., Foreign */
    QDX_WORD_GIVEN_MALE = 1 << 11,
    QDX_WORD_GIVEN_FEMALE = 1 << 12,
    QDX_WORD_GIVEN = 1 << 13,         /* a given name of any or unknown gender */
    QDX_WORD_PARTICLE = 1 << 14,      /* de, van, bin inside a family name */
    QDX_WORD_SUFFIX = 1 << 15,        /* Jr., III */
    QDX_WORD_ORG_HEAD = 1 << 16,      /* Ministry, University */
    QDX_WORD_ORG_ENDING = 1 << 17,    /* Inc., Group */
    QDX_WORD_PLACE_HEAD = 1 << 18,    /* River, County */
    QDX_WORD_PLACE_OPENING = 1 << 19, /* Lake, Mount */
    QDX_WORD_DEMONYM = 1 << 20,
    QDX_WORD_MONTH = 1 << 21,
    QDX_WORD_WEEKDAY = 1 << 22,
    QDX_WORD_ABBREVIATION = 1 << 23,     /* its period never ends a sentence */
    QDX_WORD_ABBREVIATION_END = 1 << 24, /* its period may end one */
    QDX_WORD_ADVERB = 1 << 25,           /* stands between speaker and verb: also, later, angrily */
    QDX_WORD_HEAD_END = 1 << 26,         /* ends a head of two words: Air Force, Power Plant */
    QDX_WORD_ORG_KIND = 1 << 27,         /* before an organization's name: carmaker, newspaper */
    QDX_WORD_ORG_PART = 1 << 28,         /* what organizations have: shares, spokesman, chairman */
    QDX_WORD_FAMILY = 1 << 29,           /* a family name that comes first: Chen, Nguyen */
};

/* A sentence or a block as a range of tokens [first, end). */
typedef struct qdx_token_range {
    uint32_t first, end;
} qdx_token_range;

/* A text taken apart. Arrays belong to the qdx_text and are reused by the next tokenize. */
typedef struct qdx_text {
    const char *bytes; /* borrowed from the document */
    uint32_t size;
    QDX_VECTOR(qdx_token) tokens;
    QDX_VECTOR(qdx_token_range) blocks; /* one for each block of the document, maybe empty */
    QDX_VECTOR(qdx_token_range) sentences;
    qdx_arena *account; /* that its arrays, and others made from it, grow on; NULL: none */
} qdx_text;

/* An all-zero qdx_text is valid and empty. */
void qdx_text_release(qdx_text *text);

/*
 * Fills tokens and blocks from the document. Classes are zero, sentences empty. Cost: linear, one
 * pass.
 */
qdx_status qdx_text_tokenize(qdx_text *text, const qdx_document *document, qdx_error *error);

/*
 * Fills sentences, once the lexicon has set the classes. A sentence ends at . ? ! or … before a
 * blank and something that can begin one, closing marks included; never inside a block's end. A
 * period after an abbreviation ends it only where the next word must begin a sentence.
 */
qdx_status qdx_text_split_sentences(qdx_text *text, qdx_error *error);

/* The sentence that token i stands in: an index into sentences. Cost: logarithmic. */
uint32_t qdx_text_sentence_of(const qdx_text *text, uint32_t token);

/* The first token that ends after byte `offset`, or the number of tokens. Cost: logarithmic. */
uint32_t qdx_text_token_at(const qdx_text *text, uint32_t offset);

#include "base/banned.h"
#endif
