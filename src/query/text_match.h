/* Words and phrases in quotations, by the postings of the index. */
#ifndef QDX_QUERY_TEXT_MATCH_H
#define QDX_QUERY_TEXT_MATCH_H

#include "base/vector.h"
#include "index/decode.h"

/* Ascending numbers of quotations. */
typedef struct qdx_number_set {
    uint32_t *items;
    size_t count;
    size_t capacity;
} qdx_number_set;

void qdx_number_set_release(qdx_number_set *set);

/* Leaves in `set` what is in both. */
void qdx_number_set_intersect(qdx_number_set *set, const qdx_number_set *other);

/* Leaves in `set` what is not in the other. */
void qdx_number_set_subtract(qdx_number_set *set, const qdx_number_set *other);

/*
 * The quotations that contain every word of `text`; words between double quotation marks, and the
 * parts of a word with marks inside ("de-escalate"), stand in this sequence. What has a - right
 * before it must not stand there. No words: QDX_END, and the set says nothing.
 */
qdx_status qdx_text_match(const qdx_index *index, const char *text, qdx_number_set *set,
                          qdx_error *error);

#include "base/banned.h"
#endif
