/* quotedex entities: who and what an index knows, with the spellings met and counts. */
#include "cli/bearers.h"
#include "cli/index_open.h"
#include "cli/message.h"
#include "cli/record.h"

static const void *entity_at(const void *result, size_t i)
{
    return qdx_result_entity_at(result, i);
}

static int print_result(const cli *c, const qdx_result *result)
{
    qdx_error error = {0};
    output out;
    qdx_status status = output_open(&out, c, &error);
    if (status != QDX_OK)
        return report(c, &error);
    status = record_write_all(&out, c, &entity_records, entity_at, result,
                              qdx_result_entity_count(result), qdx_result_total(result), &error);
    output_close(&out);
    if (status != QDX_OK)
        return output_exit(&out, c, status, &error);
    size_t count = qdx_result_entity_count(result);
    note_count(c, count, qdx_result_total(result), "entity", "entities");
    if (count == 0)
        note_bearers(c, result, c->options.match, "--match ");
    return count ? EXIT_DONE : EXIT_NOTHING;
}

int run_entities(const cli *c)
{
    const options *o = &c->options;
    const qdx_entity_query query = {.match = o->match,
                                    .types = o->entity_type ? 1u << (o->entity_type - 1) : 0,
                                    .sort = (qdx_entity_sort)o->entity_sort,
                                    .limit = o->limit};
    qdx_error error = {0};
    qdx_index *index;
    qdx_result *result;
    qdx_status status = index_open(c, &index, &error);
    if (status != QDX_OK)
        return report(c, &error);
    status = qdx_query_entities_where(index, &query, &result, &error);
    int exit = status == QDX_OK ? print_result(c, result) : report(c, &error);
    if (status == QDX_OK)
        qdx_result_free(result);
    qdx_index_close(index);
    return exit;
}
