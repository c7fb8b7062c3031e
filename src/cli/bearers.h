/* How a name in a query was understood, told to the user. */
#ifndef QDX_CLI_BEARERS_H
#define QDX_CLI_BEARERS_H

#include "cli/command.h"

/*
 * Notes whom an ambiguous name fits (those with most quotations first) and how to ask for one; who
 * was meant, when nothing was found; the nearest names, when it fits nobody. `option` stands before
 * the id in the advice. Nothing without a name.
 */
void note_bearers(const cli *c, const qdx_result *result, const char *name, const char *option);

/* That so many articles could not be read again for contexts; nothing for 0. */
void note_unread(const cli *c, uint64_t articles);

/* True when the name fitted nobody; the bearers then are suggestions, if any. */
bool bearers_unknown(const qdx_result *result);

#endif
