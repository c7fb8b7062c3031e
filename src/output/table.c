/*
 * Table for a terminal: columns as wide as the first rows need, within their preferred widths and
 * the terminal's; longer cells go on below, broken at blanks, so nothing is cut off. Whatever an
 * article says, no control character or escape of it reaches the terminal.
 */
#include <stdlib.h>
#include <string.h>

#include "output/cell.h"
#include "output/character_width.h"
#include "text/unicode.h"

enum { MEASURED_ROWS = 200, GAP = 2, NARROWEST = 8, LONG_WORD = 16, DEFAULT_WIDTH = 100 };

#define HEADER_ON "\x1b[1m"
#define HEADER_OFF "\x1b[0m"

typedef struct table {
    size_t *shown; /* the columns that are shown */
    unsigned *natural, *width;
    unsigned *word;    /* the longest piece of a cell that does not break */
    const char **rest; /* of each shown column, what is still to write in this row */
    size_t shown_count;
    char **held; /* cells of the rows held back, row by row; shown_count each */
    size_t held_rows;
    bool laid_out;
} table;

static void release_held(table *t)
{
    for (size_t i = 0; t->held && i < t->held_rows * t->shown_count; i++)
        free(t->held[i]);
    t->held_rows = 0;
}

static void table_close(qdx_rows *rows)
{
    table *t = rows->state;
    if (!t)
        return;
    release_held(t);
    free(t->held);
    free(t->shown);
    free(t->natural);
    free(t->width);
    free(t->word);
    free(t->rest);
    free(t);
    rows->state = NULL;
}

/* A text between what stood before and after it is read there: in the table it goes where it
 * belongs, whatever the order of columns. */
static void put_focus_in_context(const qdx_rows *rows, table *t)
{
    size_t focus = 0, before = 0;
    while (focus < t->shown_count && rows->columns[t->shown[focus]].type != QDX_CELL_FOCUS)
        focus++;
    while (before < t->shown_count && rows->columns[t->shown[before]].type != QDX_CELL_BEFORE)
        before++;
    if (before >= t->shown_count || focus > before)
        return;
    size_t column = t->shown[focus];
    memmove(&t->shown[focus], &t->shown[focus + 1], (before - focus) * sizeof *t->shown);
    t->shown[before] = column;
}

static qdx_status table_begin(qdx_rows *rows, qdx_error *error)
{
    rows->options.no_guard = true; /* no spreadsheet reads this */
    size_t n = rows->column_count ? rows->column_count : 1;
    table *t = rows->state = calloc(1, sizeof *t);
    if (!t)
        return qdx_error_memory(error);
    t->shown = calloc(n, sizeof *t->shown);
    t->natural = calloc(n, sizeof *t->natural);
    t->width = calloc(n, sizeof *t->width);
    t->word = calloc(n, sizeof *t->word);
    t->rest = calloc(n, sizeof *t->rest);
    t->held = calloc(n * MEASURED_ROWS, sizeof *t->held);
    if (!t->shown || !t->natural || !t->width || !t->word || !t->rest || !t->held)
        return qdx_error_memory(error);
    for (size_t i = 0; i < rows->column_count; i++)
        if (rows->columns[i].table_width)
            t->shown[t->shown_count++] = i;
    put_focus_in_context(rows, t);
    return QDX_OK;
}

/* The text's width, and that of its longest piece that line_length leaves whole. */
static unsigned text_width(const char *text, unsigned *word)
{
    const char *end = text + strlen(text);
    unsigned width = 0, piece = 0;
    while (text < end) {
        uint32_t c;
        text += qdx_utf8_decode(text, end, &c);
        unsigned w = qdx_character_width(c);
        width += w;
        piece = c == ' ' ? 0 : piece + w;
        *word = piece > *word ? piece : *word;
        if (c == '/')
            piece = 0;
    }
    return width;
}

/* The cell as owned text without anything a terminal would obey. NULL when memory runs out. */
static char *clean_cell(const qdx_rows *rows, size_t column, const qdx_cell *cell)
{
    qdx_buffer line = {0}, clean = {0};
    qdx_cell_line(rows, column, cell, true, &line);
    const char *end = line.bytes + line.size;
    for (const char *p = line.bytes; p < end;) {
        uint32_t c;
        size_t length = qdx_utf8_decode(p, end, &c);
        qdx_buffer_codepoint(&clean, qdx_character_is_unsafe(c) ? QDX_REPLACEMENT : c);
        p += length;
    }
    qdx_buffer_append(&clean, "", 0);
    bool failed = line.failed || clean.failed;
    qdx_buffer_release(&line);
    if (failed)
        qdx_buffer_release(&clean);
    return clean.bytes;
}

static const qdx_column *shown_column(const qdx_rows *rows, size_t i)
{
    const table *t = rows->state;
    return &rows->columns[t->shown[i]];
}

/* The column that lacks most of its natural width; shown_count when none does. */
static size_t most_wanting(const table *t)
{
    size_t best = t->shown_count;
    unsigned most = 0;
    for (size_t i = 0; i < t->shown_count; i++)
        if (t->natural[i] - t->width[i] > most) {
            most = t->natural[i] - t->width[i];
            best = i;
        }
    return best;
}

/* How far a column gives way: first those wide ones whose cells go on below anyway, then all as
 * far as their words stay whole, unless these are long; then whatever the words. */
static unsigned least_width(const table *t, size_t i, int round)
{
    unsigned whole = t->word[i] < LONG_WORD ? t->word[i] : LONG_WORD;
    unsigned least = whole > NARROWEST ? whole : NARROWEST;
    switch (round) {
    case 0:
        return t->natural[i] > t->width[i] && least < 3 * NARROWEST ? 3 * NARROWEST : t->width[i];
    case 1:
        return least;
    default:
        return NARROWEST;
    }
}

