/*
 * A file of our own for libraries that write to files only; it is sent to the sink afterwards and
 * removed.
 */
#ifndef QDX_OUTPUT_TEMPORARY_H
#define QDX_OUTPUT_TEMPORARY_H

#include "output/rows.h"

/* Makes an empty file in the folder the options name. The caller frees *path after removing it. */
qdx_status qdx_temporary_make(const qdx_rows *rows, char **path, qdx_error *error);

/* Sends the file's bytes to the rows' sink. */
qdx_status qdx_temporary_send(qdx_rows *rows, const char *path, qdx_error *error);

/* Removes the file and frees the path; harmless for NULL. */
void qdx_temporary_remove(char *path);

#include "base/banned.h"
#endif
