/* Files: read whole, map for reading, replace whole. */
#ifndef QDX_BASE_FILE_H
#define QDX_BASE_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

/*
 * Appends the content of a regular file. Fails with QDX_ERR_UNSUPPORTED on anything else (without
 * blocking on a FIFO), with QDX_ERR_LIMIT when it holds more than `max` bytes.
 */
qdx_status qdx_file_read(const char *path, uint64_t max, qdx_buffer *out, qdx_error *error);

/* A regular file open for reading. */
typedef struct qdx_file {
    int fd;        /* -1: not open */
    uint64_t size; /* when it was opened; 0 for files that the system makes up as they are read */
    uint64_t time; /* of its last change: nanoseconds since 1970, 0 before that */
} qdx_file;

/* Opens with the same refusals. Not open, and all zero but for that, on failure. */
qdx_status qdx_file_open(const char *path, qdx_file *file, qdx_error *error);
void qdx_file_close(qdx_file *file); /* harmless when it is not open */

/* qdx_file_read of a file from its beginning; `path` is for messages. */
qdx_status qdx_file_read_open(const qdx_file *file, const char *path, uint64_t max, qdx_buffer *out,
                              qdx_error *error);

/* A file mapped read-only. `bytes` is NULL when the file is empty. */
typedef struct qdx_file_map {
    const unsigned char *bytes;
    size_t size;
} qdx_file_map;

qdx_status qdx_file_map_open(const char *path, qdx_file_map *map, qdx_error *error);
void qdx_file_map_close(qdx_file_map *map);

/*
 * A file being replaced: bytes go to a temporary file beside `path`, which is locked, so that a
 * second writer is refused; commit syncs it, renames it
 * over `path` and syncs the folder. Until then, and after abandon, `path` is as it was. abandon is
 * harmless after commit, so it can stand at every exit.
 */
typedef struct qdx_file_writer {
    char *path;
    char *temporary; /* NULL when none is open */
    int fd;
    uint64_t size; /* bytes written so far */
    qdx_buffer pending;
} qdx_file_writer;

qdx_status qdx_file_writer_open(qdx_file_writer *writer, const char *path, qdx_error *error);
/* Notes something beside the content, where the file system can; else nothing happens. */
void qdx_file_writer_note(const qdx_file_writer *writer, const char *name, const void *bytes,
                          size_t size);
/* The same for a file that loses its name at once: nothing of it is left when the process ends. */
qdx_status qdx_file_writer_open_unnamed(qdx_file_writer *writer, const char *path,
                                        qdx_error *error);
/* All that was written, for reading; the map outlives the writer. */
qdx_status qdx_file_writer_map(qdx_file_writer *writer, qdx_file_map *map, qdx_error *error);
qdx_status qdx_file_writer_write(qdx_file_writer *writer, const void *bytes, size_t size,
                                 qdx_error *error);
/* Writes over the file's first bytes, which must have been written. */
qdx_status qdx_file_writer_rewrite(qdx_file_writer *writer, const void *bytes, size_t size,
                                   qdx_error *error);
qdx_status qdx_file_writer_commit(qdx_file_writer *writer, qdx_error *error);
void qdx_file_writer_abandon(qdx_file_writer *writer);

#include "base/banned.h"
#endif
