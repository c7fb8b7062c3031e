/*
 * One unit of a batch from its path to rendered bytes: read, analyse, render, article by article.
 * What goes wrong with an article is told of it; what goes wrong with the machine ends the batch.
 * Not the order of units, and not who takes which: that is batch.c.
 */
#include "analysis/unit.h"

#include <stdio.h>
#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "base/error.h"

enum { KEPT_BYTES = 1 << 20 }; /* a slot's memory that is kept for its next unit */

/* Of the memory, what one article's analysis may take, and the bytes rendered from it. */
enum { DEFAULT_MEMORY = 1 << 30, LEAST_MEMORY = 16 << 20 };
enum { ANALYSIS_SHARE = 4, RENDER_SHARE = 8 };

/*
 * Articles of more bytes are large: of the memory, divided by the workers, this part. The least
 * favourable text takes a hundred times its size, so that a quarter of the memory is enough for as
 * many as there are workers. Files are read without waiting up to some times that.
 */
enum { LARGE_SHARE = 1024, LEAST_LARGE = 64 << 10, LARGE_FILE = 16 };

qdx_status qdx_unit_rules_init(qdx_unit_rules *rules, const qdx_gazetteer *gazetteer,
                               const qdx_batch_options *options, unsigned jobs, qdx_error *error)
{
    uint64_t memory = options->memory ? options->memory : DEFAULT_MEMORY;
    if (memory < LEAST_MEMORY)
        memory = LEAST_MEMORY;
    if (memory > SIZE_MAX)
        memory = SIZE_MAX;
    rules->gazetteer = gazetteer;
    rules->options = options;
    rules->jobs = jobs;
    rules->memory = memory;
    rules->large = memory / LARGE_SHARE / jobs;
    if (rules->large < LEAST_LARGE)
        rules->large = LEAST_LARGE;
    return pthread_mutex_init(&rules->turn, NULL) == 0 ? QDX_OK : qdx_error_memory(error);
}

void qdx_unit_rules_release(qdx_unit_rules *rules)
{
    pthread_mutex_destroy(&rules->turn);
}

qdx_status qdx_worker_init(qdx_worker *w, const qdx_unit_rules *rules, qdx_error *error)
{
    w->reader = qdx_reader_new(&rules->options->reader, error);
    w->analyzer = w->reader ? qdx_analyzer_new(rules->gazetteer, error) : NULL;
    if (!w->analyzer)
        return qdx_error_memory(error);
    qdx_analyzer_bound(w->analyzer, rules->memory / ANALYSIS_SHARE);
    return QDX_OK;
}

void qdx_worker_release(qdx_worker *w)
{
    qdx_analyzer_free(w->analyzer);
    qdx_reader_free(w->reader);
    qdx_item_release(&w->item);
}

/* Memory that ran out says nothing of the file; everything else a reader reports does. */
static bool is_problem_of_file(qdx_status status)
{
    return status < 0 && status != QDX_ERR_MEMORY && status != QDX_ERR_INTERRUPTED;
}

/* Before work on so many bytes of text: if they are large, waits until no other worker has any. */
static void begin_large(qdx_unit_rules *rules, qdx_worker *w, uint64_t size)
{
    if (w->has_large || size <= rules->large)
        return;
    w->has_large = true;
    if (rules->jobs > 1)
        pthread_mutex_lock(&rules->turn);
}

/* Gives back the memory of a large article: the next ones need a fraction of it. */
static void end_large(qdx_unit_rules *rules, qdx_worker *w)
{
    if (!w->has_large)
        return;
    w->has_large = false;
    qdx_analyzer_forget(w->analyzer);
#ifdef __GLIBC__
    malloc_trim(0);
#endif
    if (rules->jobs > 1)
        pthread_mutex_unlock(&rules->turn);
}

/* Renders one article behind what the slot holds, or leaves that as it was. */
static qdx_status render_bounded(const qdx_unit_rules *rules, qdx_slot *s,
                                 const qdx_document *document, const qdx_analysis *analysis,
                                 qdx_error *error)
{
    size_t before = s->bytes.size, most = (size_t)(rules->memory / RENDER_SHARE);
    s->bytes.limit = before + most;
    qdx_status status =
        rules->options->render(rules->options->context, document, analysis, &s->bytes, error);
    if (status == QDX_OK)
        status = qdx_buffer_status(&s->bytes, error);
    if (!s->bytes.full)
        return status;
    s->bytes.size = before;
    s->bytes.failed = s->bytes.full = false;
    return qdx_error_set(error, QDX_ERR_LIMIT, "needs more than %zu MB for what is found in it",
                         most >> 20);
}

