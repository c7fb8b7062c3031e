/*
 * Vector: a typed growable array, as a macro over one function.
 *
 *     typedef QDX_VECTOR(qdx_span) span_vector;
 *     span_vector spans = {0};
 *     if (!qdx_vector_push(&spans, span)) return qdx_error_memory(error);
 *     for (size_t i = 0; i < spans.count; i++) use(spans.items[i]);
 *     qdx_vector_release(&spans);
 */
#ifndef QDX_BASE_VECTOR_H
#define QDX_BASE_VECTOR_H

#include <stdbool.h>
#include <stddef.h>

#define QDX_VECTOR(type)                                                                           \
    struct {                                                                                       \
        type *items;                                                                               \
        size_t count;                                                                              \
        size_t capacity;                                                                           \
    }

/* Makes room for one more item of `size` bytes. False, and nothing changed, without memory. */
bool qdx_vector_grow(void **items, size_t *capacity, size_t count, size_t size);

/* Makes room for `wanted` items in all. False, and nothing changed, without memory. */
bool qdx_vector_reserve(void **items, size_t *capacity, size_t wanted, size_t size);

/* Appends `item`; false when memory runs out. Evaluates `vector` more than once. */
#define qdx_vector_push(vector, item)                                                              \
    (((vector)->count < (vector)->capacity ||                                                      \
      (qdx_vector_grow((void **)&(vector)->items, &(vector)->capacity, (vector)->count,            \
                       sizeof *(vector)->items) &&                                                 \
       (vector)->items))                                                                           \
         ? ((vector)->items[(vector)->count++] = (item), true)                                     \
         : false)

#define qdx_vector_clear(vector) ((void)((vector)->count = 0))

/* Frees the array and leaves it empty. Items that own something are the caller's to release. */
#define qdx_vector_release(vector)                                                                 \
    (qdx_vector_free((vector)->items), (vector)->items = NULL, (vector)->count = 0,                \
     (void)((vector)->capacity = 0))

void qdx_vector_free(void *items);

#include "base/banned.h"
#endif
