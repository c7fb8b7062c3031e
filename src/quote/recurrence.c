/*
 * A table of the short stretches by the hash of their words, and one pass over
 * the narration that looks up each run of as many words. A filter of first
 * words keeps most tokens from the table.
 */
#include "quote/recurrence.h"
#include "quote/narration_tokens.h"

#include <string.h>

enum { WORDS = 3, FILTER_BITS = 4096, PROBES = 16 };

#define NO_STRETCH UINT32_MAX

typedef struct table {
    uint32_t *slots; /* stretches, open addressing; NO_STRETCH is empty */
    uint64_t *keys;
    size_t size; /* a power of two */
    uint64_t filter[FILTER_BITS / 64];
} table;

static uint64_t mix(uint64_t key, uint64_t hash)
{
    return (key ^ hash) * UINT64_C(0x9E3779B97F4A7C15);
}

/* The words of [first, end) as one number; 0 when they are none, too many, or
 * hold marks. */
static uint64_t key_of(const qdx_narration *n, uint32_t first, uint32_t end)
{
    if (end > first && at(n, end - 1)->kind == QDX_TOKEN_MARK)
        end--;
    if (end <= first || end - first > WORDS)
        return 0;
    if (end - first == 1 && (at(n, first)->classes & QDX_WORD_FUNCTION))
        return 0;
    uint64_t key = 0;
    for (uint32_t i = first; i < end; i++) {
        if (at(n, i)->kind == QDX_TOKEN_MARK && at(n, i)->mark != QDX_MARK_HYPHEN)
            return 0;
        key = mix(key, at(n, i)->hash);
    }
    return key ? key : 1;
}

/* The slot of a key, or the free one where it belongs; `size` when too many
 * others are in the way.
 */
static size_t find_slot(const table *t, uint64_t key)
{
    size_t slot = (size_t)(key >> 32) & (t->size - 1);
    for (size_t probes = 0; probes < PROBES; probes++, slot = (slot + 1) & (t->size - 1))
        if (t->slots[slot] == NO_STRETCH || t->keys[slot] == key)
            return slot;
    return t->size;
}

/* Puts a short stretch into the table; false when it is none. */
static bool enter(table *t, const qdx_narration *n, const qdx_stretch *s, uint32_t number,
                  qdx_recurrence_list *list)
{
    uint64_t key = key_of(n, s->first, s->end);
    size_t slot = key ? find_slot(t, key) : t->size;
    if (slot == t->size)
        return false;
    if (t->slots[slot] != NO_STRETCH) {
        list->items[number] |= QDX_RECURS_IN_MARKS;
        list->items[t->slots[slot]] |= QDX_RECURS_IN_MARKS;
        return true;
    }
    t->slots[slot] = number;
    t->keys[slot] = key;
    uint64_t first = at(n, s->first)->hash % FILTER_BITS;
    t->filter[first / 64] |= UINT64_C(1) << (first % 64);
    return true;
}

/* Marks the stretches whose words begin at token i of the narration. */
static void look_up(const table *t, const qdx_narration *n, uint32_t i, qdx_recurrence_list *list)
{
    uint64_t key = 0;
    uint32_t count = (uint32_t)n->tagging->text->tokens.count;
    for (uint32_t k = i; k < count && k - i < WORDS && !n->quoted[k]; k++) {
        key = mix(key, at(n, k)->hash);
        size_t slot = find_slot(t, key ? key : 1);
        if (slot < t->size && t->slots[slot] != NO_STRETCH)
            list->items[t->slots[slot]] |= QDX_RECURS_PLAIN;
    }
}

qdx_status qdx_recurrence_find(const qdx_narration *n, const qdx_stretch_list *stretches,
                               qdx_recurrence_list *list, qdx_error *error)
{
    qdx_vector_clear(list);
    for (size_t i = 0; i < stretches->count; i++)
        if (!qdx_arena_push(n->tagging->arena, list, 0))
            return qdx_error_memory(error);
    if (!stretches->count)
        return QDX_OK;
    table t = {.size = 16};
    while (t.size < 2 * stretches->count)
        t.size *= 2;
    t.slots = qdx_arena_array(n->tagging->arena, t.size, sizeof *t.slots);
    t.keys = qdx_arena_array(n->tagging->arena, t.size, sizeof *t.keys);
    if (!t.slots || !t.keys)
        return qdx_error_memory(error);
    memset(t.slots, 0xFF, t.size * sizeof *t.slots);
    memset(t.keys, 0, t.size * sizeof *t.keys);
    bool any = false;
    for (size_t i = 0; i < stretches->count; i++)
        any |= enter(&t, n, &stretches->items[i], (uint32_t)i, list);
    if (!any)
        return QDX_OK;
    for (uint32_t i = 0; i < n->tagging->text->tokens.count; i++) {
        uint64_t bit = at(n, i)->hash % FILTER_BITS;
        if (!n->quoted[i] && (t.filter[bit / 64] >> (bit % 64) & 1))
            look_up(&t, n, i, list);
    }
    /* A second stretch of the same words shares what was found for the first. */
    for (size_t i = 0; i < stretches->count; i++) {
        uint64_t key = key_of(n, stretches->items[i].first, stretches->items[i].end);
        size_t slot = key ? find_slot(&t, key) : t.size;
        if (slot < t.size && t.slots[slot] != NO_STRETCH)
            list->items[i] |= list->items[t.slots[slot]];
    }
    return QDX_OK;
}
