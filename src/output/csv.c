/*
 * CSV as RFC 4180 with LF: header always, cells quoted where they must be. One line a row: line
 * breaks inside a cell become blanks, so that line-wise tools work. Not for Excel's dialect (BOM,
 * CRLF): that is a format of its own.
 */
#include <string.h>

#include "output/rows.h"

/* Blanks at the ends are quoted too: some readers trim bare ones. */
static bool needs_quotes(const qdx_buffer *cell)
{
    if (cell->size == 0)
        return false;
    return memchr(cell->bytes, ',', cell->size) || memchr(cell->bytes, '"', cell->size) ||
           cell->bytes[0] == ' ' || cell->bytes[cell->size - 1] == ' ';
}

static void write_cell(qdx_buffer *out, const qdx_buffer *cell)
{
    if (!needs_quotes(cell)) {
        qdx_buffer_append(out, cell->bytes, cell->size);
        return;
    }
    qdx_buffer_byte(out, '"');
    for (size_t i = 0; i < cell->size; i++) {
        if (cell->bytes[i] == '"')
            qdx_buffer_byte(out, '"');
        qdx_buffer_byte(out, cell->bytes[i]);
    }
    qdx_buffer_byte(out, '"');
}

static qdx_status write_header(qdx_rows *rows, qdx_error *error)
{
    for (size_t i = 0; i < rows->column_count; i++) {
        qdx_buffer_text(&rows->out, i ? "," : "");
        qdx_buffer_text(&rows->out, rows->columns[i].name);
    }
    qdx_buffer_byte(&rows->out, '\n');
    return qdx_buffer_status(&rows->out, error);
}

static qdx_status write_row(qdx_rows *rows, const qdx_cell *cells, qdx_error *error)
{
    qdx_buffer line = {0};
    for (size_t i = 0; i < rows->column_count; i++) {
        qdx_buffer_text(&rows->out, i ? "," : "");
        qdx_rows_cell_line(rows, i, &cells[i], false, &line);
        if (line.failed)
            rows->out.failed = true;
        write_cell(&rows->out, &line);
    }
    qdx_buffer_release(&line);
    qdx_buffer_byte(&rows->out, '\n');
    return qdx_buffer_status(&rows->out, error);
}

const qdx_row_format qdx_csv_format = {
    .name = "csv",
    .description = "comma-separated (RFC 4180), for spreadsheets and data tools",
    .begin = write_header,
    .row = write_row,
};
