/*
 * Phrases: sequences of words with a meaning, found in a text token by token.
 *
 * The key of a prefix is the rolling hash of its folded words, so that a look-up walks one probe a
 * word and several phrases share their beginnings (a trie without nodes). What is found is compared
 * with the listed name letter by letter before it counts. Hyphens between words, and the periods of
 * abbreviations, count as nothing: "Kim Jong-un" and "Kim Jong Un", "Sen." and "Sen" are one.
 */
#ifndef QDX_GAZETTEER_PHRASE_H
#define QDX_GAZETTEER_PHRASE_H

#include <quotedex/gazetteer.h>

#include "base/hash.h"
#include "text/token.h"

typedef enum qdx_phrase_kind {
    QDX_PHRASE_NAME,    /* value: entity */
    QDX_PHRASE_TITLE,   /* value: title */
    QDX_PHRASE_OFFICE,  /* value: office */
    QDX_PHRASE_ROLE,    /* value: word of the lexicon */
    QDX_PHRASE_DEMONYM, /* value: demonym */
    QDX_PHRASE_NEVER,   /* value: the entity that is not meant, QDX_NO_ENTITY for whatever it is */
    QDX_PHRASE_ALWAYS,  /* listed: the entity that is meant; found as a name */
} qdx_phrase_kind;

typedef enum qdx_case_policy {
    QDX_CASE_NAME,  /* capitals where the phrase has them, or more */
    QDX_CASE_EXACT, /* byte for byte */
    QDX_CASE_ANY,
    QDX_CASE_AFTER_THE, /* as a name, and only after "the": (The) Guardian, (The) Hague */
} qdx_case_policy;

typedef struct qdx_phrase_match {
    uint32_t end;   /* token after the last one matched */
    uint32_t value; /* an entity, title, office, ... by kind */
    uint8_t kind;
    bool alias;  /* not the entity's canonical name */
    bool always; /* the user says so */
} qdx_phrase_match;

enum { QDX_PHRASE_MATCHES = 24 };

/*
 * All phrases that begin at token `first` and end before token `end`, shortest first, case checked.
 * Returns how many, at most QDX_PHRASE_MATCHES (the longest are kept).
 */
size_t qdx_phrases_match(const qdx_gazetteer *gazetteer, const qdx_text *text, uint32_t first,
                         uint32_t end, qdx_phrase_match matches[QDX_PHRASE_MATCHES]);

/*
 * The listed names of a tokenized text, leftmost first, of those the longest; names do not overlap.
 * Calls `use` (which may be NULL) for each; returns how many. Cost: linear, a probe for each word
 * that begins with a capital, a digit or a letter beyond ASCII.
 */
typedef void qdx_phrases_use(void *context, uint32_t first, const qdx_phrase_match *match);
size_t qdx_phrases_scan(const qdx_gazetteer *gazetteer, const qdx_text *text, qdx_phrases_use *use,
                        void *context);

/*
 * The phrases made of exactly the tokens [first, end), whatever their case, in order of listing.
 * Writes at most `capacity` of them, returns how many.
 */
size_t qdx_phrases_find_all(const qdx_gazetteer *gazetteer, const qdx_text *text, uint32_t first,
                            uint32_t end, qdx_phrase_match *matches, size_t capacity);

/* Did the user say that these words, or words around them, are never a name? */
bool qdx_phrases_never(const qdx_gazetteer *gazetteer, const qdx_text *text, uint32_t first,
                       uint32_t end);

/* Did the user say that a name, however it is spelled, does not mean this entity? */
bool qdx_phrases_forbid(const qdx_gazetteer *gazetteer, const char *name, size_t size,
                        uint32_t entity);

/* Does a row of the user say of the name that is all of `text` that it is not `id`, listed or not?
 */
bool qdx_phrases_rule_out(const qdx_gazetteer *gazetteer, const qdx_text *text, const char *id);

/*
 * Does the user say that two people whom no list knows are two? A row not-same-as stands for the
 * one by name and for the other by the id made from the name.
 */
bool qdx_phrases_apart(const qdx_gazetteer *gazetteer, const char *name, const char *other);

/* Fetches what matching will look at first, when it comes soon. */
void qdx_phrases_prefetch(const qdx_gazetteer *gazetteer, const qdx_text *text, uint32_t first,
                          uint32_t end);

/* --- how phrases are hashed, for those who compile them ------------------------------------- */

#define QDX_PHRASE_ROOT 0x243F6A8885A308D3u

enum { QDX_PHRASE_SHAPED = 16 /* words whose shape is kept */ };

static inline uint64_t qdx_phrase_extend(uint64_t prefix, uint64_t word)
{
    return qdx_hash_mix(prefix, word);
}

/* Tokens that count as nothing inside a phrase. */
static inline bool qdx_phrase_is_glue(const qdx_token *token)
{
    return token->kind == QDX_TOKEN_MARK && !(token->flags & QDX_TOKEN_SPACE) &&
           (token->mark == QDX_MARK_HYPHEN || token->mark == QDX_MARK_PERIOD);
}

/* How a listed word is written: 0 any, 1 capital, 2 all capitals. */
static inline uint32_t qdx_phrase_shape(const qdx_token *token)
{
    if (!(token->flags & QDX_TOKEN_CAPITAL) || (token->flags & QDX_TOKEN_POSSESSIVE))
        return 0;
    bool acronym = (token->flags & QDX_TOKEN_UPPER) && token->end - token->start > 1 &&
                   !(token->flags & QDX_TOKEN_INITIAL);
    return acronym ? 2 : 1;
}

#include "base/banned.h"
#endif
