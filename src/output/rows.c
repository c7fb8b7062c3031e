/*
 * Rows: opens a format by its name and hands what it writes to the sink in large pieces. Knows
 * nothing of any format beyond the table below.
 */
#include "output/rows.h"

#include <stdlib.h>
#include <string.h>

enum { SEND_AT = 64 * 1024 };

static const qdx_row_format *const formats[] = {
    &qdx_table_format, &qdx_csv_format,  &qdx_excel_format,  &qdx_tsv_format,    &qdx_jsonl_format,
    &qdx_xlsx_format,  &qdx_html_format, &qdx_sqlite_format, &qdx_bibtex_format, &qdx_csl_format,
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
    for (size_t i = 0; name && i < FORMAT_COUNT; i++)
        if (strcmp(formats[i]->name, name) == 0)
            return formats[i];
    return NULL;
}

bool qdx_format_is_binary(const char *name)
{
    const qdx_row_format *format = find_format(name);
    return format && format->binary;
}

qdx_status qdx_rows_send(qdx_rows *rows, bool all, qdx_error *error)
{
    qdx_status status = qdx_buffer_status(&rows->out, error);
    if (status != QDX_OK || rows->out.size == 0 || (!all && rows->out.size < SEND_AT))
        return status;
    status = rows->sink.write(rows->sink.context, rows->out.bytes, rows->out.size, error);
    qdx_buffer_clear(&rows->out);
    return status;
}

size_t qdx_rows_find_type(const qdx_rows *rows, qdx_cell_type type)
{
    size_t i = 0;
    while (i < rows->column_count && rows->columns[i].type != type)
        i++;
    return i;
}

/* Makes the table with these columns the current one. */
static qdx_status set_table(qdx_rows *rows, const char *name, const qdx_column *columns,
                            size_t column_count, qdx_error *error)
{
    qdx_column *copy = calloc(column_count ? column_count : 1, sizeof *copy);
    if (!copy)
        return qdx_error_memory(error);
    if (column_count)
        memcpy(copy, columns, column_count * sizeof *copy);
    free(rows->columns);
    rows->columns = copy;
    rows->column_count = column_count;
    rows->name = name ? name : "rows";
    rows->row_count = 0;
    return QDX_OK;
}

qdx_status qdx_rows_open(const qdx_rows_options *options, const qdx_column *columns,
                         size_t column_count, qdx_sink sink, qdx_rows **result, qdx_error *error)
{
    *result = NULL;
    const qdx_row_format *format = find_format(options->format);
    if (!format)
        return qdx_error_set(error, QDX_ERR_ARGUMENT, "unknown format '%s'",
                             options->format ? options->format : "");
    qdx_rows *rows = calloc(1, sizeof *rows);
    if (!rows)
        return qdx_error_memory(error);
    *rows = (qdx_rows){.format = format, .options = *options, .sink = sink};
    qdx_status status = set_table(rows, options->name, columns, column_count, error);
    if (status == QDX_OK && format->begin)
        status = format->begin(rows, error);
    if (status == QDX_OK && format->table)
        status = format->table(rows, error);
    if (status == QDX_OK)
        *result = rows;
    else
        qdx_rows_close(rows);
    return status;
}

qdx_status qdx_rows_table(qdx_rows *rows, const char *name, const qdx_column *columns,
                          size_t column_count, qdx_error *error)
{
    if (!rows->format->table)
        return qdx_error_set(error, QDX_ERR_UNSUPPORTED, "%s holds one table only",
                             rows->format->name);
    qdx_status status = set_table(rows, name, columns, column_count, error);
    if (status == QDX_OK)
        status = rows->format->table(rows, error);
    return status == QDX_OK ? qdx_rows_send(rows, false, error) : status;
}

qdx_status qdx_rows_note(qdx_rows *rows, const char *label, const char *text, qdx_error *error)
{
    qdx_row_note note = {strdup(label), strdup(text ? text : "")};
    if (note.label && note.text && qdx_vector_push(&rows->notes, note))
        return QDX_OK;
    free(note.label);
    free(note.text);
    return qdx_error_memory(error);
}

qdx_status qdx_rows_write(qdx_rows *rows, const qdx_cell *cells, qdx_error *error)
{
    qdx_status status = rows->format->row(rows, cells, error);
    rows->row_count += status == QDX_OK;
    return status == QDX_OK ? qdx_rows_send(rows, false, error) : status;
}

qdx_status qdx_rows_finish(qdx_rows *rows, qdx_error *error)
{
    qdx_status status = rows->format->finish ? rows->format->finish(rows, error) : QDX_OK;
    return status == QDX_OK ? qdx_rows_send(rows, true, error) : status;
}

void qdx_rows_close(qdx_rows *rows)
{
    if (!rows)
        return;
    if (rows->format->close)
        rows->format->close(rows);
    for (size_t i = 0; i < rows->notes.count; i++) {
        free(rows->notes.items[i].label);
        free(rows->notes.items[i].text);
    }
    qdx_vector_release(&rows->notes);
    qdx_buffer_release(&rows->out);
    free(rows->columns);
    free(rows);
}
