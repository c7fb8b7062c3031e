/*
 * Records of stores. A packed group is unpacked when first asked for and stays
 * so until the index is closed, since readers borrow texts from it; threads
 * that race for one keep the first's.
 */
#include "index/store.h"

#include <stdlib.h>

#include "base/error.h"
#include "index/pack.h"

typedef struct unpacked_group {
    size_t size;
    unsigned char bytes[];
} unpacked_group;

static const char *const store_names[QDX_STORE_COUNT] = {
    "symbol",  "entity", "name", "posting",      "document",
    "mention", "quote",  "word", "word posting", "skipped file",
};

qdx_status qdx_store_broken(qdx_store store, uint64_t i, qdx_error *error)
{
    return qdx_error_set(error, QDX_ERR_DAMAGED, "%s record %llu is malformed", store_names[store],
                         (unsigned long long)i);
}

uint64_t qdx_store_count(const qdx_index *index, qdx_store store)
{
    return qdx_index_section(index, qdx_store_offsets(store))->count;
}

uint64_t qdx_store_groups(qdx_store store, uint64_t records)
{
    unsigned size = qdx_store_layouts[store].records;
    return records / size + (records % size != 0);
}

/* Leaves the group's unpacked bytes at the slot, or those that another thread
 * put there. */
static qdx_status unpack(qdx_unpacked *slot, const qdx_cursor *packed, uint64_t size,
                         qdx_error *error)
{
    void *none = NULL;
    if (size > SIZE_MAX / 2)
        return qdx_error_memory(error);
    unpacked_group *group = malloc(sizeof *group + (size_t)size);
    if (!group)
        return qdx_error_memory(error);
    group->size = (size_t)size;
    if (!qdx_unpack(packed->at, qdx_cursor_left(packed), group->bytes, group->size)) {
        free(group);
        return QDX_END;
    }
    if (!atomic_compare_exchange_strong(slot, &none, (void *)group))
        free(group);
    return QDX_OK;
}

/* Replaces the bytes of a packed group by those it stands for. */
static qdx_status open_packed(const qdx_index *index, qdx_store store, uint64_t group,
                              qdx_cursor *bytes, qdx_error *error)
{
    uint64_t size = qdx_cursor_varint(bytes), left = qdx_cursor_left(bytes);
    if (bytes->failed || left > size || size / QDX_PACK_RATIO > left)
        return qdx_store_broken(store, group, error);
    if (left == size)
        return QDX_OK;
    qdx_unpacked *slot = qdx_index_unpacked(index, store) + group;
    if (!atomic_load(slot)) {
        qdx_status status = unpack(slot, bytes, size, error);
        if (status != QDX_OK)
            return status == QDX_END ? qdx_store_broken(store, group, error) : status;
    }
    const unpacked_group *done = atomic_load(slot);
    qdx_cursor_init(bytes, done->bytes, done->size);
    return QDX_OK;
}

qdx_status qdx_store_group_at(const qdx_index *index, qdx_store store, uint64_t group,
                              qdx_cursor *records, qdx_error *error)
{
    qdx_status status;
    const unsigned char *pair =
        qdx_index_bytes(index, qdx_store_offsets(store), group * 8, 16, &status, error);
    if (!pair)
        return status;
    qdx_cursor cursor;
    qdx_cursor_init(&cursor, pair, 16);
    uint64_t start = qdx_cursor_u64(&cursor), end = qdx_cursor_u64(&cursor);
    if (start > end)
        return qdx_store_broken(store, group, error);
    const unsigned char *bytes =
        qdx_index_bytes(index, qdx_store_data(store), start, end - start, &status, error);
    if (!bytes)
        return status;
    qdx_cursor_init(records, bytes, (size_t)(end - start));
    return qdx_store_layouts[store].packed ? open_packed(index, store, group, records, error)
                                           : QDX_OK;
}

qdx_status qdx_store_at(const qdx_index *index, qdx_store store, uint64_t i, qdx_cursor *record,
                        qdx_error *error)
{
    if (i >= qdx_store_count(index, store))
        return qdx_error_set(error, QDX_ERR_DAMAGED, "index has no %s record %llu",
                             store_names[store], (unsigned long long)i);
    unsigned records = qdx_store_layouts[store].records;
    qdx_cursor group;
    qdx_status status = qdx_store_group_at(index, store, i / records, &group, error);
    if (status != QDX_OK)
        return status;
    size_t size = 0;
    const char *bytes = NULL;
    for (uint64_t skip = i % records + 1; skip && !group.failed; skip--)
        bytes = qdx_cursor_string(&group, &size);
    if (group.failed)
        return qdx_store_broken(store, i, error);
    qdx_cursor_init(record, bytes, size);
    return QDX_OK;
}
