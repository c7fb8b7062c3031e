/* Tenures: how queries ask for the holder of an office. */
#ifndef QDX_GAZETTEER_TENURE_H
#define QDX_GAZETTEER_TENURE_H

#include "gazetteer/store.h"

/* Finds where the images list the holders of each known office. Part of freezing. */
qdx_status qdx_tenure_prepare(qdx_gazetteer *gazetteer, qdx_error *error);

/* The people who hold or held an office, in order of listing, somebody once for each tenure. */
typedef struct qdx_holder_walk {
    const qdx_gazetteer *gazetteer;
    uint32_t office;
    size_t tenancy;
    uint32_t i;
} qdx_holder_walk;

/* The next holder; false after the last. A walk begins with gazetteer and office alone set. */
bool qdx_tenure_next_holder(qdx_holder_walk *walk, uint32_t *entity);

/*
 * Fills a tenure's phrases, every name of the office with every name of its place; they live as
 * long as `arena`. The tenure is a copy of one of the gazetteer's.
 */
qdx_status qdx_tenure_name(const qdx_gazetteer *gazetteer, qdx_tenure *tenure, qdx_arena *arena,
                           qdx_error *error);

#include "base/banned.h"
#endif
