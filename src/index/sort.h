/*
 * Sorting by a number of 64 bits, digit by digit: linear, stable, without comparing. What numbers
 * cannot tell apart keeps its order and is the caller's to look at.
 */
#ifndef QDX_INDEX_SORT_H
#define QDX_INDEX_SORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct qdx_sort_item {
    uint64_t key;
    uint32_t number; /* of what is sorted */
} qdx_sort_item;

/* Ascending by key. False, and nothing changed, when memory runs out. */
bool qdx_sort_items(qdx_sort_item *items, size_t count);

/* Looks at two items and the context. */
typedef int qdx_sort_compare(const void *a, const void *b, void *context);

/* The same, and items of equal keys as `compare` has it; what is in order already costs little. */
bool qdx_sort_items_by(qdx_sort_item *items, size_t count, qdx_sort_compare *compare,
                       void *context);

#include "base/banned.h"
#endif
