/*
 * Radix sort from the lowest digit of the key to the highest. All digits are counted in one pass,
 * and a digit that is the same in every key costs nothing more. A few items are inserted one by
 * one.
 */
#include "index/sort.h"

#include <stdlib.h>
#include <string.h>

enum {
    DIGIT_BITS = 11,
    DIGITS = 6, /* 64 bits, and two over */
    VALUES = 1 << DIGIT_BITS,
    FEW = 96 /* items that counting digits is not worth */
};

static inline size_t digit_of(uint64_t key, unsigned digit)
{
    return key >> (DIGIT_BITS * digit) & (VALUES - 1);
}

static bool is_sorted(const qdx_sort_item *items, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (items[i - 1].key > items[i].key)
            return false;
    return true;
}

/* Few items, each put in its place among those before it. */
static void insert_items(qdx_sort_item *items, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        qdx_sort_item item = items[i];
        size_t at = i;
        for (; at > 0 && items[at - 1].key > item.key; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

/* Moves the items to `to` in the order of one digit of their keys; `places` are its counts. */
static void move(const qdx_sort_item *from, size_t count, unsigned digit, size_t *places,
                 qdx_sort_item *to)
{
    for (size_t value = 0, before = 0; value < VALUES; value++) {
        size_t n = places[value];
        places[value] = before;
        before += n;
    }
    for (size_t i = 0; i < count; i++)
        to[places[digit_of(from[i].key, digit)]++] = from[i];
}

bool qdx_sort_items(qdx_sort_item *items, size_t count)
{
    if (count <= FEW)
        insert_items(items, count);
    if (count <= FEW || is_sorted(items, count))
        return true;
    size_t(*counts)[VALUES] = calloc(DIGITS, sizeof *counts);
    qdx_sort_item *other = malloc(count * sizeof *other), *from = items, *to = other;
    bool done = counts && other;
    for (size_t i = 0; done && i < count; i++)
        for (unsigned digit = 0; digit < DIGITS; digit++)
            counts[digit][digit_of(items[i].key, digit)]++;
    for (unsigned digit = 0; done && digit < DIGITS; digit++) {
        if (counts[digit][digit_of(from[0].key, digit)] == count)
            continue;
        move(from, count, digit, counts[digit], to);
        qdx_sort_item *swap = from;
        from = to;
        to = swap;
    }
    if (done && from != items)
        memcpy(items, from, count * sizeof *items);
    free(counts);
    free(other);
    return done;
}

static bool is_sorted_by(const qdx_sort_item *items, size_t count, qdx_sort_compare *compare,
                         void *context)
{
    for (size_t i = 1; i < count; i++)
        if (compare(&items[i - 1], &items[i], context) > 0)
            return false;
    return true;
}

bool qdx_sort_items_by(qdx_sort_item *items, size_t count, qdx_sort_compare *compare, void *context)
{
    if (!qdx_sort_items(items, count))
        return false;
    for (size_t first = 0, next; first < count; first = next) {
        for (next = first + 1; next < count && items[next].key == items[first].key;)
            next++;
        if (next - first > 1 && !is_sorted_by(items + first, next - first, compare, context))
            qsort_r(items + first, next - first, sizeof *items, compare, context);
    }
    return true;
}
