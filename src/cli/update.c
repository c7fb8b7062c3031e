/*
 * quotedex update: what changed among the articles of an index. Files are known by size and time;
 * the others are read, and joined with what stays of the index.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/build_options.h"
#include "cli/index_open.h"
#include "cli/index_path.h"
#include "cli/list.h"
#include "cli/message.h"
#include "cli/writing.h"

/* A file the index was made of. */
typedef struct known_file {
    char *path;
    uint64_t size, time;
    bool skipped, stays;
} known_file;

typedef struct updating {
    const cli *c;
    const char *path, *shown;
    qdx_index *index;
    known_file *known;
    size_t known_count, known_room;
    char *noted; /* paths of the build */
    const char **roots;
    size_t root_count, root_room;
    qdx_file_list *found, *changed;
    uint64_t fresh, changes, gone, refused;
    options options; /* with the name lists of the build */
} updating;

static qdx_status no_memory(qdx_error *error)
{
    return fail(error, QDX_ERR_MEMORY, "", "out of memory");
}

/* Articles of one file come one after another. */
static qdx_status take_known(void *context, uint64_t number, const qdx_index_file *file,
                             qdx_error *error)
{
    updating *u = context;
    (void)number;
    if (u->known_count && strcmp(u->known[u->known_count - 1].path, file->path) == 0)
        return QDX_OK;
    if (!list_grow(&u->known, &u->known_room, u->known_count, sizeof *u->known))
        return no_memory(error);
    known_file *known = &u->known[u->known_count];
    *known = (known_file){strdup(file->path), file->size, file->time, file->skipped, true};
    u->known_count += known->path != NULL;
    return known->path ? QDX_OK : no_memory(error);
}

static int compare_known(const void *a, const void *b)
{
    return strcmp(((const known_file *)a)->path, ((const known_file *)b)->path);
}

static known_file *find_known(const updating *u, const char *path)
{
    known_file wanted = {.path = (char *)(uintptr_t)path};
    return u->known_count ? bsearch(&wanted, u->known, u->known_count, sizeof wanted, compare_known)
                          : NULL;
}

static bool add_root(updating *u, const char *path)
{
    if (!list_grow(&u->roots, &u->root_room, u->root_count, sizeof *u->roots))
        return false;
    u->roots[u->root_count++] = path;
    return true;
}

/* The folder that holds all known files, for an index whose paths nobody noted. */
static bool guess_root(updating *u)
{
    if (!u->known_count)
        return true;
    const char *first = u->known[0].path, *last = u->known[u->known_count - 1].path;
    size_t shared = 0, slash = 0;
    for (; first[shared] && first[shared] == last[shared]; shared++)
        if (first[shared] == '/')
            slash = shared + 1;
    if (!slash)
        return add_root(u, ".");
    u->noted = strndup(first, slash);
    note(u->c, "its paths are not known any more; looking under %s", u->noted ? u->noted : "");
    return u->noted && add_root(u, u->noted);
}

/* The paths that are looked through: those of the command line, or of the build. */
static qdx_status list_roots(updating *u, qdx_error *error)
{
    const options *o = &u->c->options;
    size_t size = 0;
    bool fine = true;
    for (size_t i = 1; i < o->argument_count && fine; i++)
        fine = add_root(u, o->arguments[i]);
    if (!fine)
        return no_memory(error);
    if (u->root_count || o->files_from)
        return QDX_OK;
    qdx_status status = qdx_index_paths(u->path, &u->noted, &size, error);
    if (status == QDX_END) {
        free(u->noted);
        u->noted = NULL;
        return guess_root(u) ? QDX_OK : no_memory(error);
    }
    for (size_t at = 0; status == QDX_OK && at < size; at += strlen(u->noted + at) + 1)
        if (!add_root(u, u->noted + at))
            status = no_memory(error);
    return status;
}

/* Is the file one of the roots, or below one? */
static bool is_below(const updating *u, const char *path)
{
    for (size_t i = 0; i < u->root_count; i++) {
        const char *root = u->roots[i];
        while (root[0] == '.' && root[1] == '/')
            root += 2;
        size_t size = strlen(root);
        while (size > 1 && root[size - 1] == '/')
            size--;
        if ((size == 1 && *root == '.' && *path != '/') ||
            (strncmp(path, root, size) == 0 && (!path[size] || path[size] == '/')))
            return true;
    }
    return false;
}

