/*
 * Short forms of the document's organizations: "the League" of the League of Rights, "Pellman" of
 * Pellman Industries Inc., "the Bisons" of the Tolland Bisons.
 */
#ifndef QDX_ENTITY_SHORT_FORM_H
#define QDX_ENTITY_SHORT_FORM_H

#include "entity/tagging.h"

/* Notes the head word of an organization that the walk comes by. False without memory. */
bool qdx_short_form_pass(qdx_tagging *tagging, const qdx_tag *tag);

/* The organization that "the League" means, `token` the head word; QDX_NONE for none. */
uint32_t qdx_short_form_head(const qdx_tagging *tagging, uint32_t token);

/* Files what organizations are called for short. Call once people's surnames are known. */
qdx_status qdx_short_forms_collect(qdx_tagging *tagging, qdx_error *error);

/* The organization that words [first, end) are short for; QDX_NONE for none. */
uint32_t qdx_short_form_find(const qdx_tagging *tagging, uint32_t first, uint32_t end);

#include "base/banned.h"
#endif
