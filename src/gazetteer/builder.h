/*
 * Builder: what name lists say, row by row, before it is compiled.
 *
 * Texts are kept once in one pool and told by their offset, 0 being "". Nothing here finds names;
 * that is an image's business (gazetteer/compile.h makes one).
 */
#ifndef QDX_GAZETTEER_BUILDER_H
#define QDX_GAZETTEER_BUILDER_H

#include "base/buffer.h"
#include "base/vector.h"
#include "gazetteer/phrase.h"
#include "gazetteer/qgz_format.h"

/* An entity as its rows describe it. Alias and tenure numbers are plus one, 0 for none. */
typedef struct qdx_listing {
    uint64_t id_hash;
    uint32_t name;
    uint32_t id; /* 0: the slug of the name */
    uint32_t kind, country, surname;
    uint32_t first_alias, last_alias, first_tenure, last_tenure;
    uint8_t type, gender;
} qdx_listing;

typedef struct qdx_listed_alias {
    uint32_t text, next;
} qdx_listed_alias;

typedef struct qdx_listed_tenure {
    uint32_t office, country, organization, from, to, next;
} qdx_listed_tenure;

typedef struct qdx_listed_phrase {
    uint64_t key, first, pair; /* hashes: of all words, of the first, of the first two (0: one) */
    uint32_t text, value, shapes;
    uint8_t kind, policy, alias, word_count;
} qdx_listed_phrase;

typedef struct qdx_builder {
    qdx_buffer pool;
    QDX_VECTOR(qdx_listing) listings;
    QDX_VECTOR(qdx_listed_alias) aliases;
    QDX_VECTOR(qdx_listed_tenure) tenures;
    QDX_VECTOR(qdx_listed_phrase) phrases;
    QDX_VECTOR(qdx_qgz_same) same;
    QDX_VECTOR(uint64_t) prefixes; /* hashes of the beginnings of phrases */
    uint32_t *ids;                 /* listings plus one, by hash of the id */
    uint32_t *interned;            /* offsets of short texts that repeat */
    size_t id_slots, interned_slots, interned_count;
    qdx_text scratch;
    qdx_buffer slug;
} qdx_builder;

void qdx_builder_release(qdx_builder *builder);

/* Keeps a text; UINT32_MAX without memory or beyond 4 GiB. */
uint32_t qdx_builder_keep(qdx_builder *builder, const char *text, size_t size);

/* The same for texts that repeat: kinds, countries, offices. */
uint32_t qdx_builder_intern(qdx_builder *builder, const char *text);

static inline const char *qdx_builder_text(const qdx_builder *builder, uint32_t offset)
{
    return builder->pool.bytes + offset;
}

/*
 * The listing with this id, or with the slug of the name when `id` is empty; made when new, then
 * without a name. UINT32_MAX without memory; QDX_ERR_FORMAT in *status when there is no id at all.
 */
uint32_t qdx_builder_listing(qdx_builder *builder, const char *id, const char *name,
                             qdx_status *status, qdx_error *error);

/* Forgets the newest listing, which got no name. */
void qdx_builder_drop_listing(qdx_builder *builder);

bool qdx_builder_add_alias(qdx_builder *builder, uint32_t listing, uint32_t text);
bool qdx_builder_add_tenure(qdx_builder *builder, uint32_t listing, qdx_listed_tenure tenure);

/* Adds a phrase whose text is kept already. */
qdx_status qdx_builder_add_phrase(qdx_builder *builder, qdx_phrase_kind kind,
                                  qdx_case_policy policy, uint32_t text, uint32_t value, bool alias,
                                  qdx_error *error);

#include "base/banned.h"
#endif
