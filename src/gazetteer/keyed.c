/* Radix sort from the lowest digit: four passes of 16 bits, each stable; few items by insertion. */
#include "gazetteer/keyed.h"

#include <stdlib.h>
#include <string.h>

enum { DIGIT = 16, PASSES = 64 / DIGIT, VALUES = 1 << DIGIT, FEW = 64 };

static void insert_few(qdx_keyed *items, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        qdx_keyed item = items[i];
        size_t at = i;
        for (; at > 0 && items[at - 1].key > item.key; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

bool qdx_keyed_sort(qdx_keyed_list *list)
{
    if (list->count <= FEW) {
        insert_few(list->items, list->count);
        return true;
    }
    size_t count = list->count;
    qdx_keyed *from = list->items, *to = malloc(count * sizeof *to), *spare = to;
    size_t *places = malloc(VALUES * sizeof *places);
    for (unsigned pass = 0; to && places && pass < PASSES; pass++) {
        unsigned shift = pass * DIGIT;
        memset(places, 0, VALUES * sizeof *places);
        for (size_t i = 0; i < count; i++)
            places[from[i].key >> shift & (VALUES - 1)]++;
        for (size_t value = 0, sum = 0; value < VALUES; value++) {
            size_t n = places[value];
            places[value] = sum;
            sum += n;
        }
        for (size_t i = 0; i < count; i++)
            to[places[from[i].key >> shift & (VALUES - 1)]++] = from[i];
        qdx_keyed *swap = from;
        from = to;
        to = swap;
    }
    bool ok = spare && places; /* after an even number of passes all is back in place */
    free(spare);
    free(places);
    return ok;
}
