/* A folder of files that appears whole or not at all. */
#ifndef QDX_CLI_FOLDER_H
#define QDX_CLI_FOLDER_H

#include <quotedex/quotedex.h>

typedef struct folder {
    char *path;      /* where it is to stand */
    char *temporary; /* beside it, while it is filled; NULL: none */
} folder;

/*
 * Makes an empty folder beside `path`. A folder that stands there already may be replaced when it
 * holds nothing but files whose names end with `ending`; anything else is refused.
 */
qdx_status folder_open(folder *f, const char *path, const char *ending, qdx_error *error);

/* Puts the folder in its place; what stood there goes. Call folder_close all the same. */
qdx_status folder_finish(folder *f, qdx_error *error);

/* Removes what was not finished. */
void folder_close(folder *f);

/*
 * Waits until the names in a folder are on disk; false with errno when that fails. Folders that may
 * not be opened and file systems that cannot do it pass.
 */
bool folder_sync(const char *path);

#endif
