/*
 * JSON lines: each row an object with every column, text as it is: nothing guarded, nothing folded.
 * Where several tables share the lines, each says first which one it belongs to.
 */
#include "output/cell.h"
#include "output/json.h"

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
        if (!qdx_cell_number(&rows->out, rows->columns[i].type, &cells[i]))
            qdx_json_text(&rows->out, cells[i].text);
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
