/*
 * The words of names as they sound: numbers instead of texts, made once for each distinct word.
 * text/name_key.h says what the words of a name are; here is only what spares asking it again.
 */
#ifndef QDX_INDEX_NAME_WORDS_H
#define QDX_INDEX_NAME_WORDS_H

#include "base/vector.h"
#include "index/intern.h"
#include "text/name_key.h"

typedef struct qdx_name_sound {
    uint32_t sound; /* number of the romanized word */
    bool initial;
    bool suffix; /* "jr": no word of a longer name */
} qdx_name_sound;

/* The words of one name. */
typedef struct qdx_name_sounds {
    qdx_name_sound words[QDX_NAME_WORDS];
    size_t count;
} qdx_name_sounds;

typedef struct qdx_name_words {
    qdx_intern sounds; /* romanized words */
    qdx_intern plain;  /* folded words met so far */
    QDX_VECTOR(qdx_name_sound) of_plain;
    qdx_buffer storage;
} qdx_name_words;

void qdx_name_words_init(qdx_name_words *words);
void qdx_name_words_release(qdx_name_words *words);

/* Takes a name apart as qdx_name_split does. False when memory runs out. */
bool qdx_name_words_split(qdx_name_words *words, const char *name, size_t size,
                          qdx_name_sounds *sounds);

#include "base/banned.h"
#endif
