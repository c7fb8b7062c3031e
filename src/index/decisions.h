/* Decisions as the index applies them: by numbers of quotations and entities. */
#ifndef QDX_INDEX_DECISIONS_H
#define QDX_INDEX_DECISIONS_H

#include <quotedex/decisions.h>

#include "index/reader.h"

typedef struct qdx_decided_quote {
    uint64_t number; /* its id; while the list is made */
    uint32_t quote, speaker;
    uint8_t speaker_kind;
} qdx_decided_quote;

typedef struct qdx_decided_pair {
    uint32_t entity, other;
} qdx_decided_pair;

typedef struct qdx_decisions {
    qdx_decided_quote *quotes; /* by quotation */
    size_t quote_count;
    qdx_decided_pair *pairs; /* decided on, one way or the other: by entity and other */
    size_t pair_count;
    uint32_t *same; /* of each entity: the one it stands for; NULL when no two are one */
} qdx_decisions;

void qdx_decisions_free(qdx_decisions *decisions);

/* What was decided on a quotation, NULL when nothing. */
const qdx_decided_quote *qdx_decided_quote_find(const qdx_index *index, uint32_t quote);

/* The entity that this one stands for: itself when nothing was decided. */
uint32_t qdx_decided_entity(const qdx_index *index, uint32_t entity);

/* Was it decided whether these two are one? */
bool qdx_decided_pair_find(const qdx_index *index, uint32_t entity, uint32_t other);

#include "base/banned.h"
#endif
