/*
 * Stores from inside: numbered records of any length, in groups, some of them
 * packed. What is handed out was verified and stays until the index is closed.
 */
#ifndef QDX_INDEX_STORE_H
#define QDX_INDEX_STORE_H

#include <stdatomic.h>

#include "index/reader.h"

/* A group's unpacked bytes, NULL before anybody asked for them. */
typedef void *_Atomic qdx_unpacked;

/* The slots of a packed store, one a group. */
qdx_unpacked *qdx_index_unpacked(const qdx_index *index, qdx_store store);

/* Number of groups that so many records make. */
uint64_t qdx_store_groups(qdx_store store, uint64_t records);

/* A cursor over a group: its records one after another, each with its length.
 */
qdx_status qdx_store_group_at(const qdx_index *index, qdx_store store, uint64_t group,
                              qdx_cursor *records, qdx_error *error);

#include "base/banned.h"
#endif
