/* Recalling the options of a build from its index. */
#include "cli/build_options.h"

#include <stdlib.h>

qdx_status build_options_recall(const cli *c, const qdx_index *index, options *result,
                                qdx_error *error)
{
    unsigned kind;
    const char *text;
    qdx_status status = QDX_OK;
    *result = c->options;
    if (result->gazetteer_count || result->no_default_gazetteer)
        return QDX_OK;
    result->gazetteers = NULL;
    for (uint64_t i = 0; status == QDX_OK; i++) {
        status = qdx_index_option_at(index, i, &kind, &text, error);
        if (status != QDX_OK)
            break;
        if (kind == QDX_OPTION_NO_DEFAULT_GAZETTEER)
            result->no_default_gazetteer = true;
        if (kind == QDX_OPTION_GAZETTEER && !options_add_gazetteer(result, text, error))
            status = error->code;
    }
    return status == QDX_END ? QDX_OK : status;
}

void build_options_release(const cli *c, options *result)
{
    if (result->gazetteers != c->options.gazetteers)
        free(result->gazetteers);
    result->gazetteers = NULL;
    result->gazetteer_count = 0;
}
