/* Interning by open addressing with linear probing; the table is never more than half full. */
#include "index/intern.h"

#include <stdlib.h>
#include <string.h>

#include "base/vector.h"

void qdx_intern_init(qdx_intern *intern)
{
    memset(intern, 0, sizeof *intern);
    intern->key = qdx_hash_key_random();
}

void qdx_intern_release(qdx_intern *intern)
{
    free(intern->items);
    free(intern->slots);
    qdx_arena_release(&intern->arena);
    memset(intern, 0, sizeof *intern);
}

/* The slot that holds the string, or the free one where it belongs. */
static size_t find_slot(const qdx_intern *intern, const void *bytes, size_t size, uint32_t hash)
{
    size_t mask = intern->slot_count - 1, slot = hash & mask;
    while (intern->slots[slot]) {
        const qdx_interned *item = &intern->items[intern->slots[slot] - 1];
        if (item->hash == hash && item->size == size && memcmp(item->bytes, bytes, size) == 0)
            break;
        slot = (slot + 1) & mask;
    }
    return slot;
}

static bool grow_slots(qdx_intern *intern)
{
    size_t slot_count = intern->slot_count ? intern->slot_count * 2 : 256;
    uint32_t *slots = calloc(slot_count, sizeof *slots);
    if (!slots)
        return false;
    free(intern->slots);
    intern->slots = slots;
    intern->slot_count = slot_count;
    for (uint32_t i = 0; i < intern->count; i++) {
        size_t slot = intern->items[i].hash & (slot_count - 1);
        while (slots[slot])
            slot = (slot + 1) & (slot_count - 1);
        slots[slot] = i + 1;
    }
    return true;
}

uint32_t qdx_intern_add(qdx_intern *intern, const void *bytes, size_t size)
{
    if ((size_t)intern->count * 2 >= intern->slot_count && !grow_slots(intern))
        return UINT32_MAX;
    if (size == 0)
        bytes = "";
    uint32_t hash = (uint32_t)qdx_hash_keyed(intern->key, bytes, size);
    size_t slot = find_slot(intern, bytes, size, hash);
    if (intern->slots[slot])
        return intern->slots[slot] - 1;
    if (size > UINT32_MAX || intern->count >= UINT32_MAX - 1)
        return UINT32_MAX;
    if (intern->count == intern->capacity &&
        !qdx_vector_grow((void **)&intern->items, &intern->capacity, intern->count,
                         sizeof *intern->items))
        return UINT32_MAX;
    const char *copy = qdx_arena_copy(&intern->arena, bytes, size);
    if (!copy)
        return UINT32_MAX;
    intern->items[intern->count] = (qdx_interned){copy, (uint32_t)size, hash};
    intern->slots[slot] = ++intern->count;
    return intern->count - 1;
}
