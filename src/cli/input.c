/*
 * Inputs: the files, name lists and standard input a command works on. Reading itself is the
 * library's batch; here is what the command line means.
 */
#include "cli/input.h"

#include <stdlib.h>
#include <string.h>

#include "cli/message.h"
#include "cli/stream.h"

enum { MOST_JOBS = 4096 };

static void report_row(void *context, const qdx_error *problem)
{
    report_skipped(context, problem);
}

qdx_gazetteer *gazetteers_open(const cli *c, qdx_error *error)
{
    qdx_gazetteer *gazetteer = qdx_gazetteer_new(error);
    if (!gazetteer)
        return NULL;
    qdx_status status = qdx_gazetteer_load_default(gazetteer, !c->options.no_default_gazetteer,
                                                   report_row, (void *)(uintptr_t)c, error);
    for (size_t i = 0; i < c->options.gazetteer_count && status == QDX_OK; i++)
        status = qdx_gazetteer_load(gazetteer, c->options.gazetteers[i], report_row,
                                    (void *)(uintptr_t)c, error);
    if (status == QDX_OK)
        status = qdx_gazetteer_freeze(gazetteer, error);
    if (status == QDX_OK) {
        if (c->options.verbose)
            note(c, "%zu entities, %zu names in the gazetteers",
                 qdx_gazetteer_entity_count(gazetteer), qdx_gazetteer_name_count(gazetteer));
        return gazetteer;
    }
    qdx_gazetteer_free(gazetteer);
    return NULL;
}

/* Adds the paths of --files-from. */
static qdx_status add_listed(const cli *c, qdx_file_list *files, qdx_error *error)
{
    const char *name = c->options.files_from;
    char *bytes, *end;
    size_t size;
    FILE *stream = stream_open(name, error);
    if (!stream)
        return error->code;
    qdx_status status = stream_read(stream, name, &bytes, &size, error);
    if (stream != stdin)
        fclose(stream);
    if (status != QDX_OK)
        return status;
    end = bytes + size;
    for (char *path = bytes; path < end && status == QDX_OK;) {
        char *stop = memchr(path, c->options.null ? '\0' : '\n', (size_t)(end - path));
        char *next = stop ? stop + 1 : end;
        if (stop)
            *stop = '\0';
        if (*path)
            status = qdx_file_list_add(files, path, error);
        path = next;
    }
    free(bytes);
    return status;
}

/* The files the command line names, sorted; *from_stdin tells whether `-` is among them. */
static qdx_file_list *list_files(const cli *c, bool *from_stdin, qdx_error *error)
{
    qdx_file_list *files = qdx_file_list_new(error);
    qdx_status status = files ? QDX_OK : QDX_ERR_MEMORY;
    *from_stdin = false;
    for (size_t i = 0; i < c->options.argument_count && status == QDX_OK; i++) {
        if (strcmp(c->options.arguments[i], "-") == 0)
            *from_stdin = true;
        else
            status = qdx_file_list_add(files, c->options.arguments[i], error);
    }
    if (status == QDX_OK && c->options.files_from)
        status = add_listed(c, files, error);
    if (status == QDX_OK) {
        qdx_file_list_sort(files);
        return files;
    }
    qdx_file_list_free(files);
    return NULL;
}

static qdx_status take_result(void *context, const qdx_batch_result *result, qdx_error *error)
{
    article_reading *r = context;
    r->counts.files += result->first;
    if (result->first && *result->detail && r->cli->options.verbose)
        note(r->cli, "%s: fields %s", result->path, result->detail);
    r->counts.articles += result->document_count;
    r->counts.bytes += result->file_size;
    if (result->problem) {
        r->counts.skipped++;
        progress_clear(&r->progress);
        report_skipped(r->cli, result->problem);
    }
    qdx_status status = r->take(r->context, result, error);
    progress_step(&r->progress, result->file_size);
    return status;
}

static qdx_status render_article(void *context, const qdx_document *document,
                                 const qdx_analysis *analysis, qdx_buffer *out, qdx_error *error)
{
    const article_reading *r = context;
    return r->render(r->context, document, analysis, out, error);
}

/* Files that could not even be opened while the folders were walked. */
static qdx_status take_problems(article_reading *r, const qdx_file_list *files, qdx_error *error)
{
    qdx_status status = QDX_OK;
    for (size_t i = 0; i < qdx_file_list_problem_count(files) && status == QDX_OK; i++) {
        const qdx_error *problem = qdx_file_list_problem(files, i);
        qdx_batch_result result = {
            .path = problem->file, .bytes = "", .detail = "", .problem = problem, .first = true};
        status = take_result(r, &result, error);
    }
    return status;
}

static qdx_status read_stdin(article_reading *r, const qdx_gazetteer *gazetteer,
                             const qdx_batch_options *batch, qdx_error *error)
{
    char *bytes;
    size_t size;
    qdx_status status = stream_read(stdin, "-", &bytes, &size, error);
    if (status != QDX_OK)
        return status;
    r->progress.total += size;
    status = qdx_batch_run_bytes("-", bytes, size, gazetteer, batch, error);
    free(bytes);
    return status;
}

static uint32_t at_most(uint64_t count)
{
    return count < UINT32_MAX ? (uint32_t)count : UINT32_MAX;
}

qdx_reader_options reader_options(const cli *c)
{
    const options *o = &c->options;
    return (qdx_reader_options){.max_file_bytes = o->max_size,
                                .max_depth = at_most(o->max_depth),
                                .max_tag_bytes = at_most(o->max_tag),
                                .max_expanded_bytes = o->max_expanded,
                                .max_ratio = at_most(o->max_ratio),
                                .max_seconds = at_most(o->max_seconds),
                                .max_words = at_most(o->max_words),
                                .map = o->map};
}

qdx_status articles_read(article_reading *r, qdx_error *error)
{
    uint64_t jobs = r->cli->options.jobs;
    qdx_batch_options batch = {.jobs = (unsigned)(jobs < MOST_JOBS ? jobs : MOST_JOBS),
                               .reader = reader_options(r->cli),
                               .render = render_article,
                               .deliver = take_result,
                               .context = r,
                               .stop = r->cli->stop,
                               .memory = r->cli->options.memory};
    bool from_stdin = false;
    qdx_status status = QDX_OK;
    qdx_gazetteer *gazetteer = gazetteers_open(r->cli, error);
    qdx_file_list *listed = gazetteer && !r->files ? list_files(r->cli, &from_stdin, error) : NULL;
    const qdx_file_list *files = r->files ? r->files : listed;
    if (!gazetteer || !files) {
        qdx_gazetteer_free(gazetteer);
        return error->code;
    }
    progress_start(&r->progress, r->cli);
    for (size_t i = 0; progress_is_shown(&r->progress) && i < qdx_file_list_count(files); i++)
        progress_expect(&r->progress, qdx_file_list_size(files, i));
    status = take_problems(r, files, error);
    if (status == QDX_OK && from_stdin)
        status = read_stdin(r, gazetteer, &batch, error);
    if (status == QDX_OK)
        status = qdx_batch_run(files, gazetteer, &batch, error);
    progress_clear(&r->progress);
    qdx_file_list_free(listed);
    qdx_gazetteer_free(gazetteer);
    if (status == QDX_OK && *r->cli->stop)
        status = fail(error, QDX_ERR_INTERRUPTED, "", "interrupted");
    return status;
}
