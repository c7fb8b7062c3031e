/*
 * Cells as one line of clean text, and what spreadsheets make of them: formulas, cut texts.
 */
#ifndef QDX_OUTPUT_CELL_H
#define QDX_OUTPUT_CELL_H

#include "output/rows.h"

/*
 * A cell as one line of clean text in `line` (cleared first): numbers written out, line breaks (and
 * tabs, when `tabs` is true) as single blanks, other controls as U+FFFD, and a leading ' before
 * what a spreadsheet would run as a formula, unless the options say otherwise.
 */
void qdx_cell_line(const qdx_rows *rows, size_t column, const qdx_cell *cell, bool tabs,
                   qdx_buffer *line);

/* The same for a text that is in no column: a heading. */
void qdx_heading_line(const qdx_rows *rows, const char *text, bool tabs, qdx_buffer *line);

/* Appends text the same way, without the guard. */
void qdx_text_line(qdx_buffer *line, const char *text, bool tabs);

enum { QDX_SHEET_CELL = 32767 }; /* UTF-16 units a spreadsheet's cell may hold */

/* Cuts a line at QDX_SHEET_CELL; was it longer? */
bool qdx_line_cap(qdx_buffer *line);

/* The name of the column in which spreadsheet formats say "yes" where a cell of the row was cut. */
void qdx_truncated_name(const qdx_rows *rows, qdx_buffer *name);

/* Appends a number as it is written everywhere; false for a column of text, which has none. */
bool qdx_cell_number(qdx_buffer *out, qdx_cell_type type, const qdx_cell *cell);

/* May a link lead there? Other schemes run things. NULL leads nowhere. */
bool qdx_is_web_address(const char *text);

static inline bool qdx_cell_is_text(qdx_cell_type type)
{
    return type != QDX_CELL_INTEGER && type != QDX_CELL_REAL;
}

#include "base/banned.h"
#endif
