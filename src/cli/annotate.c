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

/* Is this a control that a terminal would obey? Line ends and tabs are not meant. */
static bool is_control(const unsigned char *p, size_t left)
{
    bool second_set = p[0] == 0xC2 && left > 1 && p[1] >= 0x80 && p[1] < 0xA0;
    return second_set || p[0] == 0x7F || (p[0] < 0x20 && p[0] != '\n' && p[0] != '\t');
}

/* Articles may hold anything; on a terminal controls show as question marks. */
static qdx_status write_clean(output *out, const char *bytes, size_t size, qdx_error *error)
{
    const unsigned char *p = (const unsigned char *)bytes, *end = p + size, *from = p;
    qdx_status status = QDX_OK;
    for (; p < end && status == QDX_OK; p++) {
        if (!is_control(p, (size_t)(end - p)))
            continue;
        status = output_write(out, from, (size_t)(p - from), error);
        if (status == QDX_OK)
            status = output_write(out, "?", 1, error);
        p += *p == 0xC2;
        from = p + 1;
    }
    return status == QDX_OK ? output_write(out, from, (size_t)(end - from), error) : status;
}

static qdx_status take(void *context, const qdx_batch_result *result, qdx_error *error)
{
    annotation *a = context;
    if (!a->out.to_terminal)
        return output_write(&a->out, result->bytes, result->size, error);
    return write_clean(&a->out, result->bytes, result->size, error);
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
