/* Who is named with whom: the entities that share most articles with one. */
#ifndef QDX_QUERY_COMPANIONS_H
#define QDX_QUERY_COMPANIONS_H

#include <quotedex/query.h>

#include "base/arena.h"
#include "base/vector.h"

enum { QDX_COMPANIONS = 5 };

/* One search after another; the caller fills in the first two. */
typedef struct qdx_companions {
    const qdx_index *index;
    qdx_arena *arena; /* where the lists are to live */
    uint32_t *shared; /* of each entity: articles shared with the one in question */
    uint64_t *seen;   /* the last article counted, + 1 */
    QDX_VECTOR(uint32_t) met;
} qdx_companions;

void qdx_companions_release(qdx_companions *companions);

/* Fills the companions of entity `number`. Reads the mentions of all its articles. */
qdx_status qdx_companions_of(qdx_companions *companions, uint32_t number, qdx_index_entity *entity,
                             qdx_error *error);

#include "base/banned.h"
#endif
