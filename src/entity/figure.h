/* The figures of a document: made from names, joined when they are one. */
#ifndef QDX_ENTITY_FIGURE_H
#define QDX_ENTITY_FIGURE_H

#include "entity/tagging.h"

/* The figure of a listed entity, made when it is new. QDX_NONE without memory. */
uint32_t qdx_figure_listed(qdx_tagging *tagging, uint32_t entry);

/*
 * The figure of an unlisted name, tokens [first, end): an earlier one of the same type with the
 * same name (people: a name that does not contradict it), else a new one.
 */
uint32_t qdx_figure_named(qdx_tagging *tagging, qdx_entity_type type, uint32_t first, uint32_t end);

/*
 * The listed person whose full name, in any spelling, is tokens [first, end); QDX_NONE when there
 * is none.
 */
qdx_status qdx_figure_find_person(const qdx_tagging *tagging, uint32_t first, uint32_t end,
                                  uint32_t *entry, qdx_error *error);

/* Notes what the document says of a person. Repeats are kept once. */
void qdx_figure_note_office(qdx_figure *figure, uint32_t office);
void qdx_figure_note_role(qdx_figure *figure, uint32_t word);

/* The tokens' text with blanks and line ends made one blank, possessives left out; in the arena. */
const char *qdx_figure_text(const qdx_tagging *tagging, uint32_t first, uint32_t end);

/* Did this person hold the office on a date (unknown: ever)? country "" and organization "": any. */
bool qdx_figure_held(const qdx_entity *entity, const char *office, const char *country,
                     qdx_date date);

#include "base/banned.h"
#endif
