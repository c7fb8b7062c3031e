/*
 * TSV: header always, cells between tabs, never quoted. Tabs and line breaks inside a cell become
 * blanks, so that cut and awk see what is there.
 */
#include "output/rows.h"

static qdx_status write_header(qdx_rows *rows, qdx_error *error)
{
    for (size_t i = 0; i < rows->column_count; i++) {
        qdx_buffer_text(&rows->out, i ? "\t" : "");
        qdx_buffer_text(&rows->out, rows->columns[i].name);
    }
    qdx_buffer_byte(&rows->out, '\n');
    return qdx_buffer_status(&rows->out, error);
}

static qdx_status write_row(qdx_rows *rows, const qdx_cell *cells, qdx_error *error)
{
    qdx_buffer line = {0};
    for (size_t i = 0; i < rows->column_count; i++) {
        qdx_buffer_text(&rows->out, i ? "\t" : "");
        qdx_rows_cell_line(rows, i, &cells[i], true, &line);
        if (line.failed)
            rows->out.failed = true;
        qdx_buffer_append(&rows->out, line.bytes, line.size);
    }
    qdx_buffer_release(&line);
    qdx_buffer_byte(&rows->out, '\n');
    return qdx_buffer_status(&rows->out, error);
}

const qdx_row_format qdx_tsv_format = {
    .name = "tsv",
    .description = "tab-separated, one line a row, for cut, sort and awk",
    .begin = write_header,
    .row = write_row,
};
