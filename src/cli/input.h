/* What a command reads: articles, name lists, an index. */
#ifndef QDX_CLI_INPUT_H
#define QDX_CLI_INPUT_H

#include "cli/command.h"
#include "cli/progress.h"

/*
 * The name lists asked for: those that come with the program unless told otherwise, then each -g.
 * Rows left out are reported. NULL after a failure in *error.
 */
qdx_gazetteer *gazetteers_open(const cli *c, qdx_error *error);

/* What a reading has met. */
typedef struct reading_counts {
    uint64_t files, articles, bytes, skipped;
} reading_counts;

/*
 * One reading of all articles that the command line names. The caller fills in the first four; the
 * functions run as qdx_batch_options says.
 */
typedef struct article_reading {
    void *context;
    qdx_status (*render)(void *context, const qdx_document *document, const qdx_analysis *analysis,
                         qdx_buffer *out, qdx_error *error);
    /* Takes the bytes of each file in order, and the reason when the file was skipped. */
    qdx_status (*take)(void *context, const qdx_batch_result *result, qdx_error *error);
    const cli *cli;
    const qdx_file_list *files; /* NULL: those that the command line names */

    reading_counts counts;
    progress progress;
} article_reading;

qdx_status articles_read(article_reading *r, qdx_error *error);

/* How the command line wants articles read. */
qdx_reader_options reader_options(const cli *c);

/* Fills *error; returns its status. */
qdx_status fail(qdx_error *error, qdx_status status, const char *file, const char *message);

/* Opens a file for reading, or standard input for "-", which must not be closed. NULL on failure.
 */
FILE *stream_open(const char *path, qdx_error *error);

/* All of a stream; the caller frees *bytes. Terminated. */
qdx_status stream_read(FILE *stream, const char *name, char **bytes, size_t *size,
                       qdx_error *error);

/* Opens the index a command's first argument names. */
qdx_status index_open(const cli *c, qdx_index **index, qdx_error *error);

#endif
