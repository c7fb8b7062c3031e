/*
 * Lexicon: what kind of word a word is.
 *
 * One record a folded word, with the classes of text/token.h and what the rules ask about verbs,
 * pronouns and people nouns. Filled from the word lists, then used to mark the tokens of a text
 * with one hash probe each.
 */
#ifndef QDX_GAZETTEER_LEXICON_H
#define QDX_GAZETTEER_LEXICON_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/vector.h"
#include "gazetteer/qgz.h"
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

/* As it is compiled. Texts are offsets, 0 for none; the functions below give them. */
typedef struct qdx_word {
    uint64_t hash;
    uint32_t text;                         /* folded */
    uint32_t classes;                      /* QDX_WORD_ bits */
    uint32_t lemma;                        /* of a speech verb */
    uint32_t verb_class;                   /* "say", "ask", "think", ... */
    uint32_t role_kind;                    /* of a people noun: "official", "group", ... */
    uint16_t name_groups[QDX_NAME_GROUPS]; /* groups of equivalent given names, 0: none */
    uint8_t verb_forms;                    /* QDX_FORM_ bits */
    uint8_t strength;                      /* of a speech verb or noun: 1 to 3 */
    uint8_t gender;                        /* qdx_gender of a pronoun, title or people noun */
    uint8_t number;                        /* QDX_NUMBER_ bits */
    uint8_t person;                        /* of a pronoun: 1 to 3 */
    uint8_t neuter;                        /* "it" */
    uint8_t reserved[6];
} qdx_word;

/* What annotating needs of a word, together in one cache line. */
typedef struct qdx_lexicon_slot {
    uint64_t hash;
    uint32_t number;  /* 0: empty */
    uint32_t classes; /* as sealed */
} qdx_lexicon_slot;

_Static_assert(sizeof(qdx_word) == 48 && sizeof(qdx_lexicon_slot) == 16,
               "words are mapped as they are");

/* Read through the first three; they are an image's, or what the lexicon owns. */
typedef struct qdx_lexicon {
    const qdx_word *words;         /* number 0 stands for "unknown" */
    const qdx_lexicon_slot *slots; /* open addressing by hash */
    const char *text;
    size_t word_count, slot_count, text_size;
    const qdx_qgz *image; /* whose the tables are; NULL: its own */
    QDX_VECTOR(qdx_word) own_words;
    qdx_lexicon_slot *own_slots;
    qdx_buffer own_text;
    qdx_buffer scratch; /* a word being folded */
} qdx_lexicon;

qdx_status qdx_lexicon_init(qdx_lexicon *lexicon, qdx_error *error);
void qdx_lexicon_release(qdx_lexicon *lexicon);

/* Reads an image's words in place from now on. The image outlives the lexicon. */
void qdx_lexicon_use(qdx_lexicon *lexicon, const qdx_qgz *image);

/*
 * The record of a word, made when it is new; words of an image are copied first. The pointer is
 * valid until the next call. NULL without memory.
 */
qdx_word *qdx_lexicon_add(qdx_lexicon *lexicon, const char *text, size_t size);

/* Keeps a text among the words' texts; UINT32_MAX without memory. */
uint32_t qdx_lexicon_keep(qdx_lexicon *lexicon, const char *text, size_t size);

/* Copies the classes to where annotating finds them. Call when no more words or classes come. */
void qdx_lexicon_seal(qdx_lexicon *lexicon);

/* The number of the word with this fold hash, 0 when unknown. */
uint32_t qdx_lexicon_find(const qdx_lexicon *lexicon, uint64_t hash);

/* Sets word and classes of every token, by a sealed lexicon whose image was verified. */
void qdx_lexicon_annotate(const qdx_lexicon *lexicon, qdx_text *text);

const qdx_word *qdx_lexicon_at_slow(const qdx_lexicon *lexicon, uint32_t number);

/* A word by its number; of a number that is none, the unknown word. */
static inline const qdx_word *qdx_lexicon_at(const qdx_lexicon *lexicon, uint32_t number)
{
    bool sure = number < lexicon->word_count && lexicon->image &&
                atomic_load_explicit(&lexicon->image->state->whole, memory_order_relaxed);
    return sure ? &lexicon->words[number] : qdx_lexicon_at_slow(lexicon, number);
}

static inline const qdx_word *qdx_lexicon_word(const qdx_lexicon *lexicon, const qdx_token *token)
{
    return qdx_lexicon_at(lexicon, token->word);
}

/* A text of a word record (lemma, verb_class, role_kind); NULL for offset 0. */
const char *qdx_lexicon_text(const qdx_lexicon *lexicon, uint32_t offset);

/* Is a text of a word record this one? */
bool qdx_lexicon_says(const qdx_lexicon *lexicon, uint32_t offset, const char *text);

#include "base/banned.h"
#endif
