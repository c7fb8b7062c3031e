/* Reading streams whole, into memory that doubles. */
#include "cli/stream.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/message.h"

enum { STREAM_LIMIT = 1 << 30, READ_PIECE = 64 * 1024 };

FILE *stream_open(const char *path, qdx_error *error)
{
    FILE *stream = strcmp(path, "-") == 0 ? stdin : fopen(path, "rbe");
    if (stream)
        return stream;
    const char *reason = strerrordesc_np(errno);
    fail(error, QDX_ERR_IO, path, "");
    snprintf(error->message, sizeof error->message, "cannot open: %s",
             reason ? reason : "unknown error");
    return NULL;
}

qdx_status stream_read(FILE *stream, const char *name, char **bytes, size_t *size, qdx_error *error)
{
    size_t capacity = READ_PIECE;
    char *all = malloc(capacity);
    *bytes = NULL;
    *size = 0;
    while (all) {
        *size += fread(all + *size, 1, capacity - *size - 1, stream);
        if (feof(stream) || ferror(stream))
            break;
        if (capacity >= STREAM_LIMIT) {
            free(all);
            return fail(error, QDX_ERR_LIMIT, name, "more than 1 GiB");
        }
        char *larger = realloc(all, capacity *= 2);
        if (!larger)
            free(all);
        all = larger;
    }
    if (!all)
        return fail(error, QDX_ERR_MEMORY, name, "out of memory");
    if (ferror(stream)) {
        bool interrupted = errno == EINTR;
        free(all);
        if (interrupted)
            return fail(error, QDX_ERR_INTERRUPTED, "", "interrupted");
        return fail(error, QDX_ERR_IO, name, "cannot read");
    }
    all[*size] = '\0';
    *bytes = all;
    return QDX_OK;
}
