/*
 * Interning: byte strings to small numbers, in order of first meeting. The table hashes with a
 * random key, so nothing that reaches a file may depend on its inner order; the numbers do not.
 */
#ifndef QDX_INDEX_INTERN_H
#define QDX_INDEX_INTERN_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/hash.h"

typedef struct qdx_interned {
    const char *bytes; /* terminated */
    uint32_t size, owner;
    uint32_t hash;
    uint64_t last; /* its last bytes, to tell most strings apart without reading them */
} qdx_interned;

typedef struct qdx_intern {
    qdx_interned *items; /* by number */
    uint32_t count;
    size_t capacity;
    uint32_t *slots; /* number + 1, 0: free */
    size_t slot_count;
    qdx_hash_key key;
    qdx_arena arena;
} qdx_intern;

void qdx_intern_init(qdx_intern *intern);
void qdx_intern_release(qdx_intern *intern);

/* The number of `bytes`, copied at first sight. UINT32_MAX when memory runs out. */
uint32_t qdx_intern_add(qdx_intern *intern, const void *bytes, size_t size);

/* The same for `bytes` of an owner: equal bytes of another one have another number. */
uint32_t qdx_intern_add_of(qdx_intern *intern, uint32_t owner, const void *bytes, size_t size);

/* Nothing is added or looked up any more: all but the bytes of the strings is freed. */
void qdx_intern_settle(qdx_intern *intern);

/* The first 8 bytes as a number that sorts like them; missing ones are 0. */
static inline uint64_t qdx_bytes_prefix(const char *bytes, size_t size)
{
    const unsigned char *p = (const unsigned char *)bytes;
    if (size >= 8)
        return (uint64_t)p[0] << 56 | (uint64_t)p[1] << 48 | (uint64_t)p[2] << 40 |
               (uint64_t)p[3] << 32 | (uint64_t)p[4] << 24 | (uint64_t)p[5] << 16 |
               (uint64_t)p[6] << 8 | p[7];
    uint64_t prefix = 0;
    for (size_t i = 0; i < size; i++)
        prefix |= (uint64_t)p[i] << (56 - 8 * i);
    return prefix;
}

#include "base/banned.h"
#endif
