/* Lists of names to ask for, one after the other: --names-from. */
#ifndef QDX_CLI_NAME_LIST_H
#define QDX_CLI_NAME_LIST_H

#include "cli/sheet.h"

typedef struct name_list {
    sheet sheet;
    const char **names; /* owned array; the names lie in the sheet */
    size_t count;
} name_list;

/*
 * Reads a list from a file, or from standard input for "-". A table whose header has a column
 * `name` (CSV, or TSV when the header has a tab) gives that column, anything else one name a line.
 * Empty names and lines that start with # are left out. A list without a name is an error
 * (QDX_ERR_ARGUMENT). Release it after success and failure alike.
 */
qdx_status name_list_read(name_list *list, const char *path, qdx_error *error);
void name_list_release(name_list *list);

#endif
