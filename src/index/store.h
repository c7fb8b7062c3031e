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

/* The slots of a store, one a group. */
qdx_group_slot *qdx_index_slots(const qdx_index *index, qdx_store store);

/* Number of groups that so many records make. */
uint64_t qdx_store_groups(qdx_store store, uint64_t records);

/* Number of records in a group; 1 for a bucket. */
size_t qdx_store_group_size(const qdx_index *index, qdx_store store, uint64_t group);

/* Unpacks a group's columns into the arena. */
qdx_status qdx_group_columns(const qdx_index *index, qdx_store store, uint64_t group,
                             qdx_arena *arena, qdx_cursor columns[QDX_COLUMNS], qdx_error *error);

#include "base/banned.h"
#endif
