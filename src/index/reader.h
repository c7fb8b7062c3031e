/*
 * The index from inside: checked access to stores. Every byte handed out lies in a block whose
 * checksum has been verified; blocks are verified when first touched, by any thread, and a block
 * that fails makes the call fail with QDX_ERR_DAMAGED.
 */
#ifndef QDX_INDEX_READER_H
#define QDX_INDEX_READER_H

#include "index/format.h"

enum {
    QDX_INDEX_TRUST = 1 /* skip checksums: only for fuzzing what lies behind them */
};

/* Opens an index that lies in memory, which stays the caller's and must outlive it. */
qdx_status qdx_index_open_memory(const void *bytes, size_t size, unsigned flags, qdx_index **index,
                                 qdx_error *error);

/* What people decided, NULL when nothing; an index owns its decisions. */
struct qdx_decisions;
const struct qdx_decisions *qdx_index_decisions(const qdx_index *index);
void qdx_index_take_decisions(qdx_index *index, struct qdx_decisions *decisions);

/* What qdx_index_set_given_names was told, NULL when nothing. */
const qdx_given_names *qdx_index_given_names(const qdx_index *index);

typedef struct qdx_section {
    uint64_t offset, size, count, first_block;
} qdx_section;

const qdx_section *qdx_index_section(const qdx_index *index, unsigned section);

/* The number of the first symbol of a class. */
uint64_t qdx_index_first_symbol(const qdx_index *index, unsigned class);

uint64_t qdx_index_block_count(const qdx_index *index);
uint64_t qdx_index_sums_offset(const qdx_index *index);

/* The file's bytes, unverified: for the verifier. */
const unsigned char *qdx_index_raw(const qdx_index *index, uint64_t *size);
qdx_status qdx_index_check_block(const qdx_index *index, uint64_t block, const unsigned char *bytes,
                                 size_t size, qdx_error *error);

/* Borrowed bytes of a section; NULL and *status set when out of range or damaged. */
const unsigned char *qdx_index_bytes(const qdx_index *index, unsigned section, uint64_t offset,
                                     uint64_t size, qdx_status *status, qdx_error *error);

/* Number of records of a store; of a table, of its buckets. */
uint64_t qdx_store_count(const qdx_index *index, qdx_store store);

/* "damaged" with the store's name and the record's number. */
qdx_status qdx_store_broken(qdx_store store, uint64_t i, qdx_error *error);

#include "base/banned.h"
#endif
