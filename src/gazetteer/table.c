/* Separated values, cell by cell: quoted cells only in CSV, CRLF and LF alike. */
#include "gazetteer/table.h"

#include <string.h>

#include "base/file.h"
#include "text/unicode.h"

enum { LARGEST_FILE = 1 << 30 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* Ends the cell that began at `start`: trims it and terminates it. */
static void end_cell(qdx_buffer *row, size_t start)
{
    while (row->size > start && is_blank(row->bytes[row->size - 1]))
        row->size--;
    size_t lead = start;
    while (lead < row->size && is_blank(row->bytes[lead]))
        lead++;
    if (lead > start) {
        memmove(row->bytes + start, row->bytes + lead, row->size - lead);
        row->size -= lead - start;
    }
    qdx_buffer_append(row, "", 1);
}

/* A quoted cell (at the opening quote). False, and nothing read, when it never closes. */
static bool read_quoted(qdx_table *table, qdx_buffer *row)
{
    const char *p = table->at + 1;
    uint32_t lines = 0;
    while (p < table->end) {
        if (*p == '"' && p + 1 < table->end && p[1] == '"') {
            qdx_buffer_byte(row, '"');
            p += 2;
        } else if (*p == '"') {
            table->at = p + 1;
            table->next_line += lines;
            return true;
        } else {
            lines += *p == '\n';
            qdx_buffer_byte(row, *p++);
        }
    }
    return false;
}

static void read_plain(qdx_table *table, qdx_buffer *row)
{
    const char *p = table->at;
    while (p < table->end && *p != '\n' && *p != table->separator)
        p++;
    qdx_buffer_append(row, table->at, (size_t)(p - table->at));
    table->at = p;
}

static void skip_line(qdx_table *table)
{
    const char *newline = memchr(table->at, '\n', (size_t)(table->end - table->at));
    table->at = newline ? newline + 1 : table->end;
    table->next_line++;
}

static qdx_status bad_row(const qdx_table *table, qdx_error *error, const char *reason)
{
    qdx_error_set(error, QDX_ERR_FORMAT, "%s", reason);
    qdx_error_at(error, table->name, table->line);
    return QDX_ERR_FORMAT;
}

/*
 * One line of tab-separated cells: copied whole, then cut in place. The lists that come with the
 * program are of this kind and are read at every start.
 */
static qdx_status read_tabbed_row(qdx_table *table, qdx_buffer *row, size_t *cells, size_t *count,
                                  qdx_error *error)
{
    const char *newline = memchr(table->at, '\n', (size_t)(table->end - table->at));
    size_t size = (size_t)((newline ? newline : table->end) - table->at);
    qdx_buffer_append(row, table->at, size);
    skip_line(table);
    if (row->failed)
        return qdx_error_memory(error);
    char *at = row->bytes, *end = row->bytes + row->size;
    for (;;) {
        if (*count == QDX_TABLE_COLUMNS)
            return bad_row(table, error, "row has more than 64 cells");
        char *tab = memchr(at, '\t', (size_t)(end - at));
        char *last = tab ? tab : end;
        while (at < last && is_blank(*at))
            at++;
        while (last > at && is_blank(last[-1]))
            last--;
        *last = '\0';
        cells[(*count)++] = (size_t)(at - row->bytes);
        if (!tab)
            return QDX_OK;
        at = tab + 1;
    }
}

/* Reads one line's cells into `row`, their offsets into `cells`. */
static qdx_status read_row(qdx_table *table, qdx_buffer *row, size_t *cells, size_t *count,
                           qdx_error *error)
{
    qdx_buffer_clear(row);
    *count = 0;
    if (table->separator == '\t')
        return read_tabbed_row(table, row, cells, count, error);
    for (;;) {
        if (*count == QDX_TABLE_COLUMNS) {
            skip_line(table);
            return bad_row(table, error, "row has more than 64 cells");
        }
        size_t start = row->size;
        if (table->at < table->end && *table->at == '"' && !read_quoted(table, row)) {
            skip_line(table);
            return bad_row(table, error, "quoted cell is never closed");
        }
        read_plain(table, row);
        end_cell(row, start);
        cells[(*count)++] = start;
        if (table->at >= table->end || *table->at == '\n')
            break;
        table->at++;
    }
    if (table->at < table->end) {
        table->at++;
        table->next_line++;
    }
    return qdx_buffer_status(row, error);
}

/* Skips blank lines and comments. False at the end of the file. */
static bool find_row(qdx_table *table)
{
    while (table->at < table->end) {
        const char *p = table->at;
        while (p < table->end && (is_blank(*p) || *p == ','))
            p++;
        if (p < table->end && *p != '\n' && *table->at != '#') {
            table->line = table->next_line;
            return true;
        }
        skip_line(table);
    }
    return false;
}

static qdx_status read_header(qdx_table *table, qdx_error *error)
{
    const char *bytes = table->content.bytes;
    if (!table->content.size || !qdx_utf8_valid(bytes, table->content.size)) {
        qdx_error_set(error, QDX_ERR_FORMAT, table->content.size ? "not UTF-8 text" : "empty file");
        qdx_error_at(error, table->name, 0);
        qdx_error_hint(error, "save the table as UTF-8 with a header line");
        return QDX_ERR_FORMAT;
    }
    table->at = bytes;
    table->end = bytes + table->content.size;
    if (table->content.size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        table->at += 3;
    table->next_line = 1;
    if (!find_row(table)) {
        table->line = 1;
        return bad_row(table, error, "no header line");
    }
    const char *newline = memchr(table->at, '\n', (size_t)(table->end - table->at));
    size_t length = (size_t)((newline ? newline : table->end) - table->at);
    table->separator =
        memchr(table->at, '\t', length) || !memchr(table->at, ',', length) ? '\t' : ',';
    return read_row(table, &table->header, table->header_cells, &table->column_count, error);
}

qdx_status qdx_table_open(qdx_table *table, const char *path, qdx_error *error)
{
    memset(table, 0, sizeof *table);
    table->name = path;
    qdx_status status = qdx_file_read(path, LARGEST_FILE, &table->content, error);
    if (status == QDX_OK)
        status = read_header(table, error);
    if (status != QDX_OK)
        qdx_table_close(table);
    return status;
}

qdx_status qdx_table_open_bytes(qdx_table *table, const char *name, const char *bytes, size_t size,
                                qdx_error *error)
{
    memset(table, 0, sizeof *table);
    table->name = name;
    qdx_buffer_append(&table->content, bytes, size);
    qdx_status status = qdx_buffer_status(&table->content, error);
    if (status == QDX_OK)
        status = read_header(table, error);
    if (status != QDX_OK)
        qdx_table_close(table);
    return status;
}

void qdx_table_close(qdx_table *table)
{
    qdx_buffer_release(&table->content);
    qdx_buffer_release(&table->header);
    qdx_buffer_release(&table->row);
}

qdx_status qdx_table_next(qdx_table *table, qdx_error *error)
{
    if (!find_row(table))
        return QDX_END;
    qdx_status status = read_row(table, &table->row, table->cells, &table->cell_count, error);
    if (status != QDX_OK)
        return status;
    if (table->cell_count > table->column_count) {
        qdx_error_set(error, QDX_ERR_FORMAT, "row has %zu cells, the header %zu", table->cell_count,
                      table->column_count);
        qdx_error_at(error, table->name, table->line);
        return QDX_ERR_FORMAT;
    }
    return QDX_OK;
}

int qdx_table_column(const qdx_table *table, const char *name)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->header.bytes + table->header_cells[i], name) == 0)
            return (int)i;
    return -1;
}

const char *qdx_table_cell(const qdx_table *table, int column)
{
    if (column < 0 || (size_t)column >= table->cell_count)
        return "";
    return table->row.bytes + table->cells[column];
}
