/*
 * Cells made fit for formats of one line a row. What they hold comes from articles: nothing in it
 * is believed to be a formula, an escape or a line end.
 */
#include "output/cell.h"

#include <inttypes.h>
#include <string.h>

#include "output/json.h"
#include "text/unicode.h"

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

/* No spreadsheet has a use for them, a terminal would obey, XML cannot hold them. */
static bool is_control(uint32_t c)
{
    return (c < 0x20 && c != '\t') || (c >= 0x7F && c < 0xA0) || (c & 0xFFFE) == 0xFFFE;
}

void qdx_text_line(qdx_buffer *line, const char *text, bool tabs)
{
    const char *end = text + strlen(text);
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

void qdx_heading_line(const qdx_rows *rows, const char *text, bool tabs, qdx_buffer *line)
{
    qdx_buffer_clear(line);
    if (!rows->options.no_guard && starts_formula(text, strlen(text)))
        qdx_buffer_byte(line, '\'');
    qdx_text_line(line, text, tabs);
}

bool qdx_cell_number(qdx_buffer *out, qdx_cell_type type, const qdx_cell *cell)
{
    switch (type) {
    case QDX_CELL_INTEGER:
        qdx_buffer_format(out, "%" PRId64, cell->integer);
        return true;
    case QDX_CELL_REAL:
        qdx_json_real(out, cell->real);
        return true;
    case QDX_CELL_TEXT:
    case QDX_CELL_DATE:
    case QDX_CELL_LINK:
    case QDX_CELL_FOCUS:
    case QDX_CELL_BEFORE:
    case QDX_CELL_AFTER:
        break;
    }
    return false;
}

void qdx_cell_line(const qdx_rows *rows, size_t column, const qdx_cell *cell, bool tabs,
                   qdx_buffer *line)
{
    qdx_buffer_clear(line);
    if (!qdx_cell_number(line, rows->columns[column].type, cell) && cell->text)
        qdx_heading_line(rows, cell->text, tabs, line);
}

bool qdx_is_web_address(const char *text)
{
    return text && (strncmp(text, "http://", 7) == 0 || strncmp(text, "https://", 8) == 0);
}

bool qdx_line_cap(qdx_buffer *line)
{
    if (line->failed || line->size <= QDX_SHEET_CELL)
        return false;
    const char *end = line->bytes + line->size, *p = line->bytes;
    for (size_t units = 0; p < end;) {
        uint32_t c;
        size_t length = qdx_utf8_decode(p, end, &c);
        units += c > 0xFFFF ? 2 : 1;
        if (units > QDX_SHEET_CELL)
            break;
        p += length;
    }
    if (p == end)
        return false;
    line->size = (size_t)(p - line->bytes);
    line->bytes[line->size] = '\0';
    return true;
}

void qdx_truncated_name(const qdx_rows *rows, qdx_buffer *name)
{
    size_t focus = qdx_rows_find_type(rows, QDX_CELL_FOCUS);
    if (focus < rows->column_count) {
        qdx_buffer_text(name, rows->columns[focus].name);
        qdx_buffer_byte(name, '_');
    }
    qdx_buffer_text(name, "truncated");
}
