/*
 * What a frozen gazetteer holds: its images, one over another, and the small tables of words.
 *
 * Entities are numbered through all images. The number under which an entity is known is that of
 * the first image that lists its id; what later images say of it is added to it. Entities are made
 * from their image at their first use and then kept. Only src/gazetteer writes here.
 */
#ifndef QDX_GAZETTEER_STORE_H
#define QDX_GAZETTEER_STORE_H

#include <quotedex/gazetteer.h>
#include <stdatomic.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/hash.h"
#include "base/vector.h"
#include "gazetteer/builder.h"
#include "gazetteer/lexicon.h"
#include "gazetteer/phrase.h"
#include "gazetteer/qgz.h"

#define QDX_NO_OFFICE UINT32_MAX

/* Offices, titles before a name and words for the people of a place, as they are compiled. */
typedef qdx_qgz_office qdx_office;
typedef qdx_qgz_title qdx_title;
typedef qdx_qgz_demonym qdx_demonym;

struct qdx_filed_name;

/* An entity, and what matching wants to know of it. */
typedef struct qdx_entry {
    qdx_entity entity;
    uint32_t number;       /* under which it is known */
    const char *surname;   /* as listed, for names that begin with it; else NULL */
    uint64_t surname_hash; /* of a person: fold hash of the family name's last word, else 0 */
    uint64_t given_hash;   /* fold hash of the first given name, 0 for none */
    uint64_t sound_hash;   /* hash of the romanized last word of the name */
    const char *kind;      /* "country", "city", "party", ... or "" */
    _Atomic(const struct qdx_filed_name *) filed; /* names taken apart; filing.h */
} qdx_entry;

enum { QDX_LAYERS = 32 /* compiled files in use at once */ };

/* One image in use. */
typedef struct qdx_layer {
    qdx_qgz image;
    uint32_t first;    /* number of its first entity */
    bool names, words; /* which of its phrases count */
} qdx_layer;

/* What words mean beyond the lexicon, whose texts these are. */
typedef struct qdx_word_tables {
    QDX_VECTOR(qdx_office) offices;
    QDX_VECTOR(uint32_t) office_aliases;
    QDX_VECTOR(qdx_title) titles;
    QDX_VECTOR(qdx_demonym) demonyms;
    uint32_t name_groups;
    const qdx_qgz *image; /* that also has names of offices; NULL: none */
} qdx_word_tables;

struct qdx_office_link; /* uthash: folded name to office, private to store.c */
struct qdx_entry_table; /* entities made so far, private to entry.c */

/* Where an image lists the holders of an office. */
typedef struct qdx_tenancy {
    uint32_t office;
    uint32_t layer, first, count, only_place;
} qdx_tenancy;

/* The user says that the entity of one id is that of another. */
typedef struct qdx_same {
    const char *id, *other;
} qdx_same;

struct qdx_gazetteer {
    qdx_arena arena;
    qdx_lexicon lexicon;
    qdx_word_tables words;
    _Atomic uint32_t *demonym_places; /* entity plus two, 1: none, 0: not asked for yet */
    QDX_VECTOR(qdx_tenancy) tenancies;
    QDX_VECTOR(uint32_t) countries; /* entities that are countries */
    qdx_builder builder;            /* empty once frozen */
    qdx_layer *layers;
    size_t layer_count;
    uint32_t entity_count;
    struct qdx_entry_table *entries;
    qdx_hash_key hash_key;
    struct qdx_office_link *office_names;
    QDX_VECTOR(qdx_same) same; /* by id */
    bool overrides;            /* some names are never, or always, an entity */
    bool plain;                /* numbers need no translation: one image, no joined entities */
    bool frozen;
};

/* The number under which the entity with this id is known, or UINT32_MAX. Of a frozen gazetteer. */
uint32_t qdx_store_find(const qdx_gazetteer *gazetteer, const char *id);

/* The type of the entity with this id, of any in its image; false when there is none. */
bool qdx_store_find_type(const qdx_gazetteer *gazetteer, const char *id, qdx_entity_type *type);

/*
 * An entity by any of its numbers. Never NULL: without memory, or from a damaged image, it is empty
 * and qdx_store_status tells.
 */
const qdx_entry *qdx_store_entry(const qdx_gazetteer *gazetteer, uint32_t number);

static inline const qdx_entity *qdx_store_entity(const qdx_gazetteer *gazetteer, uint32_t number)
{
    return &qdx_store_entry(gazetteer, number)->entity;
}

/* QDX_OK, or why something asked of the gazetteer so far could not be answered. */
qdx_status qdx_store_status(const qdx_gazetteer *gazetteer, qdx_error *error);

/* Checks all images whole, so that nothing is checked block by block afterwards. */
qdx_status qdx_store_verify(const qdx_gazetteer *gazetteer, qdx_error *error);

/* The entity of a demonym's place, or UINT32_MAX. */
uint32_t qdx_store_demonym_place(const qdx_gazetteer *gazetteer, uint32_t demonym);

/* The table of entities, empty. Part of freezing. */
qdx_status qdx_store_make_entries(qdx_gazetteer *gazetteer, qdx_error *error);
void qdx_store_release(qdx_gazetteer *gazetteer);

/* The office of this name or alias in any case, or QDX_NO_OFFICE. */
uint32_t qdx_store_office(const qdx_gazetteer *gazetteer, const char *name);
const char *qdx_store_office_name(const qdx_gazetteer *gazetteer, uint32_t office);
uint32_t qdx_store_office_hashed(const qdx_gazetteer *gazetteer, uint64_t fold_hash);

void qdx_store_release_offices(qdx_gazetteer *gazetteer);

/* Makes a name known as that office's; false without memory. An earlier office keeps the name. */
bool qdx_store_name_office(qdx_gazetteer *gazetteer, const char *name, size_t size,
                           uint32_t office);

/* As qdx_gazetteer_load, of a folder the word lists only, of a compiled file the words only. */
qdx_status qdx_gazetteer_load_words(qdx_gazetteer *gazetteer, const char *path,
                                    qdx_problem_fn *problem, void *context, qdx_error *error);

/* QDX_FIRST_ bits of a word: what may begin with it. */
static inline unsigned qdx_phrases_first(const qdx_qgz *image, const qdx_token *token)
{
    uint64_t cell = token->hash >> image->first_shift;
    const uint64_t *cells = (const void *)image->parts[QDX_QGZ_FIRST].at;
    return qdx_qgz_check(image, &cells[cell >> 5], sizeof *cells)
               ? (unsigned)(cells[cell >> 5] >> (2 * (cell & 31)) & 3)
               : 0;
}

/* May a phrase begin with the two words of this key? */
static inline bool qdx_phrases_pair(const qdx_qgz *image, uint64_t key)
{
    uint64_t bit = key >> image->pair_shift;
    const uint64_t *bits = (const void *)image->parts[QDX_QGZ_PAIR].at;
    return qdx_qgz_check(image, &bits[bit >> 6], sizeof *bits) &&
           (bits[bit >> 6] >> (bit & 63) & 1);
}

/* Quick rejection: false when no phrase begins with this token. */
static inline bool qdx_phrases_may_begin(const qdx_gazetteer *gazetteer, const qdx_token *token)
{
    for (size_t i = 0; i < gazetteer->layer_count; i++)
        if (qdx_phrases_first(&gazetteer->layers[i].image, token))
            return true;
    return false;
}

/* Appends the slug of a name: folded, words joined by "-": "sergey-lavrov". */
void qdx_store_slug(const char *name, size_t size, qdx_buffer *out);

#include "base/banned.h"
#endif
