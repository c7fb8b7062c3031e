/* The growing of lists: doubling. */
#include "cli/list.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 64 };

bool list_grow(void *place, size_t *room, size_t count, size_t size)
{
    void *items;
    size_t wanted = *room ? *room * 2 : FIRST_ROOM;
    if (count < *room)
        return true;
    memcpy(&items, place, sizeof items);
    items = reallocarray(items, wanted, size);
    if (!items)
        return false;
    memcpy(place, &items, sizeof items);
    *room = wanted;
    return true;
}
