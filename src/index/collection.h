/*
 * What an index is made of, gathered: documents in order, entities merged and numbered, quotations
 * in order of speakers. The steps of qdx_index_writer_finish, each over the result of the one
 * before.
 */
#ifndef QDX_INDEX_COLLECTION_H
#define QDX_INDEX_COLLECTION_H

#include "base/arena.h"
#include "base/vector.h"
#include "index/image.h"
#include "index/intern.h"
#include "index/record.h"

/* A document as it was added: its record without the forms. */
typedef struct qdx_collected_document {
    const qdx_record *record;
    uint32_t *forms; /* number of the form of each local entity; later: of the entity */
} qdx_collected_document;

typedef struct qdx_collected_skip {
    const char *path, *reason;
} qdx_collected_skip;

typedef struct qdx_variant {
    const char *text;
    uint32_t size;
    uint32_t count;
    uint32_t spelling; /* number in the collection's spellings */
} qdx_variant;

typedef struct qdx_text_list {
    const char **items;
    size_t count;
    size_t capacity;
} qdx_text_list;

/* An entity joined from all its forms. */
typedef struct qdx_collected_entity {
    uint8_t type, gender, listed;
    const char *id, *name, *country;
    const char *key; /* its name's key, which orders the entities; in the collection's keys */
    uint32_t key_size;
    qdx_text_list aliases;
    QDX_VECTOR(qdx_form_tenure) tenures;
    QDX_VECTOR(qdx_variant) variants;
    uint32_t documents, mentions, quotes, first_quote;
    uint32_t reported;    /* of the quotes: indirect ones */
    uint32_t first, last; /* packed dates */
} qdx_collected_entity;

/* A quotation's place in the order of the index. */
typedef struct qdx_collected_quote {
    uint32_t speaker; /* entity, UINT32_MAX: none */
    uint32_t date, document, ordinal;
} qdx_collected_quote;

/* Two numbers to be sorted: an entity and a document or quotation. */
typedef struct qdx_pair {
    uint32_t key, value;
} qdx_pair;

typedef QDX_VECTOR(qdx_pair) qdx_pair_list;
typedef QDX_VECTOR(uint32_t) qdx_number_list;

typedef struct qdx_collection {
    qdx_arena arena, keys;
    qdx_intern forms;
    QDX_VECTOR(qdx_collected_document) documents;
    QDX_VECTOR(qdx_collected_skip) skips;
    QDX_VECTOR(qdx_collected_entity) entities;
    QDX_VECTOR(qdx_collected_quote) quotes;
    qdx_intern spellings;    /* an entity's number (4 bytes) and how it is written */
    qdx_number_list written; /* of each mention, by document: its place among the
                                entity's variants */
    qdx_pair_list mentioned; /* entity, document: ascending, none twice */
    qdx_pair_list about;     /* entity, quotation: the same */
} qdx_collection;

void qdx_collection_release(qdx_collection *collection);

/* Orders documents and skipped files and drops repeats. False when memory runs out. */
bool qdx_collection_order(qdx_collection *collection);

static inline const qdx_record *qdx_collected_record(const qdx_collection *collection,
                                                     uint32_t document)
{
    return collection->documents.items[document].record;
}

/* Joins the forms into entities; afterwards the documents' forms are entity numbers. */
qdx_status qdx_collection_merge(qdx_collection *collection, qdx_error *error);

/* Counts mentions and spellings, lists who is mentioned where. */
qdx_status qdx_collection_survey(qdx_collection *collection, qdx_image *image, qdx_error *error);

/* Brings the quotations in order and lists whom they are about. */
qdx_status qdx_collection_order_quotes(qdx_collection *collection, qdx_error *error);

/* Fill the image. Symbols are numbered while documents and quotations are written. */
qdx_status qdx_collection_put_documents(const qdx_collection *collection, qdx_intern *symbols,
                                        qdx_image *image, qdx_error *error);
qdx_status qdx_collection_put_quotes(const qdx_collection *collection, qdx_intern *symbols,
                                     qdx_image *image, qdx_error *error);
qdx_status qdx_collection_put_entities(const qdx_collection *collection, qdx_image *image,
                                       qdx_error *error);
qdx_status qdx_collection_put_words(const qdx_collection *collection, qdx_image *image,
                                    qdx_error *error);
qdx_status qdx_collection_put_names(const qdx_collection *collection, qdx_image *image,
                                    qdx_error *error);

/* The number of a recurring text with a confidence. UINT32_MAX when memory runs
 * out. */
uint32_t qdx_symbol_add(qdx_intern *symbols, const char *text, uint32_t confidence);

/* All of the above: what an index of the collection contains. The collection is
 * used up. */
qdx_status qdx_collection_image(qdx_collection *collection, qdx_image *image, qdx_error *error);

/*
 * Brings pairs with keys below `keys` in order and drops repeats; the values of
 * a key must come in order. False when memory runs out. Linear.
 */
bool qdx_pairs_group(qdx_pair_list *pairs, size_t keys);

#include "base/banned.h"
#endif
