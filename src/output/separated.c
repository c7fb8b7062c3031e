/*
 * Rows with separators: CSV, Excel's CSV, TSV. A dialect says what parts cells and lines; the cells
 * are the same. One line a row: line breaks inside a cell become blanks, so that line-wise tools
 * work. The header always stands.
 *
 * csv is RFC 4180 with LF. excel has what Excel needs to see UTF-8 and one row a line: BOM and
 * CRLF; its cells are cut where Excel would drop them, and a last column says so. tsv is never
 * quoted, so that cut and awk see what is there.
 */
#include <string.h>
#include <strings.h>

#include "output/cell.h"

typedef struct dialect {
    char separator;
    bool quotes; /* cells may be quoted; else tabs in them become blanks */
    bool sheet;  /* made for a spreadsheet: BOM, every text quoted, cells capped */
    const char *line_end;
} dialect;

static const dialect csv = {',', true, false, "\n"};
static const dialect excel = {',', true, true, "\r\n"};
static const dialect tsv = {'\t', false, false, "\n"};

static const dialect *dialect_of(const qdx_rows *rows)
{
    return rows->format->dialect;
}

/* A text that a spreadsheet may take for a number or a truth value; many leave quoted ones alone.
 */
static bool looks_like_value(const qdx_buffer *cell)
{
    return (cell->bytes[0] >= '0' && cell->bytes[0] <= '9') || cell->bytes[0] == '.' ||
           strcasecmp(cell->bytes, "true") == 0 || strcasecmp(cell->bytes, "false") == 0;
}

/* Blanks at the ends are quoted too: some readers trim bare ones. */
static bool needs_quotes(const qdx_buffer *cell, qdx_cell_type type, bool sheet)
{
    if (cell->size == 0)
        return false;
    bool text = qdx_cell_is_text(type) && type != QDX_CELL_DATE;
    return memchr(cell->bytes, ',', cell->size) || memchr(cell->bytes, '"', cell->size) ||
           cell->bytes[0] == ' ' || cell->bytes[cell->size - 1] == ' ' ||
           (text && (sheet || looks_like_value(cell)));
}

static void write_quoted(qdx_buffer *out, const qdx_buffer *cell)
{
    qdx_buffer_byte(out, '"');
    for (size_t i = 0; i < cell->size; i++) {
        if (cell->bytes[i] == '"')
            qdx_buffer_byte(out, '"');
        qdx_buffer_byte(out, cell->bytes[i]);
    }
    qdx_buffer_byte(out, '"');
}

static void write_cell(qdx_rows *rows, const qdx_buffer *line, qdx_cell_type type)
{
    const dialect *d = dialect_of(rows);
    rows->out.failed |= line->failed;
    if (d->quotes && needs_quotes(line, type, d->sheet))
        write_quoted(&rows->out, line);
    else
        qdx_buffer_append(&rows->out, line->bytes, line->size);
}

static qdx_status write_header(qdx_rows *rows, qdx_error *error)
{
    const dialect *d = dialect_of(rows);
    qdx_buffer line = {0};
    qdx_buffer_text(&rows->out, d->sheet ? "\xEF\xBB\xBF" : "");
    for (size_t i = 0; i < rows->column_count; i++) {
        if (i)
            qdx_buffer_byte(&rows->out, d->separator);
        qdx_heading_line(rows, rows->columns[i].name, !d->quotes, &line);
        write_cell(rows, &line, QDX_CELL_INTEGER); /* plain names stay unquoted in every dialect */
    }
    qdx_buffer_release(&line);
    if (d->sheet) {
        qdx_buffer_byte(&rows->out, d->separator);
        qdx_truncated_name(rows, &rows->out);
    }
    qdx_buffer_text(&rows->out, d->line_end);
    return qdx_buffer_status(&rows->out, error);
}

static qdx_status write_row(qdx_rows *rows, const qdx_cell *cells, qdx_error *error)
{
    const dialect *d = dialect_of(rows);
    qdx_buffer line = {0};
    bool cut = false;
    for (size_t i = 0; i < rows->column_count; i++) {
        if (i)
            qdx_buffer_byte(&rows->out, d->separator);
        qdx_cell_line(rows, i, &cells[i], !d->quotes, &line);
        cut |= d->sheet && qdx_line_cap(&line);
        write_cell(rows, &line, rows->columns[i].type);
    }
    if (d->sheet)
        qdx_buffer_text(&rows->out, cut ? ",yes" : ",no");
    qdx_buffer_release(&line);
    qdx_buffer_text(&rows->out, d->line_end);
    return qdx_buffer_status(&rows->out, error);
}

const qdx_row_format qdx_csv_format = {
    .name = "csv",
    .description = "comma-separated (RFC 4180), for spreadsheets and data tools",
    .dialect = &csv,
    .begin = write_header,
    .row = write_row,
};

const qdx_row_format qdx_excel_format = {
    .name = "excel",
    .description =
        "comma-separated as Excel opens it: BOM, CRLF, cells of at most 32,767 characters",
    .dialect = &excel,
    .begin = write_header,
    .row = write_row,
};

const qdx_row_format qdx_tsv_format = {
    .name = "tsv",
    .description = "tab-separated, one line a row, for cut, sort and awk",
    .dialect = &tsv,
    .begin = write_header,
    .row = write_row,
};
