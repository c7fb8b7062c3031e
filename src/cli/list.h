/* Lists that grow: an array, how many items it has, and for how many there is room. */
#ifndef QDX_CLI_LIST_H
#define QDX_CLI_LIST_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Makes room for an item more in the array whose pointer stands at `place`: `count` of `size` bytes
 * are in it. False, and nothing changed, without memory.
 *
 *     if (!list_grow(&list->items, &list->room, list->count, sizeof *list->items)) return false;
 *     list->items[list->count++] = item;
 */
bool list_grow(void *place, size_t *room, size_t count, size_t size);

#endif
