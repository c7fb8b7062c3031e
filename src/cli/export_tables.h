/* The tables of a whole index, and how each is written. */
#ifndef QDX_CLI_EXPORT_TABLES_H
#define QDX_CLI_EXPORT_TABLES_H

#include "cli/record.h"

/* One export. */
typedef struct exporting {
    const cli *c;
    qdx_content *content;
    record_writer writer;
    uint64_t rows; /* in all tables written so far */
} exporting;

typedef struct export_table {
    const record_type *type;
    qdx_status (*write)(exporting *e, qdx_error *error); /* all rows, into e->writer */
    bool in_report;                                      /* worth reading as well as querying */
} export_table;

enum { EXPORT_TABLES = 6 };

extern const export_table export_tables[EXPORT_TABLES];

/* The table of this name, NULL when there is none. */
const export_table *export_table_find(const char *name);

#endif
