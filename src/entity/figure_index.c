/*
 * The index of figures: one open-addressing table for all kinds of keys, a record for each surname.
 * Nothing is ever removed but all at once.
 */
#include "entity/figure_index.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1 << 8, KEPT_SLOTS = 1 << 14 };

static const uint32_t NOBODY = UINT32_MAX;

void qdx_figure_index_release(qdx_figure_index *index)
{
    free(index->slots);
    index->slots = NULL;
    index->slot_count = index->used = index->kinds = 0;
    qdx_vector_release(&index->bearers);
}

void qdx_figure_index_clear(qdx_figure_index *index, qdx_hash_key secret)
{
    index->secret = secret;
    qdx_vector_clear(&index->bearers);
    if (index->slot_count > KEPT_SLOTS)
        qdx_figure_index_release(index);
    index->used = index->kinds = 0;
    if (++index->generation == 0 && index->slots) {
        memset(index->slots, 0, index->slot_count * sizeof *index->slots);
        index->generation = 1;
    }
}

static uint64_t key_of(const qdx_figure_index *index, qdx_figure_key kind, uint64_t hash)
{
    uint64_t key = qdx_hash_mix(hash ^ index->secret.k0, index->secret.k1 + (uint64_t)kind);
    return qdx_hash_mix(key, index->secret.k0);
}

/* Where a key stands or belongs. */
static qdx_figure_slot *find_slot(const qdx_figure_index *index, uint64_t key)
{
    size_t i = (size_t)key & (index->slot_count - 1);
    while (index->slots[i].generation == index->generation && index->slots[i].key != key)
        i = (i + 1) & (index->slot_count - 1);
    return &index->slots[i];
}

static bool grow(qdx_figure_index *index)
{
    size_t slot_count = index->slot_count ? index->slot_count * 2 : FIRST_SLOTS;
    if (!qdx_arena_charge(index->account, slot_count * sizeof(qdx_figure_slot)))
        return false;
    qdx_figure_slot *slots = calloc(slot_count, sizeof *slots);
    if (!slots)
        return false;
    if (!index->generation)
        index->generation = 1;
    qdx_figure_index grown = {
        .slots = slots, .slot_count = slot_count, .generation = index->generation};
    for (size_t i = 0; i < index->slot_count; i++)
        if (index->slots[i].generation == index->generation)
            *find_slot(&grown, index->slots[i].key) = index->slots[i];
    free(index->slots);
    index->slots = slots;
    index->slot_count = slot_count;
    return true;
}

uint32_t qdx_figure_index_find_put(const qdx_figure_index *index, qdx_figure_key kind,
                                   uint64_t hash)
{
    const qdx_figure_slot *slot = find_slot(index, key_of(index, kind, hash));
    return slot->generation == index->generation ? slot->value : NOBODY;
}

bool qdx_figure_index_put(qdx_figure_index *index, qdx_figure_key kind, uint64_t hash,
                          uint32_t value)
{
    if (index->used * 2 >= index->slot_count && !grow(index))
        return false;
    uint64_t key = key_of(index, kind, hash);
    qdx_figure_slot *slot = find_slot(index, key);
    index->used += slot->generation != index->generation;
    index->kinds |= 1u << kind;
    *slot = (qdx_figure_slot){key, value, index->generation};
    return true;
}

qdx_bearers *qdx_figure_index_bearers(qdx_figure_index *index, uint64_t surname)
{
    uint32_t number = qdx_figure_index_find(index, QDX_KEY_SURNAME, surname);
    if (number != NOBODY)
        return &index->bearers.items[number];
    qdx_bearers none;
    memset(&none, 0, sizeof none);
    for (unsigned g = 0; g < QDX_GENDERS; g++)
        none.first[g] = none.full[g] = none.recent[g] = NOBODY;
    number = (uint32_t)index->bearers.count;
    if (!qdx_arena_push(index->account, &index->bearers, none))
        return NULL;
    if (!qdx_figure_index_put(index, QDX_KEY_SURNAME, surname, number)) {
        index->bearers.count--;
        return NULL;
    }
    return &index->bearers.items[number];
}

void qdx_figure_index_rewind(qdx_figure_index *index)
{
    for (size_t i = 0; i < index->bearers.count; i++)
        for (unsigned g = 0; g < QDX_GENDERS; g++)
            index->bearers.items[i].recent[g] = NOBODY;
}

uint32_t qdx_figure_index_bearer(const qdx_figure_index *index, uint64_t surname, unsigned gender,
                                 bool *ambiguous)
{
    *ambiguous = false;
    uint32_t number = qdx_figure_index_find(index, QDX_KEY_SURNAME, surname);
    if (number == NOBODY)
        return NOBODY;
    const qdx_bearers *bearers = &index->bearers.items[number];
    uint32_t recent = NOBODY, recent_at = 0, first = NOBODY, count = 0;
    for (unsigned g = 0; g < QDX_GENDERS; g++) {
        if (gender && g && g != gender)
            continue;
        count += bearers->count[g];
        if (bearers->recent[g] != NOBODY &&
            (recent == NOBODY || bearers->recent_at[g] > recent_at)) {
            recent = bearers->recent[g];
            recent_at = bearers->recent_at[g];
        }
        if (bearers->first[g] < first)
            first = bearers->first[g];
    }
    *ambiguous = count > 1;
    return recent != NOBODY ? recent : first;
}

uint32_t qdx_figure_index_first(const qdx_figure_index *index, uint64_t surname, unsigned gender)
{
    uint32_t number = qdx_figure_index_find(index, QDX_KEY_SURNAME, surname), first = NOBODY;
    for (unsigned g = 0; number != NOBODY && g < QDX_GENDERS; g++)
        if ((!gender || !g || g == gender) && index->bearers.items[number].first[g] < first)
            first = index->bearers.items[number].first[g];
    return first;
}
