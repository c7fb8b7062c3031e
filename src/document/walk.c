/*
 * The files under the paths a user names. Folders are walked without recursion and without
 * following symbolic links, so that a loop of links ends nowhere; what is left out for a reason
 * that the user may not expect is kept as a problem.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <quotedex/document.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/vector.h"

typedef struct entry {
    const char *path;
    uint64_t size; /* UNKNOWN until somebody asks */
} entry;

static const uint64_t UNKNOWN = UINT64_MAX;

struct qdx_file_list {
    qdx_arena arena; /* all paths */
    QDX_VECTOR(entry) files;
    QDX_VECTOR(qdx_error) problems;
    QDX_VECTOR(const char *) folders; /* still to be walked */
};

qdx_file_list *qdx_file_list_new(qdx_error *error)
{
    qdx_file_list *list = calloc(1, sizeof *list);
    if (!list)
        qdx_error_memory(error);
    return list;
}

void qdx_file_list_free(qdx_file_list *list)
{
    if (!list)
        return;
    qdx_vector_release(&list->files);
    qdx_vector_release(&list->problems);
    qdx_vector_release(&list->folders);
    qdx_arena_release(&list->arena);
    free(list);
}

static qdx_status keep_problem(qdx_file_list *list, const qdx_error *problem, qdx_error *error)
{
    return qdx_vector_push(&list->problems, *problem) ? QDX_OK : qdx_error_memory(error);
}

static qdx_status system_problem(qdx_file_list *list, const char *action, const char *path,
                                 int errnum, qdx_error *error)
{
    qdx_error problem;
    qdx_error_system(&problem, action, path, errnum);
    return keep_problem(list, &problem, error);
}

static qdx_status skip_problem(qdx_file_list *list, const char *path, const char *reason,
                               const char *hint, qdx_error *error)
{
    qdx_error problem;
    qdx_error_set(&problem, QDX_ERR_UNSUPPORTED, "%s", reason);
    qdx_error_at(&problem, path, 0);
    if (hint)
        qdx_error_hint(&problem, "%s", hint);
    return keep_problem(list, &problem, error);
}

static qdx_status add_file(qdx_file_list *list, const char *path, uint64_t size, qdx_error *error)
{
    entry file = {path, size};
    return qdx_vector_push(&list->files, file) ? QDX_OK : qdx_error_memory(error);
}

static qdx_status add_kind(qdx_file_list *list, const char *path, const struct stat *info,
                           qdx_error *error)
{
    if (S_ISREG(info->st_mode))
        return add_file(list, path, (uint64_t)info->st_size, error);
    if (S_ISDIR(info->st_mode))
        return qdx_vector_push(&list->folders, path) ? QDX_OK : qdx_error_memory(error);
    return skip_problem(list, path, "not a regular file", NULL, error);
}

/* A symbolic link below a folder: one to a folder is left out silently, others with a word. */
static qdx_status skip_link(qdx_file_list *list, int folder, const char *name, const char *path,
                            qdx_error *error)
{
    struct stat target;
    if (fstatat(folder, name, &target, 0) == 0 && S_ISDIR(target.st_mode))
        return QDX_OK;
    return skip_problem(list, path, "symbolic link, not followed",
                        "name the file itself to have it read", error);
}

