/* Streams read whole: files and standard input. */
#ifndef QDX_CLI_STREAM_H
#define QDX_CLI_STREAM_H

#include <quotedex/quotedex.h>
#include <stdio.h>

/* Opens a file for reading, or standard input for "-", which must not be closed. NULL on failure.
 */
FILE *stream_open(const char *path, qdx_error *error);

/* All of a stream; the caller frees *bytes. Terminated. QDX_ERR_LIMIT beyond 1 GiB. */
qdx_status stream_read(FILE *stream, const char *name, char **bytes, size_t *size,
                       qdx_error *error);

#endif
