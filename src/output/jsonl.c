/* JSON lines: each row an object with every column, text as it is: nothing guarded, nothing folded.
 */
#include <inttypes.h>

#include "output/json.h"
#include "output/rows.h"

static void write_value(qdx_buffer *out, qdx_cell_type type, const qdx_cell *cell)
{
    switch (type) {
    case QDX_CELL_TEXT:
        qdx_json_text(out, cell->text);
        break;
    case QDX_CELL_INTEGER:
        qdx_buffer_format(out, "%" PRId64, cell->integer);
        break;
    case QDX_CELL_REAL:
        qdx_json_real(out, cell->real);
        break;
    }
}

static qdx_status write_row(qdx_rows *rows, const qdx_cell *cells, qdx_error *error)
{
    qdx_buffer_byte(&rows->out, '{');
    for (size_t i = 0; i < rows->column_count; i++) {
        qdx_buffer_text(&rows->out, i ? ", " : "");
        qdx_json_text(&rows->out, rows->columns[i].name);
        qdx_buffer_text(&rows->out, ": ");
        write_value(&rows->out, rows->columns[i].type, &cells[i]);
    }
    qdx_buffer_text(&rows->out, "}\n");
    return qdx_buffer_status(&rows->out, error);
}

const qdx_row_format qdx_jsonl_format = {
    .name = "jsonl",
    .description = "one JSON object a line, texts unchanged",
    .row = write_row,
};
