/*
 * Loading the lists that came with the program, whole or their words only. Where they are is
 * installed.c's to know.
 */
#include <stdlib.h>

#include "gazetteer/store.h"

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
    qdx_status status = names ? qdx_gazetteer_load(gazetteer, path, problem, context, error)
                              : qdx_gazetteer_load_words(gazetteer, path, problem, context, error);
    if (status != QDX_OK && error && !error->hint[0] && getenv("QUOTEDEX_GAZETTEERS"))
        qdx_error_hint(error, "the variable QUOTEDEX_GAZETTEERS names it");
    return status;
}
