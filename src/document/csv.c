/*
 * Tables as a container: each row is an article, given out as a JSON object of its columns, so that
 * what a column is called decides what it is. Comma, semicolon, tab and bar separate; cells may be
 * between marks and then hold line ends (RFC 4180). The first row names the columns.
 */
#include <stdlib.h>
#include <string.h>

#include "document/container.h"
#include "document/json.h"

enum { COLUMNS_MAX = 4096, HEAD = 64 * 1024 };

typedef struct csv {
    char separator;
    qdx_stream *wide; /* reads a table in UTF-16; else NULL */
    uint32_t number;
    qdx_buffer names; /* of the columns, each terminated */
    QDX_VECTOR(uint32_t) starts;
    qdx_buffer cell;
} csv;

/* Takes cells from the stream one after another. */
typedef struct row_reader {
    qdx_stream *stream;
    char separator;
    uint64_t left; /* bytes the row may still have */
    bool row_ended, stream_ended;
} row_reader;

static qdx_status peek_byte(qdx_stream *stream, int *byte, qdx_error *error)
{
    const char *bytes;
    size_t got;
    qdx_status status = qdx_stream_peek(stream, 1, &bytes, &got, error);
    *byte = got ? (unsigned char)*bytes : -1;
    return status;
}

/* Bytes up to the next that means something, at once. */
static qdx_status take_run(row_reader *r, const char *stops, size_t stop_count, qdx_buffer *cell,
                           qdx_error *error)
{
    const char *bytes;
    size_t got, n = 0;
    qdx_status status = qdx_stream_peek(r->stream, 1, &bytes, &got, error);
    if (status != QDX_OK)
        return status;
    while (n < got && !memchr(stops, bytes[n], stop_count))
        n++;
    if (n <= r->left)
        qdx_buffer_append(cell, bytes, n);
    r->left = n <= r->left ? r->left - n : 0;
    qdx_stream_take(r->stream, n);
    return QDX_OK;
}

/* A cell that began with a mark, up to the mark that ends it; two stand for one. */
static qdx_status take_quoted(row_reader *r, qdx_buffer *cell, qdx_error *error)
{
    for (;;) {
        int byte;
        qdx_status status = take_run(r, "\"", 1, cell, error);
        if (status == QDX_OK)
            status = peek_byte(r->stream, &byte, error);
        if (status != QDX_OK)
            return status;
        if (byte < 0)
            return qdx_error_set(error, QDX_ERR_FORMAT, "a cell without an end");
        qdx_stream_take(r->stream, 1);
        status = peek_byte(r->stream, &byte, error);
        if (status != QDX_OK || byte != '"')
            return status;
        qdx_buffer_byte(cell, '"');
        qdx_stream_take(r->stream, 1);
    }
}

/* The next cell, and what ended it. */
static qdx_status take_cell(row_reader *r, qdx_buffer *cell, qdx_error *error)
{
    const char stops[] = {r->separator, '\n', '\r'};
    int byte;
    qdx_buffer_clear(cell);
    qdx_status status = peek_byte(r->stream, &byte, error);
    if (status == QDX_OK && byte == '"') {
        qdx_stream_take(r->stream, 1);
        status = take_quoted(r, cell, error);
    }
    for (;;) {
        if (status == QDX_OK)
            status = take_run(r, stops, sizeof stops, cell, error);
        if (status == QDX_OK)
            status = peek_byte(r->stream, &byte, error);
        if (status != QDX_OK)
            return status;
        if (byte < 0 || byte == r->separator || byte == '\n' || byte == '\r')
            break;
    }
    r->stream_ended = byte < 0;
    r->row_ended = byte != r->separator;
    if (byte >= 0)
        qdx_stream_take(r->stream, 1);
    if (byte == '\r') {
        status = peek_byte(r->stream, &byte, error);
        if (status == QDX_OK && byte == '\n')
            qdx_stream_take(r->stream, 1);
    }
    return status == QDX_OK ? qdx_buffer_status(cell, error) : status;
}

/* Which separator stands most often in the first line, outside of marks. */
static char find_separator(const char *bytes, size_t size)
{
    static const char candidates[] = ",;\t|";
    size_t counts[4] = {0}, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < size && (quoted || (bytes[i] != '\n' && bytes[i] != '\r')); i++) {
        const char *found = bytes[i] && !quoted ? strchr(candidates, bytes[i]) : NULL;
        quoted ^= bytes[i] == '"';
        if (found)
            counts[found - candidates]++;
    }
    for (size_t i = 1; i < 4; i++)
        if (counts[i] > counts[best])
            best = i;
    return candidates[best];
}

