/*
 * Phrases: sequences of words with a meaning, found in a text token by token.
 *
 * A hash table of prefixes: the key of a prefix is the rolling hash of its folded words, so that a
 * look-up walks one probe a word and several phrases share their beginnings (a trie without nodes).
 * Hyphens between words, and the periods of abbreviations, count as nothing: "Kim Jong-un" and "Kim
 * Jong Un", "Sen." and "Sen" are one.
 */
#ifndef QDX_GAZETTEER_PHRASE_H
#define QDX_GAZETTEER_PHRASE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/vector.h"
#include "text/token.h"

typedef enum qdx_phrase_kind {
    QDX_PHRASE_NAME,    /* value: entity */
    QDX_PHRASE_TITLE,   /* value: title */
    QDX_PHRASE_OFFICE,  /* value: office */
    QDX_PHRASE_ROLE,    /* value: word of the lexicon */
    QDX_PHRASE_DEMONYM, /* value: demonym */
} qdx_phrase_kind;

typedef enum qdx_case_policy {
    QDX_CASE_NAME,  /* capitals where the phrase has them, or more */
    QDX_CASE_EXACT, /* byte for byte */
    QDX_CASE_ANY,
    QDX_CASE_AFTER_THE, /* as a name, and only after "the": (The) Guardian, (The) Hague */
} qdx_case_policy;

typedef struct qdx_phrase {
    const char *text; /* as listed, terminated */
    uint32_t value;
    uint32_t next;   /* further phrase of the same words, 0: none */
    uint32_t shapes; /* two bits a word: 0 any, 1 capital, 2 all capitals */
    uint8_t kind;
    uint8_t policy;
    uint8_t word_count;
    bool alias; /* not the entity's canonical name */
} qdx_phrase;

typedef struct qdx_phrase_slot {
    uint64_t key;    /* rolling hash of the prefix, 0: empty */
    uint32_t phrase; /* first phrase that ends here, 0: none */
    uint32_t longer; /* words that phrases go on with from here, as bits by their hashes; 0: none */
} qdx_phrase_slot;

enum { QDX_FIRST_WORDS = 1 << 14 }; /* a million bits, which stay in the second-level cache */

typedef struct qdx_phrases {
    QDX_VECTOR(qdx_phrase) items; /* number 0 is none */
    qdx_phrase_slot *slots;
    size_t slot_count, slots_used;
    uint64_t
        first_words[QDX_FIRST_WORDS]; /* bitmap by a word's hash: may a phrase begin with it? */
    qdx_arena *arena;
    qdx_text scratch;
} qdx_phrases;

qdx_status qdx_phrases_init(qdx_phrases *phrases, qdx_arena *arena, qdx_error *error);
void qdx_phrases_release(qdx_phrases *phrases);

/* Adds a phrase; the same words with the same kind and value are kept once. */
qdx_status qdx_phrases_add(qdx_phrases *phrases, qdx_phrase_kind kind, qdx_case_policy policy,
                           const char *text, size_t size, uint32_t value, bool alias,
                           qdx_error *error);

typedef struct qdx_phrase_match {
    const qdx_phrase *phrase;
    uint32_t end; /* token after the last one matched */
} qdx_phrase_match;

enum { QDX_PHRASE_MATCHES = 24 };

/*
 * All phrases that begin at token `first` and end before token `end`, shortest first, case checked.
 * Returns how many, at most QDX_PHRASE_MATCHES (the longest are kept).
 */
size_t qdx_phrases_match(const qdx_phrases *phrases, const qdx_text *text, uint32_t first,
                         uint32_t end, qdx_phrase_match matches[QDX_PHRASE_MATCHES]);

/*
 * The phrases made of exactly the tokens [first, end), whatever their case. Writes at most
 * `capacity` numbers of items, returns how many.
 */
size_t qdx_phrases_find_all(const qdx_phrases *phrases, const qdx_text *text, uint32_t first,
                            uint32_t end, uint32_t *numbers, size_t capacity);

/* Fetches what matching will look at first, when it comes soon. */
void qdx_phrases_prefetch(const qdx_phrases *phrases, const qdx_token *token);

/* Quick rejection: false when no phrase begins with this token. */
static inline bool qdx_phrases_may_begin(const qdx_phrases *phrases, const qdx_token *token)
{
    return (phrases->first_words[token->hash >> 50] >> ((token->hash >> 44) & 63)) & 1;
}

#include "base/banned.h"
#endif
