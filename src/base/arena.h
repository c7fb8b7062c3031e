/*
 * Arena: many small allocations with one lifetime, released together.
 *
 * One arena serves one document: reset it and the memory is used again for the next. Memory is
 * aligned for any type and not cleared. With QDX_ARENA_DEBUG every allocation is a malloc of its
 * own, so that sanitizers see each one's bounds.
 */
#ifndef QDX_BASE_ARENA_H
#define QDX_BASE_ARENA_H

#include <stddef.h>

typedef struct qdx_arena {
    struct qdx_arena_chunk *head; /* chunk in use; earlier ones follow */
    size_t used;                  /* bytes of head */
} qdx_arena;

/* An all-zero arena is valid and empty; init is for the explicit. */
void qdx_arena_init(qdx_arena *arena);
void qdx_arena_release(qdx_arena *arena);

/* Forgets all allocations; keeps the newest chunk for reuse. */
void qdx_arena_reset(qdx_arena *arena);

/* NULL when memory runs out. size 0 gives a valid pointer. */
void *qdx_arena_alloc(qdx_arena *arena, size_t size);

/* count * size bytes, checked for overflow. */
void *qdx_arena_array(qdx_arena *arena, size_t count, size_t size);

/* A terminated copy of `size` bytes. */
char *qdx_arena_copy(qdx_arena *arena, const void *bytes, size_t size);

#include "base/banned.h"
#endif
