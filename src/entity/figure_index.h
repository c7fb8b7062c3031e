/*
 * Figure index: finds a document's figures by entry, name, surname, given name or acronym with one
 * probe. Keys are mixed with a random secret, so that no document can make the probes collide.
 */
#ifndef QDX_ENTITY_FIGURE_INDEX_H
#define QDX_ENTITY_FIGURE_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/vector.h"

enum { QDX_GENDERS = 3 }; /* the values of qdx_gender */

/* What a key is made of, and what it leads to. */
typedef enum qdx_figure_key {
    QDX_KEY_ENTRY,        /* entry of the gazetteer: figure */
    QDX_KEY_PERSON,       /* hash of a whole name: figure */
    QDX_KEY_ORGANIZATION, /* the same */
    QDX_KEY_PLACE,        /* the same */
    QDX_KEY_SURNAME,      /* fold hash: bearers */
    QDX_KEY_SOUND,        /* hash of a romanized surname: head of a chain of figures */
    QDX_KEY_GIVEN,        /* fold hash of a given name: head of a chain of figures */
    QDX_KEY_ACRONYM,      /* fold hash: figure */
    QDX_KEY_INITIALS,     /* fold hash of the first letters of a name: figure */
    QDX_KEY_HEAD,         /* fold hash of an organization's head word: figure named last */
    QDX_KEY_ALONE,        /* fold hash of a name of one word: figure */
    QDX_KEY_LISTED,       /* fold hash of a surname: the one listed bearer, an entry */
    QDX_KEY_MIDDLE,       /* fold hash of a word between given name and surname: figure */
} qdx_figure_key;

/* The document's people of one surname. Arrays go by gender; UINT32_MAX stands for nobody. */
typedef struct qdx_bearers {
    uint32_t count[QDX_GENDERS];
    uint32_t first[QDX_GENDERS];     /* figure that came first */
    uint32_t full[QDX_GENDERS];      /* figure with a full name that came first */
    uint32_t recent[QDX_GENDERS];    /* figure mentioned last */
    uint32_t recent_at[QDX_GENDERS]; /* token of that mention */
} qdx_bearers;

typedef struct qdx_figure_slot {
    uint64_t key;
    uint32_t value;
    uint32_t generation; /* empty unless it is the index's: clearing touches no slot */
} qdx_figure_slot;

typedef struct qdx_figure_index {
    qdx_figure_slot *slots; /* open addressing, at most half full */
    size_t slot_count, used;
    uint32_t kinds;      /* a bit for each kind of key that was put: most texts lack most */
    uint32_t generation; /* never 0 while there are slots */
    qdx_hash_key secret;
    QDX_VECTOR(qdx_bearers) bearers;
    qdx_arena *account; /* that it grows on; NULL: none */
} qdx_figure_index;

/* An all-zero index is valid and empty. */
void qdx_figure_index_release(qdx_figure_index *index);
void qdx_figure_index_clear(qdx_figure_index *index, qdx_hash_key secret);

uint32_t qdx_figure_index_find_put(const qdx_figure_index *index, qdx_figure_key kind,
                                   uint64_t hash);

/* The value under a key; UINT32_MAX when there is none. */
static inline uint32_t qdx_figure_index_find(const qdx_figure_index *index, qdx_figure_key kind,
                                             uint64_t hash)
{
    return index->kinds >> kind & 1 ? qdx_figure_index_find_put(index, kind, hash) : UINT32_MAX;
}

/* Sets the value under a key; false without memory. */
bool qdx_figure_index_put(qdx_figure_index *index, qdx_figure_key kind, uint64_t hash,
                          uint32_t value);

/* The bearers of a surname, made when there are none; NULL without memory. */
qdx_bearers *qdx_figure_index_bearers(qdx_figure_index *index, uint64_t surname);

/* Forgets who was mentioned last, for a second walk over the text. */
void qdx_figure_index_rewind(qdx_figure_index *index);

/*
 * The bearer a surname means: mentioned last, else the first to come; only such as `gender` (0:
 * any) does not contradict. `ambiguous` tells whether there are several. UINT32_MAX when there is
 * none.
 */
uint32_t qdx_figure_index_bearer(const qdx_figure_index *index, uint64_t surname, unsigned gender,
                                 bool *ambiguous);

/* The bearer that came first, of those that `gender` does not contradict. */
uint32_t qdx_figure_index_first(const qdx_figure_index *index, uint64_t surname, unsigned gender);

#include "base/banned.h"
#endif
