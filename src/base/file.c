/*
 * Files through POSIX calls. Inputs are read, never mapped: a file that another program cuts short
 * while mapped kills the reader. Indexes are mapped: they are replaced by rename and never change.
 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

enum { PENDING_LIMIT = 1 << 20, TEMPORARY_TRIES = 100 };

qdx_status qdx_file_open(const char *path, qdx_file *file, qdx_error *error)
{
    struct stat info;
    *file = (qdx_file){.fd = -1};
    int fd;
    do
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    while (fd < 0 && errno == EINTR);
    if (fd < 0)
        return qdx_error_system(error, "open", path, errno);
    qdx_status status = QDX_OK;
    if (fstat(fd, &info) != 0) {
        status = qdx_error_system(error, "inspect", path, errno);
    } else if (!S_ISREG(info.st_mode)) {
        status = qdx_error_set(error, QDX_ERR_UNSUPPORTED, "not a regular file");
        qdx_error_at(error, path, 0);
    }
    if (status != QDX_OK) {
        close(fd);
        return status;
    }
    int64_t when = (int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
    *file = (qdx_file){fd, (uint64_t)info.st_size, when > 0 ? (uint64_t)when : 0};
    return QDX_OK;
}

void qdx_file_close(qdx_file *file)
{
    if (file->fd >= 0)
        close(file->fd);
    file->fd = -1;
}

static qdx_status over_limit(const char *path, uint64_t max, qdx_error *error)
{
    qdx_error_set(error, QDX_ERR_LIMIT, "file is larger than %llu bytes", (unsigned long long)max);
    qdx_error_at(error, path, 0);
    return QDX_ERR_LIMIT;
}

/*
 * Reads to the end. `expected` bytes are all there is, unless it is zero, as for files that the
 * system makes up while they are read: one call fewer for each of a million articles.
 */
static qdx_status read_all(int fd, const char *path, uint64_t expected, uint64_t max,
                           qdx_buffer *out, qdx_error *error)
{
    size_t begin = out->size;
    for (;;) {
        if (out->capacity - out->size < 2 && !qdx_buffer_reserve(out, (size_t)64 * 1024))
            return qdx_error_memory(error);
        ssize_t n = read(fd, out->bytes + out->size, out->capacity - out->size - 1);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return qdx_error_system(error, "read", path, errno);
        out->size += (size_t)n;
        out->bytes[out->size] = '\0';
        if (out->size - begin > max)
            return over_limit(path, max, error);
        if (n == 0 || (expected && out->size - begin == expected))
            return QDX_OK;
    }
}

qdx_status qdx_file_read_open(const qdx_file *file, const char *path, uint64_t max, qdx_buffer *out,
                              qdx_error *error)
{
    if (file->size > max)
        return over_limit(path, max, error);
    if (!qdx_buffer_reserve(out, (size_t)file->size + 1))
        return qdx_error_memory(error);
    return read_all(file->fd, path, file->size, max, out, error);
}

qdx_status qdx_file_read(const char *path, uint64_t max, qdx_buffer *out, qdx_error *error)
{
    qdx_file file;
    qdx_status status = qdx_file_open(path, &file, error);
    if (status == QDX_OK)
        status = qdx_file_read_open(&file, path, max, out, error);
    qdx_file_close(&file);
    return status;
}

qdx_status qdx_file_map_open(const char *path, qdx_file_map *map, qdx_error *error)
{
    memset(map, 0, sizeof *map);
    qdx_file file;
    qdx_status status = qdx_file_open(path, &file, error);
    if (status != QDX_OK)
        return status;
    if (file.size > 0) {
        void *bytes = mmap(NULL, (size_t)file.size, PROT_READ, MAP_PRIVATE, file.fd, 0);
        if (bytes == MAP_FAILED) {
            status = qdx_error_system(error, "map", path, errno);
        } else {
            map->bytes = bytes;
            map->size = (size_t)file.size;
        }
    }
    qdx_file_close(&file);
    return status;
}

void qdx_file_map_close(qdx_file_map *map)
{
    if (map->bytes)
        munmap((void *)(uintptr_t)map->bytes, map->size);
    memset(map, 0, sizeof *map);
}

