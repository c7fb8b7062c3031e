/*
 * Stores from inside: groups of records, unpacked into columns. What is handed out was verified.
 */
#ifndef QDX_INDEX_STORE_H
#define QDX_INDEX_STORE_H

#include <stdatomic.h>

#include "base/arena.h"
#include "index/reader.h"

/* A group whose rows were asked for; NULL before. It stays until the index is closed. */
typedef struct qdx_opened_group {
    qdx_arena arena;
    const void *rows;
    size_t count;
} qdx_opened_group;

typedef qdx_opened_group *_Atomic qdx_group_slot;

/*
 * What is opened of a store: all of its records' members (the store's own number), or a view, which
 * is the few columns that most questions need. A view costs a fraction of the whole.
 */
enum {
    QDX_VIEW_DATES = QDX_STORE_COUNT, /* of documents */
    QDX_VIEW_NAMES,                   /* of entities: names, ids, types */
    QDX_VIEW_PAIRS,                   /* of mentions: which entities a document names */
    QDX_VIEW_PLACES,                  /* of documents: all but the texts and counts */
    QDX_VIEW_USES,                    /* of quotations: document, speaker and symbols */
    QDX_VIEW_SPELLINGS,               /* of entities: how many spellings */
    QDX_VIEW_FORMS,                   /* of forms: how many */
    QDX_VIEW_COUNT
};

qdx_store qdx_view_store(unsigned view);

/* The size of a row of a store or view. */
size_t qdx_view_row_size(unsigned view);

/* All rows of a group, into the arena. */
qdx_status qdx_view_read(const qdx_index *index, unsigned view, uint64_t group, qdx_arena *arena,
                         const void **rows, size_t *count, qdx_error *error);

/* Copies row i, whose group is opened if it was not. */
qdx_status qdx_view_row_at(const qdx_index *index, unsigned view, uint64_t i, void *row,
                           qdx_error *error);

/* The row of a table: a bucket's columns as they are. */
typedef struct qdx_bucket_row {
    qdx_cursor columns[4];
} qdx_bucket_row;

/* The slots of a store or view, one a group. */
qdx_group_slot *qdx_index_slots(const qdx_index *index, unsigned view);

/* Number of groups that so many records make. */
uint64_t qdx_store_groups(qdx_store store, uint64_t records);

/* Number of records in a group; 1 for a bucket. */
size_t qdx_store_group_size(const qdx_index *index, qdx_store store, uint64_t group);

/* Unpacks a group's columns into the arena: of numbers eight bytes each. */
qdx_status qdx_group_columns(const qdx_index *index, qdx_store store, uint64_t group,
                             qdx_arena *arena, qdx_cursor columns[QDX_COLUMNS], qdx_error *error);

/* The same for those whose bit is set in `wanted`; the others become empty. */
qdx_status qdx_group_columns_some(const qdx_index *index, qdx_store store, uint64_t group,
                                  unsigned wanted, qdx_arena *arena,
                                  qdx_cursor columns[QDX_COLUMNS], qdx_error *error);

#include "base/banned.h"
#endif
