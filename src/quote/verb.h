/*
 * Verbs as the rules ask for them: the class of a verb of speech and the weights of its lemma in
 * reports. The lexicon has both as texts; they are looked up once for each word and kept, as a few
 * dozen verbs make up nearly all of a paper's.
 */
#ifndef QDX_QUOTE_VERB_H
#define QDX_QUOTE_VERB_H

#include "gazetteer/lexicon.h"
#include "quote/verb_class.h"

typedef struct qdx_verb {
    uint32_t word;          /* of the lexicon; 0: nothing is kept here */
    uint8_t class;          /* qdx_verb_class */
    int16_t clause, object; /* weights of the lemma before clauses and before objects */
} qdx_verb;

enum { QDX_VERBS_KEPT = 256 /* a power of two */ };

/* All zero it is valid and empty. Belongs to one thread. */
typedef struct qdx_verb_memory {
    const qdx_lexicon *lexicon; /* whose words they are */
    qdx_verb kept[QDX_VERBS_KEPT];
} qdx_verb_memory;

/* For words of this lexicon from now on; what is kept of another is forgotten. */
void qdx_verb_memory_use(qdx_verb_memory *memory, const qdx_lexicon *lexicon);

/* Looks a word up and keeps it. */
const qdx_verb *qdx_verb_find(qdx_verb_memory *memory, uint32_t word);

/* What a word is as a verb; of class QDX_VERB_CLASS_COUNT when it is none of speech. Valid until
 * the next is asked for. */
static inline const qdx_verb *qdx_verb_of(qdx_verb_memory *memory, uint32_t word)
{
    const qdx_verb *kept = &memory->kept[word & (QDX_VERBS_KEPT - 1)];
    return word && kept->word == word ? kept : qdx_verb_find(memory, word);
}

#include "base/banned.h"
#endif
