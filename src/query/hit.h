/* From candidates to rows. */
#ifndef QDX_QUERY_HIT_H
#define QDX_QUERY_HIT_H

#include "query/result.h"
#include "query/select.h"
#include "query/source_text.h"

/* Fills rows one after another; an article that several of them need is read
 * once. */
typedef struct qdx_hit_filler {
    qdx_result *result;
    const qdx_index *index;
    qdx_source_text text;
    uint64_t opened; /* document whose text it is, + 1 */
    qdx_buffer before, after;
    bool without_text; /* no article is read */
} qdx_hit_filler;

void qdx_hit_filler_release(qdx_hit_filler *filler);

qdx_status qdx_hit_fill(qdx_hit_filler *filler, const qdx_candidate *candidate, qdx_hit *hit,
                        qdx_error *error);

#include "base/banned.h"
#endif
