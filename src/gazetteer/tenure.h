/* Tenures: how queries ask for the holder of an office. */
#ifndef QDX_GAZETTEER_TENURE_H
#define QDX_GAZETTEER_TENURE_H

#include "gazetteer/store.h"

/* Settles whose office each tenure is, once all rows are loaded. Part of freezing. */
void qdx_tenure_prepare(qdx_gazetteer *gazetteer);

/*
 * Fills a tenure's phrases, every name of the office with every name of its place; they live as
 * long as `arena`. The tenure is a copy of one of the gazetteer's.
 */
qdx_status qdx_tenure_name(const qdx_gazetteer *gazetteer, qdx_tenure *tenure, qdx_arena *arena,
                           qdx_error *error);

#include "base/banned.h"
#endif
