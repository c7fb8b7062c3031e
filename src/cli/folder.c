/*
 * Folders: filled under a temporary name beside their place, then exchanged with what stands there.
 * Only folders of files like ours are ever replaced.
 */
#include "cli/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static qdx_status failed(qdx_error *error, const char *action, const char *path, int reason)
{
    const char *text = strerrordesc_np(reason);
    memset(error, 0, sizeof *error);
    error->code = reason == ENOMEM ? QDX_ERR_MEMORY : QDX_ERR_IO;
    snprintf(error->file, sizeof error->file, "%s", path);
    snprintf(error->message, sizeof error->message, "cannot %s: %s", action,
             text ? text : "unknown error");
    return error->code;
}

static bool ends_with(const char *name, const char *ending)
{
    size_t size = strlen(name), tail = strlen(ending);
    return size >= tail && strcmp(name + size - tail, ending) == 0;
}

static bool is_itself(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* May what stands at the path be replaced? */
static qdx_status check_place(const char *path, const char *ending, qdx_error *error)
{
    struct stat s;
    if (lstat(path, &s) != 0)
        return errno == ENOENT ? QDX_OK : failed(error, "look at", path, errno);
    if (!S_ISDIR(s.st_mode)) {
        failed(error, "write a folder", path, EEXIST);
        snprintf(error->hint, sizeof error->hint,
                 "name a folder with -o, or a file that ends with %s", ending);
        return error->code;
    }
    DIR *dir = opendir(path);
    if (!dir)
        return failed(error, "open", path, errno);
    qdx_status status = QDX_OK;
    struct dirent *entry = NULL;
    while (status == QDX_OK && (errno = 0, entry = readdir(dir)) != NULL)
        if (!is_itself(entry->d_name) && !ends_with(entry->d_name, ending)) {
            status = failed(error, "replace a folder that holds other files", path, ENOTEMPTY);
            snprintf(error->hint, sizeof error->hint, "name a new folder with -o");
        }
    if (status == QDX_OK && errno)
        status = failed(error, "read", path, errno);
    closedir(dir);
    return status;
}

qdx_status folder_open(folder *f, const char *path, const char *ending, qdx_error *error)
{
    memset(f, 0, sizeof *f);
    f->path = strdup(path);
    if (!f->path)
        return failed(error, "write", path, ENOMEM);
    for (size_t size = strlen(f->path); size > 1 && f->path[size - 1] == '/'; size--)
        f->path[size - 1] = '\0';
    qdx_status status = check_place(f->path, ending, error);
    if (status != QDX_OK)
        return status;
    if (asprintf(&f->temporary, "%s.tmp-%ld", f->path, (long)getpid()) < 0) {
        f->temporary = NULL;
        return failed(error, "write", path, ENOMEM);
    }
    if (mkdir(f->temporary, 0777) == 0)
        return QDX_OK;
    status = failed(error, "make a folder beside", path, errno);
    free(f->temporary);
    f->temporary = NULL;
    return status;
}

/* Removes a folder of plain files. */
static void remove_folder(const char *path)
{
    DIR *dir = opendir(path);
    for (struct dirent *entry; dir && (entry = readdir(dir)) != NULL;)
        if (!is_itself(entry->d_name))
            unlinkat(dirfd(dir), entry->d_name, 0);
    if (dir)
        closedir(dir);
    rmdir(path);
}

bool folder_sync(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return errno == EACCES; /* may be written, not read */
    bool done = fsync(fd) == 0 || errno == EINVAL;
    int reason = errno;
    close(fd);
    errno = reason;
    return done;
}

/* Syncs the folder that holds a path. */
static bool sync_around(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return folder_sync(".");
    char *around = strndup(path, slash == path ? 1 : (size_t)(slash - path));
    bool done = around && folder_sync(around);
    free(around);
    return done;
}

qdx_status folder_finish(folder *f, qdx_error *error)
{
    if (!folder_sync(f->temporary))
        return failed(error, "sync", f->path, errno);
    if (rename(f->temporary, f->path) == 0) { /* also onto an empty folder */
        free(f->temporary);
        f->temporary = NULL;
        return sync_around(f->path) ? QDX_OK : failed(error, "sync", f->path, errno);
    }
    if (renameat2(AT_FDCWD, f->temporary, AT_FDCWD, f->path, RENAME_EXCHANGE) != 0)
        return failed(error, "rename onto", f->path, errno);
    /* what stood there is the temporary one now */
    return sync_around(f->path) ? QDX_OK : failed(error, "sync", f->path, errno);
}

void folder_close(folder *f)
{
    if (f->temporary)
        remove_folder(f->temporary);
    free(f->temporary);
    free(f->path);
    memset(f, 0, sizeof *f);
}
