/* Writing an index: the writer, opened as the command line wants it, and what ends it. */
#include "cli/writing.h"

#include <unistd.h>

#include "cli/message.h"

static const uint64_t default_memory = (uint64_t)1 << 30;

qdx_status writing_render(void *context, const qdx_document *document, const qdx_analysis *analysis,
                          qdx_buffer *out, qdx_error *error)
{
    (void)context;
    return qdx_record_encode(document, analysis, out, error);
}

qdx_status writing_take(void *context, const qdx_batch_result *result, qdx_error *error)
{
    return qdx_index_writer_add_result(context, result, error);
}

qdx_index_writer *writing_open(const cli *c, const char *path, qdx_error *error)
{
    const options *o = &c->options;
    qdx_index_writer *writer = qdx_index_writer_new(error);
    if (!writer)
        return NULL;
    qdx_status status = qdx_index_writer_open(writer, path, error);
    if (status == QDX_OK)
        status =
            qdx_index_writer_bound(writer, o->memory ? o->memory : default_memory, path, error);
    for (size_t i = 0; i < o->gazetteer_count && status == QDX_OK; i++)
        status = qdx_index_writer_add_option(writer, QDX_OPTION_GAZETTEER, o->gazetteers[i], error);
    if (status == QDX_OK && o->no_default_gazetteer)
        status = qdx_index_writer_add_option(writer, QDX_OPTION_NO_DEFAULT_GAZETTEER, "", error);
    if (status == QDX_OK && o->map)
        status = qdx_index_writer_add_option(writer, QDX_OPTION_MAP, o->map, error);
    if (status == QDX_OK)
        return writer;
    qdx_index_writer_free(writer);
    return NULL;
}

int writing_failed(const cli *c, qdx_status status, const char *path, const char *shown,
                   const qdx_error *error)
{
    if (status != QDX_ERR_INTERRUPTED)
        return report(c, error);
    note(c,
         access(path, F_OK) == 0 ? "interrupted; %s is as it was"
                                 : "interrupted; %s is not written",
         shown);
    return EXIT_INTERRUPTED;
}

const char *size_text(uint64_t bytes, char text[static 32])
{
    if (bytes < 1000000)
        snprintf(text, 32, "%.1f kB", (double)bytes / 1e3);
    else
        snprintf(text, 32, "%.1f MB", (double)bytes / 1e6);
    return text;
}
