/*
 * Rows and documents as text: table, CSV, TSV, JSON lines, annotated text.
 *
 * A qdx_sink receives finished bytes; a qdx_rows writes rows of named columns to it in the format
 * asked for. Formats are a table: qdx_format_at lists them for a program's help.
 */
#ifndef QUOTEDEX_OUTPUT_H
#define QUOTEDEX_OUTPUT_H

#include <quotedex/analyzer.h>
#include <quotedex/batch.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Takes all bytes or fails. */
typedef struct qdx_sink {
    qdx_status (*write)(void *context, const void *bytes, size_t size, qdx_error *error);
    void *context;
} qdx_sink;

typedef enum qdx_cell_type { QDX_CELL_TEXT, QDX_CELL_INTEGER, QDX_CELL_REAL } qdx_cell_type;

typedef struct qdx_column {
    const char *name;
    qdx_cell_type type;
    unsigned table_width; /* preferred width in a terminal table; 0: not shown there */
} qdx_column;

typedef struct qdx_cell {
    const char *text; /* for text; NULL writes null (JSON) or an empty cell */
    int64_t integer;
    double real; /* written with two decimals */
} qdx_cell;

typedef struct qdx_rows_options {
    const char *format; /* "table", "csv", "tsv", "jsonl" */
    bool no_guard;      /* leave cells that a spreadsheet would run as a formula */
    bool color;         /* table only */
    unsigned width;     /* of the terminal, table only; 0: 100 columns */
} qdx_rows_options;

typedef struct qdx_rows qdx_rows;

QDX_API qdx_status qdx_rows_open(const qdx_rows_options *options, const qdx_column *columns,
                                 size_t column_count, qdx_sink sink, qdx_rows **rows,
                                 qdx_error *error);
QDX_API qdx_status qdx_rows_write(qdx_rows *rows, const qdx_cell *cells, qdx_error *error);
/* Writes what is still held back. Then close, which frees and cannot fail. */
QDX_API qdx_status qdx_rows_finish(qdx_rows *rows, qdx_error *error);
QDX_API void qdx_rows_close(qdx_rows *rows);

/* Name and one-line description of the i-th row format; NULL after the last. */
QDX_API const char *qdx_format_at(size_t i, const char **description);

/* One analysed document as a JSON line (the interface of `annotate`). */
QDX_API qdx_status qdx_document_write_json(const qdx_document *document,
                                           const qdx_analysis *analysis, qdx_buffer *out,
                                           qdx_error *error);

/*
 * One analysed document as annotated text: every sentence once, with {person@1=id Name},
 * {quote#1 “…”}, {cue#1 said} around what was found (docs/annotated-text.md).
 */
QDX_API qdx_status qdx_document_write_annotated(const qdx_document *document,
                                                const qdx_analysis *analysis, qdx_buffer *out,
                                                qdx_error *error);

/* One answer of qdx_gazetteer_lookup as a JSON line: the query and its matches, best first. */
QDX_API qdx_status qdx_matches_write_json(const char *query, const qdx_name_match *matches,
                                          size_t count, qdx_sink sink, qdx_error *error);

#ifdef __cplusplus
}
#endif
#endif
