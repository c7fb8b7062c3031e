/*
 * Loading the lists that came with the program, whole or their words only: from the compiled file
 * beside their folder, or from the folder itself where a list is newer than that. Where the folder
 * is, installed.c knows.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "gazetteer/store.h"

static bool is_newer(const struct stat *a, const struct stat *b)
{
    return a->st_mtim.tv_sec != b->st_mtim.tv_sec ? a->st_mtim.tv_sec > b->st_mtim.tv_sec
                                                  : a->st_mtim.tv_nsec > b->st_mtim.tv_nsec;
}

/* Was a list changed or added after the compiled file was made? */
static bool is_stale(const char *folder, const struct stat *compiled)
{
    struct stat info;
    DIR *lists = opendir(folder);
    if (!lists)
        return false;
    bool stale = false;
    for (struct dirent *entry; !stale && (entry = readdir(lists));)
        stale = entry->d_name[0] != '.' && fstatat(dirfd(lists), entry->d_name, &info, 0) == 0 &&
                is_newer(&info, compiled);
    closedir(lists);
    return stale;
}

/* The file to load: en.qgz for the folder en, else the folder. */
static void choose(char *path, size_t size)
{
    char compiled[4096 + 8];
    struct stat info;
    int n = snprintf(compiled, sizeof compiled, "%s.qgz", path);
    if (n > 0 && (size_t)n < size && stat(compiled, &info) == 0 && !is_stale(path, &info))
        memcpy(path, compiled, (size_t)n + 1);
}

qdx_status qdx_gazetteer_load_default(qdx_gazetteer *gazetteer, bool names, qdx_problem_fn *problem,
                                      void *context, qdx_error *error)
{
    char path[4096];
    if (!qdx_gazetteer_default_path(path, sizeof path)) {
        if (!names)
            return QDX_OK;
        qdx_error_set(error, QDX_ERR_NOT_FOUND, "the program's own name lists are missing");
        qdx_error_at(error, "gazetteers", 0);
        qdx_error_hint(error, "set QUOTEDEX_GAZETTEERS to their folder");
        return QDX_ERR_NOT_FOUND;
    }
    choose(path, sizeof path);
    qdx_status status = names ? qdx_gazetteer_load(gazetteer, path, problem, context, error)
                              : qdx_gazetteer_load_words(gazetteer, path, problem, context, error);
    if (status != QDX_OK && error && !error->hint[0] && getenv("QUOTEDEX_GAZETTEERS"))
        qdx_error_hint(error, "the variable QUOTEDEX_GAZETTEERS names it");
    return status;
}
