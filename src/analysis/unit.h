/*
 * A unit of a batch, which is a file or one item of a file that holds many: how a worker makes its
 * result. Units know nothing of each other, but that one large article at a time is at work.
 */
#ifndef QDX_ANALYSIS_UNIT_H
#define QDX_ANALYSIS_UNIT_H

#include <pthread.h>
#include <quotedex/batch.h>

#include "base/buffer.h"
#include "document/item.h"

/* What all units of a batch have in common; shared by its workers. */
typedef struct qdx_unit_rules {
    const qdx_gazetteer *gazetteer;
    const qdx_batch_options *options;
    unsigned jobs;
    uint64_t memory;      /* bytes, for all workers together */
    uint64_t large;       /* bytes of text from which an article is large */
    pthread_mutex_t turn; /* held by the worker that has a large article */
} qdx_unit_rules;

/* A unit's result on its way from worker to deliver. */
typedef struct qdx_slot {
    qdx_buffer bytes;
    qdx_buffer path;
    qdx_batch_result result;
    qdx_error problem;
    char detail[256];
    bool ready; /* batch.c: to be delivered */
} qdx_slot;

/* A worker's own reader and analyzer, and the unit it is at. */
typedef struct qdx_worker {
    qdx_reader *reader;
    qdx_analyzer *analyzer;
    const char *path;              /* of a file that is one unit; NULL: the item */
    const char *file;              /* that the unit is, or is in */
    uint64_t disk_size, file_time; /* of the file that the item is in */
    qdx_item item;
    bool first;        /* of its file */
    bool has_large;    /* article at hand; with several workers it is this one's turn */
    qdx_status status; /* of unpacking the item */
    qdx_error problem;
} qdx_worker;

/* Sets the bounds for so many workers. Release the rules once they are made. */
qdx_status qdx_unit_rules_init(qdx_unit_rules *rules, const qdx_gazetteer *gazetteer,
                               const qdx_batch_options *options, unsigned jobs, qdx_error *error);
void qdx_unit_rules_release(qdx_unit_rules *rules);

/* An all-zero worker can be released whatever init said. */
qdx_status qdx_worker_init(qdx_worker *w, const qdx_unit_rules *rules, qdx_error *error);
void qdx_worker_release(qdx_worker *w);

/*
 * Reads, analyses and renders the worker's unit into the slot. What is wrong with the unit stands
 * in the slot's result; a failure returned ends the batch.
 */
qdx_status qdx_unit_run(qdx_unit_rules *rules, qdx_worker *w, qdx_slot *s, qdx_error *error);

/* After its delivery: keeps memory for the next unit, but not that of an outlier. */
void qdx_slot_empty(qdx_slot *s);
void qdx_slot_release(qdx_slot *s);

#include "base/banned.h"
#endif
