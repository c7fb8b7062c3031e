/* quotedex entities: who and what an index knows, with the spellings met and counts. */
#include <inttypes.h>

#include "cli/bearers.h"
#include "cli/input.h"
#include "cli/message.h"
#include "cli/output.h"

static const qdx_column columns[] = {
    {"name", QDX_CELL_TEXT, 28},       {"type", QDX_CELL_TEXT, 12},
    {"id", QDX_CELL_TEXT, 0},          {"quotes", QDX_CELL_INTEGER, 7},
    {"mentions", QDX_CELL_INTEGER, 8}, {"articles", QDX_CELL_INTEGER, 8},
    {"first", QDX_CELL_TEXT, 10},      {"last", QDX_CELL_TEXT, 10},
    {"variants", QDX_CELL_TEXT, 40},   {"reported", QDX_CELL_INTEGER, 8},
};

enum { COLUMN_COUNT = sizeof columns / sizeof columns[0], VARIANTS_SIZE = 4096 };

static qdx_status write_entity(qdx_rows *rows, const qdx_index_entity *e, qdx_error *error)
{
    char first[16], last[16], variants[VARIANTS_SIZE];
    join_variants(e, variants, sizeof variants);
    const qdx_cell cells[COLUMN_COUNT] = {
        {.text = e->name},
        {.text = qdx_entity_type_name(e->type)},
        {.text = e->id},
        {.integer = (int64_t)e->quotes},
        {.integer = (int64_t)e->mentions},
        {.integer = (int64_t)e->documents},
        {.text = cell_text(qdx_date_format(e->first, first))},
        {.text = cell_text(qdx_date_format(e->last, last))},
        {.text = cell_text(variants)},
        {.integer = (int64_t)e->reported},
    };
    return qdx_rows_write(rows, cells, error);
}

static qdx_status write_entities(output *out, const cli *c, const qdx_result *result,
                                 qdx_error *error)
{
    qdx_rows *rows;
    qdx_status status = output_rows(out, c, columns, COLUMN_COUNT, &rows, error);
    if (status != QDX_OK)
        return status;
    for (size_t i = 0; i < qdx_result_entity_count(result) && status == QDX_OK; i++)
        status = *c->stop ? QDX_ERR_INTERRUPTED
                          : write_entity(rows, qdx_result_entity_at(result, i), error);
    if (status == QDX_OK)
        status = qdx_rows_finish(rows, error);
    qdx_rows_close(rows);
    return status == QDX_OK ? output_finish(out, error) : status;
}

static int print_result(const cli *c, const qdx_result *result)
{
    qdx_error error = {0};
    output out;
    qdx_status status = output_open(&out, c, &error);
    if (status != QDX_OK)
        return report(c, &error);
    status = write_entities(&out, c, result, &error);
    output_close(&out);
    if (status != QDX_OK)
        return output_exit(&out, c, status, &error);
    size_t count = qdx_result_entity_count(result);
    note(c, "%zu %s", count, count == 1 ? "entity" : "entities");
    if (count == 0)
        note_bearers(c, result, c->options.match, "--match ");
    return count ? EXIT_DONE : EXIT_NOTHING;
}

int run_entities(const cli *c)
{
    qdx_error error = {0};
    qdx_index *index;
    qdx_result *result;
    qdx_status status = index_open(c, &index, &error);
    if (status != QDX_OK)
        return report(c, &error);
    status =
        qdx_query_entities(index, c->options.entity_type - 1, c->options.match, &result, &error);
    int exit = status == QDX_OK ? print_result(c, result) : report(c, &error);
    if (status == QDX_OK)
        qdx_result_free(result);
    qdx_index_close(index);
    return exit;
}
