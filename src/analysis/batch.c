/*
 * Batches: workers take units in list order — a file, or one item of a file that holds many — read,
 * analyse and render them into a ring of slots, and whoever completes the next unit due delivers it
 * and those ready behind it. The ring, and a bound on the bytes that wait in it, hold fast workers
 * back. Items are unpacked by one worker at a time, the one that takes the next of them. The
 * calling thread is one of the workers, so a single job needs no thread at all. What one unit's
 * bytes are never depends on the others.
 */
#include <pthread.h>
#include <quotedex/batch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "base/buffer.h"
#include "base/error.h"
#include "base/file.h"
#include "document/format.h"
#include "document/item.h"

enum {
    MAX_JOBS = 256,
    SLOTS_PER_JOB = 8,
    KEPT_BYTES = 1 << 20, /* a slot's memory that is kept for its next file */
};

/* Of the memory, what one article's analysis may take, the bytes rendered from it, and those that
 * were rendered and wait for delivery before workers do. */
enum { DEFAULT_MEMORY = 1 << 30, LEAST_MEMORY = 16 << 20 };
enum { ANALYSIS_SHARE = 4, RENDER_SHARE = 8, WAITING_SHARE = 32 };

/*
 * Articles of more bytes are large: of the memory, divided by the workers, this part. The least
 * favourable text takes a hundred times its size, so that a quarter of the memory is enough for as
 * many as there are workers. Files are read without waiting up to some times that.
 */
enum { LARGE_SHARE = 1024, LEAST_LARGE = 64 << 10, LARGE_FILE = 16 };

/* A unit's result on its way from worker to deliver. */
typedef struct slot {
    qdx_buffer bytes;
    qdx_buffer path;
    qdx_batch_result result;
    qdx_error problem;
    char detail[256];
    bool ready;
} slot;

typedef struct batch {
    const qdx_file_list *files;
    const qdx_gazetteer *gazetteer;
    const qdx_batch_options *options;
    size_t file_count;
    unsigned jobs;
    uint64_t memory;
    uint64_t large;       /* bytes of text from which an article is large */
    pthread_mutex_t turn; /* held by the worker that has a large article */

    pthread_mutex_t lock; /* guards all below, but for the content of a slot that is not ready */
    pthread_cond_t moved; /* something was delivered, or the batch ends */
    slot *slots;
    size_t slot_count;
    size_t next;             /* file of the list that nobody took yet */
    size_t taken, delivered; /* units handed to workers, units delivered */
    size_t waiting;          /* bytes in ready slots */
    bool delivering;         /* a worker is in deliver */
    bool unpacking;          /* a worker is at the unpacker; nobody else takes anything */
    qdx_unpacker *unpacker;  /* used by that worker without the lock */
    bool open;               /* the unpacker has a file open whose items are not all taken */
    const char *file;        /* which */
    bool unit_begun;         /* an item of that file was taken */
    qdx_status status;       /* the first failure ends the batch */
    qdx_error failure;
} batch;

