/*
 * Groups of stores: found through the offsets, verified, unpacked column by column.
 */
#include "index/store.h"

#include <stdlib.h>

#include "base/error.h"
#include "index/numbers.h"
#include "index/pack.h"

static const char *const store_names[QDX_STORE_COUNT] = {
    "source", "skipped file", "document", "symbol", "entity",  "form",
    "name",   "mention",      "quote",    "words",  "posting", "word",
};

qdx_status qdx_store_broken(qdx_store store, uint64_t i, qdx_error *error)
{
    return qdx_error_set(error, QDX_ERR_DAMAGED, "%s record %llu is malformed", store_names[store],
                         (unsigned long long)i);
}

uint64_t qdx_store_count(const qdx_index *index, qdx_store store)
{
    return qdx_index_section(index, qdx_store_data(store))->count;
}

qdx_store qdx_view_store(unsigned view)
{
    static const qdx_store stores[] = {QDX_STORE_DOCUMENT, QDX_STORE_ENTITY, QDX_STORE_MENTION,
                                       QDX_STORE_DOCUMENT, QDX_STORE_QUOTE,  QDX_STORE_ENTITY,
                                       QDX_STORE_FORM};
    return view < QDX_STORE_COUNT ? (qdx_store)view : stores[view - QDX_STORE_COUNT];
}

uint64_t qdx_store_groups(qdx_store store, uint64_t records)
{
    unsigned size = qdx_store_layouts[store].records;
    return size ? records / size + (records % size != 0) : records;
}

size_t qdx_store_group_size(const qdx_index *index, qdx_store store, uint64_t group)
{
    unsigned size = qdx_store_layouts[store].records;
    if (!size)
        return 1;
    uint64_t left = qdx_store_count(index, store) - group * size;
    return left < size ? (size_t)left : size;
}

/* The packed bytes of a group. */
static qdx_status find_group(const qdx_index *index, qdx_store store, uint64_t group,
                             qdx_cursor *packed, qdx_error *error)
{
    qdx_status status;
    qdx_cursor cursor;
    const unsigned char *pair =
        qdx_index_bytes(index, qdx_store_offsets(store), group * 8, 16, &status, error);
    if (!pair)
        return status;
    qdx_cursor_init(&cursor, pair, 16);
    uint64_t start = qdx_cursor_u64(&cursor), end = qdx_cursor_u64(&cursor);
    if (start > end)
        return qdx_store_broken(store, group, error);
    const unsigned char *bytes =
        qdx_index_bytes(index, qdx_store_data(store), start, end - start, &status, error);
    if (!bytes)
        return status;
    qdx_cursor_init(packed, bytes, (size_t)(end - start));
    return QDX_OK;
}

/* The next column, into the arena; false when memory runs out. */
static bool unpack_bytes(qdx_cursor *packed, qdx_arena *arena, qdx_cursor *column)
{
    size_t size = qdx_pack_size(packed);
    bool no_memory = false;
    void *bytes = qdx_arena_alloc(arena, size);
    if (bytes)
        qdx_unpack(packed, bytes, size, &no_memory);
    qdx_cursor_init(column, bytes, size);
    return bytes && !no_memory;
}

static bool unpack_numbers(qdx_cursor *packed, qdx_arena *arena, qdx_cursor *column)
{
    size_t count = qdx_numbers_count(packed);
    uint64_t *numbers = qdx_arena_array(arena, count, sizeof *numbers);
    if (numbers)
        qdx_numbers_unpack(packed, numbers, count);
    qdx_cursor_init(column, numbers, count * sizeof *numbers);
    return numbers != NULL;
}

qdx_status qdx_group_columns_some(const qdx_index *index, qdx_store store, uint64_t group,
                                  unsigned wanted, qdx_arena *arena,
                                  qdx_cursor columns[QDX_COLUMNS], qdx_error *error)
{
    qdx_cursor packed;
    const qdx_store_layout *layout = &qdx_store_layouts[store];
    qdx_status status = find_group(index, store, group, &packed, error);
    for (unsigned i = 0; status == QDX_OK && i < layout->columns; i++) {
        bool is_bytes = (layout->texts | layout->bytes) >> i & 1, is_wanted = wanted >> i & 1;
        qdx_cursor_init(&columns[i], NULL, 0);
        if (!is_wanted && is_bytes)
            qdx_pack_skip(&packed);
        else if (!is_wanted)
            qdx_numbers_skip(&packed);
        else if (!(is_bytes ? unpack_bytes : unpack_numbers)(&packed, arena, &columns[i]))
            return qdx_error_memory(error);
        if (packed.failed)
            return qdx_store_broken(store, group, error);
    }
    if (status == QDX_OK && (packed.failed || qdx_cursor_left(&packed)))
        return qdx_store_broken(store, group, error);
    return status;
}

qdx_status qdx_group_columns(const qdx_index *index, qdx_store store, uint64_t group,
                             qdx_arena *arena, qdx_cursor columns[QDX_COLUMNS], qdx_error *error)
{
    return qdx_group_columns_some(index, store, group, ~0u, arena, columns, error);
}
