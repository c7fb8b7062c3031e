/* quotedex merge: several indexes as one. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/index_path.h"
#include "cli/message.h"
#include "cli/writing.h"

/* Hands on the paths that an index was built from. */
static qdx_status add_paths(qdx_index_writer *writer, const char *index, qdx_error *error)
{
    char *paths;
    size_t size;
    qdx_status status = qdx_index_paths(index, &paths, &size, error);
    for (size_t at = 0; status == QDX_OK && at < size; at += strlen(paths + at) + 1)
        status = qdx_index_writer_add_path(writer, paths + at, error);
    free(paths);
    return status == QDX_END ? QDX_OK : status;
}

static int merge(const cli *c, const char *path, qdx_index **indexes, size_t count)
{
    qdx_error error = {0};
    qdx_status status = QDX_OK;
    qdx_index_writer *writer = writing_open(c, path, &error);
    if (!writer)
        return report(c, &error);
    for (size_t i = 0; i < count && status == QDX_OK; i++) {
        status = qdx_index_open(c->options.arguments[i], &indexes[i], &error);
        if (status == QDX_OK)
            status = qdx_index_writer_add_index(writer, indexes[i], NULL, NULL, &error);
        if (status == QDX_OK)
            status = add_paths(writer, c->options.arguments[i], &error);
        if (status == QDX_OK && *c->stop)
            status = fail(&error, QDX_ERR_INTERRUPTED, "", "interrupted");
    }
    if (status == QDX_OK)
        status = qdx_index_writer_finish(writer, path, &error);
    int result =
        status == QDX_OK ? EXIT_DONE : writing_failed(c, status, path, c->options.output, &error);
    if (status == QDX_OK)
        note(c, "%zu index%s joined: %s", count, count == 1 ? "" : "es", c->options.output);
    qdx_index_writer_free(writer);
    return result;
}

int run_merge(const cli *c)
{
    qdx_error error = {0};
    char *path;
    size_t count = c->options.argument_count;
    if (!c->options.output)
        return usage_error(c, "merge wants -o with the index to write");
    qdx_status status = index_path_check(c->options.output, &path, &error);
    qdx_index **indexes = calloc(count, sizeof(qdx_index *));
    int result;
    if (status == QDX_OK && !indexes)
        status = fail(&error, QDX_ERR_MEMORY, "", "out of memory");
    if (status != QDX_OK)
        result = report(c, &error);
    else
        result = merge(c, path, indexes, count);
    for (size_t i = 0; indexes && i < count; i++)
        qdx_index_close(indexes[i]);
    free(indexes);
    free(path);
    return result;
}
