/* Reads in chunks and joins what a line spans; never holds more than one line. */
#include "gazetteer/import_source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Reads the next chunk; at == end at the end of the file. */
static qdx_status refill(qdx_import_source *source, qdx_error *error)
{
    ssize_t n = 0;
    if (source->fd >= 0) {
        do
            n = read(source->fd, source->chunk, QDX_IMPORT_CHUNK);
        while (n < 0 && errno == EINTR);
    }
    if (n < 0)
        return qdx_error_system(error, "read", source->name, errno);
    if (source->fd >= 0) {
        source->at = source->chunk;
        source->end = source->chunk + n;
    }
    return QDX_OK;
}

static void skip_mark(qdx_import_source *source)
{
    if (source->end - source->at >= 3 && memcmp(source->at, "\xEF\xBB\xBF", 3) == 0)
        source->at += 3;
}

qdx_status qdx_import_source_open(qdx_import_source *source, const char *path, qdx_error *error)
{
    struct stat info;
    *source = (qdx_import_source){.name = path, .fd = -1};
    source->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (source->fd < 0)
        return qdx_error_system(error, "open", path, errno);
    qdx_status status = QDX_OK;
    if (fstat(source->fd, &info) != 0)
        status = qdx_error_system(error, "read", path, errno);
    else if (!S_ISREG(info.st_mode)) {
        status = qdx_error_set(error, QDX_ERR_UNSUPPORTED, "not a regular file");
        qdx_error_at(error, path, 0);
    } else if (!(source->chunk = malloc(QDX_IMPORT_CHUNK)))
        status = qdx_error_memory(error);
    else
        status = refill(source, error);
    if (status != QDX_OK)
        qdx_import_source_close(source);
    else
        skip_mark(source);
    return status;
}

void qdx_import_source_open_bytes(qdx_import_source *source, const char *name, const void *bytes,
                                  size_t size)
{
    const char *start = size ? bytes : "";
    *source = (qdx_import_source){.name = name, .fd = -1, .at = start, .end = start + size};
    skip_mark(source);
}

void qdx_import_source_close(qdx_import_source *source)
{
    if (source->fd >= 0)
        close(source->fd);
    free(source->chunk);
    qdx_buffer_release(&source->text);
    source->fd = -1;
    source->chunk = NULL;
}

size_t qdx_import_source_head(const qdx_import_source *source, char *head, size_t capacity)
{
    size_t size = (size_t)(source->end - source->at);
    if (size > capacity - 1)
        size = capacity - 1;
    memcpy(head, source->at, size);
    head[size] = '\0';
    return size;
}

/* Takes bytes up to the limit; what is beyond is passed over. */
static bool take(qdx_import_source *source, const char *end)
{
    size_t size = (size_t)(end - source->at), room = QDX_IMPORT_LARGEST - source->text.size;
    bool whole = size <= room;
    qdx_buffer_append(&source->text, source->at, whole ? size : room);
    source->at = end;
    return whole;
}

qdx_status qdx_import_source_line(qdx_import_source *source, char **line, size_t *size, bool *whole,
                                  qdx_error *error)
{
    bool begun = false, complete = true;
    qdx_buffer_clear(&source->text);
    for (;;) {
        if (source->at == source->end) {
            qdx_status status = refill(source, error);
            if (status != QDX_OK)
                return status;
        }
        if (source->at == source->end)
            break;
        begun = true;
        const char *newline = memchr(source->at, '\n', (size_t)(source->end - source->at));
        complete &= take(source, newline ? newline : source->end);
        if (newline) {
            source->at++;
            break;
        }
    }
    if (!begun)
        return QDX_END;
    source->line++;
    qdx_buffer_append(&source->text, "", 0); /* allocated even when empty */
    if (source->text.size && source->text.bytes[source->text.size - 1] == '\r')
        source->text.bytes[--source->text.size] = '\0';
    *line = source->text.bytes;
    *size = source->text.size;
    *whole = complete;
    return qdx_buffer_status(&source->text, error);
}

qdx_status qdx_import_source_all(qdx_import_source *source, char **text, size_t *size,
                                 qdx_error *error)
{
    qdx_buffer_clear(&source->text);
    while (source->at < source->end) {
        if (!take(source, source->end)) {
            qdx_error_set(error, QDX_ERR_LIMIT, "more than 256 MiB in one document");
            qdx_error_at(error, source->name, 0);
            return QDX_ERR_LIMIT;
        }
        qdx_status status = refill(source, error);
        if (status != QDX_OK)
            return status;
    }
    qdx_buffer_append(&source->text, "", 0); /* allocated even when empty */
    *text = source->text.bytes;
    *size = source->text.size;
    return qdx_buffer_status(&source->text, error);
}
