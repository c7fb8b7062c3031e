/* How a name in a query was understood, told to the user. */
#ifndef QDX_CLI_BEARERS_H
#define QDX_CLI_BEARERS_H

#include "cli/command.h"

/* Notes an ambiguous name, or suggests others when it fits nobody. `option` is how to ask for one.
 */
void note_bearers(const cli *c, const qdx_result *result, const char *name, const char *option);

/* Texts of rows: "" becomes NULL, that is null in JSON. */
const char *cell_text(const char *text);

/* Variants joined by "; " into `buffer`; what does not fit is counted at its end. */
void join_variants(const qdx_index_entity *entity, char *buffer, size_t size);

#endif
