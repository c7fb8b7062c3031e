/*
 * Rows: opens a format by its name and hands what it writes to the sink in large pieces. Knows
 * nothing of any format beyond the table below.
 */
#include "output/rows.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "output/json.h"
#include "text/unicode.h"

enum { SEND_AT = 64 * 1024 };

static const qdx_row_format *const formats[] = {
    &qdx_table_format,
    &qdx_csv_format,
    &qdx_tsv_format,
    &qdx_jsonl_format,
};

enum { FORMAT_COUNT = sizeof formats / sizeof formats[0] };

const char *qdx_format_at(size_t i, const char **description)
{
    if (i >= FORMAT_COUNT)
        return NULL;
    if (description)
        *description = formats[i]->description;
    return formats[i]->name;
}

static const qdx_row_format *find_format(const char *name)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        if (strcmp(formats[i]->name, name) == 0)
            return formats[i];
    return NULL;
}

/* Sends what has gathered, once it is worth a call or `all` is asked for. */
static qdx_status send(qdx_rows *rows, bool all, qdx_error *error)
{
    qdx_status status = qdx_buffer_status(&rows->out, error);
    if (status != QDX_OK || rows->out.size == 0 || (!all && rows->out.size < SEND_AT))
        return status;
    status = rows->sink.write(rows->sink.context, rows->out.bytes, rows->out.size, error);
    qdx_buffer_clear(&rows->out);
    return status;
}

qdx_status qdx_rows_open(const qdx_rows_options *options, const qdx_column *columns,
                         size_t column_count, qdx_sink sink, qdx_rows **result, qdx_error *error)
{
    *result = NULL;
    const qdx_row_format *format = find_format(options->format);
    if (!format)
        return qdx_error_set(error, QDX_ERR_ARGUMENT, "unknown format '%s'", options->format);
    qdx_rows *rows = calloc(1, sizeof *rows);
    qdx_column *copy = calloc(column_count ? column_count : 1, sizeof *copy);
    if (!rows || !copy) {
        free(rows);
        free(copy);
        return qdx_error_memory(error);
    }
    memcpy(copy, columns, column_count * sizeof *copy);
    *rows = (qdx_rows){.format = format,
                       .options = *options,
                       .columns = copy,
                       .column_count = column_count,
                       .sink = sink};
    qdx_status status = format->begin ? format->begin(rows, error) : QDX_OK;
    if (status != QDX_OK) {
        qdx_rows_close(rows);
        return status;
    }
    *result = rows;
    return QDX_OK;
}

qdx_status qdx_rows_write(qdx_rows *rows, const qdx_cell *cells, qdx_error *error)
{
    qdx_status status = rows->format->row(rows, cells, error);
    return status == QDX_OK ? send(rows, false, error) : status;
}

qdx_status qdx_rows_finish(qdx_rows *rows, qdx_error *error)
{
    qdx_status status = rows->format->finish ? rows->format->finish(rows, error) : QDX_OK;
    return status == QDX_OK ? send(rows, true, error) : status;
}

void qdx_rows_close(qdx_rows *rows)
{
    if (!rows)
        return;
    if (rows->format->close)
        rows->format->close(rows);
    qdx_buffer_release(&rows->out);
    free(rows->columns);
    free(rows);
}

/* What spreadsheets take for the start of a formula, full-width forms included. */
static bool starts_formula(const char *text, size_t size)
{
    static const uint32_t starts[] = {'=',  '+',    '-',    '@',    '\t',  '\r',
                                      '\n', 0xFF1D, 0xFF0B, 0xFF0D, 0xFF20};
    uint32_t first = 0;
    if (size)
        qdx_utf8_decode(text, text + size, &first);
    for (size_t i = 0; size && i < sizeof starts / sizeof starts[0]; i++)
        if (first == starts[i])
            return true;
    return false;
}

/* Vertical tab, form feed, next line, line and paragraph separator end lines too. */
static bool is_line_break(uint32_t c)
{
    return (c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* No spreadsheet has a use for them, and a terminal would obey. */
static bool is_control(uint32_t c)
{
    return (c < 0x20 && c != '\t') || (c >= 0x7F && c < 0xA0);
}

static void append_one_line(qdx_buffer *line, const char *text, size_t size, bool tabs)
{
    const char *end = text + size;
    uint32_t before = 0;
    for (const char *p = text; p < end;) {
        uint32_t c;
        size_t length = qdx_utf8_decode(p, end, &c);
        if (is_line_break(c) || (tabs && c == '\t')) {
            if (!(c == '\n' && before == '\r'))
                qdx_buffer_byte(line, ' ');
        } else if (is_control(c)) {
            qdx_buffer_codepoint(line, QDX_REPLACEMENT);
        } else {
            qdx_buffer_clean(line, p, length);
        }
        before = c;
        p += length;
    }
}

void qdx_rows_cell_line(const qdx_rows *rows, size_t column, const qdx_cell *cell, bool tabs,
                        qdx_buffer *line)
{
    qdx_buffer_clear(line);
    switch (rows->columns[column].type) {
    case QDX_CELL_INTEGER:
        qdx_buffer_format(line, "%" PRId64, cell->integer);
        return;
    case QDX_CELL_REAL:
        qdx_json_real(line, cell->real);
        return;
    case QDX_CELL_TEXT:
        break;
    }
    if (!cell->text)
        return;
    size_t size = strlen(cell->text);
    if (!rows->options.no_guard && starts_formula(cell->text, size))
        qdx_buffer_byte(line, '\'');
    append_one_line(line, cell->text, size, tabs);
}
