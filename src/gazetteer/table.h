/*
 * Tables: tab- or comma-separated text with a header, read row by row.
 *
 * TSV cells are taken as they stand; CSV follows RFC 4180. A line that starts with # is a comment.
 * Nothing is known here of what columns mean.
 */
#ifndef QDX_GAZETTEER_TABLE_H
#define QDX_GAZETTEER_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

enum { QDX_TABLE_COLUMNS = 64 };

/* An open table. Cells are terminated, trimmed, and valid until the next row. */
typedef struct qdx_table {
    const char *name; /* of the file, for messages; borrowed */
    const char *at, *end;
    uint32_t line; /* of the present row, 1-based */
    uint32_t next_line;
    char separator; /* '\t' or ',' */
    qdx_buffer content, header, row;
    size_t header_cells[QDX_TABLE_COLUMNS]; /* offsets into header */
    size_t cells[QDX_TABLE_COLUMNS];        /* offsets into row */
    size_t column_count, cell_count;
} qdx_table;

/*
 * Reads the file and its header. Fails when it cannot be read, is no UTF-8, has no header or one
 * with more than QDX_TABLE_COLUMNS columns.
 */
qdx_status qdx_table_open(qdx_table *table, const char *path, qdx_error *error);

/* The same for bytes in memory, which are copied. */
qdx_status qdx_table_open_bytes(qdx_table *table, const char *name, const char *bytes, size_t size,
                                qdx_error *error);
void qdx_table_close(qdx_table *table);

/*
 * Moves to the next row that is neither blank nor a comment; QDX_END after the last. A malformed
 * row is an error with file and line, after which reading may go on.
 */
qdx_status qdx_table_next(qdx_table *table, qdx_error *error);

/* The number of a column by its name, or -1. */
int qdx_table_column(const qdx_table *table, const char *name);

/* The present row's cell; "" for column -1 and for cells that are missing. */
const char *qdx_table_cell(const qdx_table *table, int column);

#include "base/banned.h"
#endif
