/*
 * quotedex info: what is inside an index, and what it was built from. A list for people, one row
 * for programs.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/bearers.h"
#include "cli/index_open.h"
#include "cli/info_inputs.h"
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
    {"gazetteers", QDX_CELL_TEXT, 40},
    {"paths", QDX_CELL_TEXT, 40},
};

static const qdx_column skipped_columns[] = {
    {"skipped", QDX_CELL_TEXT, 40},
    {"reason", QDX_CELL_TEXT, 60},
};

enum { COLUMN_COUNT = sizeof columns / sizeof columns[0], PAIR = 2 };

/* What the index was built from, as texts joined by "; "; NULL where there is nothing to tell. */
typedef struct origin {
    char *gazetteers; /* beside those that came with the program, or instead of their names */
    char *paths;      /* known where the file system kept them */
} origin;

static bool append(char **text, const char *part)
{
    char *joined;
    if (asprintf(&joined, "%s%s%s", *text ? *text : "", *text ? "; " : "", part) < 0)
        return false;
    free(*text);
    *text = joined;
    return true;
}

static qdx_status read_gazetteers(const qdx_index *index, origin *from, qdx_error *error)
{
    unsigned kind;
    const char *text;
    qdx_status status = QDX_OK;
    for (uint64_t i = 0; status == QDX_OK; i++) {
        status = qdx_index_option_at(index, i, &kind, &text, error);
        if (status == QDX_OK && kind <= QDX_OPTION_NO_DEFAULT_GAZETTEER &&
            !append(&from->gazetteers,
                    kind == QDX_OPTION_GAZETTEER ? text : "(without the program's names)"))
            status = fail(error, QDX_ERR_MEMORY, "", "out of memory");
    }
    return status == QDX_END ? QDX_OK : status;
}

static qdx_status read_origin(const char *path, const qdx_index *index, origin *from,
                              qdx_error *error)
{
    char *paths = NULL;
    size_t size = 0;
    qdx_status status = read_gazetteers(index, from, error);
    if (status == QDX_OK)
        status = qdx_index_paths(path, &paths, &size, error);
    for (size_t at = 0; status == QDX_OK && at < size; at += strlen(paths + at) + 1)
        if (!append(&from->paths, paths + at))
            status = fail(error, QDX_ERR_MEMORY, "", "out of memory");
    free(paths);
    return status == QDX_END ? QDX_OK : status;
}

static void origin_release(origin *from)
{
    free(from->gazetteers);
    free(from->paths);
}

/* Question marks for what a path may hold and a terminal would obey: C0 and C1 controls. */
static void hide_controls(char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == 0xC2 && i + 1 < size && ((unsigned char)text[i + 1] & 0xE0) == 0x80)
            text[i] = text[i + 1] = '?';
        else if (c < 0x20 || c == 0x7F)
            text[i] = '?';
    }
}

/* A line of the list; nothing for a text that is not known. */
static qdx_status print_pair(output *out, const qdx_column *column, const qdx_cell *cell,
                             qdx_error *error)
{
    char *line;
    int size;
    if (column->type == QDX_CELL_INTEGER)
        size = asprintf(&line, "%-16s %" PRId64 "\n", column->name, cell->integer);
    else if (cell->text)
        size = asprintf(&line, "%-16s %s\n", column->name, cell->text);
    else
        return QDX_OK;
    if (size < 0)
        return fail(error, QDX_ERR_MEMORY, "", "out of memory");
    hide_controls(line, (size_t)size - 1);
    qdx_status status = output_write(out, line, (size_t)size, error);
    free(line);
    return status;
}

static qdx_status write_info(output *out, const cli *c, const qdx_index_info *info,
                             const origin *from, qdx_error *error)
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
        {.text = from->gazetteers},
        {.text = from->paths},
    };
    const char *format = c->options.format;
    qdx_status status = QDX_OK;
    if (!format || strcmp(format, "table") == 0) {
        for (size_t i = 0; i < COLUMN_COUNT && status == QDX_OK; i++)
            status = print_pair(out, &columns[i], &cells[i], error);
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

/* What --skipped asks for: the list alone, and the counts by reason beside it; or --inputs. */
static qdx_status write_all(output *out, const cli *c, const qdx_index *index,
                            const qdx_index_info *info, qdx_error *error)
{
    bool only = c->options.skipped;
    if (c->options.inputs)
        return info_inputs_write(out, c, index, error);
    origin from = {0};
    qdx_status status = only ? QDX_OK : read_origin(c->options.arguments[0], index, &from, error);
    if (status == QDX_OK && !only)
        status = write_info(out, c, info, &from, error);
    origin_release(&from);
    if (status == QDX_OK && (only || (c->options.verbose && info->skipped)))
        status = write_skipped(out, c, index, info->skipped, error);
    if (status == QDX_OK && only)
        status = info_inputs_note_reasons(c, index, error);
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
