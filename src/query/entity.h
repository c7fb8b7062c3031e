/* An entity of the index as a value for callers. */
#ifndef QDX_QUERY_ENTITY_H
#define QDX_QUERY_ENTITY_H

#include <quotedex/query.h>

#include "base/arena.h"

/* Fills all but the companions; lists live in the arena, texts in the index or the arena. */
qdx_status qdx_entity_fill(qdx_arena *arena, const qdx_index *index, uint64_t number,
                           qdx_index_entity *entity, qdx_error *error);

#include "base/banned.h"
#endif
