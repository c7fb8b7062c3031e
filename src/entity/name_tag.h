/*
 * Tagging at one place: the longest of a listed name, a title with a name after it, and a shape;
 * what the words beside a person's name say is noted on the figure.
 */
#ifndef QDX_ENTITY_NAME_TAG_H
#define QDX_ENTITY_NAME_TAG_H

#include "entity/tagging.h"

/*
 * Tags the name or names that begin at an opening, titles before them included, and end within its
 * sentence. *next is the token to go on with.
 */
qdx_status qdx_name_tag_from(qdx_tagging *tagging, qdx_opening opening, uint32_t *next,
                             qdx_error *error);

#include "base/banned.h"
#endif
