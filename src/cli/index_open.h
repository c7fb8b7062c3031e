/* The index that a command is asked about. */
#ifndef QDX_CLI_INDEX_OPEN_H
#define QDX_CLI_INDEX_OPEN_H

#include "cli/command.h"

/* Opens the index a command's first argument names, with the decisions and the given names that
 * questions to it heed. */
qdx_status index_open(const cli *c, qdx_index **index, qdx_error *error);

#endif
