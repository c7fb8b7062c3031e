/* The growing behind QDX_VECTOR: doubling, overflow checked. */
#include "base/vector.h"

#include <stdint.h>
#include <stdlib.h>

bool qdx_vector_grow(void **items, size_t *capacity, size_t count, size_t size)
{
    if (count < *capacity)
        return true;
    return qdx_vector_reserve(items, capacity, *capacity ? *capacity * 2 : 16, size);
}

bool qdx_vector_reserve(void **items, size_t *capacity, size_t wanted, size_t size)
{
    if (wanted <= *capacity)
        return true;
    if (wanted < *capacity * 2)
        wanted = *capacity * 2;
    if (wanted > SIZE_MAX / 2 / size)
        return false;
    void *grown = realloc(*items, wanted * size);
    if (!grown)
        return false;
    *items = grown;
    *capacity = wanted;
    return true;
}

void qdx_vector_free(void *items)
{
    free(items);
}
