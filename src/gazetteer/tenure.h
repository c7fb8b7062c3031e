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
 * A namer fills in the phrases of tenures, every name of the office with every name of its place.
 * It belongs to one thread and keeps what it made; names of a place are put together once.
 */
typedef struct qdx_tenure_namer qdx_tenure_namer;

/* NULL without memory. The gazetteer is frozen, and outlives the namer. */
qdx_tenure_namer *qdx_tenure_namer_new(const qdx_gazetteer *gazetteer);
void qdx_tenure_namer_free(qdx_tenure_namer *namer);

/* The tenures of one of the gazetteer's entities, with phrases; they live as long as the namer.
 * NULL without memory. Made anew at each call. */
const qdx_tenure *qdx_tenure_namer_name(qdx_tenure_namer *namer, const qdx_entity *entity);

#include "base/banned.h"
#endif
