/*
 * What a gazetteer holds: entities, offices, titles, demonyms, and the tables that find them. The
 * layers above (entity, quote) read these fields; only src/gazetteer writes them.
 */
#ifndef QDX_GAZETTEER_STORE_H
#define QDX_GAZETTEER_STORE_H

#include <quotedex/gazetteer.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/hash.h"
#include "base/vector.h"
#include "gazetteer/lexicon.h"
#include "gazetteer/phrase.h"

#define QDX_NO_OFFICE UINT32_MAX

/* "foreign minister" with what else it is called. */
typedef struct qdx_office {
    const char *name;
    const char *const *aliases;
    size_t alias_count;
    qdx_gender gender;
    bool of_organization;   /* held in an organization rather than a country */
    uint32_t holders;       /* places with a listed holder: 0, 1, or 2 for several */
    const char *only_place; /* country or organization id, while holders == 1 */
} qdx_office;

/* Words before a name: "Mr.", "Foreign Minister". */
typedef struct qdx_title {
    const char *text;
    const char *kind; /* "honorific", "rank", "office", "religious", "academic", "job" */
    qdx_gender gender;
    uint32_t office; /* QDX_NO_OFFICE when it is none */
} qdx_title;

/* "Russian": of a place, or its people. */
typedef struct qdx_demonym {
    const char *text;
    uint32_t place; /* entity */
    bool adjective, noun;
} qdx_demonym;

/* Entities while rows still come in, and what matching wants to know of them. */
typedef struct qdx_entry {
    qdx_entity entity;
    const char *surname;   /* as listed, for names that begin with it; else NULL */
    uint64_t surname_hash; /* of a person: fold hash of the family name's last word, else 0 */
    uint64_t given_hash;   /* fold hash of the first given name, 0 for none */
    uint64_t sound_hash;   /* hash of the romanized last word of the name */
    const char *kind;      /* "country", "city", "party", ... or "" */
    QDX_VECTOR(const char *) aliases;
    QDX_VECTOR(qdx_tenure) tenures;
} qdx_entry;

struct qdx_id_link;      /* uthash: id to entry, private to store.c */
struct qdx_office_link;  /* uthash: folded name to office, private to store.c */
struct qdx_surname_link; /* uthash: romanized surname to names, private to lookup.c */

/* A person who held an office, once for each tenure. */
typedef struct qdx_holder {
    uint32_t office, entry;
} qdx_holder;

struct qdx_gazetteer {
    qdx_arena arena;
    qdx_lexicon lexicon;
    qdx_phrases phrases;
    QDX_VECTOR(qdx_entry) entries;
    QDX_VECTOR(qdx_office) offices;
    QDX_VECTOR(qdx_title) titles;
    QDX_VECTOR(qdx_demonym) demonyms;
    QDX_VECTOR(const char *) pending_places; /* place ids of demonyms, resolved when frozen */
    QDX_VECTOR(uint32_t) countries;          /* entries that are countries */
    QDX_VECTOR(qdx_holder) holders;          /* by office, then entry */
    qdx_hash_key hash_key;
    struct qdx_id_link *ids;
    struct qdx_office_link *office_names;
    struct qdx_surname_link *surnames;
    uint32_t name_group_count;
    bool frozen;
};

/* The entry with this id, or UINT32_MAX. */
uint32_t qdx_store_find(const qdx_gazetteer *gazetteer, const char *id);

/* The entry with this id, made when new. UINT32_MAX without memory. */
uint32_t qdx_store_add(qdx_gazetteer *gazetteer, const char *id);

void qdx_store_release_tables(qdx_gazetteer *gazetteer);

/* The office of this name or alias in any case, or QDX_NO_OFFICE. */
uint32_t qdx_store_office(const qdx_gazetteer *gazetteer, const char *name);

/* Makes a name known as that office's; false without memory. An earlier office keeps the name. */
bool qdx_store_name_office(qdx_gazetteer *gazetteer, const char *name, size_t size,
                           uint32_t office);

/* As qdx_gazetteer_load, of a folder the word lists only. */
qdx_status qdx_gazetteer_load_words(qdx_gazetteer *gazetteer, const char *path,
                                    qdx_problem_fn *problem, void *context, qdx_error *error);

/* Appends the slug of a name: folded, words joined by "-": "sergey-lavrov". */
void qdx_store_slug(const char *name, size_t size, qdx_buffer *out);

static inline const qdx_entity *qdx_store_entity(const qdx_gazetteer *gazetteer, uint32_t i)
{
    return &gazetteer->entries.items[i].entity;
}

#include "base/banned.h"
#endif
