/*
 * Lists of names, cut in place: a line (or a CSV record, whose quoted cells may run over lines) is
 * reduced to the one cell that is wanted. Not a name list of the tagger's: these are questions.
 */
#include "cli/name_list.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/input.h"

/* The text that is left to read, and what parts its cells (0: nothing, a line is one cell). */
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
        *to++ = *from == '\n' || *from == '\r' ? ' ' : *from;
    }
    *value_end = to;
    return from < s->end ? from + 1 : from;
}

static bool ends_cell(const scan *s, char c)
{
    return c == '\n' || (s->separator && c == s->separator);
}

/* The next cell, terminated, without blanks around it; row_ended tells whether it was the last. */
static char *next_cell(scan *s)
{
    while (s->at < s->end && (*s->at == ' ' || *s->at == '\r'))
        s->at++;
    char *value = s->at, *value_end = NULL, *p = s->at;
    if (p < s->end && *p == '"')
        p = unquote(s, &value_end);
    while (p < s->end && !ends_cell(s, *p))
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

/* The place of the column `name` in the header, -1 when there is none. Reads a copy. */
static int name_column(const scan *s, char separator)
{
    size_t length = strcspn(s->at, "\n");
    char *copy = strndup(s->at, length);
    scan header = {copy, copy ? copy + length : NULL, separator, false};
    int found = -1;
    for (int column = 0; copy && found < 0 && !header.row_ended; column++)
        if (strcasecmp(next_cell(&header), "name") == 0)
            found = column;
    free(copy);
    return found;
}

static void skip_line(scan *s)
{
    char *stop = memchr(s->at, '\n', (size_t)(s->end - s->at));
    s->at = stop ? stop + 1 : s->end;
}

static void cut(name_list *list, scan *s, int column)
{
    while (s->at < s->end) {
        const char *wanted = "";
        if (*s->at == '#') {
            skip_line(s);
            continue;
        }
        s->row_ended = false;
        for (int i = 0; !s->row_ended; i++) {
            char *cell = next_cell(s);
            if (i == column)
                wanted = cell;
        }
        if (*wanted)
            list->names[list->count++] = (char *)(uintptr_t)wanted;
    }
}

static size_t line_count(const char *bytes, size_t size)
{
    size_t lines = 1;
    for (const char *p = bytes, *end = bytes + size;
         p < end && (p = memchr(p, '\n', (size_t)(end - p))); p++)
        lines++;
    return lines;
}

static qdx_status cut_names(name_list *list, size_t size, const char *path, qdx_error *error)
{
    scan s = {list->bytes, list->bytes + size, 0, false};
    list->names = calloc(line_count(list->bytes, size), sizeof *list->names);
    if (!list->names)
        return fail(error, QDX_ERR_MEMORY, path, "out of memory");
    if (size >= 3 && memcmp(s.at, "\xEF\xBB\xBF", 3) == 0)
        s.at += 3;
    while (s.at < s.end && *s.at == '#')
        skip_line(&s);
    size_t header = strcspn(s.at, "\n");
    char separator = memchr(s.at, '\t', header) ? '\t' : memchr(s.at, ',', header) ? ',' : '\0';
    int column = name_column(&s, separator);
    if (column >= 0) {
        s.separator = separator;
        skip_line(&s);
    }
    cut(list, &s, column < 0 ? 0 : column);
    return list->count ? QDX_OK : fail(error, QDX_ERR_ARGUMENT, path, "there is no name in it");
}

qdx_status name_list_read(name_list *list, const char *path, qdx_error *error)
{
    size_t size;
    memset(list, 0, sizeof *list);
    FILE *stream = stream_open(path, error);
    if (!stream)
        return error->code;
    qdx_status status = stream_read(stream, path, &list->bytes, &size, error);
    if (stream != stdin)
        fclose(stream);
    return status == QDX_OK ? cut_names(list, size, path, error) : status;
}

void name_list_release(name_list *list)
{
    free(list->names);
    free(list->bytes);
    memset(list, 0, sizeof *list);
}
