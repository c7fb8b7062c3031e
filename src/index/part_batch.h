/* A batch of records from inside: part_batch.c fills it, part_order.c brings it in order. */
#ifndef QDX_INDEX_PART_BATCH_H
#define QDX_INDEX_PART_BATCH_H

#include "base/arena.h"
#include "base/vector.h"
#include "index/intern.h"
#include "index/part.h"
#include "index/record.h"
#include "index/sort.h"

/*
 * A document as it was added: its record without the forms. When the batch is in order the record's
 * numbers are the part's: of mentions `entity` is the pair, `mark` the symbol and `text.at` the
 * spelling; of quotations `speaker` is the entity, `cue.at` and `rule.at` are symbols, and the
 * numbers of whom they are about are pairs.
 */
typedef struct qdx_batch_document {
    qdx_record *record;
    uint32_t *forms; /* number of each local entity's form */
    qdx_pair_row *pairs;
    uint32_t pair_count;
} qdx_batch_document;

/* What a record's form is: an entity's form. */
typedef struct qdx_batch_form {
    uint32_t entity, form;
} qdx_batch_form;

typedef struct qdx_batch_quote {
    uint32_t document, ordinal;
} qdx_batch_quote;

struct qdx_batch_part {
    qdx_part part;
    qdx_arena arena;
    uint64_t size;
    bool finished;
    qdx_intern forms; /* as records have them */
    /* What entities are made of. Identities are an id, NUL and type; shapes, owned by identities,
     * forms in their fixed shape; spellings are owned by entities. */
    qdx_intern identities, shapes, spellings;
    qdx_intern symbols; /* texts, owned by class, kinds and confidence */
    QDX_VECTOR(qdx_batch_document) documents;
    QDX_VECTOR(qdx_skipped_row) skipped;
    QDX_VECTOR(qdx_source_row) options;
    QDX_VECTOR(qdx_part_entity) entities;
    qdx_bytes *entity_forms, *entity_spellings; /* entity after entity */
    QDX_VECTOR(qdx_symbol_row) symbol_rows;
    QDX_VECTOR(qdx_batch_quote) quotes;
    QDX_VECTOR(qdx_mention_row) mentions; /* of the document asked for last */
    qdx_sort_item *words;                 /* key and quotation, ascending */
    size_t word_count, next_word;
    QDX_VECTOR(uint32_t) word_quotes;
};

/* Puts everything in order and numbers it. */
qdx_status qdx_batch_part_order(qdx_batch_part *batch, qdx_error *error);

/* Lists the words of its quotations, which are in order. */
qdx_status qdx_batch_part_list_words(qdx_batch_part *batch, qdx_error *error);

#include "base/banned.h"
#endif
