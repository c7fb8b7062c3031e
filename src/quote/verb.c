/*
 * Verbs. The weights of lemmas are a sorted table that training writes; searching it, and telling a
 * class by its name, happens once for each word that comes up, and again for one that another of
 * the same place in the memory has driven out.
 */
#include "quote/verb.h"

#include <string.h>

enum { LEMMA_SIZE = 16 };

/* In alphabetical order. */
static const struct lemma_weight {
    char lemma[LEMMA_SIZE]; /* padded with zeros */
    int16_t clause, object;
} lemma_weights[] = {
#define QDX_LEMMA(lemma, clause, object) {lemma, clause, object},
#include "quote/lemma_weights.inc"
#undef QDX_LEMMA
};

/* The first eight bytes as a number of the same order. */
static uint64_t first_letters(const char lemma[LEMMA_SIZE])
{
    const unsigned char *b = (const unsigned char *)lemma;
    return (uint64_t)b[0] << 56 | (uint64_t)b[1] << 48 | (uint64_t)b[2] << 40 |
           (uint64_t)b[3] << 32 | (uint64_t)b[4] << 24 | (uint64_t)b[5] << 16 |
           (uint64_t)b[6] << 8 | (uint64_t)b[7];
}

/* The weights of a lemma; NULL when it has none. */
static const struct lemma_weight *find_lemma(const char *lemma)
{
    size_t low = 0, high = sizeof lemma_weights / sizeof *lemma_weights;
    char padded[LEMMA_SIZE] = {0};
    for (size_t i = 0; i < LEMMA_SIZE && lemma[i]; i++)
        padded[i] = lemma[i];
    uint64_t begin = first_letters(padded);
    while (low < high) {
        size_t middle = (low + high) / 2;
        uint64_t other = first_letters(lemma_weights[middle].lemma);
        int order = other < begin   ? -1
                    : other > begin ? 1
                                    : memcmp(lemma_weights[middle].lemma, padded, LEMMA_SIZE);
        if (order == 0)
            return &lemma_weights[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

void qdx_verb_memory_use(qdx_verb_memory *memory, const qdx_lexicon *lexicon)
{
    if (memory->lexicon == lexicon)
        return;
    memset(memory, 0, sizeof *memory);
    memory->lexicon = lexicon;
}

const qdx_verb *qdx_verb_find(qdx_verb_memory *memory, uint32_t word)
{
    const qdx_word *record = qdx_lexicon_at(memory->lexicon, word);
    const char *lemma = qdx_lexicon_text(memory->lexicon, record->lemma);
    const struct lemma_weight *weights = lemma ? find_lemma(lemma) : NULL;
    qdx_verb *kept = &memory->kept[word & (QDX_VERBS_KEPT - 1)];
    *kept = (qdx_verb){
        .word = word,
        .class = (uint8_t)qdx_verb_class_of(qdx_lexicon_text(memory->lexicon, record->verb_class)),
        .clause = weights ? weights->clause : 0,
        .object = weights ? weights->object : 0,
    };
    return kept;
}
