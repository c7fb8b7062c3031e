/* quotedex mentions: every place where an entity is named, with what stands around it. */
#include "cli/article_source.h"
#include "cli/bearers.h"
#include "cli/input.h"
#include "cli/message.h"
#include "cli/output.h"

static const qdx_column columns[] = {
    {"entity", QDX_CELL_TEXT, 0},
    {"entity_id", QDX_CELL_TEXT, 0},
    {"type", QDX_CELL_TEXT, 0},
    {"text", QDX_CELL_TEXT, 20},
    {"rule", QDX_CELL_TEXT, 0},
    {"confidence", QDX_CELL_REAL, 0},
    {"date", QDX_CELL_TEXT, 10},
    {"title", QDX_CELL_TEXT, 0},
    {"outlet", QDX_CELL_TEXT, 0},
    {"url", QDX_CELL_TEXT, 0},
    {"path", QDX_CELL_TEXT, 24},
    {"paragraph", QDX_CELL_INTEGER, 0},
    {"char_start", QDX_CELL_INTEGER, 0},
    {"char_end", QDX_CELL_INTEGER, 0},
    {"context_before", QDX_CELL_TEXT, 36},
    {"context_after", QDX_CELL_TEXT, 36},
};

enum { COLUMN_COUNT = sizeof columns / sizeof columns[0] };

static qdx_status write_mention(qdx_rows *rows, const qdx_mention_hit *m, qdx_error *error)
{
    char date[16];
    const qdx_cell cells[COLUMN_COUNT] = {
        {.text = m->entity},
        {.text = m->entity_id},
        {.text = qdx_entity_type_name(m->type)},
        {.text = m->text},
        {.text = cell_text(m->rule)},
        {.real = m->confidence},
        {.text = cell_text(qdx_date_format(m->date, date))},
        {.text = cell_text(m->title)},
        {.text = cell_text(m->outlet)},
        {.text = cell_text(m->url)},
        {.text = m->path},
        {.integer = m->paragraph},
        {.integer = m->char_start},
        {.integer = m->char_end},
        {.text = cell_text(m->context_before)},
        {.text = cell_text(m->context_after)},
    };
    return qdx_rows_write(rows, cells, error);
}

static qdx_status write_mentions(output *out, const cli *c, const qdx_result *result,
                                 qdx_error *error)
{
    qdx_rows *rows;
    qdx_status status = output_rows(out, c, columns, COLUMN_COUNT, &rows, error);
    if (status != QDX_OK)
        return status;
    for (size_t i = 0; i < qdx_result_mention_count(result) && status == QDX_OK; i++)
        status = *c->stop ? QDX_ERR_INTERRUPTED
                          : write_mention(rows, qdx_result_mention_at(result, i), error);
    if (status == QDX_OK)
        status = qdx_rows_finish(rows, error);
    qdx_rows_close(rows);
    return status == QDX_OK ? output_finish(out, error) : status;
}

static int print_result(const cli *c, const qdx_result *result, const char *name)
{
    qdx_error error = {0};
    output out;
    qdx_status status = output_open(&out, c, &error);
    if (status != QDX_OK)
        return report(c, &error);
    status = write_mentions(&out, c, result, &error);
    output_close(&out);
    if (status != QDX_OK)
        return output_exit(&out, c, status, &error);
    size_t count = qdx_result_mention_count(result);
    note(c, "%zu mention%s", count, plural(count));
    note_unread(c, qdx_result_unread(result));
    note_bearers(c, result, name, "");
    return count ? EXIT_DONE : EXIT_NOTHING;
}

int run_mentions(const cli *c)
{
    qdx_error error = {0};
    qdx_index *index;
    qdx_result *result;
    const char *name = c->options.arguments[1];
    qdx_status status = index_open(c, &index, &error);
    if (status != QDX_OK)
        return report(c, &error);
    article_source articles = {0};
    const qdx_text_source source = {article_source_read, &articles};
    status = qdx_query_mentions_from(index, name, &source, &result, &error);
    article_source_release(&articles);
    int exit = status == QDX_OK ? print_result(c, result, name) : report(c, &error);
    if (status == QDX_OK)
        qdx_result_free(result);
    qdx_index_close(index);
    return exit;
}
