/* quotedex build: every article under the paths into one index file. */
#include <inttypes.h>
#include <string.h>

#include "cli/input.h"
#include "cli/message.h"

static qdx_status render(void *context, const qdx_document *document, const qdx_analysis *analysis,
                         qdx_buffer *out, qdx_error *error)
{
    (void)context;
    return qdx_record_encode(document, analysis, out, error);
}

static qdx_status take(void *context, const qdx_batch_result *result, qdx_error *error)
{
    qdx_index_writer *writer = context;
    qdx_status status = QDX_OK;
    if (result->size)
        status = qdx_index_writer_add(writer, result->bytes, result->size, error);
    if (status == QDX_OK && result->problem)
        status = qdx_index_writer_add_skipped(writer, result->path, result->problem, error);
    return status;
}

static int finish(const cli *c, const article_reading *r, qdx_index_writer *writer,
                  const char *path)
{
    qdx_error error = {0};
    if (r->counts.files == 0)
        return usage_error(c, "no articles found, and no index written");
    if (r->counts.files == r->counts.skipped && r->counts.bytes == 0) {
        note(c, "nothing could be read; no index written");
        return EXIT_IO;
    }
    qdx_status status = qdx_index_writer_finish(writer, path, &error);
    if (status != QDX_OK)
        return report(c, &error);
    double seconds = progress_seconds(&r->progress);
    const reading_counts *n = &r->counts;
    note(c,
         "%" PRIu64 " article%s from %" PRIu64 " file%s, %" PRIu64
         " skipped, %.1f MB in %.1f s: %s",
         n->articles, plural(n->articles), n->files, plural(n->files), n->skipped,
         (double)n->bytes / 1e6, seconds, path);
    return r->counts.skipped ? EXIT_SKIPPED : EXIT_DONE;
}

int run_build(const cli *c)
{
    qdx_error error = {0};
    const char *path = c->options.output ? c->options.output : "quotedex.qdx";
    if (strcmp(path, "-") == 0)
        return usage_error(c, "an index cannot be written to standard output");
    if (c->options.argument_count == 0 && !c->options.files_from)
        return usage_error(c, "build wants the paths of articles");
    qdx_index_writer *writer = qdx_index_writer_new(&error);
    if (!writer)
        return report(c, &error);
    article_reading r = {.context = writer, .render = render, .take = take, .cli = c};
    qdx_status status = articles_read(&r, &error);
    int result;
    if (status == QDX_OK)
        result = finish(c, &r, writer, path);
    else if (status == QDX_ERR_INTERRUPTED)
        result = EXIT_INTERRUPTED;
    else
        result = report(c, &error);
    qdx_index_writer_free(writer);
    return result;
}
