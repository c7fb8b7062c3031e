/*
 * Name distance: how far two spellings of a name lie apart, for spellings that no key joins.
 *
 * Words are weighed by what romanizations confuse (i and y, d and t, sh and ch, a glide between
 * vowels) in edits over their romanized forms; names by their words in any order. A skeleton, the
 * consonants in coarse classes, proposes candidates. Method: docs/names.md.
 */
#ifndef QDX_TEXT_NAME_DISTANCE_H
#define QDX_TEXT_NAME_DISTANCE_H

#include "text/name_key.h"

enum { QDX_SKELETON_SIZE = 16, QDX_NAME_ENDINGS = 4, QDX_NAME_PROBES = 6 * QDX_NAME_WORDS };

/* The skeleton of a romanized word, terminated; "" when it has too few consonants to tell. */
void qdx_name_skeleton(const char *romanized, char skeleton[QDX_SKELETON_SIZE]);

/* Is this word of a name left out when names are compared: al, bin, de? */
bool qdx_name_is_particle(const char *folded);

/*
 * Writes a romanized word without an ending that another language adds to a name, by the number of
 * the ending: Latvian Olsens, Lithuanian Varnovas or Latin Marcus, Czech Tollandova, French
 * Tavrachine; false when it has none. `bare` has room for `capacity` bytes.
 */
bool qdx_name_bare(const char *romanized, size_t ending, char *bare, size_t capacity);

/*
 * The skeletons under which a name that may be meant can stand: those of the words asked for, of
 * each without its ending, and of two words that others write as one. Returns how many, each once.
 */
size_t qdx_name_probe(const qdx_name_parts *asked, char probes[QDX_NAME_PROBES][QDX_SKELETON_SIZE]);

/* 0 for one sound, up to 1 for different words; the cost of an edit divided by the length. */
float qdx_name_word_distance(const char *romanized, const char *other);

/* Who knows which given names are forms of one (Bob and Robert); words are folded. */
typedef struct qdx_name_equivalence {
    bool (*same)(const void *context, const char *folded, const char *other);
    const void *context;
} qdx_name_equivalence;

/*
 * The relation of two names as far as their words are close, and how close (0 is closest).
 * QDX_NAME_DIFFERENT when both have words that the other lacks, or when they contradict each other.
 * `equivalence` may be NULL.
 */
qdx_name_relation qdx_name_compare_close(const qdx_name_parts *a, const qdx_name_parts *b,
                                         const qdx_name_equivalence *equivalence, float *distance);

#include "base/banned.h"
#endif
