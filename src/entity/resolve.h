/*
 * The article's own names: once the full names are known, what short forms mean. Surnames, given
 * names, acronyms, titles with a surname.
 */
#ifndef QDX_ENTITY_RESOLVE_H
#define QDX_ENTITY_RESOLVE_H

#include "entity/tagging.h"

/*
 * The person a surname means at a token: of several bearers in the document the one that fits the
 * gender and was named last. Without one, the listed person whose office fits `title` (may be NULL)
 * and the document's date, if that is only one. QDX_NONE when nobody fits. `ambiguous` tells
 * whether others fitted as well.
 */
qdx_status qdx_resolve_surname(qdx_tagging *tagging, uint32_t token, const qdx_title *title,
                               uint32_t *figure, bool *ambiguous, qdx_error *error);

/* Adds the mentions by surname, given name and acronym to tokens that no tag covers yet. */
qdx_status qdx_resolve_short_names(qdx_tagging *tagging, qdx_error *error);

#include "base/banned.h"
#endif
