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

/* A string to be looked up: its hash, and its last eight bytes, or all of a shorter one. */
typedef struct probe {
    const char *bytes;
    uint32_t size, owner, hash;
    uint64_t last;
} probe;

/*
 * Folded multiplication by a secret number: nobody outside the process can choose strings that
 * collide. Equal within the process only.
 */
static inline probe make_probe(qdx_hash_key key, uint32_t owner, const char *bytes, uint32_t size)
{
    const unsigned char *p = (const unsigned char *)bytes;
    uint64_t hash = key.k0 ^ size ^ (uint64_t)owner << 32, word;
    size_t left = size;
    for (; left > 8; left -= 8, p += 8) {
        memcpy(&word, p, sizeof word);
        hash = multiply_fold(hash ^ word, key.k1);
    }
    word = load_short(p, left);
    hash = multiply_fold(hash ^ word, key.k1);
    return (probe){bytes, size, owner, (uint32_t)(hash ^ hash >> 32), word};
}

/* The slot that holds the string, or the free one where it belongs. */
static inline size_t find_slot(const qdx_intern *intern, const probe *wanted)
{
    size_t mask = intern->slot_count - 1, slot = wanted->hash & mask;
    while (intern->slots[slot]) {
        const qdx_interned *item = &intern->items[intern->slots[slot] - 1];
        if (item->last == wanted->last && item->size == wanted->size &&
            item->owner == wanted->owner &&
            (item->size <= 8 || memcmp(item->bytes, wanted->bytes, item->size) == 0))
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

/* Adds a string at its slot. */
static uint32_t add_new(qdx_intern *intern, const probe *added, size_t slot)
{
    if (intern->count >= UINT32_MAX - 1)
        return UINT32_MAX;
    if (intern->count == intern->capacity &&
        !qdx_vector_grow((void **)&intern->items, &intern->capacity, intern->count,
                         sizeof *intern->items))
        return UINT32_MAX;
    const char *copy = qdx_arena_copy(&intern->arena, added->bytes, added->size);
    if (!copy)
        return UINT32_MAX;
    intern->items[intern->count] =
        (qdx_interned){copy, added->size, added->owner, added->hash, added->last};
    intern->slots[slot] = ++intern->count;
    return intern->count - 1;
}

uint32_t qdx_intern_add_of(qdx_intern *intern, uint32_t owner, const void *bytes, size_t size)
{
    if ((size_t)intern->count * 2 >= intern->slot_count && !grow_slots(intern))
        return UINT32_MAX;
    if (size > UINT32_MAX)
        return UINT32_MAX;
    probe wanted = make_probe(intern->key, owner, size ? bytes : "", (uint32_t)size);
    size_t slot = find_slot(intern, &wanted);
    return intern->slots[slot] ? intern->slots[slot] - 1 : add_new(intern, &wanted, slot);
}

uint32_t qdx_intern_add(qdx_intern *intern, const void *bytes, size_t size)
{
    return qdx_intern_add_of(intern, 0, bytes, size);
}

void qdx_intern_settle(qdx_intern *intern)
{
    free(intern->items);
    free(intern->slots);
    intern->items = NULL;
    intern->slots = NULL;
    intern->count = 0;
    intern->capacity = intern->slot_count = 0;
}
