/*
 * Acronyms of the document's organizations: defined in parentheses behind the name, or made of the
 * first letters of its words.
 */
#ifndef QDX_ENTITY_ACRONYM_H
#define QDX_ENTITY_ACRONYM_H

#include "entity/tagging.h"

/*
 * Files the acronyms of what the first pass tagged. An acronym in parentheses whose letters begin
 * the capitals before it makes these an organization. *any tells whether there are acronyms.
 */
qdx_status qdx_acronyms_collect(qdx_tagging *tagging, bool *any, qdx_error *error);

/* What an acronym at a token means, and the rule that says so; QDX_NONE for nothing. */
uint32_t qdx_acronym_find(const qdx_tagging *tagging, uint32_t token, bool shouting,
                          const char **rule);

#include "base/banned.h"
#endif
