/*
 * Reports: one HTML file without script and without any request to elsewhere. A row shows what its
 * terminal table shows, the words it is about marked in their context; what else is known of it
 * folds out. All text is escaped, and addresses are links only when they are web addresses.
 *
 * Written as rows come: the plot of a table, known at its end only, is moved to the top by the
 * style.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "output/cell.h"
#include "output/html_plot.h"

typedef struct report {
    qdx_month_list months; /* of the current table */
    qdx_buffer line;
    bool open; /* a table is */
} report;

static const char head[] =
    "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
    "style-src 'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<title>quotedex report</title>\n<style>\n"
    "body{font:16px/1.5 system-ui,sans-serif;margin:1.5rem auto;max-width:70rem;padding:0 1rem;"
    "display:flex;flex-direction:column;color:#222;background:#fff}\n"
    "section{display:flex;flex-direction:column;overflow-x:auto}\n"
    "h1,h2{font-weight:600;line-height:1.2}.about{order:-2}section>h2{order:-2}figure{order:-1;"
    "margin:0 0 1rem}\n"
    "svg{width:100%;max-width:50rem}rect{fill:#36c}text{font-size:12px;fill:#555}\n"
    "table{border-collapse:collapse;width:100%}th{text-align:left;position:sticky;top:0;"
    "background:#f4f4f4}\n"
    "th,td{padding:.4rem .6rem;vertical-align:top;border-bottom:1px solid #ddd}"
    "td{overflow-wrap:anywhere;min-width:6rem}td.n,td.d{min-width:0;white-space:nowrap}"
    "td.n,th.n{text-align:right}td.f{min-width:20rem}\n"
    "mark{background:#fff3a3;color:inherit}.c{color:#777}dt{color:#777;float:left;clear:left;"
    "margin-right:.5rem}dd{margin:0}\n"
    "summary{color:#777;cursor:pointer}details{font-size:.85rem}\n"
    "@media print{details{display:none}th{position:static}}\n"
    "</style></head>\n<body>\n";

static const char *escape_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

static void put_escaped(qdx_buffer *out, const char *text)
{
    for (; text && *text; text++) {
        const char *escape = escape_of(*text);
        if (escape)
            qdx_buffer_text(out, escape);
        else
            qdx_buffer_byte(out, *text);
    }
}

/* Text of an article: one line, no controls, escaped. */
static void put_text(report *r, qdx_buffer *out, const char *text)
{
    qdx_buffer_clear(&r->line);
    qdx_text_line(&r->line, text ? text : "", true);
    out->failed |= r->line.failed;
    put_escaped(out, r->line.bytes);
}

static void close_report(qdx_rows *rows)
{
    report *r = rows->state;
    if (!r)
        return;
    qdx_vector_release(&r->months);
    qdx_buffer_release(&r->line);
    free(r);
    rows->state = NULL;
}

static qdx_status begin_report(qdx_rows *rows, qdx_error *error)
{
    rows->options.no_guard = true; /* no spreadsheet reads this */
    rows->state = calloc(1, sizeof(report));
    if (!rows->state)
        return qdx_error_memory(error);
    qdx_buffer_text(&rows->out, head);
    return qdx_buffer_status(&rows->out, error);
}

static void end_table(qdx_rows *rows)
{
    report *r = rows->state;
    if (!r->open)
        return;
    qdx_buffer_text(&rows->out, "</tbody></table>\n");
    qdx_html_plot(&r->months, &rows->out);
    qdx_buffer_text(&rows->out, "</section>\n");
    qdx_vector_clear(&r->months);
    r->open = false;
}

static bool is_shown(const qdx_column *column)
{
    return column->type == QDX_CELL_FOCUS ||
           (column->table_width > 0 && column->type != QDX_CELL_BEFORE &&
            column->type != QDX_CELL_AFTER && column->type != QDX_CELL_LINK);
}

static bool is_folded(const qdx_column *column)
{
    return !is_shown(column) && column->type != QDX_CELL_BEFORE && column->type != QDX_CELL_AFTER;
}