/* Analyses and renders one article. *fatal tells that the batch must end. */
static qdx_status render_article(qdx_unit_rules *rules, qdx_worker *w, qdx_slot *s,
                                 const qdx_document *document, bool *fatal, qdx_error *error)
{
    qdx_analysis analysis;
    begin_large(rules, w, document->text_size);
    if (s->result.document_count == 0)
        snprintf(s->detail, sizeof s->detail, "%s", document->detail);
    qdx_status status = qdx_analyzer_run(w->analyzer, document, &analysis, error);
    if (status != QDX_OK)
        return status;
    status = render_bounded(rules, s, document, &analysis, error);
    *fatal = status != QDX_OK && status != QDX_ERR_LIMIT;
    s->result.document_count += status == QDX_OK;
    return status;
}

/*
 * Renders every article of the file the reader has open. A failure of reading or analysing is that
 * article's problem, and the first is told; *fatal tells that the batch must end.
 */
static qdx_status render_file(qdx_unit_rules *rules, qdx_worker *w, qdx_slot *s, bool *fatal,
                              qdx_error *error)
{
    qdx_status first = QDX_OK;
    for (;;) {
        const qdx_document *document;
        qdx_error problem = {0};
        qdx_status status = qdx_reader_next(w->reader, &document, &problem);
        if (status == QDX_END)
            return first;
        if (status == QDX_OK)
            status = render_article(rules, w, s, document, fatal, &problem);
        *fatal |= status < 0 && !is_problem_of_file(status);
        if (status != QDX_OK && (*fatal || first == QDX_OK)) {
            *error = problem;
            first = status;
        }
        if (*fatal)
            return status;
    }
}

/* After its delivery: keeps memory for the next unit, but not that of an outlier. */
void qdx_slot_empty(qdx_slot *s)
{
    if (s->bytes.capacity > KEPT_BYTES)
        qdx_buffer_release(&s->bytes);
    qdx_buffer_clear(&s->bytes);
}

void qdx_slot_release(qdx_slot *s)
{
    qdx_buffer_release(&s->bytes);
    qdx_buffer_release(&s->path);
}

static void start_slot(qdx_slot *s)
{
    s->detail[0] = '\0';
    s->result = (qdx_batch_result){.first = true, .detail = s->detail};
}

/* Puts what became of the file into its slot; a status other than QDX_OK ends the batch. */
static qdx_status finish_slot(qdx_slot *s, qdx_status status, bool fatal, const qdx_error *error)
{
    if (status != QDX_OK && !fatal) {
        s->problem = *error;
        if (!s->problem.file[0])
            qdx_error_at(&s->problem, s->result.path, s->problem.line);
        s->result.problem = &s->problem;
        status = QDX_OK;
    }
    s->result.bytes = s->bytes.bytes;
    s->result.size = s->bytes.size;
    return status;
}

/* A file that is one unit. */
static qdx_status open_file(qdx_unit_rules *rules, qdx_worker *w, qdx_slot *s, qdx_error *error)
{
    qdx_file file;
    s->result.path = w->path;
    qdx_status status = qdx_file_open(w->path, &file, error);
    if (status != QDX_OK)
        return status;
    s->result.disk_size = file.size;
    s->result.file_time = file.time;
    begin_large(rules, w, file.size / LARGE_FILE);
    status = qdx_reader_open_file(w->reader, w->path, &file, error);
    s->result.file_size = qdx_reader_size(w->reader);
    qdx_file_close(&file);
    return status;
}

/* Opens what the worker took; the slot's result is begun. */
static qdx_status open_unit(qdx_unit_rules *rules, qdx_worker *w, qdx_slot *s, qdx_error *error)
{
    start_slot(s);
    s->result.file = w->file;
    if (w->path)
        return open_file(rules, w, s, error);
    s->result.disk_size = w->disk_size;
    s->result.file_time = w->file_time;
    qdx_buffer_clear(&s->path);
    qdx_buffer_append(&s->path, w->item.path.bytes, w->item.path.size);
    s->result.path = s->path.bytes;
    s->result.part = w->item.part;
    s->result.file_size = w->item.read;
    s->result.first = w->first;
    if (s->path.failed)
        return qdx_error_memory(error);
    if (w->status == QDX_OK)
        return qdx_reader_open_item(w->reader, &w->item, error);
    *error = w->problem;
    return w->status;
}

qdx_status qdx_unit_run(qdx_unit_rules *rules, qdx_worker *w, qdx_slot *s, qdx_error *error)
{
    bool fatal = false;
    qdx_status status = open_unit(rules, w, s, error);
    if (status == QDX_OK)
        status = render_file(rules, w, s, &fatal, error);
    else
        fatal = !is_problem_of_file(status);
    end_large(rules, w);
    return finish_slot(s, status, fatal, error);
}
