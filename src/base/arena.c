/*
 * Arena allocator: a list of chunks, each at least twice as large as the one before up to a limit,
 * and a bump pointer in the newest. Larger requests get a chunk of their own size.
 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/vector.h"

enum { FIRST_CHUNK = 16 << 10, LARGEST_STEP = 1 << 20, KEPT_CHUNK = 4 << 20 };

struct qdx_arena_chunk {
    struct qdx_arena_chunk *next;
    size_t capacity;
    alignas(max_align_t) char bytes[];
};

void qdx_arena_init(qdx_arena *arena)
{
    *arena = (qdx_arena){0};
}

static void free_chunks(struct qdx_arena_chunk *chunk)
{
    while (chunk) {
        struct qdx_arena_chunk *next = chunk->next;
        free(chunk);
        chunk = next;
    }
}

void qdx_arena_release(qdx_arena *arena)
{
    free_chunks(arena->head);
    *arena = (qdx_arena){.limit = arena->limit};
}

void qdx_arena_reset(qdx_arena *arena)
{
#ifdef QDX_ARENA_DEBUG
    qdx_arena_release(arena);
#else
    if (!arena->head || arena->head->capacity > KEPT_CHUNK) {
        qdx_arena_release(arena);
        return;
    }
    free_chunks(arena->head->next);
    arena->head->next = NULL;
    arena->used = 0;
    arena->held = arena->head->capacity;
    arena->full = false;
#endif
}

static size_t next_capacity(const qdx_arena *arena, size_t size)
{
#ifdef QDX_ARENA_DEBUG
    (void)arena;
    return size;
#else
    size_t wanted = arena->head ? arena->head->capacity * 2 : FIRST_CHUNK;
    if (wanted > LARGEST_STEP)
        wanted = LARGEST_STEP;
    return wanted > size ? wanted : size;
#endif
}

bool qdx_arena_charge(qdx_arena *arena, size_t bytes)
{
    if (!arena)
        return true;
    if (arena->limit && (bytes > arena->limit || arena->held > arena->limit - bytes)) {
        arena->full = true;
        return false;
    }
    arena->held += bytes;
    return true;
}

bool qdx_arena_grow(qdx_arena *arena, void **items, size_t *capacity, size_t count, size_t size)
{
    size_t added = (*capacity ? *capacity : 16) * size; /* a vector doubles */
    return qdx_arena_charge(arena, added) && qdx_vector_grow(items, capacity, count, size);
}

void *qdx_arena_alloc(qdx_arena *arena, size_t size)
{
    const size_t unit = alignof(max_align_t);
    if (size > SIZE_MAX / 2)
        return NULL;
    size = (size + unit - 1) / unit * unit;
    if (size == 0)
        size = unit;
    if (!arena->head || arena->head->capacity - arena->used < size) {
        size_t capacity = next_capacity(arena, size);
        if (!qdx_arena_charge(arena, capacity))
            return NULL;
        struct qdx_arena_chunk *chunk = malloc(sizeof *chunk + capacity);
        if (!chunk)
            return NULL;
        chunk->capacity = capacity;
        chunk->next = arena->head;
        arena->head = chunk;
        arena->used = 0;
    }
    void *result = arena->head->bytes + arena->used;
    arena->used += size;
    return result;
}

void *qdx_arena_array(qdx_arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        return NULL;
    return qdx_arena_alloc(arena, count * size);
}

char *qdx_arena_copy(qdx_arena *arena, const void *bytes, size_t size)
{
    if (size == SIZE_MAX)
        return NULL;
    char *copy = qdx_arena_alloc(arena, size + 1);
    if (!copy)
        return NULL;
    if (size)
        memcpy(copy, bytes, size);
    copy[size] = '\0';
    return copy;
}
