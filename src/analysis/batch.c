/*
 * Batches: workers take units in list order — a file, or one item of a file that holds many — read,
 * analyse and render them into a ring of slots, and whoever completes the next unit due delivers it
 * and those ready behind it. The ring, and a bound on the bytes that wait in it, hold fast workers
 * back. Items are unpacked by one worker at a time, the one that takes the next of them. The
 * calling thread is one of the workers, so a single job needs no thread at all. What one unit's
 * bytes are never depends on the others.
 */
#include <stdlib.h>
#include <unistd.h>

#include "analysis/unit.h"
#include "base/error.h"
#include "document/format.h"

enum {
    MAX_JOBS = 256,
    SLOTS_PER_JOB = 8,
    WAITING_SHARE = 32, /* of the memory, what was rendered and waits before workers do */
};

typedef struct batch {
    const qdx_file_list *files;
    size_t file_count;
    qdx_unit_rules rules;

    pthread_mutex_t lock; /* guards all below, but for the content of a slot that is not ready */
    pthread_cond_t moved; /* something was delivered, or the batch ends */
    qdx_slot *slots;
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

static bool is_asked_to_stop(const batch *b)
{
    const volatile int *stop = b->rules.options->stop;
    return stop && __atomic_load_n(stop, __ATOMIC_RELAXED);
}

static void fail(batch *b, qdx_status status, const qdx_error *error)
{
    if (b->status == QDX_OK) {
        b->status = status;
        b->failure = *error;
    }
    pthread_cond_broadcast(&b->moved);
}

static bool may_take(const batch *b)
{
    bool full = b->taken - b->delivered == b->slot_count ||
                (b->waiting > b->rules.memory / WAITING_SHARE && b->taken > b->delivered);
    return !full && !b->unpacking;
}

static bool is_used_up(const batch *b)
{
    return !b->open && b->next == b->file_count;
}

/* Fetches an item into the worker, without the lock. False when the file has no more. */
static bool unpack(batch *b, qdx_worker *w)
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
        b->unpacker = qdx_unpacker_new(&b->rules.options->reader, &w->problem);
    if (!b->unpacker)
        w->status = QDX_ERR_MEMORY;
    if (path && w->status == QDX_OK)
        w->status = qdx_unpacker_open(b->unpacker, path, &w->problem);
    bool opened = w->status == QDX_OK;
    w->disk_size = opened ? qdx_unpacker_size(b->unpacker) : 0;
    w->file_time = opened ? qdx_unpacker_time(b->unpacker) : 0;
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
static bool take_next(batch *b, qdx_worker *w, size_t *unit)
{
    if (!b->open && !qdx_kind_may_be_container(qdx_file_list_at(b->files, b->next)))
        w->path = w->file = qdx_file_list_at(b->files, b->next++);
    else if (!unpack(b, w))
        return false;
    *unit = b->taken++;
    return true;
}

/* Waits for room, then takes the next unit. False when there is none, or the batch ends. */
static bool take(batch *b, qdx_worker *w, size_t *unit)
{
    qdx_error error;
    for (;;) {
        while (b->status == QDX_OK && (b->unpacking || !is_used_up(b)) && !may_take(b))
            pthread_cond_wait(&b->moved, &b->lock);
        if (b->status != QDX_OK || is_used_up(b))
            return false;
        if (is_asked_to_stop(b)) {
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
        qdx_slot *s = &b->slots[b->delivered % b->slot_count];
        if (!s->ready)
            break;
        qdx_error error = {0};
        pthread_mutex_unlock(&b->lock);
        qdx_status status =
            b->rules.options->deliver(b->rules.options->context, &s->result, &error);
        pthread_mutex_lock(&b->lock);
        s->ready = false;
        b->waiting -= s->bytes.size;
        qdx_slot_empty(s);
        b->delivered++;
        if (status != QDX_OK)
            fail(b, status, &error);
        pthread_cond_broadcast(&b->moved);
    }
    b->delivering = false;
}

static void *worker_run(void *context)
{
    batch *b = context;
    qdx_worker w = {0};
    qdx_error error = {0};
    size_t i;
    qdx_status status = qdx_worker_init(&w, &b->rules, &error);
    pthread_mutex_lock(&b->lock);
    if (status != QDX_OK)
        fail(b, status, &error);
    while (take(b, &w, &i)) {
        qdx_slot *s = &b->slots[i % b->slot_count];
        pthread_mutex_unlock(&b->lock);
        status = qdx_unit_run(&b->rules, &w, s, &error);
        pthread_mutex_lock(&b->lock);
        s->ready = true;
        b->waiting += s->bytes.size;
        if (status != QDX_OK)
            fail(b, status, &error);
        deliver_ready(b);
    }
    pthread_mutex_unlock(&b->lock);
    qdx_worker_release(&w);
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

/* Makes the ring and what guards it; nothing is left of them after a failure. */
static qdx_status batch_init(batch *b, unsigned jobs, const qdx_gazetteer *gazetteer,
                             const qdx_batch_options *options, qdx_error *error)
{
    qdx_status status = qdx_unit_rules_init(&b->rules, gazetteer, options, jobs, error);
    if (status != QDX_OK)
        return status;
    b->slot_count = (size_t)jobs * SLOTS_PER_JOB;
    b->slots = calloc(b->slot_count, sizeof *b->slots);
    if (b->slots && pthread_mutex_init(&b->lock, NULL) == 0) {
        if (pthread_cond_init(&b->moved, NULL) == 0)
            return QDX_OK;
        pthread_mutex_destroy(&b->lock);
    }
    free(b->slots);
    qdx_unit_rules_release(&b->rules);
    return qdx_error_memory(error);
}

static void batch_release(batch *b)
{
    pthread_cond_destroy(&b->moved);
    pthread_mutex_destroy(&b->lock);
    qdx_unpacker_free(b->unpacker);
    for (size_t i = 0; i < b->slot_count; i++)
        qdx_slot_release(&b->slots[i]);
    free(b->slots);
    qdx_unit_rules_release(&b->rules);
}

qdx_status qdx_batch_run(const qdx_file_list *files, const qdx_gazetteer *gazetteer,
                         const qdx_batch_options *options, qdx_error *error)
{
    batch b = {.files = files, .file_count = qdx_file_list_count(files)};
    unsigned jobs = job_count(options->jobs, files);
    qdx_status status = batch_init(&b, jobs, gazetteer, options, error);
    if (status != QDX_OK)
        return status;
    run_workers(&b, jobs);
    if (b.status != QDX_OK && error)
        *error = b.failure;
    batch_release(&b);
    return b.status;
}

/* One item after another of what the batch's unpacker has open. */
static qdx_status run_items(batch *b, qdx_error *error)
{
    qdx_worker w = {0};
    qdx_slot s = {0};
    qdx_status status = qdx_worker_init(&w, &b->rules, error);
    for (w.first = true; status == QDX_OK; w.first = false) {
        w.problem = (qdx_error){0};
        w.status = qdx_unpacker_next(b->unpacker, &w.item, &w.problem);
        if (w.status == QDX_END)
            break;
        status = qdx_unit_run(&b->rules, &w, &s, error);
        if (status == QDX_OK)
            status = b->rules.options->deliver(b->rules.options->context, &s.result, error);
        qdx_slot_empty(&s);
        if (status == QDX_OK && is_asked_to_stop(b))
            status = qdx_error_set(error, QDX_ERR_INTERRUPTED, "interrupted");
    }
    qdx_slot_release(&s);
    qdx_worker_release(&w);
    return status;
}

qdx_status qdx_batch_run_bytes(const char *name, const void *bytes, size_t size,
                               const qdx_gazetteer *gazetteer, const qdx_batch_options *options,
                               qdx_error *error)
{
    batch b = {0};
    qdx_error local = {0};
    if (qdx_unit_rules_init(&b.rules, gazetteer, options, 1, error) != QDX_OK)
        return QDX_ERR_MEMORY;
    b.unpacker = qdx_unpacker_new(&options->reader, &local);
    qdx_status status = b.unpacker ? QDX_OK : QDX_ERR_MEMORY;
    if (status == QDX_OK)
        status = qdx_unpacker_open_bytes(b.unpacker, name, bytes, size, &local);
    if (status == QDX_OK)
        status = run_items(&b, &local);
    if (status != QDX_OK && error)
        *error = local;
    qdx_unpacker_free(b.unpacker);
    qdx_unit_rules_release(&b.rules);
    return status;
}
