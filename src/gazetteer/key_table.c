/*
 * Building a key table: open addressing with linear probing, about seven slots in ten in use. Keys
 * of one slot run that share the half that is kept make another seed necessary: rare below ten
 * million keys, and then once.
 */
#include "gazetteer/key_table.h"

#include <stdlib.h>
#include <string.h>

enum { SEEDS = 64 };

/* Puts all keys in; false when two of them could be confused or a run is too long. */
static bool fill(const uint64_t *keys, const uint32_t *values, size_t count, qdx_key_slot *slots,
                 size_t slot_count, uint32_t seed)
{
    memset(slots, 0, slot_count * sizeof *slots);
    for (size_t i = 0; i < count; i++) {
        qdx_key_place place = qdx_key_place_of(keys[i], seed, slot_count);
        size_t at = place.home, probes = 0;
        for (; slots[at].check; at = at + 1 == slot_count ? 0 : at + 1)
            if (slots[at].check == place.check || ++probes == QDX_KEY_PROBES)
                return false;
        slots[at] = (qdx_key_slot){place.check, values[i]};
    }
    return true;
}

qdx_status qdx_key_table_build(const uint64_t *keys, const uint32_t *values, size_t count,
                               qdx_key_slot **slots, size_t *slot_count, uint32_t *seed,
                               qdx_error *error)
{
    *slots = NULL;
    *slot_count = 0;
    *seed = 0;
    if (!count)
        return QDX_OK;
    size_t size = count + count * 2 / 5 + 8;
    if (size > UINT32_MAX)
        return qdx_error_set(error, QDX_ERR_LIMIT, "too many names for one gazetteer");
    *slots = malloc(size * sizeof **slots);
    if (!*slots)
        return qdx_error_memory(error);
    for (; *seed < SEEDS; ++*seed)
        if (fill(keys, values, count, *slots, size, *seed)) {
            *slot_count = size;
            return QDX_OK;
        }
    free(*slots);
    *slots = NULL;
    return qdx_error_set(error, QDX_ERR_LIMIT, "names whose hashes cannot be told apart");
}