/* Takes away from the widest column that may give way. False when none may. */
static bool shrink(table *t)
{
    for (int round = 0; round < 3; round++) {
        size_t best = t->shown_count;
        for (size_t i = 0; i < t->shown_count; i++)
            if (t->width[i] > least_width(t, i, round) &&
                (best == t->shown_count || t->width[i] > t->width[best]))
                best = i;
        if (best < t->shown_count) {
            t->width[best]--;
            return true;
        }
    }
    return false;
}

/* Preferred widths, made to fit: the widest columns give way, the most wanting get what is left. */
static void lay_out(qdx_rows *rows)
{
    table *t = rows->state;
    unsigned total = 0, room = rows->options.width ? rows->options.width : DEFAULT_WIDTH;
    for (size_t i = 0; i < t->shown_count; i++) {
        t->natural[i] = text_width(shown_column(rows, i)->name, &t->word[i]);
        for (size_t row = 0; row < t->held_rows; row++) {
            unsigned width = text_width(t->held[row * t->shown_count + i], &t->word[i]);
            t->natural[i] = width > t->natural[i] ? width : t->natural[i];
        }
        unsigned preferred = shown_column(rows, i)->table_width;
        t->width[i] = t->natural[i] < preferred ? t->natural[i] : preferred;
        total += t->width[i] + (i ? GAP : 0);
    }
    while (total > room && shrink(t))
        total--;
    size_t i;
    while (total < room && (i = most_wanting(t)) < t->shown_count) {
        t->width[i]++;
        total++;
    }
    t->laid_out = true;
}

/* How many bytes of `text` go on one line of `width` columns, broken at a blank or behind a slash
 * where there is one; *used is their width. */
static size_t line_length(const char *text, unsigned width, unsigned *used)
{
    const char *p = text, *gap = text;
    unsigned at = 0, at_gap = 0;
    while (*p) {
        uint32_t c;
        size_t length = qdx_utf8_decode(p, p + strnlen(p, 4), &c);
        unsigned w = qdx_character_width(c);
        if (c == ' ') {
            gap = p;
            at_gap = at;
        }
        if (at + w > width && p > text) {
            *used = gap > text ? at_gap : at;
            return (size_t)((gap > text ? gap : p) - text);
        }
        at += w;
        p += length;
        if (c == '/') {
            gap = p;
            at_gap = at;
        }
    }
    *used = at;
    return (size_t)(p - text);
}

static void pad(qdx_buffer *out, unsigned count)
{
    while (count--)
        qdx_buffer_byte(out, ' ');
}

/* One line of the row in t->rest; true while a further one is needed. */
static bool write_line(qdx_rows *rows)
{
    table *t = rows->state;
    bool more = false;
    unsigned owed = 0; /* blanks before the next text, never at a line's end */
    for (size_t i = 0; i < t->shown_count; i++) {
        unsigned used = 0;
        size_t length = line_length(t->rest[i], t->width[i], &used);
        unsigned left = used < t->width[i] ? t->width[i] - used : 0;
        bool right = !qdx_cell_is_text(shown_column(rows, i)->type);
        owed += (i ? GAP : 0) + (right ? left : 0);
        if (length) {
            pad(&rows->out, owed);
            owed = 0;
        }
        qdx_buffer_append(&rows->out, t->rest[i], length);
        owed += (length ? 0 : used) + (right ? 0 : left);
        t->rest[i] += length;
        while (*t->rest[i] == ' ')
            t->rest[i]++;
        more |= *t->rest[i] != '\0';
    }
    qdx_buffer_byte(&rows->out, '\n');
    return more;
}

static void write_cells(qdx_rows *rows, char *const *cells)
{
    table *t = rows->state;
    for (size_t i = 0; i < t->shown_count; i++)
        t->rest[i] = cells[i];
    while (write_line(rows))
        ;
}

static void write_header(qdx_rows *rows)
{
    table *t = rows->state;
    for (size_t i = 0; i < t->shown_count; i++)
        t->rest[i] = shown_column(rows, i)->name;
    qdx_buffer_text(&rows->out, rows->options.color ? HEADER_ON : "");
    while (write_line(rows))
        ;
    qdx_buffer_text(&rows->out, rows->options.color ? HEADER_OFF : "");
}

static qdx_status flush_held(qdx_rows *rows, qdx_error *error)
{
    table *t = rows->state;
    if (!t->laid_out) {
        lay_out(rows);
        if (t->held_rows)
            write_header(rows);
    }
    for (size_t row = 0; row < t->held_rows; row++)
        write_cells(rows, t->held + row * t->shown_count);
    release_held(t);
    return qdx_buffer_status(&rows->out, error);
}

static qdx_status table_row(qdx_rows *rows, const qdx_cell *cells, qdx_error *error)
{
    table *t = rows->state;
    char **held = t->held + t->held_rows * t->shown_count;
    for (size_t i = 0; i < t->shown_count; i++) {
        held[i] = clean_cell(rows, t->shown[i], &cells[t->shown[i]]);
        if (held[i])
            continue;
        while (i--)
            free(held[i]);
        return qdx_error_memory(error);
    }
    t->held_rows++;
    if (t->laid_out || t->held_rows == MEASURED_ROWS)
        return flush_held(rows, error);
    return QDX_OK;
}

const qdx_row_format qdx_table_format = {
    .name = "table",
    .description = "aligned columns for reading on a terminal",
    .begin = table_begin,
    .row = table_row,
    .finish = flush_held,
    .close = table_close,
};
