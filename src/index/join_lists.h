/* Lists by entity, while they are filled: their sizes are known from the survey. */
#ifndef QDX_INDEX_JOIN_LISTS_H
#define QDX_INDEX_JOIN_LISTS_H

#include <stddef.h>

#include "index/join.h"

/* `member` is the offset of the size in qdx_entity_counts. False when memory runs out. */
bool qdx_joined_lists_init(qdx_joined_lists *lists, const qdx_join *join, size_t member);

#include "base/banned.h"
#endif
