/*
 * Sheets, cut in place: every cell is shortened to what it says and ended with a zero where its
 * separator was. Excel's CSV (BOM, CRLF, semicolons) is read as well.
 */
#include "cli/sheet.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/list.h"
#include "cli/message.h"
#include "cli/stream.h"

/* The text that is left to read. */
typedef struct scan {
    char *at, *end;
    char separator;
    bool row_ended;
} scan;

/* Takes the quotes off a cell that begins with one. Returns where the cell ends. */
static char *unquote(scan *s, char **value_end)
{
    char *to = s->at, *from = s->at + 1;
    for (; from < s->end; from++) {
        if (*from == '"' && !(from + 1 < s->end && from[1] == '"'))
            break;
        if (*from == '"')
            from++;
        if (*from == '\r' && from + 1 < s->end && from[1] == '\n')
            from++;
        *to++ = *from == '\n' || *from == '\r' ? ' ' : *from;
    }
    *value_end = to;
    return from < s->end ? from + 1 : from;
}

/* The next cell, terminated, without blanks around it; row_ended tells whether it was the last. */
static char *next_cell(scan *s)
{
    while (s->at < s->end && (*s->at == ' ' || *s->at == '\r'))
        s->at++;
    char *value = s->at, *value_end = NULL, *p = s->at;
    if (p < s->end && *p == '"')
        p = unquote(s, &value_end);
    while (p < s->end && *p != '\n' && *p != s->separator)
        p++;
    if (!value_end)
        value_end = p;
    s->row_ended = p >= s->end || *p == '\n';
    s->at = p < s->end ? p + 1 : p;
    while (value_end > value && strchr(" \t\r", value_end[-1]))
        value_end--;
    *value_end = '\0'; /* there is room: bytes end with a zero */
    return value;
}

static bool add_cell(sheet *s, char *cell)
{
    if (!list_grow(&s->cells, &s->cell_room, s->cell_count, sizeof *s->cells))
        return false;
    s->cells[s->cell_count++] = cell;
    return true;
}

/* Notes where the next row begins. */
static bool mark_row(sheet *s)
{
    if (!list_grow(&s->rows, &s->row_room, s->row_count + 1, sizeof *s->rows))
        return false;
    s->rows[s->row_count] = s->cell_count;
    return true;
}

static void skip_line(scan *s)
{
    char *stop = memchr(s->at, '\n', (size_t)(s->end - s->at));
    s->at = stop ? stop + 1 : s->end;
}

static bool is_left_out(const scan *s)
{
    const char *p = s->at;
    while (p < s->end && (*p == ' ' || *p == '\r'))
        p++;
    return p == s->end || *p == '\n' || *s->at == '#';
}

/* What parts cells: the sign that the first row has most of. */
static char find_separator(const scan *s)
{
    size_t length = strcspn(s->at, "\n"), semicolons = 0, commas = 0;
    for (size_t i = 0; i < length; i++) {
        if (s->at[i] == '\t')
            return '\t';
        semicolons += s->at[i] == ';';
        commas += s->at[i] == ',';
    }
    return semicolons > commas ? ';' : ',';
}

static bool cut(sheet *s, scan *text)
{
    while (text->at < text->end) {
        if (is_left_out(text)) {
            skip_line(text);
            continue;
        }
        if (!mark_row(s))
            return false;
        do {
            if (!add_cell(s, next_cell(text)))
                return false;
        } while (!text->row_ended);
        s->row_count++;
    }
    return mark_row(s);
}

/* Does the first row name one of these columns? Reads a copy of it. */
static bool header_has(const scan *whole, const char *wanted)
{
    size_t length = strcspn(whole->at, "\n");
    sheet header = {.bytes = strndup(whole->at, length)};
    scan line = {.at = header.bytes, .separator = whole->separator};
    line.end = header.bytes ? header.bytes + length : NULL;
    bool found = header.bytes && cut(&header, &line) && sheet_column(&header, wanted) >= 0;
    sheet_release(&header);
    return found;
}

qdx_status sheet_read(sheet *s, const char *path, const char *wanted, qdx_error *error)
{
    size_t size;
    memset(s, 0, sizeof *s);
    FILE *stream = stream_open(path, error);
    if (!stream)
        return error->code;
    qdx_status status = stream_read(stream, path, &s->bytes, &size, error);
    if (stream != stdin)
        fclose(stream);
    if (status != QDX_OK)
        return status;
    scan text = {.at = s->bytes, .end = s->bytes + size};
    if (size >= 3 && memcmp(text.at, "\xEF\xBB\xBF", 3) == 0)
        text.at += 3;
    while (text.at < text.end && is_left_out(&text))
        skip_line(&text);
    text.separator = find_separator(&text);
    if (wanted && !header_has(&text, wanted))
        text.separator = '\n';
    if (!cut(s, &text))
        return fail(error, QDX_ERR_MEMORY, path, "out of memory");
    return s->row_count ? QDX_OK : fail(error, QDX_ERR_ARGUMENT, path, "there is no row in it");
}

void sheet_release(sheet *s)
{
    free(s->bytes);
    free(s->cells);
    free(s->rows);
    memset(s, 0, sizeof *s);
}

const char *sheet_cell(const sheet *s, size_t row, size_t column)
{
    if (row >= s->row_count || column >= s->rows[row + 1] - s->rows[row])
        return "";
    return s->cells[s->rows[row] + column];
}

static bool same_name(const char *cell, const char *name, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        char c = cell[i] == ' ' || cell[i] == '-' ? '_' : cell[i];
        if (strncasecmp(&c, &name[i], 1) != 0)
            return false;
    }
    return cell[size] == '\0';
}

int sheet_column(const sheet *s, const char *names)
{
    for (const char *p = names; *p;) {
        size_t size = strcspn(p, "|");
        for (size_t i = 0; s->row_count && i < s->rows[1]; i++)
            if (same_name(s->cells[i], p, size))
                return (int)i;
        p += size + (p[size] == '|');
    }
    return -1;
}