static qdx_status find_files(updating *u, qdx_error *error)
{
    qdx_status status = QDX_OK;
    u->found = qdx_file_list_new(error);
    u->changed = u->found ? qdx_file_list_new(error) : NULL;
    if (!u->changed)
        return QDX_ERR_MEMORY;
    for (size_t i = 0; i < u->root_count && status == QDX_OK; i++) {
        struct stat s;
        if (stat(u->roots[i], &s) == 0 || (errno != ENOENT && errno != ENOTDIR))
            status = qdx_file_list_add(u->found, u->roots[i], error);
    } /* what is gone altogether is gone */
    if (status == QDX_OK)
        qdx_file_list_sort(u->found);
    return status;
}

/* Did the system refuse to show what lies at a path? Kinds of files that are not read are no such
 * problem. */
static bool is_refusal(const qdx_error *problem)
{
    return problem->code == QDX_ERR_IO || problem->code == QDX_ERR_MEMORY;
}

/* The refused path that is the first `size` bytes of another, or NULL; they are sorted. */
static const qdx_error *find_refusal(const updating *u, const char *path, size_t size)
{
    size_t low = 0, high = qdx_file_list_problem_count(u->found);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const qdx_error *problem = qdx_file_list_problem(u->found, middle);
        int order = strncmp(problem->file, path, size);
        if (order == 0 && !problem->file[size] && is_refusal(problem))
            return problem;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Lies a file in a folder that could not be looked through, or could it not be looked at itself? */
static bool is_out_of_sight(const updating *u, const char *path)
{
    if (!qdx_file_list_problem_count(u->found))
        return false;
    if (find_refusal(u, *path == '/' ? "/" : ".", 1))
        return true;
    for (size_t size = 1; path[size - 1]; size++)
        if ((path[size] == '/' || !path[size]) && find_refusal(u, path, size))
            return true;
    return false;
}

static void report_refusal(updating *u, const qdx_error *problem)
{
    report_skipped(u->c, problem);
    u->refused++;
}

/* Is this a file that could not be read, and cannot be opened now either? */
static bool is_still_refused(updating *u, const known_file *known)
{
    qdx_error problem = {0};
    if (known->time || !known->skipped)
        return false;
    int fd = open(known->path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd >= 0) {
        close(fd);
        return false;
    }
    const char *reason = strerrordesc_np(errno);
    fail(&problem, QDX_ERR_IO, known->path, "");
    snprintf(problem.message, sizeof problem.message, "cannot open: %s", reason ? reason : "");
    report_refusal(u, &problem);
    return true;
}

static uint64_t time_of(const struct stat *s)
{
    int64_t time = (int64_t)s->st_mtim.tv_sec * 1000000000 + s->st_mtim.tv_nsec;
    return time > 0 ? (uint64_t)time : 0;
}

/* Holds what is there against what was. */
static qdx_status compare(updating *u, qdx_error *error)
{
    qdx_status status = QDX_OK;
    for (size_t i = 0; i < qdx_file_list_problem_count(u->found); i++)
        if (is_refusal(qdx_file_list_problem(u->found, i)))
            report_refusal(u, qdx_file_list_problem(u->found, i));
    for (size_t i = 0; i < u->known_count; i++)
        u->known[i].stays = !is_below(u, u->known[i].path) || is_out_of_sight(u, u->known[i].path);
    for (size_t i = 0; i < qdx_file_list_count(u->found) && status == QDX_OK; i++) {
        struct stat s;
        const char *path = qdx_file_list_at(u->found, i);
        known_file *known = find_known(u, path);
        bool there = stat(path, &s) == 0;
        if (there && known &&
            ((known->time && known->time == time_of(&s) && known->size == (uint64_t)s.st_size) ||
             is_still_refused(u, known))) {
            known->stays = true;
            continue;
        }
        if (known)
            known->stays = false;
        u->fresh += !known;
        u->changes += known != NULL;
        status = qdx_file_list_add(u->changed, path, error);
    }
    for (size_t i = 0; i < u->known_count; i++)
        u->gone += !u->known[i].stays;
    u->gone -= u->changes;
    return status;
}

static bool keeps(void *context, const qdx_index_file *file)
{
    const known_file *known = find_known(context, file->path);
    return known && known->stays;
}

/* Notes the old paths and the new. */
static qdx_status note_paths(const updating *u, qdx_index_writer *writer, qdx_error *error)
{
    char *old;
    size_t size;
    qdx_status status = qdx_index_paths(u->path, &old, &size, error);
    for (size_t at = 0; status == QDX_OK && at < size; at += strlen(old + at) + 1)
        status = qdx_index_writer_add_path(writer, old + at, error);
    status = status == QDX_END ? QDX_OK : status;
    for (size_t i = 0; i < u->root_count && status == QDX_OK; i++) {
        bool known = false;
        for (size_t at = 0; at < size && !known; at += strlen(old + at) + 1)
            known = strcmp(old + at, u->roots[i]) == 0;
        if (!known)
            status = qdx_index_writer_add_path(writer, u->roots[i], error);
    }
    free(old);
    return status;
}

static int write_update(updating *u, qdx_index_writer *writer, const cli *c)
{
    qdx_error error = {0};
    char size[32];
    article_reading r = {.context = writer,
                         .render = writing_render,
                         .take = writing_take,
                         .cli = c,
                         .files = u->changed};
    qdx_status status = note_paths(u, writer, &error);
    if (status == QDX_OK)
        status = qdx_index_writer_add_index(writer, u->index, keeps, u, &error);
    if (status == QDX_OK && u->fresh + u->changes)
        status = articles_read(&r, &error);
    if (status == QDX_OK)
        status = qdx_index_writer_finish(writer, u->path, &error);
    if (status != QDX_OK)
        return writing_failed(c, status, u->path, u->shown, &error);
    note(c,
         "%" PRIu64 " new file%s, %" PRIu64 " changed, %" PRIu64 " gone, %" PRIu64
         " skipped, %s read: %s",
         u->fresh, plural(u->fresh), u->changes, u->gone, r.counts.skipped + u->refused,
         size_text(r.counts.bytes, size), u->shown);
    return r.counts.skipped + u->refused ? EXIT_SKIPPED : EXIT_DONE;
}

/* Sorts the known files; one that was read in part and skipped in part is known once. */
static void sort_known(updating *u)
{
    size_t kept = 0;
    bool sorted = true; /* as articles alone are */
    for (size_t i = 1; i < u->known_count && sorted; i++)
        sorted = compare_known(&u->known[i - 1], &u->known[i]) <= 0;
    if (!sorted)
        qsort(u->known, u->known_count, sizeof *u->known, compare_known);
    for (size_t i = 0; i < u->known_count; i++) {
        if (kept && strcmp(u->known[kept - 1].path, u->known[i].path) == 0)
            free(u->known[i].path);
        else
            u->known[kept++] = u->known[i];
    }
    u->known_count = kept;
}

/* Finds out what has changed. */
static qdx_status look(updating *u, qdx_error *error)
{
    qdx_status status = qdx_index_open(u->path, &u->index, error);
    if (status == QDX_OK)
        status = build_options_recall(u->c, u->index, &u->options, error);
    if (status == QDX_OK)
        status = qdx_index_files(u->index, take_known, u, error);
    sort_known(u);
    if (status == QDX_OK)
        status = list_roots(u, error);
    if (status == QDX_OK)
        status = find_files(u, error);
    return status == QDX_OK ? compare(u, error) : status;
}

/* The index is locked from before it is read until it is replaced. */
static int update(updating *u)
{
    qdx_error error = {0};
    cli c = *u->c;
    qdx_index_writer *writer = writing_open(u->c, u->path, &error);
    bool looked = writer && look(u, &error) == QDX_OK;
    int result = u->refused ? EXIT_SKIPPED : EXIT_DONE;
    if (!looked) {
        result = report(u->c, &error);
    } else if (!u->fresh && !u->changes && !u->gone) {
        note(u->c, "nothing has changed: %s", u->shown);
    } else {
        c.options = u->options;
        result = write_update(u, writer, &c);
    }
    qdx_index_writer_free(writer);
    return result;
}

int run_update(const cli *c)
{
    qdx_error error = {0};
    char *path;
    updating u = {.c = c, .shown = c->options.arguments[0], .options = c->options};
    qdx_index *index = NULL;
    qdx_status status = index_open(c, &index, &error);
    qdx_index_close(index);
    path = NULL;
    if (status == QDX_OK)
        status = index_path_check(u.shown, &path, &error);
    u.path = path;
    int result = status == QDX_OK ? update(&u) : report(c, &error);
    for (size_t i = 0; i < u.known_count; i++)
        free(u.known[i].path);
    build_options_release(c, &u.options);
    free(u.known);
    free(u.roots);
    free(u.noted);
    qdx_file_list_free(u.found);
    qdx_file_list_free(u.changed);
    qdx_index_close(u.index);
    free(path);
    return result;
}
