/*
 * Where data goes: standard output, or a file that appears only when it is complete.
 */
#ifndef QDX_CLI_OUTPUT_H
#define QDX_CLI_OUTPUT_H

#include "cli/command.h"

enum { OUTPUT_PENDING = 64 * 1024 };

typedef struct output {
    int fd;
    bool to_terminal;
    bool reader_gone; /* the other end of the pipe was closed: stop quietly */
    const char *path; /* NULL: standard output */
    char *target;     /* the file to be replaced, links followed */
    char *temporary;
    char *folder; /* of the target: for what formats write before it is sent */
    size_t used;
    char pending[OUTPUT_PENDING];
} output;

/* Opens what -o names. */
qdx_status output_open(output *out, const cli *c, qdx_error *error);

/* Takes bytes; fails with QDX_ERR_INTERRUPTED once the reader is gone. */
qdx_status output_write(output *out, const void *bytes, size_t size, qdx_error *error);
qdx_sink output_sink(output *out);

/* Writes the rest and puts the file in its place. Call output_close all the same. */
qdx_status output_finish(output *out, qdx_error *error);
void output_close(output *out);

/* The exit status after `status`: a reader that has seen enough is no failure. */
int output_exit(const output *out, const cli *c, qdx_status status, const qdx_error *error);

/* Will rows be laid out for people, without room for contexts? */
bool output_is_table(const output *out, const cli *c);

/*
 * Opens rows in the format asked for, or the one that suits where they go, and notes in them what
 * was asked. `name` is the table's; `several`: further tables follow.
 */
qdx_status output_rows(output *out, const cli *c, const char *name, bool several,
                       const qdx_column *columns, size_t column_count, qdx_rows **rows,
                       qdx_error *error);

/* Does standard output, or standard error, allow colour? */
bool color_wanted(const options *o, int fd);

#endif
