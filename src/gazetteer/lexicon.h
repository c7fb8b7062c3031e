/*
 * Lexicon: what kind of word a word is.
 *
 * One record a folded word, with the classes of text/token.h and what the rules ask about verbs,
 * pronouns and people nouns. Filled from the word lists, then used to mark the tokens of a text
 * with one hash probe each.
 */
#ifndef QDX_GAZETTEER_LEXICON_H
#define QDX_GAZETTEER_LEXICON_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/vector.h"
#include "text/token.h"

/* Forms of a verb; a record may have several ("told": past and participle). */
enum {
    QDX_FORM_BASE = 1,
    QDX_FORM_THIRD = 2,
    QDX_FORM_PAST = 4,
    QDX_FORM_PARTICIPLE = 8,
    QDX_FORM_GERUND = 16,
};

/* Number and gender as far as a word tells them. */
enum { QDX_NUMBER_SINGULAR = 1, QDX_NUMBER_PLURAL = 2 };

enum { QDX_NAME_GROUPS = 4 }; /* Ed: Edgar, Edmund, Edward, Edwin */

typedef struct qdx_word {
    uint64_t hash;
    const char *text;       /* folded, terminated */
    uint32_t classes;       /* QDX_WORD_ bits */
    const char *lemma;      /* of a speech verb, else NULL */
    const char *verb_class; /* "say", "ask", "think", ...; else NULL */
    const char *role_kind;  /* of a people noun: "official", "group", ...; else NULL */
    uint8_t verb_forms;     /* QDX_FORM_ bits */
    uint8_t strength;       /* of a speech verb or noun: 1 to 3 */
    uint8_t gender;         /* qdx_gender of a pronoun, title or people noun */
    uint8_t number;         /* QDX_NUMBER_ bits */
    uint8_t person;         /* of a pronoun: 1 to 3 */
    bool neuter;            /* "it" */
    uint16_t name_groups[QDX_NAME_GROUPS]; /* groups of equivalent given names, 0: none */
} qdx_word;

/* What annotating needs of a word, together in one cache line. */
typedef struct qdx_lexicon_slot {
    uint64_t hash;
    uint32_t number;  /* 0: empty */
    uint32_t classes; /* as sealed */
} qdx_lexicon_slot;

typedef struct qdx_lexicon {
    QDX_VECTOR(qdx_word) words;     /* number 0 stands for "unknown" */
    struct qdx_lexicon_slot *slots; /* open addressing by hash */
    size_t slot_count;              /* a power of two */
    qdx_arena *arena;               /* of the texts; borrowed */
    qdx_buffer scratch;             /* a word being folded */
} qdx_lexicon;

qdx_status qdx_lexicon_init(qdx_lexicon *lexicon, qdx_arena *arena, qdx_error *error);
void qdx_lexicon_release(qdx_lexicon *lexicon);

/*
 * The record of a word, made when it is new. The pointer is valid until the next call. NULL
 * without memory.
 */
qdx_word *qdx_lexicon_add(qdx_lexicon *lexicon, const char *text, size_t size);

/* Copies the classes to where annotating finds them. Call when no more words or classes come. */
void qdx_lexicon_seal(qdx_lexicon *lexicon);

/* The number of the word with this fold hash, 0 when unknown. */
uint32_t qdx_lexicon_find(const qdx_lexicon *lexicon, uint64_t hash);

/* Sets word and classes of every token, by a sealed lexicon. */
void qdx_lexicon_annotate(const qdx_lexicon *lexicon, qdx_text *text);

static inline const qdx_word *qdx_lexicon_word(const qdx_lexicon *lexicon, const qdx_token *token)
{
    return &lexicon->words.items[token->word];
}

#include "base/banned.h"
#endif
