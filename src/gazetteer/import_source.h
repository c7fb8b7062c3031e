/* Where an import reads from: a file or bytes in memory, a line at a time or all at once. */
#ifndef QDX_GAZETTEER_IMPORT_SOURCE_H
#define QDX_GAZETTEER_IMPORT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

enum { QDX_IMPORT_CHUNK = 1 << 16, QDX_IMPORT_LARGEST = 256 << 20 };

typedef struct qdx_import_source {
    const char *name; /* borrowed */
    const char *at, *end;
    int fd;      /* -1: all is between at and end */
    char *chunk; /* owned; NULL without a file */
    uint64_t line;
    qdx_buffer text;
} qdx_import_source;

/* Opens a regular file and reads its first chunk. */
qdx_status qdx_import_source_open(qdx_import_source *source, const char *path, qdx_error *error);
void qdx_import_source_open_bytes(qdx_import_source *source, const char *name, const void *bytes,
                                  size_t size);
void qdx_import_source_close(qdx_import_source *source);

/* Copies the first bytes, terminated, without moving on. Only before anything was read. */
size_t qdx_import_source_head(const qdx_import_source *source, char *head, size_t capacity);

/*
 * The next line without its end and without a BOM, terminated, valid until the next call. *whole is
 * false when it was longer than QDX_IMPORT_LARGEST and is cut. QDX_END after the last.
 */
qdx_status qdx_import_source_line(qdx_import_source *source, char **line, size_t *size, bool *whole,
                                  qdx_error *error);

/* All the rest, terminated; QDX_ERR_LIMIT when it is longer than QDX_IMPORT_LARGEST. */
qdx_status qdx_import_source_all(qdx_import_source *source, char **text, size_t *size,
                                 qdx_error *error);

#include "base/banned.h"
#endif
