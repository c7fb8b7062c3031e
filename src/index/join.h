/*
 * Joining parts, from inside: what the steps of qdx_parts_join know. Each step writes the stores it
 * is about, in the order of the file, over what the steps before found out.
 */
#ifndef QDX_INDEX_JOIN_H
#define QDX_INDEX_JOIN_H

#include "base/vector.h"
#include "index/image.h"
#include "index/part.h"

#define QDX_LEFT_OUT UINT32_MAX /* as a number: not in the joined index */

/* What the documents that stay say of an entity. */
typedef struct qdx_entity_counts {
    uint32_t documents, mentions, quotes, reported, about;
    uint32_t first, last; /* packed dates */
} qdx_entity_counts;

/* A part, with the numbers its own ones become. */
typedef struct qdx_join_part {
    qdx_part *part;
    uint32_t *documents, *entities, *symbols, *quotes;
    uint32_t *dates; /* of documents, packed */
    qdx_entity_counts *counts;
    uint32_t *first_spelling, *first_form; /* of each entity, among all of the part */
    uint32_t *spellings, *forms;           /* how often each is used; then its rank */
    uint32_t *symbol_uses;
} qdx_join_part;

/* A document of the joined index. */
typedef struct qdx_joined_document {
    uint32_t part, document;
} qdx_joined_document;

/* Lists of numbers by entity, one behind the other. */
typedef struct qdx_joined_lists {
    uint64_t *ends; /* of each list, while it is filled; one more at the front */
    uint32_t *items;
} qdx_joined_lists;

/* A quotation and an entity that it is about. */
typedef struct qdx_about {
    uint32_t quote, entity;
} qdx_about;

typedef struct qdx_join {
    qdx_join_part *parts;
    size_t count;
    const qdx_part_filter *filter;
    qdx_image *image;
    qdx_arena arena;
    QDX_VECTOR(qdx_joined_document) documents;
    uint32_t first_date, last_date; /* packed */
    QDX_VECTOR(qdx_skipped_row) skipped;
    QDX_VECTOR(qdx_entity_counts) entities;
    QDX_VECTOR(qdx_about) abouts; /* in the order of quotations */
    uint32_t *first_pair;         /* of each document, and where they end */
    QDX_VECTOR(uint32_t) pairs;   /* the entities that documents name */
    qdx_joined_lists mentioned;   /* documents that mention the entity */
    qdx_joined_lists about;       /* quotations about it */
} qdx_join;

/* Room in the arena, zeroed; NULL without memory. */
void *qdx_join_array(qdx_join *join, size_t count, size_t size);

/* Which documents there are; writes options, skipped files and documents. */
qdx_status qdx_join_documents(qdx_join *join, qdx_error *error);

/* Of each document, 1 + the first one that has its text, or most of it; 0: none. The caller frees
 * *copies. */
qdx_status qdx_join_copies(qdx_join *join, uint32_t **copies, qdx_error *error);

/* Counts what they use; writes the symbols. */
qdx_status qdx_join_survey(qdx_join *join, qdx_error *error);
qdx_status qdx_join_symbols(qdx_join *join, qdx_error *error);

/* Entities, their forms and their names. */
qdx_status qdx_join_entities(qdx_join *join, qdx_error *error);

/* Mentions, quotations, postings, words. */
qdx_status qdx_join_mentions(qdx_join *join, qdx_error *error);
qdx_status qdx_join_quotes(qdx_join *join, qdx_error *error);
qdx_status qdx_join_postings(qdx_join *join, qdx_error *error);
qdx_status qdx_join_words(qdx_join *join, qdx_error *error);

/* Keys of names, as entities come by; the table of all of them at the end. */
typedef struct qdx_name_table qdx_name_table;
struct qdx_form;

qdx_name_table *qdx_name_table_new(qdx_error *error);
void qdx_name_table_free(qdx_name_table *table);
/* `spellings` as they are met; own_id: the name does not tell the id. False when memory runs out.
 */
bool qdx_name_table_add(qdx_name_table *table, uint32_t entity, const struct qdx_form *form,
                        bool own_id, const qdx_bytes *spellings, size_t count);
qdx_status qdx_name_table_write(qdx_name_table *table, qdx_image *image, qdx_error *error);

/* A bucketed table on its way: keys ascending, `keys` of them in all. */
typedef struct qdx_table_writer {
    qdx_image *image;
    qdx_store store;
    unsigned bits;
    uint64_t bucket, last;
} qdx_table_writer;

void qdx_table_writer_init(qdx_table_writer *writer, qdx_image *image, qdx_store store,
                           uint64_t keys);
/* The next key with `count` values, whose columns the caller then fills. */
void qdx_table_writer_key(qdx_table_writer *writer, uint64_t key, uint64_t count);
void qdx_table_writer_finish(qdx_table_writer *writer);

#include "base/banned.h"
#endif
