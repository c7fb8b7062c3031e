/*
 * Filing: under which keys a person's names are listed, and the people listed under a key. Keys are
 * hashes of what spellings share: the romanized surname, and the skeletons of the words.
 */
#ifndef QDX_GAZETTEER_FILING_H
#define QDX_GAZETTEER_FILING_H

#include "gazetteer/store.h"
#include "text/name_distance.h"
#include "text/name_key.h"

enum { QDX_FILING_KEYS = QDX_NAME_WORDS + 2 /* of one name */ };

/* One name of a person, taken apart at its first use. */
typedef struct qdx_filed_name {
    const struct qdx_filed_name *next; /* of the same person */
    uint64_t last_key, first_key;      /* romanized words it is filed under; 0: none */
    uint32_t letters;                  /* which letters its words but the last begin with */
    uint8_t count, surname;
    char generation;
    bool reversed;
    char words[]; /* folded, romanized and marked form of each, terminated; the last "" if it is the
                     second */
} qdx_filed_name;

/* The keys of a name; the family name is its first word where `family_first`. Returns how many. */
size_t qdx_filing_keys(const qdx_name_parts *parts, bool family_first,
                       uint64_t keys[QDX_FILING_KEYS]);

/* The key of a romanized word. */
uint64_t qdx_filing_key(const char *romanized);

/* The key of a word's skeleton; 0 when the word has none. Never that of a romanized word. */
uint64_t qdx_filing_skeleton_key(const qdx_name_parts *parts, size_t i);

/* The key of a skeleton; 0 of an empty one. */
uint64_t qdx_filing_probe_key(const char *skeleton);

/* Which letters, folded or romanized, the words but the last begin with. */
uint32_t qdx_filing_letters(const qdx_name_parts *parts);

/* The people under a key, in order of listing; one with several listings may come again. */
typedef struct qdx_filing_walk {
    const qdx_gazetteer *gazetteer;
    uint64_t key;
    size_t layer; /* the next to look into */
    const unsigned char *at, *end;
    uint64_t left;
    uint32_t number;
} qdx_filing_walk;

qdx_filing_walk qdx_filing_begin(const qdx_gazetteer *gazetteer, uint64_t key);
const qdx_entry *qdx_filing_next(qdx_filing_walk *walk);

/* A person's names; made at their first use. NULL for none, or without memory. */
const qdx_filed_name *qdx_filing_names(const qdx_gazetteer *gazetteer, const qdx_entry *entry);

/* A filed name's parts: views into it. */
void qdx_filed_name_parts(const qdx_filed_name *item, qdx_name_parts *parts);

/* Takes a name apart into the arena. NULL without words, or without memory: storage->failed. */
qdx_filed_name *qdx_filing_take_apart(const char *name, bool family_first, qdx_arena *arena,
                                      qdx_buffer *storage);

#include "base/banned.h"
#endif
