/* Whether the text means a place, where its name is also a surname of the article. */
#ifndef QDX_ENTITY_PLACE_SUPPORT_H
#define QDX_ENTITY_PLACE_SUPPORT_H

#include "entity/tagging.h"

/* A tag of one word that is no person and that nothing beside it supports as a place. */
bool qdx_place_gives_way(const qdx_tagging *tagging, uint32_t number);

#include "base/banned.h"
#endif
