/*
 * Parts: sets of analysed documents in the order of an index, from which one index is joined. A
 * batch of records is one, and so is an index file. Numbers of documents, entities, symbols and
 * quotations are the part's own.
 */
#ifndef QDX_INDEX_PART_H
#define QDX_INDEX_PART_H

#include "index/decode.h"

typedef struct qdx_bytes {
    const char *at;
    uint32_t size;
} qdx_bytes;

typedef struct qdx_part_entity {
    const char *id;
    uint8_t type;
    uint32_t form_count, spelling_count;
    const qdx_bytes *forms;     /* in their fixed shape, none twice */
    const qdx_bytes *spellings; /* none twice; terminated */
} qdx_part_entity;

/*
 * Rows are asked for in ascending order, several times over, and borrowed until the next call of
 * the same function. Entities stand by id and type, documents by path and part, symbols in any
 * order, quotations by speaker, date, document and place.
 */
typedef struct qdx_part {
    uint32_t documents, skipped, symbols, entities, quotes, options;
    /* A document without title, address, outlet and count. */
    qdx_status (*place_at)(struct qdx_part *part, uint32_t i, qdx_document_row *row,
                           qdx_error *error);
    qdx_status (*document_at)(struct qdx_part *part, uint32_t i, qdx_document_row *row,
                              qdx_error *error);
    qdx_status (*skipped_at)(struct qdx_part *part, uint32_t i, qdx_skipped_row *row,
                             qdx_error *error);
    qdx_status (*option_at)(struct qdx_part *part, uint32_t i, qdx_source_row *row,
                            qdx_error *error);
    qdx_status (*symbol_at)(struct qdx_part *part, uint32_t i, qdx_symbol_row *row,
                            qdx_error *error);
    /* How many spellings and forms entity_at will tell. */
    qdx_status (*entity_size)(struct qdx_part *part, uint32_t i, uint32_t *spellings,
                              uint32_t *forms, qdx_error *error);
    qdx_status (*entity_at)(struct qdx_part *part, uint32_t i, qdx_part_entity *row,
                            qdx_error *error);
    qdx_status (*mentions_at)(struct qdx_part *part, uint32_t document, qdx_mentions_row *row,
                              qdx_error *error);
    /* Of a quotation its document, speaker and symbols. */
    qdx_status (*quote_use_at)(struct qdx_part *part, uint32_t i, qdx_quote_row *row,
                               qdx_error *error);
    qdx_status (*quote_at)(struct qdx_part *part, uint32_t i, qdx_quote_row *row, qdx_error *error);
    qdx_status (*speech_at)(struct qdx_part *part, uint32_t i, qdx_speech_row *row,
                            qdx_error *error);
    /* The words of quotations, ascending by key: the next one and its quotations; QDX_END at the
     * end, after which it begins anew. */
    qdx_status (*next_word)(struct qdx_part *part, uint64_t *key, const uint32_t **quotes,
                            size_t *count, qdx_error *error);
    void (*free)(struct qdx_part *part);
} qdx_part;

/* A batch of records, which is filled and then made a part of. */
typedef struct qdx_batch_part qdx_batch_part;

qdx_batch_part *qdx_batch_part_new(qdx_error *error);
void qdx_batch_part_free(qdx_batch_part *batch);
/* Records of one file; `file` (its path, size and time) may be NULL when nobody knows. */
qdx_status qdx_batch_part_add(qdx_batch_part *batch, const void *bytes, size_t size,
                              const qdx_skipped_row *file, qdx_error *error);
qdx_status qdx_batch_part_add_skipped(qdx_batch_part *batch, const qdx_skipped_row *row,
                                      qdx_error *error);
qdx_status qdx_batch_part_add_option(qdx_batch_part *batch, const qdx_source_row *row,
                                     qdx_error *error);

/* Bytes of memory in use, about. */
uint64_t qdx_batch_part_size(const qdx_batch_part *batch);
/* Documents and skipped files so far. */
size_t qdx_batch_part_count(const qdx_batch_part *batch);

/* Orders what was added; nothing can be added from then on. The part is the batch's. */
qdx_status qdx_batch_part_finish(qdx_batch_part *batch, qdx_part **part, qdx_error *error);

/* An index as a part. The index stays the caller's and must outlive it. */
qdx_status qdx_index_part_new(const qdx_index *index, qdx_part **part, qdx_error *error);

/* Says of a document whether it is left out. */
typedef struct qdx_part_filter {
    bool (*leave_out)(void *context, uint32_t part, uint32_t document);
    bool (*leave_out_skipped)(void *context, uint32_t part, uint32_t skipped);
    void *context;
} qdx_part_filter;

/*
 * Writes the index of all parts' documents. The bytes depend on the set of documents alone, not on
 * how it is divided into parts. filter may be NULL. Memory: a few numbers for each document, entity
 * and quotation, and the largest store.
 */
struct qdx_image;
qdx_status qdx_parts_join(qdx_part *const *parts, size_t count, const qdx_part_filter *filter,
                          struct qdx_image *image, qdx_error *error);

#include "base/banned.h"
#endif
