/* quotedex build: every article under the paths into one index file. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/index_path.h"
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
    return qdx_index_writer_add_result(context, result, error);
}

/* "16.7 MB", or "3.2 kB" for a handful of articles. */
static const char *size_text(uint64_t bytes, char text[static 32])
{
    if (bytes < 1000000)
        snprintf(text, 32, "%.1f kB", (double)bytes / 1e3);
    else
        snprintf(text, 32, "%.1f MB", (double)bytes / 1e6);
    return text;
}

static int finish(const cli *c, const article_reading *r, qdx_index_writer *writer,
                  const char *path, const char *shown)
{
    qdx_error error = {0};
    char size[32];
    if (r->counts.files == 0)
        return usage_error(c, "no articles found; no index written");
    if (r->counts.files == r->counts.skipped && r->counts.bytes == 0) {
        note(c, "nothing could be read; no index written");
        return EXIT_IO;
    }
    qdx_status status = qdx_index_writer_finish(writer, path, &error);
    if (status != QDX_OK)
        return report(c, &error);
    double seconds = progress_seconds(&r->progress);
    const reading_counts *n = &r->counts;
    note(c, "%" PRIu64 " article%s from %" PRIu64 " file%s, %" PRIu64 " skipped, %s in %.1f s: %s",
         n->articles, plural(n->articles), n->files, plural(n->files), n->skipped,
         size_text(n->bytes, size), seconds, shown);
    return r->counts.skipped ? EXIT_SKIPPED : EXIT_DONE;
}

static int run_reading(const cli *c, const char *path, const char *shown)
{
    qdx_error error = {0};
    qdx_index_writer *writer = qdx_index_writer_new(&error);
    if (!writer)
        return report(c, &error);
    article_reading r = {.context = writer, .render = render, .take = take, .cli = c};
    qdx_status status = articles_read(&r, &error);
    int result;
    if (status == QDX_OK) {
        result = finish(c, &r, writer, path, shown);
    } else if (status == QDX_ERR_INTERRUPTED) {
        note(c,
             access(path, F_OK) == 0 ? "interrupted; %s is as it was"
                                     : "interrupted; %s is not written",
             shown);
        result = EXIT_INTERRUPTED;
    } else {
        result = report(c, &error);
    }
    qdx_index_writer_free(writer);
    return result;
}

int run_build(const cli *c)
{
    qdx_error error = {0};
    char *path;
    const char *shown = c->options.output ? c->options.output : "quotedex.qdx";
    if (strcmp(shown, "-") == 0)
        return usage_error(c, "an index cannot be written to standard output");
    if (c->options.argument_count == 0 && !c->options.files_from)
        return usage_error(c, "build wants the paths of articles");
    qdx_status status = index_path_check(shown, &path, &error);
    int result = status == QDX_OK ? run_reading(c, path, shown) : report(c, &error);
    free(path);
    return result;
}
