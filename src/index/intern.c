/* Interning by open addressing with linear probing; the table is never more than half full. */
#include "index/intern.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/vector.h"

void qdx_intern_init(qdx_intern *intern)
{
    memset(intern, 0, sizeof *intern);
    intern->key = qdx_hash_key_random();
    intern->key.k0 |= 1;
    intern->key.k1 |= 1;
}

void qdx_intern_release(qdx_intern *intern)
{
    free(intern->items);
    free(intern->slots);
    qdx_arena_release(&intern->arena);
    memset(intern, 0, sizeof *intern);
}

__extension__ typedef unsigned __int128 wide;

static inline uint64_t multiply_fold(uint64_t a, uint64_t b)
{
    wide product = (wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Up to eight bytes in the machine's order; all of them count. */
static inline uint64_t load_short(const unsigned char *p, size_t size)
{
    if (size >= 4) {
        uint32_t low, high;
        memcpy(&low, p, 4);
        memcpy(&high, p + size - 4, 4);
        return low | (uint64_t)high << 32;
    }
    return size ? (uint64_t)p[0] | (uint64_t)p[size / 2] << 8 | (uint64_t)p[size - 1] << 16 : 0;
}

/*
 * Folded multiplication by a secret number: nobody outside the process can choose strings that
 * collide. Equal within the process only.
 */
static inline uint64_t hash_string(qdx_hash_key key, const void *bytes, size_t size)
{
    const unsigned char *p = bytes;
    uint64_t hash = key.k0 ^ size, word;
    for (; size > 8; size -= 8, p += 8) {
        memcpy(&word, p, sizeof word);
        hash = multiply_fold(hash ^ word, key.k1);
    }
    hash = multiply_fold(hash ^ load_short(p, size), key.k1);
    return hash ^ hash >> 32;
}

static inline bool equal_strings(const char *a, const void *b, size_t size)
{
    if (size <= 8)
        return load_short((const unsigned char *)a, size) == load_short(b, size);
    return memcmp(a, b, size) == 0;
}

/* The slot that holds the string, or the free one where it belongs. */
static size_t find_slot(const qdx_intern *intern, const void *bytes, size_t size, uint32_t hash)
{
    size_t mask = intern->slot_count - 1, slot = hash & mask;
    while (intern->slots[slot]) {
        const qdx_interned *item = &intern->items[intern->slots[slot] - 1];
        if (item->hash == hash && item->size == size && equal_strings(item->bytes, bytes, size))
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
    uint32_t hash = (uint32_t)hash_string(intern->key, bytes, size);
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

void qdx_intern_drop(qdx_intern *intern)
{
    const qdx_interned *last = &intern->items[intern->count - 1];
    /* Nothing was placed behind it: its slot can become free. */
    intern->slots[find_slot(intern, last->bytes, last->size, last->hash)] = 0;
    intern->count--;
}
