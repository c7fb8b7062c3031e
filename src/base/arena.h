/*
 * Arena: many small allocations with one lifetime, released together.
 *
 * One arena serves one document: reset it and the memory is used again for the next. Memory is
 * aligned for any type and not cleared. With QDX_ARENA_DEBUG every allocation is a malloc of its
 * own, so that sanitizers see each one's bounds.
 *
 * An arena keeps the account of its document: what it holds itself, and what vectors that grow
 * through qdx_arena_push take beside it. Beyond a limit, requests fail as if there were no memory,
 * and `full` tells that it was the limit.
 */
#ifndef QDX_BASE_ARENA_H
#define QDX_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

typedef struct qdx_arena {
    struct qdx_arena_chunk *head; /* chunk in use; earlier ones follow */
    size_t used;                  /* bytes of head */
    size_t held;                  /* bytes taken since the reset, here and on its account */
    size_t limit;                 /* of held; 0: none. Stays through reset and release. */
    bool full;                    /* a request was refused since the reset, for the limit */
} qdx_arena;

/* An all-zero arena is valid and empty; init is for the explicit. */
void qdx_arena_init(qdx_arena *arena);
void qdx_arena_release(qdx_arena *arena);

/* Forgets all allocations and the account; keeps the newest chunk for reuse, unless it is an
 * outlier of more than a few MB. */
void qdx_arena_reset(qdx_arena *arena);

/* NULL when memory runs out. size 0 gives a valid pointer. */
void *qdx_arena_alloc(qdx_arena *arena, size_t size);

/* count * size bytes, checked for overflow. */
void *qdx_arena_array(qdx_arena *arena, size_t count, size_t size);

/* A terminated copy of `size` bytes. */
char *qdx_arena_copy(qdx_arena *arena, const void *bytes, size_t size);

/* Puts bytes that are held elsewhere on the account. False, and nothing changed, beyond the limit;
 * never with a NULL arena. */
bool qdx_arena_charge(qdx_arena *arena, size_t bytes);

/* qdx_vector_grow on the account of an arena, which may be NULL. */
bool qdx_arena_grow(qdx_arena *arena, void **items, size_t *capacity, size_t count, size_t size);

/* qdx_vector_push on the account of an arena: false without memory and beyond the limit. */
#define qdx_arena_push(arena, vector, item)                                                        \
    (((vector)->count < (vector)->capacity ||                                                      \
      qdx_arena_grow((arena), (void **)&(vector)->items, &(vector)->capacity, (vector)->count,     \
                     sizeof *(vector)->items))                                                     \
         ? ((vector)->items[(vector)->count++] = (item), true)                                     \
         : false)

#include "base/banned.h"
#endif
