/*
 * The place of an index, looked at beforehand: nobody should wait for a long reading to learn that
 * its result cannot be kept, or lose a file that was named by mistake.
 */
#include "cli/index_path.h"
#include "cli/message.h"

#include <errno.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static qdx_status check_existing(const char *path, const struct stat *s, qdx_error *error)
{
    qdx_index *index = NULL;
    if (S_ISDIR(s->st_mode))
        return fail(error, QDX_ERR_IO, path, "is a folder; an index is a file");
    if (!S_ISREG(s->st_mode))
        return fail(error, QDX_ERR_IO, path, "not a regular file");
    if (s->st_size == 0)
        return QDX_OK;
    qdx_status status = qdx_index_open(path, &index, NULL);
    if (status == QDX_OK)
        qdx_index_close(index);
    if (status != QDX_ERR_FORMAT)
        return QDX_OK;
    fail(error, QDX_ERR_IO, path, "exists, and is no index; it is left as it is");
    snprintf(error->hint, sizeof error->hint,
             "name another file with -o, or remove this one first");
    return QDX_ERR_IO;
}

static qdx_status check_folder(const char *path, qdx_error *error)
{
    char *copy = strdup(path);
    if (!copy)
        return fail(error, QDX_ERR_MEMORY, path, "out of memory");
    qdx_status status = QDX_OK;
    if (access(dirname(copy), W_OK | X_OK) != 0) {
        const char *reason = strerrordesc_np(errno);
        fail(error, QDX_ERR_IO, path, "");
        snprintf(error->message, sizeof error->message, "cannot write into its folder: %s",
                 reason ? reason : "unknown error");
        status = QDX_ERR_IO;
    }
    free(copy);
    return status;
}

qdx_status index_path_check(const char *path, char **resolved, qdx_error *error)
{
    struct stat s;
    qdx_status status = QDX_OK;
    *resolved = NULL;
    if (stat(path, &s) == 0) {
        status = check_existing(path, &s, error);
        *resolved = realpath(path, NULL);
    }
    if (!*resolved)
        *resolved = strdup(path);
    if (!*resolved)
        return fail(error, QDX_ERR_MEMORY, path, "out of memory");
    return status == QDX_OK ? check_folder(*resolved, error) : status;
}
