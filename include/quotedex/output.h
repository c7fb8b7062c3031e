/*
 * Rows and documents written out: tables for terminals, spreadsheets, databases and readers; JSON
 * lines, annotated text.
 *
 * A qdx_sink receives finished bytes; a qdx_rows writes rows of named columns to it in the format
 * asked for. Formats are a table: qdx_format_at lists them for a program's help. Those whose
 * library was missing at build time (xlsx, sqlite) stand in it and fail with QDX_ERR_UNSUPPORTED.
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

/* All but integers and reals are text; some formats show them as more than text. */
typedef enum qdx_cell_type {
    QDX_CELL_TEXT,
    QDX_CELL_INTEGER,
    QDX_CELL_REAL,
    QDX_CELL_DATE, /* "2014-03-11", "2014-03" or "2014": a whole one is a real date in a workbook */
    QDX_CELL_LINK, /* an address; the cell's `link` may lead further */
    QDX_CELL_FOCUS, /* the words the row is about: a report marks them, the next two around them */
    QDX_CELL_BEFORE,
    QDX_CELL_AFTER,
} qdx_cell_type;

typedef struct qdx_column {
    const char *name;
    qdx_cell_type type;
    unsigned table_width; /* preferred width in a terminal table; 0: not shown there */
} qdx_column;

typedef struct qdx_cell {
    const char *text; /* for text; NULL writes null (JSON) or an empty cell */
    int64_t integer;
    double real;      /* written with two decimals at most */
    const char *link; /* where a QDX_CELL_LINK leads, NULL: to its text */
} qdx_cell;

typedef struct qdx_rows_options {
    const char *format;    /* a name of qdx_format_at */
    bool no_guard;         /* leave cells that a spreadsheet would run as a formula */
    bool color;            /* table only */
    unsigned width;        /* of the terminal, table only; 0: 100 columns */
    const char *name;      /* of the table: a sheet, a heading; NULL: "rows" */
    bool several;          /* further tables follow; JSON lines then say which they belong to */
    const char *temporary; /* folder for what is written before it is sent; NULL: TMPDIR, /tmp */
} qdx_rows_options;

typedef struct qdx_rows qdx_rows;

/*
 * Opens rows in a format; names of columns and what the options name must live as long as the rows.
 * QDX_ERR_ARGUMENT for a format that is none, _UNSUPPORTED for one whose library is missing here.
 * Nothing is written before the first row, or finish.
 */
QDX_API qdx_status qdx_rows_open(const qdx_rows_options *options, const qdx_column *columns,
                                 size_t column_count, qdx_sink sink, qdx_rows **rows,
                                 qdx_error *error);
/* One row: a cell for each column, read by the column's type; copied. */
QDX_API qdx_status qdx_rows_write(qdx_rows *rows, const qdx_cell *cells, qdx_error *error);

/*
 * Begins a further table; rows written from now on belong to it. QDX_ERR_UNSUPPORTED by formats
 * that hold one table only (csv, tsv, table and the like).
 */
QDX_API qdx_status qdx_rows_table(qdx_rows *rows, const char *name, const qdx_column *columns,
                                  size_t column_count, qdx_error *error);

/*
 * Something to know about the rows: what was asked, how many there are. Formats with a place for it
 * (a workbook's sheet About, a report's head, a table of a database) show it; the others do not.
 * Texts are copied. Any time before finish.
 */
QDX_API qdx_status qdx_rows_note(qdx_rows *rows, const char *label, const char *text,
                                 qdx_error *error);

/* Writes what is still held back. Then close, which frees and cannot fail. */
QDX_API qdx_status qdx_rows_finish(qdx_rows *rows, qdx_error *error);
QDX_API void qdx_rows_close(qdx_rows *rows);

/* Name and one-line description of the i-th row format; NULL after the last. */
QDX_API const char *qdx_format_at(size_t i, const char **description);

/* Does this format write bytes that no terminal should be shown? */
QDX_API bool qdx_format_is_binary(const char *name);

/*
 * Writes `url` with a text fragment that leads a browser to `words` in the page, which may be
 * joined by " … " as quotations are. Returns its length, whatever `size` had room for, as snprintf
 * does.
 */
QDX_API size_t qdx_text_fragment(const char *url, const char *words, char *text, size_t size);

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
