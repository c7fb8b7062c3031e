/*
 * Narration: the text outside quotation marks, and how its noun phrases and verbs of speech hang
 * together. No parser: short scans over classes of words, bounded by marks and clause words.
 */
#ifndef QDX_QUOTE_NARRATION_H
#define QDX_QUOTE_NARRATION_H

#include <string.h>

#include "entity/tagging.h"
#include "quote/verb.h"

/* The document as the quotation layer walks it. */
typedef struct qdx_narration {
    const qdx_tagging *tagging;
    const bool *quoted;      /* for each token: inside marks, or a mark itself */
    const qdx_token *tokens; /* the tagged text's, and its bytes: asked for at each step */
    const char *bytes;
    uint32_t token_count;
    qdx_verb_memory *verbs; /* of its lexicon */
} qdx_narration;

static inline qdx_narration qdx_narration_of(const qdx_tagging *tagging, const bool *quoted,
                                             qdx_verb_memory *verbs)
{
    const qdx_text *text = tagging->text;
    qdx_verb_memory_use(verbs, &tagging->gazetteer->lexicon);
    return (qdx_narration){
        tagging, quoted, text->tokens.items, text->bytes, (uint32_t)text->tokens.count, verbs};
}

/* Who a noun phrase is about, as far as its words say. */
typedef enum qdx_np_kind {
    QDX_NP_NONE,
    QDX_NP_NAME,    /* a tag: head is its first token */
    QDX_NP_PRONOUN, /* head is the pronoun */
    QDX_NP_ROLE,    /* head is a people noun or office: "the foreign minister" */
    QDX_NP_OTHER,   /* some other noun: "the report" */
} qdx_np_kind;

typedef struct qdx_noun_phrase {
    qdx_np_kind kind;
    uint32_t first, end; /* tokens of the whole phrase */
    uint32_t head;       /* token */
    uint32_t tag;        /* tag of a name, or QDX_NONE */
} qdx_noun_phrase;

/* The noun phrase that ends right before token `end`, not reaching before `limit`. */
qdx_noun_phrase qdx_noun_phrase_before(const qdx_narration *narration, uint32_t limit,
                                       uint32_t end);

/* The noun phrase that begins at token `first`, not reaching `limit`. */
qdx_noun_phrase qdx_noun_phrase_after(const qdx_narration *narration, uint32_t first,
                                      uint32_t limit);

/*
 * "A, B and C" for the name "C" behind its "and": the same phrase with the first of the names, and
 * a range over all. Only where the names begin a clause at `first` or behind a mark, so that none
 * of them is another verb's object; else the phrase as it is.
 */
qdx_noun_phrase qdx_noun_phrase_joint(const qdx_narration *narration, uint32_t first,
                                      qdx_noun_phrase phrase);

/* The first noun phrase of [first, limit) that can be a subject: no preposition before it. */
qdx_noun_phrase qdx_noun_phrase_subject(const qdx_narration *narration, uint32_t first,
                                        uint32_t limit);

/* Is this token a verb of speech in the narration, and not a noun of the same form? */
bool qdx_narration_is_cue(const qdx_narration *narration, uint32_t token, uint32_t first);

/* Past the dateline that a paragraph begins with at `first`, "NORTHAVEN, July 25 (VPA) — "; `first`
 * itself where there is none. */
uint32_t qdx_narration_past_dateline(const qdx_narration *narration, uint32_t first,
                                     uint32_t limit);

/*
 * The subject of the verb at `verb`, looking left as far as `first`: over adverbs, auxiliaries and
 * an apposition between commas, through "who", and for "and said" or "saying" back to the
 * subject of the sentence.
 */
qdx_noun_phrase qdx_narration_subject(const qdx_narration *narration, uint32_t verb,
                                      uint32_t first);

/*
 * The subject that follows its verb, "said the council's chairwoman, Irena Castell": a description
 * gives way to the name behind its comma.
 */
qdx_noun_phrase qdx_narration_subject_after(const qdx_narration *narration, uint32_t first,
                                            uint32_t limit);

/* Is token i, case aside, this lower-case ASCII word? Inline, as it is asked for most tokens. */
static inline bool qdx_narration_is_word(const qdx_narration *narration, uint32_t token,
                                         const char *word)
{
    if (token >= narration->token_count)
        return false;
    const qdx_token *t = &narration->tokens[token];
    const char *bytes = narration->bytes + t->start;
    if (t->end - t->start != strlen(word) || (bytes[0] | 0x20) != word[0])
        return false;
    for (uint32_t i = 1; i < t->end - t->start; i++)
        if ((bytes[i] | 0x20) != word[i] && bytes[i] != word[i])
            return false;
    return true;
}

/* Does this token say that nobody does what the verb tells? */
static inline bool qdx_narration_is_nobody(const qdx_narration *narration, uint32_t token)
{
    return qdx_narration_is_word(narration, token, "nobody") ||
           qdx_narration_is_word(narration, token, "none") ||
           qdx_narration_is_word(narration, token, "neither");
}

#include "base/banned.h"
#endif
