/* People's names, filed by what their spellings share. Private to looking names up. */
#ifndef QDX_GAZETTEER_FILING_H
#define QDX_GAZETTEER_FILING_H

#include "gazetteer/store.h"
#include "text/name_distance.h"
#include "text/name_key.h"

/* One name of a person, taken apart once when it was filed. */
typedef struct qdx_filed_name {
    uint32_t entity;
    uint32_t letters; /* which letters its words but the last begin with */
    uint8_t count, surname;
    char generation;
    bool reversed;
    char words[]; /* folded, romanized and marked form of each, terminated; the last "" if it is the
                     second */
} qdx_filed_name;

/* A name under one key. */
typedef struct qdx_filed_link {
    struct qdx_filed_link *next;
    const qdx_filed_name *name;
} qdx_filed_link;

/* The names under a key: a romanized surname, or the key of a skeleton. NULL when there are none.
 */
const qdx_filed_link *qdx_filing_find(const qdx_gazetteer *gazetteer, const char *key);

/* A filed name's parts: views into it. */
void qdx_filed_name_parts(const qdx_filed_name *item, qdx_name_parts *parts);

/* Which letters, folded or romanized, the words but the last begin with. */
uint32_t qdx_filing_letters(const qdx_name_parts *parts);

/* The key of a word's skeleton; false when the word has none. Never that of a romanized word. */
bool qdx_filing_skeleton_key(const qdx_name_parts *parts, size_t i,
                             char key[QDX_SKELETON_SIZE + 1]);

#include "base/banned.h"
#endif
