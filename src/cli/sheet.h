/* Tables that people bring along: CSV, or TSV when the header has a tab. */
#ifndef QDX_CLI_SHEET_H
#define QDX_CLI_SHEET_H

#include <quotedex/quotedex.h>

/* All cells, row by row; the first row may be a header. Texts lie in `bytes`. */
typedef struct sheet {
    char *bytes;
    char **cells; /* of all rows, one after another */
    size_t *rows; /* where each row's cells begin, and where the last one's end */
    size_t row_count, cell_count, cell_room, row_room;
} sheet;

/*
 * Reads a file, or standard input for "-". Where `wanted` names columns, as in sheet_column, and
 * the first row has none of them, every line is a single cell, commas and all. Quoted cells may
 * hold separators and line ends, which become blanks; blanks around unquoted cells, empty lines and
 * lines that start with # are left out. A file without any row is an error (QDX_ERR_ARGUMENT).
 * Release it after success and failure alike.
 */
qdx_status sheet_read(sheet *s, const char *path, const char *wanted, qdx_error *error);
void sheet_release(sheet *s);

/* A cell, "" behind the end of its row. */
const char *sheet_cell(const sheet *s, size_t row, size_t column);

/*
 * The column whose name in the first row is one of `names` (between |, first the preferred),
 * whatever its case, with blanks and _ alike. -1 when there is none.
 */
int sheet_column(const sheet *s, const char *names);

#endif
