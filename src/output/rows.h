/*
 * What the row formats share: the open qdx_rows, and the table of operations each format fills in.
 * A new format is one file with a qdx_row_format and one row of the table in rows.c.
 */
#ifndef QDX_OUTPUT_ROWS_H
#define QDX_OUTPUT_ROWS_H

#include <quotedex/output.h>

#include "base/buffer.h"
#include "base/vector.h"

/*
 * Operations append to rows->out, which is sent to the sink after each of them. `state` is the
 * format's own; close releases it. All but `row` may be NULL.
 *
 * A format with `table` holds several tables: it is called for each, the first one included, after
 * `begin`, with the table's name and columns in rows.
 */
typedef struct qdx_row_format {
    const char *name;
    const char *description;
    bool binary;
    const void *dialect; /* what tells formats of one file apart */
    qdx_status (*begin)(qdx_rows *rows, qdx_error *error);
    qdx_status (*table)(qdx_rows *rows, qdx_error *error);
    qdx_status (*row)(qdx_rows *rows, const qdx_cell *cells, qdx_error *error);
    qdx_status (*finish)(qdx_rows *rows, qdx_error *error);
    void (*close)(qdx_rows *rows);
} qdx_row_format;

typedef struct qdx_row_note {
    char *label, *text;
} qdx_row_note;

struct qdx_rows {
    const qdx_row_format *format;
    qdx_rows_options options;
    const char *name;    /* of the current table; the caller's */
    qdx_column *columns; /* a copy; the names are the caller's */
    size_t column_count;
    uint64_t row_count; /* of the current table */
    QDX_VECTOR(qdx_row_note) notes;
    qdx_sink sink;
    qdx_buffer out; /* bytes on their way to the sink */
    void *state;
};

extern const qdx_row_format qdx_table_format;
extern const qdx_row_format qdx_csv_format;
extern const qdx_row_format qdx_excel_format;
extern const qdx_row_format qdx_tsv_format;
extern const qdx_row_format qdx_jsonl_format;
extern const qdx_row_format qdx_xlsx_format;
extern const qdx_row_format qdx_html_format;
extern const qdx_row_format qdx_sqlite_format;
extern const qdx_row_format qdx_bibtex_format;
extern const qdx_row_format qdx_csl_format;

/* Sends what has gathered, once it is worth a call or `all` is asked for. */
qdx_status qdx_rows_send(qdx_rows *rows, bool all, qdx_error *error);

/* The first column of a type; column_count when there is none. */
size_t qdx_rows_find_type(const qdx_rows *rows, qdx_cell_type type);

#include "base/banned.h"
#endif
