/*
 * JSON lines: each row an object with every column, text as it is: nothing guarded, nothing folded.
 * Where several tables share the lines, each says first which one it belongs to.
 */
#include <inttypes.h>

#include "output/json.h"
#include "output/rows.h"

static void write_value(qdx_buffer *out, qdx_cell_type type, const qdx_cell *cell)
{
    switch (type) {
    case QDX_CELL_INTEGER:
        qdx_buffer_format(out, "%" PRId64, cell->integer);
        return;
    case QDX_CELL_REAL:
        qdx_json_real(out, cell->real);
        return;
    case QDX_CELL_TEXT:
    case QDX_CELL_DATE:
    case QDX_CELL_LINK:
    case QDX_CELL_FOCUS:
    case QDX_CELL_BEFORE:
    case QDX_CELL_AFTER:
        break;
    }
    qdx_json_text(out, cell->text);
}

static qdx_status write_row(qdx_rows *rows, const qdx_cell *cells, qdx_error *error)
{
    qdx_buffer_byte(&rows->out, '{');
    if (rows->options.several) {
        qdx_buffer_text(&rows->out, "\"table\": ");
        qdx_json_text(&rows->out, rows->name);
        qdx_buffer_text(&rows->out, ", ");
    }
    for (size_t i = 0; i < rows->column_count; i++) {
        qdx_buffer_text(&rows->out, i ? ", " : "");
        qdx_json_text(&rows->out, rows->columns[i].name);
        qdx_buffer_text(&rows->out, ": ");
        write_value(&rows->out, rows->columns[i].type, &cells[i]);
    }
    qdx_buffer_text(&rows->out, "}\n");
    return qdx_buffer_status(&rows->out, error);
}

static qdx_status begin_table(qdx_rows *rows, qdx_error *error)
{
    return qdx_buffer_status(&rows->out, error);
}

const qdx_row_format qdx_jsonl_format = {
    .name = "jsonl",
    .description = "one JSON object a line, texts unchanged",
    .table = begin_table,
    .row = write_row,
};
