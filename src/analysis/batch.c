/*
 * Batches: workers take files in list order, read, analyse and render them into a ring of slots,
 * and whoever completes the next file due delivers it and those ready behind it. The ring, and a
 * bound on the bytes that wait in it, hold fast workers back. The calling thread is one of the
 * workers, so a single job needs no thread at all. What one file's bytes are never depends on the
 * others.
 */
#include <pthread.h>
#include <quotedex/batch.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/error.h"

enum {
    MAX_JOBS = 256,
    SLOTS_PER_JOB = 8,
    WAITING_BYTES = 32 << 20, /* rendered and not yet delivered */
    KEPT_BYTES = 1 << 20,     /* a slot's memory that is kept for its next file */
};

/* A file's result on its way from worker to deliver. */
typedef struct slot {
    qdx_buffer bytes;
    qdx_batch_result result;
    qdx_error problem;
    bool ready;
} slot;

typedef struct batch {
    const qdx_file_list *files;
    const qdx_gazetteer *gazetteer;
    const qdx_batch_options *options;
    size_t file_count;

    pthread_mutex_t lock; /* guards all below, but for the content of a slot that is not ready */
    pthread_cond_t moved; /* something was delivered, or the batch ends */
    slot *slots;
    size_t slot_count;
    size_t taken, delivered; /* files handed to workers, files delivered */
    size_t waiting;          /* bytes in ready slots */
    bool delivering;         /* a worker is in deliver */
    qdx_status status;       /* the first failure ends the batch */
    qdx_error failure;
} batch;

/* A worker's own reader and analyzer. */
typedef struct worker {
    qdx_reader *reader;
    qdx_analyzer *analyzer;
} worker;

static void fail(batch *b, qdx_status status, const qdx_error *error)
{
    if (b->status == QDX_OK) {
        b->status = status;
        b->failure = *error;
    }
    pthread_cond_broadcast(&b->moved);
}

/* Memory that ran out says nothing of the file; everything else a reader reports does. */
static bool is_problem_of_file(qdx_status status)
{
    return status < 0 && status != QDX_ERR_MEMORY && status != QDX_ERR_INTERRUPTED;
}

/*
 * Renders every article of the file the reader has open. A failure of reading or analysing is the
 * file's problem; *fatal tells that the batch must end.
 */
static qdx_status render_file(const batch *b, worker *w, slot *s, bool *fatal, qdx_error *error)
{
    const qdx_document *document;
    qdx_analysis analysis;
    qdx_status status;
    while ((status = qdx_reader_next(w->reader, &document, error)) == QDX_OK) {
        status = qdx_analyzer_run(w->analyzer, document, &analysis, error);
        if (status != QDX_OK)
            break;
        status = b->options->render(b->options->context, document, &analysis, &s->bytes, error);
        if (status == QDX_OK)
            status = qdx_buffer_status(&s->bytes, error);
        if (status != QDX_OK) {
            *fatal = true;
            return status;
        }
        s->result.document_count++;
    }
    *fatal = status < 0 && !is_problem_of_file(status);
    return status == QDX_END ? QDX_OK : status;
}

static void start_slot(slot *s, const char *path)
{
    if (s->bytes.capacity > KEPT_BYTES)
        qdx_buffer_release(&s->bytes);
    qdx_buffer_clear(&s->bytes);
    s->result = (qdx_batch_result){.path = path};
}

/* Puts what became of the file into its slot; a status other than QDX_OK ends the batch. */
static qdx_status finish_slot(slot *s, qdx_status status, bool fatal, const qdx_error *error)
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

static qdx_status process_file(const batch *b, worker *w, slot *s, size_t i, qdx_error *error)
{
    bool fatal = false;
    const char *path = qdx_file_list_at(b->files, i);
    start_slot(s, path);
    qdx_status status = qdx_reader_open(w->reader, path, error);
    s->result.file_size = qdx_reader_size(w->reader);
    if (status == QDX_OK)
        status = render_file(b, w, s, &fatal, error);
    else
        fatal = !is_problem_of_file(status);
    return finish_slot(s, status, fatal, error);
}

/* Waits for room, then takes the next file. False when there is none, or the batch ends. */
static bool take(batch *b, size_t *file)
{
    qdx_error error;
    while (b->status == QDX_OK && b->taken < b->file_count &&
           (b->taken - b->delivered == b->slot_count ||
            (b->waiting > WAITING_BYTES && b->taken > b->delivered)))
        pthread_cond_wait(&b->moved, &b->lock);
    if (b->status != QDX_OK || b->taken == b->file_count)
        return false;
    if (b->options->stop && __atomic_load_n(b->options->stop, __ATOMIC_RELAXED)) {
        fail(b, qdx_error_set(&error, QDX_ERR_INTERRUPTED, "interrupted"), &error);
        return false;
    }
    *file = b->taken++;
    return true;
}