/* A worker's own reader and analyzer, and the unit it is at. */
typedef struct worker {
    qdx_reader *reader;
    qdx_analyzer *analyzer;
    const char *path; /* of a file that is one unit; NULL: the item */
    const char *file; /* that the unit is, or is in */
    qdx_item item;
    bool first;        /* of its file */
    bool has_large;    /* article at hand; with several workers it is this one's turn */
    qdx_status status; /* of unpacking the item */
    qdx_error problem;
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

/* Before work on so many bytes of text: if they are large, waits until no other worker has any. */
static void begin_large(batch *b, worker *w, uint64_t size)
{
    if (w->has_large || size <= b->large)
        return;
    w->has_large = true;
    if (b->jobs > 1)
        pthread_mutex_lock(&b->turn);
}

/* Gives back the memory of a large article: the next ones need a fraction of it. */
static void end_large(batch *b, worker *w)
{
    if (!w->has_large)
        return;
    w->has_large = false;
    qdx_analyzer_forget(w->analyzer);
#ifdef __GLIBC__
    malloc_trim(0);
#endif
    if (b->jobs > 1)
        pthread_mutex_unlock(&b->turn);
}

/* Renders one article behind what the slot holds, or leaves that as it was. */
static qdx_status render_bounded(const batch *b, slot *s, const qdx_document *document,
                                 const qdx_analysis *analysis, qdx_error *error)
{
    size_t before = s->bytes.size, most = (size_t)(b->memory / RENDER_SHARE);
    s->bytes.limit = before + most;
    qdx_status status =
        b->options->render(b->options->context, document, analysis, &s->bytes, error);
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
static qdx_status render_article(batch *b, worker *w, slot *s, const qdx_document *document,
                                 bool *fatal, qdx_error *error)
{
    qdx_analysis analysis;
    begin_large(b, w, document->text_size);
    if (s->result.document_count == 0)
        snprintf(s->detail, sizeof s->detail, "%s", document->detail);
    qdx_status status = qdx_analyzer_run(w->analyzer, document, &analysis, error);
    if (status != QDX_OK)
        return status;
    status = render_bounded(b, s, document, &analysis, error);
    *fatal = status != QDX_OK && status != QDX_ERR_LIMIT;
    s->result.document_count += status == QDX_OK;
    return status;
}

/*
 * Renders every article of the file the reader has open. A failure of reading or analysing is that
 * article's problem, and the first is told; *fatal tells that the batch must end.
 */
static qdx_status render_file(batch *b, worker *w, slot *s, bool *fatal, qdx_error *error)
{
    qdx_status first = QDX_OK;
    for (;;) {
        const qdx_document *document;
        qdx_error problem = {0};
        qdx_status status = qdx_reader_next(w->reader, &document, &problem);
        if (status == QDX_END)
            return first;
        if (status == QDX_OK)
            status = render_article(b, w, s, document, fatal, &problem);
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
static void empty_slot(slot *s)
{
    if (s->bytes.capacity > KEPT_BYTES)
        qdx_buffer_release(&s->bytes);
    qdx_buffer_clear(&s->bytes);
}

static void start_slot(slot *s)
{
    s->detail[0] = '\0';
    s->result = (qdx_batch_result){.first = true, .detail = s->detail};
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

/* Opens what the worker took; the slot's result is begun. */
static qdx_status open_unit(batch *b, worker *w, slot *s, qdx_error *error)
{
    start_slot(s);
    s->result.file = w->file;
    if (w->file)
        qdx_file_stat(w->file, &s->result.disk_size, &s->result.file_time);
    if (w->path) {
        begin_large(b, w, s->result.disk_size / LARGE_FILE);
        s->result.path = w->path;
        qdx_status status = qdx_reader_open(w->reader, w->path, error);
        s->result.file_size = qdx_reader_size(w->reader);
        return status;
    }
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

static qdx_status process_unit(batch *b, worker *w, slot *s, qdx_error *error)
{
    bool fatal = false;
    qdx_status status = open_unit(b, w, s, error);
    if (status == QDX_OK)
        status = render_file(b, w, s, &fatal, error);
    else
        fatal = !is_problem_of_file(status);
    end_large(b, w);
    return finish_slot(s, status, fatal, error);
}

static bool may_take(const batch *b)
{
    bool full = b->taken - b->delivered == b->slot_count ||
                (b->waiting > b->memory / WAITING_SHARE && b->taken > b->delivered);
    return !full && !b->unpacking;
}

static bool is_used_up(const batch *b)
{
    return !b->open && b->next == b->file_count;
}

/* Fetches an item into the worker, without the lock. False when the file has no more. */
static bool unpack(batch *b, worker *w)
{
    const char *path = b->open ? NULL : qdx_file_list_at(b->files, b->next++);
    bool first = !b->unit_begun;
    b->unpacking = true;
    if (path)
        b->file = path;
    pthread_mutex_unlock(&b->lock);
    w->path = NULL;
    w->status = QDX_OK;
    w->problem = (qdx_error){0};
    if (!b->unpacker)
        b->unpacker = qdx_unpacker_new(&b->options->reader, &w->problem);
    if (!b->unpacker)
        w->status = QDX_ERR_MEMORY;
    if (path && w->status == QDX_OK)
        w->status = qdx_unpacker_open(b->unpacker, path, &w->problem);
    bool opened = w->status == QDX_OK;
    if (opened)
        w->status = qdx_unpacker_next(b->unpacker, &w->item, &w->problem);
    else
        w->item.read = w->item.part = 0;
    if (!opened && path) {
        qdx_buffer_clear(&w->item.path);
        qdx_buffer_text(&w->item.path, path);
    }
    pthread_mutex_lock(&b->lock);
    b->unpacking = false;
    b->open = opened && w->status != QDX_END;
    b->unit_begun = b->open;
    w->first = first;
    w->file = b->file;
    pthread_cond_broadcast(&b->moved);
    return w->status != QDX_END;
}

/* Takes the next unit into the worker, and its number. False when the file had no more. */
static bool take_next(batch *b, worker *w, size_t *unit)
{
    if (!b->open && !qdx_kind_may_be_container(qdx_file_list_at(b->files, b->next)))
        w->path = w->file = qdx_file_list_at(b->files, b->next++);
    else if (!unpack(b, w))
        return false;
    *unit = b->taken++;
    return true;
}

/* Waits for room, then takes the next unit. False when there is none, or the batch ends. */
static bool take(batch *b, worker *w, size_t *unit)
{
    qdx_error error;
    for (;;) {
        while (b->status == QDX_OK && (b->unpacking || !is_used_up(b)) && !may_take(b))
            pthread_cond_wait(&b->moved, &b->lock);
        if (b->status != QDX_OK || is_used_up(b))
            return false;
        if (b->options->stop && __atomic_load_n(b->options->stop, __ATOMIC_RELAXED)) {
            fail(b, qdx_error_set(&error, QDX_ERR_INTERRUPTED, "interrupted"), &error);
            return false;
        }
        if (take_next(b, w, unit))
            return true;
    }
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
        empty_slot(s);
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
    if (!w->analyzer)
        return qdx_error_memory(error);
    qdx_analyzer_bound(w->analyzer, b->memory / ANALYSIS_SHARE);
    return QDX_OK;
}

static void worker_release(worker *w)
{
    qdx_analyzer_free(w->analyzer);
    qdx_reader_free(w->reader);
    qdx_item_release(&w->item);
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
    while (take(b, &w, &i)) {
        slot *s = &b->slots[i % b->slot_count];
        pthread_mutex_unlock(&b->lock);
        status = process_unit(b, &w, s, &error);
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

/* As many as there may be work for: one file of articles is work for one. */
static unsigned job_count(unsigned asked, const qdx_file_list *list)
{
    size_t files = qdx_file_list_count(list);
    bool many = false;
    for (size_t i = 0; i < files && files < MAX_JOBS && !many; i++)
        many = qdx_kind_may_be_container(qdx_file_list_at(list, i));
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned jobs = asked ? asked : cores > 0 ? (unsigned)cores : 1;
    if (jobs > MAX_JOBS)
        jobs = MAX_JOBS;
    return jobs > files && files && !many ? (unsigned)files : jobs;
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

static void set_bounds(batch *b, unsigned jobs)
{
    b->jobs = jobs;
    b->memory = b->options->memory ? b->options->memory : DEFAULT_MEMORY;
    if (b->memory < LEAST_MEMORY)
        b->memory = LEAST_MEMORY;
    if (b->memory > SIZE_MAX)
        b->memory = SIZE_MAX;
    b->large = b->memory / LARGE_SHARE / jobs;
    if (b->large < LEAST_LARGE)
        b->large = LEAST_LARGE;
}

qdx_status qdx_batch_run(const qdx_file_list *files, const qdx_gazetteer *gazetteer,
                         const qdx_batch_options *options, qdx_error *error)
{
    batch b = {.files = files, .gazetteer = gazetteer, .options = options};
    b.file_count = qdx_file_list_count(files);
    unsigned jobs = job_count(options->jobs, files);
    b.slot_count = (size_t)jobs * SLOTS_PER_JOB;
    b.slots = calloc(b.slot_count, sizeof *b.slots);
    if (!b.slots)
        return qdx_error_memory(error);
    if (pthread_mutex_init(&b.lock, NULL) != 0) {
        free(b.slots);
        return qdx_error_memory(error);
    }
    if (pthread_mutex_init(&b.turn, NULL) != 0) {
        pthread_mutex_destroy(&b.lock);
        free(b.slots);
        return qdx_error_memory(error);
    }
    if (pthread_cond_init(&b.moved, NULL) != 0) {
        pthread_mutex_destroy(&b.turn);
        pthread_mutex_destroy(&b.lock);
        free(b.slots);
        return qdx_error_memory(error);
    }
    set_bounds(&b, jobs);
    run_workers(&b, jobs);
    if (b.status != QDX_OK && error)
        *error = b.failure;
    pthread_cond_destroy(&b.moved);
    pthread_mutex_destroy(&b.turn);
    pthread_mutex_destroy(&b.lock);
    qdx_unpacker_free(b.unpacker);
    for (size_t i = 0; i < b.slot_count; i++) {
        qdx_buffer_release(&b.slots[i].bytes);
        qdx_buffer_release(&b.slots[i].path);
    }
    free(b.slots);
    return b.status;
}

/* One item after another of what the batch's unpacker has open. */
static qdx_status run_items(batch *b, qdx_error *error)
{
    worker w = {0};
    slot s = {0};
    qdx_status status = worker_init(&w, b, error);
    for (w.first = true; status == QDX_OK; w.first = false) {
        w.problem = (qdx_error){0};
        w.status = qdx_unpacker_next(b->unpacker, &w.item, &w.problem);
        if (w.status == QDX_END)
            break;
        status = process_unit(b, &w, &s, error);
        if (status == QDX_OK)
            status = b->options->deliver(b->options->context, &s.result, error);
        empty_slot(&s);
        if (status == QDX_OK && b->options->stop &&
            __atomic_load_n(b->options->stop, __ATOMIC_RELAXED))
            status = qdx_error_set(error, QDX_ERR_INTERRUPTED, "interrupted");
    }
    qdx_buffer_release(&s.bytes);
    qdx_buffer_release(&s.path);
    worker_release(&w);
    return status;
}

qdx_status qdx_batch_run_bytes(const char *name, const void *bytes, size_t size,
                               const qdx_gazetteer *gazetteer, const qdx_batch_options *options,
                               qdx_error *error)
{
    batch b = {.gazetteer = gazetteer, .options = options};
    qdx_error local = {0};
    set_bounds(&b, 1);
    b.unpacker = qdx_unpacker_new(&options->reader, &local);
    qdx_status status = b.unpacker ? QDX_OK : QDX_ERR_MEMORY;
    if (status == QDX_OK)
        status = qdx_unpacker_open_bytes(b.unpacker, name, bytes, size, &local);
    if (status == QDX_OK)
        status = run_items(&b, &local);
    if (status != QDX_OK && error)
        *error = local;
    qdx_unpacker_free(b.unpacker);
    return status;
}
