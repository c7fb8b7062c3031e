/* Recalling the options of a build from its index. */
#include "cli/build_options.h"

#include <stdlib.h>

#include "cli/input.h"

/* One map is that of all articles; of several, by joining indexes, nobody knows whose is whose. */
static qdx_status recall_map(const qdx_index *index, const char **map, qdx_error *error)
{
    unsigned kind;
    const char *text, *found = NULL;
    size_t maps = 0;
    qdx_status status;
    for (uint64_t i = 0; (status = qdx_index_option_at(index, i, &kind, &text, error)) == QDX_OK;
         i++)
        if (kind == QDX_OPTION_MAP) {
            found = text;
            maps++;
        }
    *map = maps == 1 ? found : NULL;
    return status == QDX_END ? QDX_OK : status;
}

qdx_reader_options build_options_reader(const cli *c, const qdx_index *index)
{
    qdx_reader_options how = reader_options(c);
    if (!how.map && recall_map(index, &how.map, NULL) != QDX_OK)
        how.map = NULL;
    return how;
}

static qdx_status recall_gazetteers(const qdx_index *index, options *result, qdx_error *error)
{
    unsigned kind;
    const char *text;
    qdx_status status = QDX_OK;
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

qdx_status build_options_recall(const cli *c, const qdx_index *index, options *result,
                                qdx_error *error)
{
    qdx_status status = QDX_OK;
    *result = c->options;
    if (!result->map)
        status = recall_map(index, &result->map, error);
    if (status != QDX_OK || result->gazetteer_count || result->no_default_gazetteer)
        return status;
    return recall_gazetteers(index, result, error);
}

void build_options_release(const cli *c, options *result)
{
    if (result->gazetteers != c->options.gazetteers)
        free(result->gazetteers);
    result->gazetteers = NULL;
    result->gazetteer_count = 0;
}