/* Delivers all that is due, unless another worker is at it: then that one will. */
static void deliver_ready(batch *b)
{
    if (b->delivering)
        return;
    b->delivering = true;
    while (b->status == QDX_OK && b->delivered < b->taken) {
        slot *s = &b->slots[b->delivered % b->slot_count];
        if (!s->ready)
            break;
        qdx_error error = {0};
        pthread_mutex_unlock(&b->lock);
        qdx_status status = b->options->deliver(b->options->context, &s->result, &error);
        pthread_mutex_lock(&b->lock);
        s->ready = false;
        b->waiting -= s->bytes.size;
        b->delivered++;
        if (status != QDX_OK)
            fail(b, status, &error);
        pthread_cond_broadcast(&b->moved);
    }
    b->delivering = false;
}

static qdx_status worker_init(worker *w, const batch *b, qdx_error *error)
{
    w->reader = qdx_reader_new(&b->options->reader, error);
    w->analyzer = w->reader ? qdx_analyzer_new(b->gazetteer, error) : NULL;
    return w->analyzer ? QDX_OK : qdx_error_memory(error);
}

static void worker_release(worker *w)
{
    qdx_analyzer_free(w->analyzer);
    qdx_reader_free(w->reader);
}

static void *worker_run(void *context)
{
    batch *b = context;
    worker w = {0};
    qdx_error error = {0};
    size_t i;
    qdx_status status = worker_init(&w, b, &error);
    pthread_mutex_lock(&b->lock);
    if (status != QDX_OK)
        fail(b, status, &error);
    while (take(b, &i)) {
        slot *s = &b->slots[i % b->slot_count];
        pthread_mutex_unlock(&b->lock);
        status = process_file(b, &w, s, i, &error);
        pthread_mutex_lock(&b->lock);
        s->ready = true;
        b->waiting += s->bytes.size;
        if (status != QDX_OK)
            fail(b, status, &error);
        deliver_ready(b);
    }
    pthread_mutex_unlock(&b->lock);
    worker_release(&w);
    return NULL;
}

static unsigned job_count(unsigned asked, size_t files)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned jobs = asked ? asked : cores > 0 ? (unsigned)cores : 1;
    if (jobs > MAX_JOBS)
        jobs = MAX_JOBS;
    return jobs > files && files ? (unsigned)files : jobs;
}

/* Runs `jobs` workers, this thread among them. A thread that cannot be started is done without. */
static void run_workers(batch *b, unsigned jobs)
{
    pthread_t threads[MAX_JOBS];
    unsigned started = 0;
    while (started + 1 < jobs && pthread_create(&threads[started], NULL, worker_run, b) == 0)
        started++;
    worker_run(b);
    while (started)
        pthread_join(threads[--started], NULL);
}

qdx_status qdx_batch_run(const qdx_file_list *files, const qdx_gazetteer *gazetteer,
                         const qdx_batch_options *options, qdx_error *error)
{
    batch b = {.files = files, .gazetteer = gazetteer, .options = options};
    b.file_count = qdx_file_list_count(files);
    unsigned jobs = job_count(options->jobs, b.file_count);
    b.slot_count = (size_t)jobs * SLOTS_PER_JOB;
    b.slots = calloc(b.slot_count, sizeof *b.slots);
    if (!b.slots)
        return qdx_error_memory(error);
    if (pthread_mutex_init(&b.lock, NULL) != 0) {
        free(b.slots);
        return qdx_error_memory(error);
    }
    if (pthread_cond_init(&b.moved, NULL) != 0) {
        pthread_mutex_destroy(&b.lock);
        free(b.slots);
        return qdx_error_memory(error);
    }
    run_workers(&b, jobs);
    if (b.status != QDX_OK && error)
        *error = b.failure;
    pthread_cond_destroy(&b.moved);
    pthread_mutex_destroy(&b.lock);
    for (size_t i = 0; i < b.slot_count; i++)
        qdx_buffer_release(&b.slots[i].bytes);
    free(b.slots);
    return b.status;
}

qdx_status qdx_batch_run_bytes(const char *name, const void *bytes, size_t size,
                               const qdx_gazetteer *gazetteer, const qdx_batch_options *options,
                               qdx_error *error)
{
    batch b = {.gazetteer = gazetteer, .options = options};
    worker w = {0};
    slot s = {0};
    bool fatal = false;
    qdx_error local = {0};
    qdx_status status = worker_init(&w, &b, &local);
    if (status != QDX_OK)
        goto done;
    start_slot(&s, name);
    s.result.file_size = size;
    status = qdx_reader_open_bytes(w.reader, name, bytes, size, &local);
    if (status == QDX_OK)
        status = render_file(&b, &w, &s, &fatal, &local);
    else
        fatal = !is_problem_of_file(status);
    status = finish_slot(&s, status, fatal, &local);
    if (status == QDX_OK)
        status = options->deliver(options->context, &s.result, &local);
done:
    if (status != QDX_OK && error)
        *error = local;
    qdx_buffer_release(&s.bytes);
    worker_release(&w);
    return status;
}
