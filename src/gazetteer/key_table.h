/*
 * Key table: 64-bit keys to 32-bit values in eight bytes a slot, built once, then only read.
 *
 * Half of a key says where to look, the other half is kept to compare. A table in which two keys
 * could be taken for each other is built again with another seed, so that each of its keys finds
 * its own value; a foreign key may find a wrong one, which readers verify.
 */
#ifndef QDX_GAZETTEER_KEY_TABLE_H
#define QDX_GAZETTEER_KEY_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/hash.h"

enum { QDX_KEY_PROBES = 1024 /* a search gives up after so many slots */ };

typedef struct qdx_key_slot {
    uint32_t check; /* 0: empty */
    uint32_t value;
} qdx_key_slot;

typedef struct qdx_key_place {
    uint32_t home, check;
} qdx_key_place;

static inline qdx_key_place qdx_key_place_of(uint64_t key, uint32_t seed, uint64_t slot_count)
{
    if (seed)
        key = qdx_hash_mix(key, seed);
    uint32_t check = (uint32_t)key;
    return (qdx_key_place){(uint32_t)(((key >> 32) * slot_count) >> 32), check ? check : 1};
}

/*
 * Makes the table of `count` different keys. *slots is the caller's to free; *slot_count is 0 when
 * there are no keys.
 */
qdx_status qdx_key_table_build(const uint64_t *keys, const uint32_t *values, size_t count,
                               qdx_key_slot **slots, size_t *slot_count, uint32_t *seed,
                               qdx_error *error);

#include "base/banned.h"
#endif