/* Is the open file the one that has this name still? */
static bool has_name(int fd, const char *path)
{
    struct stat open_file, named;
    return fstat(fd, &open_file) == 0 && lstat(path, &named) == 0 &&
           open_file.st_ino == named.st_ino && open_file.st_dev == named.st_dev &&
           S_ISREG(named.st_mode);
}

static qdx_status is_busy(const qdx_file_writer *writer, qdx_error *error)
{
    qdx_error_set(error, QDX_ERR_IO, "another process is writing this file");
    qdx_error_at(error, writer->path, 0);
    return QDX_ERR_IO;
}

/*
 * Opens "<path>.writing" and locks it, so that there is one writer at a time. What an earlier one
 * left when it was killed is written over. Whoever waits for nobody finds the name gone or another
 * file under it when the writer before was just finishing, and tries again.
 */
static qdx_status open_temporary(qdx_file_writer *writer, qdx_error *error)
{
    size_t room = strlen(writer->path) + 16;
    int reason = EAGAIN;
    writer->temporary = malloc(room);
    if (!writer->temporary)
        return qdx_error_memory(error);
    snprintf(writer->temporary, room, "%s.writing", writer->path);
    for (int i = 0; i < TEMPORARY_TRIES; i++) {
        writer->fd =
            open(writer->temporary, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
        reason = errno;
        if (writer->fd < 0 && reason == EINTR)
            continue;
        if (writer->fd < 0)
            break;
        bool locked = flock(writer->fd, LOCK_EX | LOCK_NB) == 0;
        reason = errno;
        if (locked && has_name(writer->fd, writer->temporary)) {
            if (ftruncate(writer->fd, 0) == 0)
                return QDX_OK;
            return qdx_error_system(error, "empty", writer->temporary, errno);
        }
        close(writer->fd);
        writer->fd = -1;
        if (!locked && reason != EINTR)
            break;
        reason = EAGAIN;
    }
    free(writer->temporary);
    writer->temporary = NULL;
    return reason == EAGAIN || reason == EWOULDBLOCK
               ? is_busy(writer, error)
               : qdx_error_system(error, "create a file beside", writer->path, reason);
}

qdx_status qdx_file_writer_open(qdx_file_writer *writer, const char *path, qdx_error *error)
{
    memset(writer, 0, sizeof *writer);
    writer->fd = -1;
    writer->path = strdup(path);
    if (!writer->path)
        return qdx_error_memory(error);
    qdx_status status = open_temporary(writer, error);
    if (status != QDX_OK)
        qdx_file_writer_abandon(writer);
    return status;
}

/* A file without a name in the folder of `path`, where the file system has such; -1: it has not.
 * `name` has room for the path. */
static int open_nameless(const char *path, char *name)
{
    memcpy(name, path, strlen(path) + 1);
    char *slash = strrchr(name, '/');
    if (slash)
        slash[slash == name] = '\0';
    return open(slash ? name : ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
}

/* Elsewhere a name of this process's own, which is given up at once. */
qdx_status qdx_file_writer_open_unnamed(qdx_file_writer *writer, const char *path, qdx_error *error)
{
    size_t room = strlen(path) + 48;
    char *name = malloc(room);
    int reason = EEXIST;
    memset(writer, 0, sizeof *writer);
    writer->fd = -1;
    writer->path = strdup(path);
    if (name && writer->path)
        writer->fd = open_nameless(path, name);
    bool nameless = writer->fd >= 0;
    for (int i = 0; name && writer->path && i < TEMPORARY_TRIES && writer->fd < 0; i++) {
        snprintf(name, room, "%s.part-%ld-%d", path, (long)getpid(), i);
        writer->fd = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        reason = errno;
        if (writer->fd < 0 && reason != EEXIST && reason != EINTR)
            break;
    }
    qdx_status status = QDX_OK;
    if (!name || !writer->path)
        status = qdx_error_memory(error);
    else if (writer->fd < 0)
        status = qdx_error_system(error, "create a file beside", path, reason);
    else if (!nameless && unlink(name) != 0)
        status = qdx_error_system(error, "remove", name, errno);
    free(name);
    if (status != QDX_OK)
        qdx_file_writer_abandon(writer);
    return status;
}

void qdx_file_writer_note(const qdx_file_writer *writer, const char *name, const void *bytes,
                          size_t size)
{
    if (size)
        (void)!fsetxattr(writer->fd, name, bytes, size, 0);
}

static qdx_status write_fully(qdx_file_writer *writer, const char *bytes, size_t size,
                              qdx_error *error)
{
    while (size) {
        ssize_t n = write(writer->fd, bytes, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return qdx_error_system(error, "write", writer->path, n < 0 ? errno : ENOSPC);
        bytes += n;
        size -= (size_t)n;
    }
    return QDX_OK;
}

static qdx_status flush(qdx_file_writer *writer, qdx_error *error)
{
    qdx_status status = write_fully(writer, writer->pending.bytes, writer->pending.size, error);
    qdx_buffer_clear(&writer->pending);
    return status;
}

qdx_status qdx_file_writer_write(qdx_file_writer *writer, const void *bytes, size_t size,
                                 qdx_error *error)
{
    writer->size += size;
    if (size >= PENDING_LIMIT) {
        qdx_status status = flush(writer, error);
        return status == QDX_OK ? write_fully(writer, bytes, size, error) : status;
    }
    qdx_buffer_append(&writer->pending, bytes, size);
    if (writer->pending.failed)
        return qdx_error_memory(error);
    return writer->pending.size >= PENDING_LIMIT ? flush(writer, error) : QDX_OK;
}

qdx_status qdx_file_writer_rewrite(qdx_file_writer *writer, const void *bytes, size_t size,
                                   qdx_error *error)
{
    const char *from = bytes;
    off_t at = 0;
    qdx_status status = flush(writer, error);
    while (status == QDX_OK && size) {
        ssize_t n = pwrite(writer->fd, from, size, at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return qdx_error_system(error, "write", writer->path, n < 0 ? errno : ENOSPC);
        from += n;
        at += n;
        size -= (size_t)n;
    }
    return status;
}

qdx_status qdx_file_writer_map(qdx_file_writer *writer, qdx_file_map *map, qdx_error *error)
{
    memset(map, 0, sizeof *map);
    qdx_status status = flush(writer, error);
    if (status != QDX_OK)
        return status;
    void *bytes = mmap(NULL, (size_t)writer->size, PROT_READ, MAP_SHARED, writer->fd, 0);
    if (bytes == MAP_FAILED)
        return qdx_error_system(error, "map", writer->path, errno);
    map->bytes = bytes;
    map->size = (size_t)writer->size;
    return QDX_OK;
}

static qdx_status sync_folder(const char *path, qdx_error *error)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) : 0;
    char *folder = slash ? strndup(path, length ? length : 1) : strdup(".");
    if (!folder)
        return qdx_error_memory(error);
    qdx_status status = QDX_OK;
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        status = qdx_error_system(error, "open the folder", folder, errno);
    else if (fsync(fd) != 0 && errno != EINVAL)
        status = qdx_error_system(error, "sync the folder", folder, errno);
    if (fd >= 0)
        close(fd);
    free(folder);
    return status;
}

qdx_status qdx_file_writer_commit(qdx_file_writer *writer, qdx_error *error)
{
    qdx_status status = flush(writer, error);
    if (status == QDX_OK && fsync(writer->fd) != 0)
        status = qdx_error_system(error, "sync", writer->path, errno);
    if (status == QDX_OK) {
        int closed = close(writer->fd);
        writer->fd = -1;
        if (closed != 0)
            status = qdx_error_system(error, "close", writer->path, errno);
    }
    if (status == QDX_OK) {
        if (rename(writer->temporary, writer->path) == 0) {
            free(writer->temporary);
            writer->temporary = NULL;
            status = sync_folder(writer->path, error);
        } else {
            status = qdx_error_system(error, "rename onto", writer->path, errno);
        }
    }
    qdx_file_writer_abandon(writer);
    return status;
}

void qdx_file_writer_abandon(qdx_file_writer *writer)
{
    if (writer->fd >= 0)
        close(writer->fd);
    writer->fd = -1;
    if (writer->temporary)
        unlink(writer->temporary);
    free(writer->temporary);
    writer->temporary = NULL;
    free(writer->path);
    writer->path = NULL;
    qdx_buffer_release(&writer->pending);
}