static qdx_status read_header(qdx_container *container, qdx_error *error)
{
    csv *c = container->state;
    row_reader r = {.stream = container->stream, .separator = c->separator, .left = HEAD};
    do {
        qdx_status status = take_cell(&r, &c->cell, error);
        if (status != QDX_OK)
            return status;
        if (r.left == 0 || c->starts.count == COLUMNS_MAX)
            return qdx_error_set(error, QDX_ERR_FORMAT, "a table whose first row names no columns");
        if (!qdx_vector_push(&c->starts, (uint32_t)c->names.size))
            return qdx_error_memory(error);
        qdx_buffer_append(&c->names, c->cell.bytes ? c->cell.bytes : "", c->cell.size);
        qdx_buffer_byte(&c->names, '\0');
    } while (!r.row_ended);
    return qdx_buffer_status(&c->names, error);
}

static qdx_status begin_table(qdx_container *container, qdx_error *error)
{
    const char *bytes;
    size_t got;
    csv *c = container->state;
    qdx_status status = qdx_stream_peek(container->stream, HEAD, &bytes, &got, error);
    if (status != QDX_OK)
        return status;
    if (memchr(bytes, '\0', got))
        return qdx_error_set(error, QDX_ERR_FORMAT, "binary data, not a table");
    c->separator = find_separator(bytes, got);
    return read_header(container, error);
}

/* What spreadsheets write as "Unicode text". */
static qdx_status open_wide(qdx_container *container, bool big_endian, qdx_error *error)
{
    csv *c = container->state;
    qdx_stream_take(container->stream, 2);
    c->wide = qdx_stream_utf16(container->stream, big_endian, error);
    container->stream = c->wide;
    return c->wide ? begin_table(container, error) : QDX_ERR_MEMORY;
}

static qdx_status csv_open(qdx_container *container, qdx_error *error)
{
    const char *bytes;
    size_t got;
    csv *c = calloc(1, sizeof *c);
    if (!c)
        return qdx_error_memory(error);
    container->state = c;
    qdx_status status = qdx_stream_peek(container->stream, HEAD, &bytes, &got, error);
    if (status != QDX_OK)
        return status;
    if (got >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0))
        return open_wide(container, bytes[0] == '\xFE', error);
    if (got >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        qdx_stream_take(container->stream, 3);
    return begin_table(container, error);
}

static void csv_close(qdx_container *container)
{
    csv *c = container->state;
    if (c) {
        qdx_stream_close(c->wide);
        qdx_buffer_release(&c->names);
        qdx_buffer_release(&c->cell);
        qdx_vector_release(&c->starts);
    }
    free(c);
    container->state = NULL;
}

static void put_json(qdx_buffer *out, const char *bytes, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    qdx_buffer_byte(out, '"');
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c == '"' || c == '\\')
            qdx_buffer_byte(out, '\\');
        if (c < 0x20) {
            qdx_buffer_text(out, "\\u00");
            qdx_buffer_byte(out, digits[c >> 4]);
            qdx_buffer_byte(out, digits[c & 15]);
        } else {
            qdx_buffer_byte(out, bytes[i]);
        }
    }
    qdx_buffer_byte(out, '"');
}

/* One row as an object; *cells tells how many it had. */
static qdx_status take_row(csv *c, row_reader *r, qdx_buffer *out, size_t *cells, qdx_error *error)
{
    qdx_buffer_clear(out);
    qdx_buffer_byte(out, '{');
    *cells = 0;
    do {
        qdx_status status = take_cell(r, &c->cell, error);
        if (status != QDX_OK)
            return status;
        size_t column = (*cells)++;
        if (column < c->starts.count && c->cell.size) {
            const char *name = c->names.bytes + c->starts.items[column];
            if (out->size > 1)
                qdx_buffer_byte(out, ',');
            put_json(out, name, strlen(name));
            qdx_buffer_byte(out, ':');
            put_json(out, c->cell.bytes, c->cell.size);
        }
    } while (!r->row_ended);
    qdx_buffer_byte(out, '}');
    return qdx_buffer_status(out, error);
}

static qdx_status csv_next(qdx_container *container, qdx_member *member, qdx_error *error)
{
    csv *c = container->state;
    member->format = &qdx_format_json;
    for (;;) {
        row_reader r = {.stream = container->stream,
                        .separator = c->separator,
                        .left = container->budget->limits->max_file_bytes};
        size_t cells;
        int byte;
        container->over = true;
        qdx_status status = peek_byte(container->stream, &byte, error);
        if (status == QDX_OK && byte < 0)
            return QDX_END;
        if (status == QDX_OK)
            status = take_row(c, &r, member->bytes, &cells, error);
        container->over = status != QDX_OK;
        if (status == QDX_OK && member->bytes->size == 2)
            continue; /* an empty row */
        member->number = ++c->number;
        if (status == QDX_OK && r.left == 0)
            status = qdx_error_set(error, QDX_ERR_LIMIT, "a row that is too large");
        return status;
    }
}

const qdx_container_kind qdx_container_csv = {"table",  false,    false,    &qdx_format_json,
                                              csv_open, csv_next, csv_close};
