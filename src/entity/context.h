/*
 * Names by their surroundings: capitals that no list and no shape explains, read from the words
 * beside them. "in Cosham", "Bicholim, Goa", an acronym in running text, a given name alone.
 */
#ifndef QDX_ENTITY_CONTEXT_H
#define QDX_ENTITY_CONTEXT_H

#include "entity/tagging.h"

/* Adds such mentions to tokens that no tag covers yet. Tags need not be in order. Cost: linear. */
qdx_status qdx_context_tag(qdx_tagging *tagging, qdx_error *error);

#include "base/banned.h"
#endif
