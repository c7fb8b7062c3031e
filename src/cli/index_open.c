/*
 * Opening an index: what stands beside it (decisions) and what came with the program (given names
 * that are forms of one) goes with it; what was named in its place is told.
 */
#include "cli/index_open.h"

#include <string.h>
#include <sys/stat.h>

#include "cli/decisions.h"

/* Given names that are forms of one, from the list that came with the program; read when first
 * asked. */
static bool same_given_name(const void *context, const char *name, const char *other)
{
    given_names *given = (given_names *)(uintptr_t)context;
    if (!given->tried) {
        char folder[4096], path[4096 + 32];
        given->tried = true;
        given->gazetteer = qdx_gazetteer_new(NULL);
        if (!given->gazetteer || !qdx_gazetteer_default_path(folder, sizeof folder))
            return false;
        snprintf(path, sizeof path, "%s/name_equivalents.tsv", folder);
        if (qdx_gazetteer_load(given->gazetteer, path, NULL, NULL, NULL) != QDX_OK ||
            qdx_gazetteer_freeze(given->gazetteer, NULL) != QDX_OK) {
            given_names_release(given);
            return false;
        }
        given->ready = true;
    }
    return given->ready && qdx_gazetteer_same_given_name(given->gazetteer, name, other);
}

void given_names_release(given_names *given)
{
    qdx_gazetteer_free(given->gazetteer);
    given->gazetteer = NULL;
    given->ready = false;
}

/* The usual slips: no index yet, or the articles named in its place. */
static void hint_at_build(const char *path, qdx_status status, qdx_error *error)
{
    struct stat s;
    bool exists = stat(path, &s) == 0;
    if (status == QDX_ERR_IO && !exists)
        snprintf(error->hint, sizeof error->hint, "make one: quotedex build -o %.100s FOLDER",
                 path);
    else if (exists && (S_ISDIR(s.st_mode) || (status == QDX_ERR_FORMAT && s.st_size)))
        snprintf(error->hint, sizeof error->hint,
                 "make an index of it first: quotedex build -o news.qdx %.100s", path);
}

qdx_status index_open(const cli *c, qdx_index **index, qdx_error *error)
{
    const char *path = c->options.arguments[0];
    qdx_status status = qdx_index_open(path, index, error);
    if (status != QDX_OK && !error->hint[0])
        hint_at_build(path, status, error);
    if (status == QDX_OK && c->given) {
        c->given->hook = (qdx_given_names){same_given_name, c->given};
        qdx_index_set_given_names(*index, &c->given->hook);
    }
    if (status == QDX_OK && (status = decisions_apply(c, *index, error)) != QDX_OK) {
        qdx_index_close(*index);
        *index = NULL;
    }
    return status;
}
