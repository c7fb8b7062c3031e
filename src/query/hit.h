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
    bool without_contexts, without_text; /* as in qdx_query */
} qdx_hit_filler;

void qdx_hit_filler_release(qdx_hit_filler *filler);

qdx_status qdx_hit_fill(qdx_hit_filler *filler, const qdx_candidate *candidate, qdx_hit *hit,
                        qdx_error *error);

/* The words of a quotation and those that name its speaker, until the next call; "" for reported
 * speech whose article cannot be had. */
qdx_status qdx_hit_words(qdx_hit_filler *filler, uint32_t quote, const char **text,
                         const char **as_written, qdx_error *error);

#include "base/banned.h"
#endif
