/* Figures that turn out to be one. */
#ifndef QDX_ENTITY_JOIN_H
#define QDX_ENTITY_JOIN_H

#include "entity/tagging.h"

/* Joins surnames and initials with the full names they stand for, and moves their tags. */
void qdx_join_short_names(qdx_tagging *tagging);

#include "base/banned.h"
#endif
