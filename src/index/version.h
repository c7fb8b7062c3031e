/* Versions of one file: which of two indexes, or of two passes, has the one that counts. */
#ifndef QDX_INDEX_VERSION_H
#define QDX_INDEX_VERSION_H

#include <string.h>

#include "index/decode.h"

typedef struct qdx_version {
    uint64_t file_time, file_bytes, text_hash, text_bytes;
} qdx_version;

/* Above 0 when x counts: the later one; of equally late ones any, but always the same. */
static inline int qdx_versions_compare(const qdx_version *x, const qdx_version *y)
{
    const uint64_t a[] = {x->file_time, x->file_bytes, x->text_hash, x->text_bytes};
    const uint64_t b[] = {y->file_time, y->file_bytes, y->text_hash, y->text_bytes};
    for (unsigned i = 0; i < sizeof a / sizeof a[0]; i++)
        if (a[i] != b[i])
            return a[i] > b[i] ? 1 : -1;
    return 0;
}

/* By path, and for one path the version that counts last. */
static inline int qdx_skipped_compare(const qdx_skipped_row *x, const qdx_skipped_row *y)
{
    int order = strcmp(x->path, y->path);
    if (!order)
        order = (x->time > y->time) - (x->time < y->time);
    if (!order)
        order = (x->size > y->size) - (x->size < y->size);
    return order ? order : strcmp(x->reason, y->reason);
}

#include "base/banned.h"
#endif
