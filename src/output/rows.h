/*
 * What the row formats share: the open qdx_rows, and the table of operations each format fills in.
 * A new format is one file with a qdx_row_format and one row of the table in rows.c.
 */
#ifndef QDX_OUTPUT_ROWS_H
#define QDX_OUTPUT_ROWS_H

#include <quotedex/output.h>

#include "base/buffer.h"

/*
 * Operations append to rows->out, which is sent to the sink after each of them. `state` is the
 * format's own; close releases it. begin and finish may be NULL.
 */
typedef struct qdx_row_format {
    const char *name;
    const char *description;
    qdx_status (*begin)(qdx_rows *rows, qdx_error *error);
    qdx_status (*row)(qdx_rows *rows, const qdx_cell *cells, qdx_error *error);
    qdx_status (*finish)(qdx_rows *rows, qdx_error *error);
    void (*close)(qdx_rows *rows);
} qdx_row_format;

struct qdx_rows {
    const qdx_row_format *format;
    qdx_rows_options options;
    qdx_column *columns; /* a copy; the names are the caller's */
    size_t column_count;
    qdx_sink sink;
    qdx_buffer out; /* bytes on their way to the sink */
    void *state;
};

extern const qdx_row_format qdx_table_format;
extern const qdx_row_format qdx_csv_format;
extern const qdx_row_format qdx_tsv_format;
extern const qdx_row_format qdx_jsonl_format;

/*
 * A cell as one line of clean text in `line` (cleared first): numbers written out, line breaks (and
 * tabs, when `tabs` is true) as single blanks, other controls as U+FFFD, and a leading ' before
 * what a spreadsheet would run as a formula, unless the options say otherwise.
 */
void qdx_rows_cell_line(const qdx_rows *rows, size_t column, const qdx_cell *cell, bool tabs,
                        qdx_buffer *line);

#include "base/banned.h"
#endif
