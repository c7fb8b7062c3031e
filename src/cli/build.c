/* quotedex build: every article under the paths into one index file. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/index_path.h"
#include "cli/input.h"
#include "cli/message.h"
#include "cli/writing.h"

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

/* Notes the folders, for updates. */
static qdx_status note_paths(const cli *c, qdx_index_writer *writer, qdx_error *error)
{
    qdx_status status = QDX_OK;
    for (size_t i = 0; i < c->options.argument_count && status == QDX_OK; i++)
        status = qdx_index_writer_add_path(writer, c->options.arguments[i], error);
    return status;
}

static int run_reading(const cli *c, const char *path, const char *shown)
{
    qdx_error error = {0};
    qdx_index_writer *writer = writing_open(c, path, &error);
    if (!writer)
        return report(c, &error);
    article_reading r = {
        .context = writer, .render = writing_render, .take = writing_take, .cli = c};
    qdx_status status = note_paths(c, writer, &error);
    if (status == QDX_OK)
        status = articles_read(&r, &error);
    int result = status == QDX_OK ? finish(c, &r, writer, path, shown)
                                  : writing_failed(c, status, path, shown, &error);
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
