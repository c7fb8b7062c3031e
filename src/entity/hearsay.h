/* What the words beside a person's name say of the person: titles, people nouns, offices. */
#ifndef QDX_ENTITY_HEARSAY_H
#define QDX_ENTITY_HEARSAY_H

#include "entity/tagging.h"

/* Notes gender and office of a title before the name. */
void qdx_figure_hear_title(qdx_tagging *tagging, uint32_t number, const qdx_title *title);

/* Notes the noun right before the name, and an apposition after it, within the sentence. */
void qdx_figure_hear_surroundings(qdx_tagging *tagging, const qdx_tag *tag, uint32_t limit);

#include "base/banned.h"
#endif
