/* What a command reads: articles and name lists. */
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

#endif
