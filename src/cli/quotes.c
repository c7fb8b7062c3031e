/* quotedex quotes: every quotation of an index that matches, a row each. */
#include <inttypes.h>

#include "cli/article_source.h"
#include "cli/bearers.h"
#include "cli/input.h"
#include "cli/message.h"
#include "cli/output.h"

/* The columns are the program's interface: fixed names in fixed order. */
static const qdx_column columns[] = {
    {"quote_id", QDX_CELL_TEXT, 0},
    {"speaker", QDX_CELL_TEXT, 18},
    {"speaker_id", QDX_CELL_TEXT, 0},
    {"speaker_as_written", QDX_CELL_TEXT, 0},
    {"quote", QDX_CELL_TEXT, 60},
    {"kind", QDX_CELL_TEXT, 0},
    {"cue", QDX_CELL_TEXT, 0},
    {"confidence", QDX_CELL_REAL, 0},
    {"rule", QDX_CELL_TEXT, 0},
    {"about", QDX_CELL_TEXT, 0},
    {"date", QDX_CELL_TEXT, 10},
    {"title", QDX_CELL_TEXT, 0},
    {"outlet", QDX_CELL_TEXT, 0},
    {"url", QDX_CELL_TEXT, 0},
    {"path", QDX_CELL_TEXT, 24},
    {"paragraph", QDX_CELL_INTEGER, 0},
    {"char_start", QDX_CELL_INTEGER, 0},
    {"char_end", QDX_CELL_INTEGER, 0},
    {"context_before", QDX_CELL_TEXT, 0},
    {"context_after", QDX_CELL_TEXT, 0},
    {"duplicates", QDX_CELL_INTEGER, 0},
};

enum { COLUMN_COUNT = sizeof columns / sizeof columns[0] };

static qdx_status write_hit(qdx_rows *rows, const qdx_hit *hit, qdx_error *error)
{
    char date[16];
    qdx_date_format(hit->date, date);
    const qdx_cell cells[COLUMN_COUNT] = {
        {.text = hit->quote_id},
        {.text = cell_text(hit->speaker)},
        {.text = cell_text(hit->speaker_id)},
        {.text = cell_text(hit->speaker_as_written)},
        {.text = hit->quote},
        {.text = qdx_quote_kind_name(hit->kind)},
        {.text = cell_text(hit->cue)},
        {.real = hit->confidence},
        {.text = cell_text(hit->rule)},
        {.text = cell_text(hit->about)},
        {.text = cell_text(date)},
        {.text = cell_text(hit->title)},
        {.text = cell_text(hit->outlet)},
        {.text = cell_text(hit->url)},
        {.text = hit->path},
        {.integer = hit->paragraph},
        {.integer = hit->char_start},
        {.integer = hit->char_end},
        {.text = cell_text(hit->context_before)},
        {.text = cell_text(hit->context_after)},
        {.integer = hit->duplicates},
    };
    return qdx_rows_write(rows, cells, error);
}

static qdx_status write_hits(output *out, const cli *c, const qdx_result *result, qdx_error *error)
{
    qdx_rows *rows;
    qdx_status status = output_rows(out, c, columns, COLUMN_COUNT, &rows, error);
    if (status != QDX_OK)
        return status;
    for (size_t i = 0; i < qdx_result_hit_count(result) && status == QDX_OK; i++)
        status =
            *c->stop ? QDX_ERR_INTERRUPTED : write_hit(rows, qdx_result_hit_at(result, i), error);
    if (status == QDX_OK)
        status = qdx_rows_finish(rows, error);
    qdx_rows_close(rows);
    return status == QDX_OK ? output_finish(out, error) : status;
}

static void note_count(const cli *c, const qdx_result *result)
{
    uint64_t total = qdx_result_total(result), shown = qdx_result_hit_count(result);
    if (shown < total)
        note(c, "%" PRIu64 " of %" PRIu64 " quotes (--limit)", shown, total);
    else
        note(c, "%" PRIu64 " quote%s", total, plural(total));
}

static int print_result(const cli *c, const qdx_result *result)
{
    qdx_error error = {0};
    output out;
    qdx_status status = output_open(&out, c, &error);
    if (status == QDX_OK)
        status = write_hits(&out, c, result, &error);
    else
        return report(c, &error);
    output_close(&out);
    if (status != QDX_OK)
        return output_exit(&out, c, status, &error);
    note_count(c, result);
    note_bearers(c, result, c->options.by, "--by ");
    return qdx_result_hit_count(result) ? EXIT_DONE : EXIT_NOTHING;
}

int run_quotes(const cli *c)
{
    const options *o = &c->options;
    article_source articles = {0};
    const qdx_text_source source = {article_source_read, &articles};
    const qdx_query query = {
        .by = o->by,
        .about = o->about,
        .text = o->text,
        .source = o->source,
        .since = o->since,
        .until = o->until,
        .kinds = o->kinds,
        .min_confidence = (float)o->min_confidence,
        .limit = o->limit,
        .unique = o->unique,
        .sort = (qdx_sort)o->sort,
        .articles = &source,
    };
    qdx_error error = {0};
    qdx_index *index;
    qdx_result *result;
    qdx_status status = index_open(c, &index, &error);
    if (status != QDX_OK)
        return report(c, &error);
    status = qdx_query_quotes(index, &query, &result, &error);
    article_source_release(&articles);
    int exit = status == QDX_OK ? print_result(c, result) : report(c, &error);
    if (status == QDX_OK)
        qdx_result_free(result);
    qdx_index_close(index);
    return exit;
}