static qdx_status visit_entry(qdx_file_list *list, int folder, const char *base,
                              const struct dirent *found, qdx_error *error)
{
    const char *name = found->d_name;
    size_t length = strcmp(base, ".") == 0 ? 0 : strlen(base);
    bool slash = length > 0 && base[length - 1] != '/';
    size_t size = strlen(name) + 1;
    char *path = qdx_arena_alloc(&list->arena, length + slash + size);
    if (!path)
        return qdx_error_memory(error);
    memcpy(path, base, length);
    if (slash)
        path[length] = '/';
    memcpy(path + length + slash, name, size);
    /* Where the folder itself tells the type, a million files need no call each. */
    if (found->d_type == DT_REG)
        return add_file(list, path, UNKNOWN, error);
    struct stat info;
    if (fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return system_problem(list, "inspect", path, errno, error);
    if (S_ISLNK(info.st_mode))
        return skip_link(list, folder, name, path, error);
    return add_kind(list, path, &info, error);
}

/* Hidden files, and indexes with what writing them leaves: they are not what a folder is read for.
 */
static bool is_left_out(const char *name)
{
    size_t length = strlen(name);
    return name[0] == '.' || strstr(name, ".qdx.writing") != NULL ||
           strstr(name, ".qdx.part-") != NULL ||
           (length > 4 && strcmp(name + length - 4, ".qdx") == 0);
}

static qdx_status walk_folder(qdx_file_list *list, const char *path, qdx_error *error)
{
    DIR *folder = opendir(path);
    if (!folder)
        return system_problem(list, "open the folder", path, errno, error);
    qdx_status status = QDX_OK;
    while (status == QDX_OK) {
        errno = 0;
        const struct dirent *found = readdir(folder);
        if (!found) {
            if (errno)
                status = system_problem(list, "read the folder", path, errno, error);
            break;
        }
        if (!is_left_out(found->d_name))
            status = visit_entry(list, dirfd(folder), path, found, error);
    }
    closedir(folder);
    return status;
}

/* One way to write a path: "./a//b/" and "a/b" name one file, so that it is read once. */
static char *tidy_path(qdx_arena *arena, const char *path)
{
    char *tidy = qdx_arena_copy(arena, path, strlen(path));
    if (!tidy)
        return NULL;
    char *out = tidy;
    const char *in = path;
    if (*in == '/')
        *out++ = *in++;
    while (*in) {
        size_t n = strcspn(in, "/");
        bool nothing = n == 0 || (n == 1 && *in == '.');
        if (!nothing) {
            if (out > tidy && out[-1] != '/')
                *out++ = '/';
            memmove(out, in, n);
            out += n;
        }
        in += n + (in[n] == '/');
    }
    if (out == tidy)
        *out++ = '.';
    *out = '\0';
    return tidy;
}

qdx_status qdx_file_list_add(qdx_file_list *list, const char *path, qdx_error *error)
{
    if (!path || !*path)
        return qdx_error_set(error, QDX_ERR_ARGUMENT, "an empty path");
    const char *copy = tidy_path(&list->arena, path);
    if (!copy)
        return qdx_error_memory(error);
    struct stat info;
    if (stat(path, &info) != 0)
        return system_problem(list, "open", copy, errno, error);
    qdx_status status = add_kind(list, copy, &info, error);
    while (status == QDX_OK && list->folders.count > 0)
        status = walk_folder(list, list->folders.items[--list->folders.count], error);
    qdx_vector_clear(&list->folders);
    return status;
}

static int compare_entries(const void *a, const void *b)
{
    return strcmp(((const entry *)a)->path, ((const entry *)b)->path);
}

static int compare_problems(const void *a, const void *b)
{
    return strcmp(((const qdx_error *)a)->file, ((const qdx_error *)b)->file);
}

void qdx_file_list_sort(qdx_file_list *list)
{
    if (list->problems.count > 1)
        qsort(list->problems.items, list->problems.count, sizeof *list->problems.items,
              compare_problems);
    if (list->files.count < 2)
        return;
    qsort(list->files.items, list->files.count, sizeof *list->files.items, compare_entries);
    size_t kept = 1;
    for (size_t i = 1; i < list->files.count; i++)
        if (strcmp(list->files.items[i].path, list->files.items[kept - 1].path) != 0)
            list->files.items[kept++] = list->files.items[i];
    list->files.count = kept;
}

size_t qdx_file_list_count(const qdx_file_list *list)
{
    return list->files.count;
}

const char *qdx_file_list_at(const qdx_file_list *list, size_t i)
{
    return list->files.items[i].path;
}

uint64_t qdx_file_list_size(const qdx_file_list *list, size_t i)
{
    const entry *file = &list->files.items[i];
    struct stat info;
    if (file->size != UNKNOWN)
        return file->size;
    return stat(file->path, &info) == 0 ? (uint64_t)info.st_size : 0;
}

size_t qdx_file_list_problem_count(const qdx_file_list *list)
{
    return list->problems.count;
}

const qdx_error *qdx_file_list_problem(const qdx_file_list *list, size_t i)
{
    return &list->problems.items[i];
}
