/* Reading front-coded dictionaries: binary search over groups, then key by key. */
#include "index/dictionary.h"

#include <string.h>

#include "base/error.h"

void qdx_dictionary_walk_release(qdx_dictionary_walk *walk)
{
    qdx_buffer_release(&walk->key);
}

static int compare_bytes(const char *a, size_t a_size, const char *b, size_t b_size)
{
    size_t size = a_size < b_size ? a_size : b_size;
    int order = size ? memcmp(a, b, size) : 0;
    return order ? order : (a_size > b_size) - (a_size < b_size);
}

/* Opens the group; its first key follows at the cursor. */
static qdx_status open_group(qdx_dictionary_walk *walk, uint64_t group, qdx_error *error)
{
    qdx_status status = qdx_store_at(walk->index, walk->store, group, &walk->cursor, error);
    walk->group = group;
    walk->ordinal = group * QDX_GROUP_KEYS;
    walk->in_group = 0;
    qdx_buffer_clear(&walk->key);
    return status;
}

/* Reads the key at the cursor over the one before it. */
static qdx_status read_key(qdx_dictionary_walk *walk, qdx_error *error)
{
    size_t size, payload_size;
    size_t shared = (size_t)qdx_cursor_varint_max(&walk->cursor, walk->key.size);
    const char *suffix = qdx_cursor_string(&walk->cursor, &size);
    const char *payload = qdx_cursor_string(&walk->cursor, &payload_size);
    if (walk->cursor.failed || walk->in_group == QDX_GROUP_KEYS)
        return qdx_store_broken(walk->store, walk->group, error);
    walk->key.size = shared;
    qdx_buffer_append(&walk->key, suffix, size);
    qdx_cursor_init(&walk->payload, payload, payload_size);
    walk->ordinal = walk->group * QDX_GROUP_KEYS + walk->in_group++;
    return qdx_buffer_status(&walk->key, error);
}

qdx_status qdx_dictionary_walk_next(qdx_dictionary_walk *walk, qdx_error *error)
{
    if (walk->group >= walk->groups)
        return QDX_END;
    if (qdx_cursor_left(&walk->cursor) == 0) {
        if (walk->in_group == 0)
            return qdx_store_broken(walk->store, walk->group, error);
        if (++walk->group >= walk->groups)
            return QDX_END;
        qdx_status status = open_group(walk, walk->group, error);
        if (status != QDX_OK)
            return status;
    }
    return read_key(walk, error);
}

/* The last group whose first key is not greater than `key`; 0 when there is none. */
static qdx_status find_group(qdx_dictionary_walk *walk, const char *key, size_t size,
                             uint64_t *group, qdx_error *error)
{
    uint64_t low = 0, high = walk->groups;
    while (high - low > 1) {
        uint64_t middle = low + (high - low) / 2;
        qdx_status status = open_group(walk, middle, error);
        if (status == QDX_OK)
            status = read_key(walk, error);
        if (status != QDX_OK)
            return status;
        if (compare_bytes(walk->key.bytes, walk->key.size, key, size) <= 0)
            low = middle;
        else
            high = middle;
    }
    *group = low;
    return QDX_OK;
}

qdx_status qdx_dictionary_walk_seek(qdx_dictionary_walk *walk, const qdx_index *index,
                                    qdx_store store, const char *key, size_t size, qdx_error *error)
{
    uint64_t group = 0;
    walk->index = index;
    walk->store = store;
    walk->group = 0;
    walk->groups = qdx_store_count(index, store);
    if (walk->groups == 0)
        return QDX_OK;
    qdx_status status = find_group(walk, key, size, &group, error);
    if (status == QDX_OK)
        status = open_group(walk, group, error);
    while (status == QDX_OK && qdx_cursor_left(&walk->cursor) > 0) {
        unsigned before = walk->in_group;
        status = read_key(walk, error);
        if (status != QDX_OK || compare_bytes(walk->key.bytes, walk->key.size, key, size) < 0)
            continue;
        /* Found: begin the group again and stop before it. */
        status = open_group(walk, group, error);
        while (status == QDX_OK && walk->in_group < before)
            status = read_key(walk, error);
        break;
    }
    return status;
}

qdx_status qdx_dictionary_find(const qdx_index *index, qdx_store store, const char *key,
                               size_t size, qdx_cursor *payload, uint64_t *ordinal,
                               qdx_error *error)
{
    qdx_dictionary_walk walk = {0};
    qdx_status status = qdx_dictionary_walk_seek(&walk, index, store, key, size, error);
    if (status == QDX_OK)
        status = qdx_dictionary_walk_next(&walk, error);
    if (status == QDX_OK && compare_bytes(walk.key.bytes, walk.key.size, key, size) != 0)
        status = QDX_END;
    if (status == QDX_OK) {
        *payload = walk.payload;
        if (ordinal)
            *ordinal = walk.ordinal;
    }
    qdx_dictionary_walk_release(&walk);
    return status;
}
