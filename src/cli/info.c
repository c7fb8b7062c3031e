/* quotedex info: what is inside an index. A list for people, one row for programs. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/bearers.h"
#include "cli/index_open.h"
#include "cli/message.h"
#include "cli/output.h"

static const qdx_column columns[] = {
    {"format_version", QDX_CELL_INTEGER, 14},
    {"build_id", QDX_CELL_TEXT, 16},
    {"file_size", QDX_CELL_INTEGER, 12},
    {"articles", QDX_CELL_INTEGER, 12},
    {"text_bytes", QDX_CELL_INTEGER, 12},
    {"entities", QDX_CELL_INTEGER, 12},
    {"mentions", QDX_CELL_INTEGER, 12},
    {"quotes", QDX_CELL_INTEGER, 12},
    {"words", QDX_CELL_INTEGER, 12},
    {"skipped", QDX_CELL_INTEGER, 12},
    {"first", QDX_CELL_TEXT, 10},
    {"last", QDX_CELL_TEXT, 10},
};

static const qdx_column skipped_columns[] = {
    {"skipped", QDX_CELL_TEXT, 40},
    {"reason", QDX_CELL_TEXT, 60},
};

enum { COLUMN_COUNT = sizeof columns / sizeof columns[0], PAIR = 2 };

static void print_pair(output *out, const char *name, const qdx_cell *cell, qdx_error *error,
                       qdx_status *status)
{
    char line[128];
    int n;
    if (cell->text)
        n = snprintf(line, sizeof line, "%-16s %s\n", name, cell->text);
    else
        n = snprintf(line, sizeof line, "%-16s %" PRId64 "\n", name, cell->integer);
    if (*status == QDX_OK)
        *status = output_write(out, line, (size_t)n, error);
}

static qdx_status write_info(output *out, const cli *c, const qdx_index_info *info,
                             qdx_error *error)
{
    char build[24], first[16], last[16];
    snprintf(build, sizeof build, "b_%016" PRIx64, info->build_id);
    const qdx_cell cells[COLUMN_COUNT] = {
        {.integer = info->format_version},
        {.text = build},
        {.integer = (int64_t)info->file_size},
        {.integer = (int64_t)info->documents},
        {.integer = (int64_t)info->text_bytes},
        {.integer = (int64_t)info->entities},
        {.integer = (int64_t)info->mentions},
        {.integer = (int64_t)info->quotes},
        {.integer = (int64_t)info->words},
        {.integer = (int64_t)info->skipped},
        {.text = qdx_date_format(info->first, first)},
        {.text = qdx_date_format(info->last, last)},
    };
    const char *format = c->options.format;
    qdx_status status = QDX_OK;
    if (!format || strcmp(format, "table") == 0) {
        for (size_t i = 0; i < COLUMN_COUNT; i++)
            print_pair(out, columns[i].name, &cells[i], error, &status);
        return status;
    }
    qdx_rows *rows;
    status = output_rows(out, c, "info", false, columns, COLUMN_COUNT, &rows, error);
    if (status != QDX_OK)
        return status;
    status = qdx_rows_write(rows, cells, error);
    if (status == QDX_OK)
        status = qdx_rows_finish(rows, error);
    qdx_rows_close(rows);
    return status;
}

/* The files, members and records that could not be read, and why. */
static qdx_status write_skipped(output *out, const cli *c, const qdx_index *index, uint64_t count,
                                qdx_error *error)
{
    qdx_rows *rows;
    qdx_status status = output_rows(out, c, "skipped", false, skipped_columns, PAIR, &rows, error);
    if (status != QDX_OK)
        return status;
    for (uint64_t i = 0; i < count && status == QDX_OK; i++) {
        qdx_cell cells[PAIR] = {{0}};
        status = qdx_index_skipped_at(index, i, &cells[0].text, &cells[1].text, error);
        if (status == QDX_OK)
            status = qdx_rows_write(rows, cells, error);
    }
    if (status == QDX_OK)
        status = qdx_rows_finish(rows, error);
    qdx_rows_close(rows);
    return status;
}

typedef struct reason {
    const char *text;
    uint64_t count;
} reason;

static int compare_texts(const void *a, const void *b)
{
    return strcmp(((const reason *)a)->text, ((const reason *)b)->text);
}

static int compare_counts(const void *a, const void *b)
{
    const reason *x = a, *y = b;
    return x->count != y->count ? (x->count < y->count ? 1 : -1) : strcmp(x->text, y->text);
}

/* How many were skipped for each reason, the most frequent first. */
static qdx_status note_reasons(const cli *c, const qdx_index *index, uint64_t count,
                               qdx_error *error)
{
    size_t kinds = 0;
    const char *path;
    reason *reasons = calloc((size_t)count + 1, sizeof *reasons);
    if (!reasons)
        return fail(error, QDX_ERR_MEMORY, "", "out of memory");
    qdx_status status = QDX_OK;
    for (size_t i = 0; i < count && status == QDX_OK; i++)
        status = qdx_index_skipped_at(index, i, &path, &reasons[i].text, error);
    if (status == QDX_OK) {
        qsort(reasons, (size_t)count, sizeof *reasons, compare_texts);
        for (size_t i = 0; i < count; i++) {
            if (!kinds || strcmp(reasons[kinds - 1].text, reasons[i].text) != 0)
                reasons[kinds++] = (reason){reasons[i].text, 0};
            reasons[kinds - 1].count++;
        }
        qsort(reasons, kinds, sizeof *reasons, compare_counts);
    }
    for (size_t i = 0; i < kinds; i++)
        note(c, "%" PRIu64 " skipped: %s", reasons[i].count, reasons[i].text);
    free(reasons);
    return status;
}

/* What --skipped asks for: the list alone, and the counts by reason beside it. */
static qdx_status write_all(output *out, const cli *c, const qdx_index *index,
                            const qdx_index_info *info, qdx_error *error)
{
    bool only = c->options.skipped;
    qdx_status status = only ? QDX_OK : write_info(out, c, info, error);
    if (status == QDX_OK && (only || (c->options.verbose && info->skipped)))
        status = write_skipped(out, c, index, info->skipped, error);
    if (status == QDX_OK && only)
        status = note_reasons(c, index, info->skipped, error);
    return status;
}

int run_info(const cli *c)
{
    qdx_error error = {0};
    qdx_index *index;
    qdx_index_info info;
    output out;
    qdx_status status = index_open(c, &index, &error);
    if (status != QDX_OK)
        return report(c, &error);
    qdx_index_info_get(index, &info);
    status = output_open(&out, c, &error);
    if (status != QDX_OK) {
        qdx_index_close(index);
        return report(c, &error);
    }
    status = write_all(&out, c, index, &info, &error);
    if (status == QDX_OK)
        status = output_finish(&out, &error);
    output_close(&out);
    qdx_index_close(index);
    return output_exit(&out, c, status, &error);
}
