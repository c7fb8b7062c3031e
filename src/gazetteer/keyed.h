/* Items under 64-bit keys, sorted by them: what tables and posting lists are made from. */
#ifndef QDX_GAZETTEER_KEYED_H
#define QDX_GAZETTEER_KEYED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/vector.h"

typedef struct qdx_keyed {
    uint64_t key;
    uint32_t item;
} qdx_keyed;

typedef QDX_VECTOR(qdx_keyed) qdx_keyed_list;

/* Sorts by key; items of one key stay in their order. False without memory. Cost: linear. */
bool qdx_keyed_sort(qdx_keyed_list *list);

#include "base/banned.h"
#endif
