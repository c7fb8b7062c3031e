/* The place of an index to be written. */
#ifndef QDX_CLI_INDEX_PATH_H
#define QDX_CLI_INDEX_PATH_H

#include "cli/command.h"

/*
 * Looks at the place before the work begins: a folder, a device, a file that is no index, or a
 * folder nothing can be made in is refused. *resolved is the path with links followed, which the
 * caller frees.
 */
qdx_status index_path_check(const char *path, char **resolved, qdx_error *error);

#endif