static const char *cell_class(qdx_cell_type type)
{
    return type == QDX_CELL_DATE ? " class=\"d\"" : qdx_cell_is_text(type) ? "" : " class=\"n\"";
}

static qdx_status begin_table(qdx_rows *rows, qdx_error *error)
{
    report *r = rows->state;
    end_table(rows);
    r->open = true;
    qdx_buffer_text(&rows->out, "<section><h2>");
    put_text(r, &rows->out, rows->name);
    qdx_buffer_text(&rows->out, "</h2>\n<table><thead><tr>");
    for (size_t i = 0; i < rows->column_count; i++) {
        if (!is_shown(&rows->columns[i]))
            continue;
        qdx_buffer_format(&rows->out, "<th%s>", cell_class(rows->columns[i].type));
        put_text(r, &rows->out, rows->columns[i].name);
        qdx_buffer_text(&rows->out, "</th>");
    }
    qdx_buffer_text(&rows->out, "</tr></thead><tbody>\n");
    return qdx_buffer_status(&rows->out, error);
}

/* Words want a blank between them; marks stand where they stood. */
static bool is_word_end(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* What stands beside the marked words. */
static void put_beside(qdx_rows *rows, const qdx_cell *cells, qdx_cell_type type)
{
    size_t i = qdx_rows_find_type(rows, type);
    const char *text = i < rows->column_count ? cells[i].text : NULL;
    if (!text || !*text)
        return;
    bool before = type == QDX_CELL_BEFORE;
    char last = text[strlen(text) - 1];
    qdx_buffer_text(&rows->out, !before && is_word_end(text[0]) ? " " : "");
    qdx_buffer_text(&rows->out, "<span class=\"c\">");
    put_text(rows->state, &rows->out, text);
    qdx_buffer_text(&rows->out, "</span>");
    qdx_buffer_text(&rows->out,
                    before && (is_word_end(last) || strchr(".,;:!?)", last)) ? " " : "");
}

static void put_link(qdx_rows *rows, const qdx_cell *cell)
{
    const char *address = cell->link ? cell->link : cell->text;
    if (!qdx_is_web_address(address)) {
        put_text(rows->state, &rows->out, cell->text);
        return;
    }
    qdx_buffer_text(&rows->out, "<a rel=\"noreferrer\" href=\"");
    put_text(rows->state, &rows->out, address);
    qdx_buffer_text(&rows->out, "\">");
    put_text(rows->state, &rows->out, cell->text);
    qdx_buffer_text(&rows->out, "</a>");
}

static void put_plain(qdx_rows *rows, size_t i, const qdx_cell *cell)
{
    report *r = rows->state;
    if (rows->columns[i].type == QDX_CELL_LINK && cell->text) {
        put_link(rows, cell);
        return;
    }
    qdx_cell_line(rows, i, cell, true, &r->line);
    rows->out.failed |= r->line.failed;
    put_escaped(&rows->out, r->line.bytes);
}

static bool is_empty(const qdx_rows *rows, size_t i, const qdx_cell *cell)
{
    return qdx_cell_is_text(rows->columns[i].type) && !(cell->text && *cell->text);
}

/* What else is known of the row, folded away. */
static void put_details(qdx_rows *rows, const qdx_cell *cells)
{
    bool any = false;
    for (size_t i = 0; i < rows->column_count; i++) {
        if (!is_folded(&rows->columns[i]) || is_empty(rows, i, &cells[i]))
            continue;
        qdx_buffer_text(&rows->out, any ? "" : "<details><summary>more</summary><dl>");
        qdx_buffer_text(&rows->out, "<dt>");
        put_text(rows->state, &rows->out, rows->columns[i].name);
        qdx_buffer_text(&rows->out, "</dt><dd>");
        put_plain(rows, i, &cells[i]);
        qdx_buffer_text(&rows->out, "</dd>");
        any = true;
    }
    qdx_buffer_text(&rows->out, any ? "</dl></details>" : "");
}

static void put_focus(qdx_rows *rows, size_t i, const qdx_cell *cells)
{
    qdx_buffer_text(&rows->out, "<td class=\"f\">");
    put_beside(rows, cells, QDX_CELL_BEFORE);
    qdx_buffer_text(&rows->out, "<mark>");
    put_text(rows->state, &rows->out, cells[i].text);
    qdx_buffer_text(&rows->out, "</mark>");
    put_beside(rows, cells, QDX_CELL_AFTER);
}

/* The column whose months are plotted: the only date of a row. column_count when there is none. */
static size_t plotted_column(const qdx_rows *rows)
{
    size_t found = qdx_rows_find_type(rows, QDX_CELL_DATE);
    for (size_t i = found + 1; i < rows->column_count; i++)
        if (rows->columns[i].type == QDX_CELL_DATE)
            return rows->column_count;
    return found;
}

/* A row counts once in its month; where a number stands behind the date, it is what is counted. */
static bool note_date(qdx_rows *rows, const qdx_cell *cells)
{
    report *r = rows->state;
    qdx_date date;
    size_t i = plotted_column(rows);
    if (i == rows->column_count || !cells[i].text || !qdx_date_parse(cells[i].text, &date) ||
        date.year <= 0)
        return true;
    uint32_t month = (uint32_t)date.year * 12 + (date.month ? date.month - 1u : 0u);
    bool counted = i + 1 < rows->column_count && rows->columns[i + 1].type == QDX_CELL_INTEGER;
    for (int64_t times = counted ? cells[i + 1].integer : 1; times > 0; times--)
        if (!qdx_vector_push(&r->months, month))
            return false;
    return true;
}

static qdx_status write_row(qdx_rows *rows, const qdx_cell *cells, qdx_error *error)
{
    size_t last = rows->column_count, focus = qdx_rows_find_type(rows, QDX_CELL_FOCUS);
    for (size_t i = 0; i < rows->column_count; i++)
        last = is_shown(&rows->columns[i]) ? i : last;
    size_t folds = focus < rows->column_count ? focus : last; /* the cell that holds the rest */
    qdx_buffer_text(&rows->out, "<tr>");
    for (size_t i = 0; i < rows->column_count; i++) {
        if (!is_shown(&rows->columns[i]))
            continue;
        if (i == focus) {
            put_focus(rows, i, cells);
        } else {
            qdx_buffer_format(&rows->out, "<td%s>", cell_class(rows->columns[i].type));
            put_plain(rows, i, &cells[i]);
        }
        if (i == folds)
            put_details(rows, cells);
        qdx_buffer_text(&rows->out, "</td>");
    }
    qdx_buffer_text(&rows->out, "</tr>\n");
    if (!note_date(rows, cells))
        return qdx_error_memory(error);
    return qdx_buffer_status(&rows->out, error);
}

static qdx_status finish_report(qdx_rows *rows, qdx_error *error)
{
    report *r = rows->state;
    end_table(rows);
    qdx_buffer_text(&rows->out, "<div class=\"about\"><h1>quotedex report</h1><dl>");
    for (size_t i = 0; i < rows->notes.count; i++) {
        qdx_buffer_text(&rows->out, "<dt>");
        put_text(r, &rows->out, rows->notes.items[i].label);
        qdx_buffer_text(&rows->out, "</dt><dd>");
        put_text(r, &rows->out, rows->notes.items[i].text);
        qdx_buffer_text(&rows->out, "</dd>");
    }
    qdx_buffer_text(&rows->out, "</dl></div>\n</body></html>\n");
    return qdx_buffer_status(&rows->out, error);
}

const qdx_row_format qdx_html_format = {
    .name = "html",
    .description = "a report in one file: words marked in their context, counts over time",
    .begin = begin_report,
    .table = begin_table,
    .row = write_row,
    .finish = finish_report,
    .close = close_report,
};
