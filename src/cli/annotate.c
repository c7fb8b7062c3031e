/* quotedex annotate: articles tagged one by one, without an index. */
#include <inttypes.h>

#include "cli/input.h"
#include "cli/message.h"
#include "cli/output.h"

typedef struct annotation {
    output out;
    bool for_people;
} annotation;

static qdx_status render(void *context, const qdx_document *document, const qdx_analysis *analysis,
                         qdx_buffer *out, qdx_error *error)
{
    const annotation *a = context;
    if (a->for_people)
        return qdx_document_write_annotated(document, analysis, out, error);
    return qdx_document_write_json(document, analysis, out, error);
}

static qdx_status take(void *context, const qdx_batch_result *result, qdx_error *error)
{
    annotation *a = context;
    return output_write(&a->out, result->bytes, result->size, error);
}

int run_annotate(const cli *c)
{
    qdx_error error = {0};
    annotation a = {.for_people = c->options.annotate_format == ANNOTATE_ANNOTATED};
    if (c->options.argument_count == 0 && !c->options.files_from)
        return usage_error(c, "annotate wants the paths of articles, or - for standard input");
    qdx_status status = output_open(&a.out, c, &error);
    if (status != QDX_OK)
        return report(c, &error);
    article_reading r = {.context = &a, .render = render, .take = take, .cli = c};
    status = articles_read(&r, &error);
    if (status == QDX_OK)
        status = output_finish(&a.out, &error);
    output_close(&a.out);
    if (status != QDX_OK)
        return output_exit(&a.out, c, status, &error);
    if (c->options.verbose)
        note(c, "%" PRIu64 " article%s", r.counts.articles, plural(r.counts.articles));
    return r.counts.skipped ? EXIT_SKIPPED : EXIT_DONE;
}
