/* Nearest matches for what was mistyped. */
#ifndef QDX_CLI_SUGGEST_H
#define QDX_CLI_SUGGEST_H

#include <stddef.h>

/* Edits (one letter added, lost, changed, or two swapped) that turn a into b; large when too long.
 */
unsigned edit_distance(const char *a, const char *b);

/* Is `distance` near enough to `typed` to be offered? */
int is_near(const char *typed, unsigned distance);

#endif
