/*
 * Batches: many files analysed on several threads, results delivered in order.
 *
 * Workers read, analyse and render each document into bytes of the caller's choice; the rendered
 * bytes arrive one file after another, in the order of the list, whatever the number of workers.
 * So what is made from them is the same with one job or sixteen.
 */
#ifndef QUOTEDEX_BATCH_H
#define QUOTEDEX_BATCH_H

#include <quotedex/analyzer.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Growing bytes that a render function appends to; failure is remembered, not returned. */
typedef struct qdx_buffer qdx_buffer;
QDX_API void qdx_buffer_append(qdx_buffer *buffer, const void *bytes, size_t size);

/* What became of one file, or of one member or record of a file that holds many. */
typedef struct qdx_batch_result {
    const char *path;        /* as in qdx_document */
    uint64_t file_size;      /* bytes of the file read for it */
    const char *file;        /* on disk: the path, or where it begins */
    uint64_t disk_size;      /* of that: bytes, */
    uint64_t file_time;      /* and when it was changed last: nanoseconds since 1970, 0: unknown */
    uint32_t document_count; /* articles found in it */
    const void *bytes;       /* all that render appended for its articles, in order */
    size_t size;
    const qdx_error *problem; /* NULL, or why it (or the rest of it) was skipped */
    uint32_t part;            /* number of the record, else 0 */
    bool first;               /* of its file */
    const char *detail;       /* its first article's */
} qdx_batch_result;

typedef struct qdx_batch_options {
    unsigned jobs; /* worker threads, 0: one for each core */
    qdx_reader_options reader;

    /* Runs on a worker thread, for each article. Any failure ends the whole batch. */
    qdx_status (*render)(void *context, const qdx_document *document, const qdx_analysis *analysis,
                         qdx_buffer *out, qdx_error *error);

    /*
     * Runs once for each file, in list order, never twice at once; for a file that holds many
     * articles once for each of them, in their order. Any failure ends the batch.
     */
    qdx_status (*deliver)(void *context, const qdx_batch_result *result, qdx_error *error);

    void *context; /* handed to both */

    /* Looked at between files; becomes non-zero (from a signal handler, say) to stop. May be NULL.
     */
    const volatile int *stop;

    /*
     * Bytes that the work may take, 0: 1 GiB; less than 16 MiB count as 16. An article whose
     * analysis would take a quarter of them, or whose rendering an eighth, is skipped with a
     * problem that says so; large ones are analysed one at a time, whatever the number of workers.
     */
    uint64_t memory;
} qdx_batch_options;

/*
 * Runs the batch to its end. Skipped files are no failure: they are delivered with their problem.
 * Memory: a bounded window of rendered results beside each worker's own; see the option.
 */
QDX_API qdx_status qdx_batch_run(const qdx_file_list *files, const qdx_gazetteer *gazetteer,
                                 const qdx_batch_options *options, qdx_error *error);

/*
 * The same for one file's bytes in memory (standard input, say), on the calling thread; `name`
 * stands for its path.
 */
QDX_API qdx_status qdx_batch_run_bytes(const char *name, const void *bytes, size_t size,
                                       const qdx_gazetteer *gazetteer,
                                       const qdx_batch_options *options, qdx_error *error);

#ifdef __cplusplus
}
#endif
#endif
