/* Writing an index: what build, update and merge have in common. */
#ifndef QDX_CLI_WRITING_H
#define QDX_CLI_WRITING_H

#include "cli/input.h"

/* A render and a take of article_reading; the context is a qdx_index_writer. */
qdx_status writing_render(void *context, const qdx_document *document, const qdx_analysis *analysis,
                          qdx_buffer *out, qdx_error *error);
qdx_status writing_take(void *context, const qdx_batch_result *result, qdx_error *error);

/*
 * A writer with its file open and locked, within the memory and with the name lists that the
 * command line says. NULL after a failure in *error.
 */
qdx_index_writer *writing_open(const cli *c, const char *path, qdx_error *error);

/* What a failure means for the index: a message, and the exit status. */
int writing_failed(const cli *c, qdx_status status, const char *path, const char *shown,
                   const qdx_error *error);

/* "16.7 MB", or "3.2 kB" for a handful of articles. */
const char *size_text(uint64_t bytes, char text[static 32]);

#endif
