/* Temporary files: made private, read back in pieces, removed whatever happened. */
#include "output/temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"

enum { PIECE = 64 * 1024 };

qdx_status qdx_temporary_make(const qdx_rows *rows, char **path, qdx_error *error)
{
    const char *folder = rows->options.temporary ? rows->options.temporary : getenv("TMPDIR");
    *path = NULL;
    if (asprintf(path, "%s/quotedex-XXXXXX", folder && *folder ? folder : P_tmpdir) < 0) {
        *path = NULL;
        return qdx_error_memory(error);
    }
    int fd = mkostemp(*path, O_CLOEXEC);
    if (fd >= 0) {
        close(fd);
        return QDX_OK;
    }
    qdx_status status = qdx_error_system(error, "create a temporary file", *path, errno);
    free(*path);
    *path = NULL;
    return status;
}

qdx_status qdx_temporary_send(qdx_rows *rows, const char *path, qdx_error *error)
{
    char piece[PIECE];
    qdx_status status = qdx_rows_send(rows, true, error);
    FILE *file = fopen(path, "rbe");
    if (!file)
        return qdx_error_system(error, "open", path, errno);
    size_t n;
    while (status == QDX_OK && (n = fread(piece, 1, sizeof piece, file)) > 0)
        status = rows->sink.write(rows->sink.context, piece, n, error);
    if (status == QDX_OK && ferror(file))
        status = qdx_error_system(error, "read", path, errno);
    fclose(file);
    return status;
}

void qdx_temporary_remove(char *path)
{
    if (path)
        unlink(path);
    free(path);
}
