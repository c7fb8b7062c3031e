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
 * The figure of a person's full name, tokens [first, end): the listed person of that name in any
 * spelling (*rule is set to "variant"), else as qdx_figure_named. Each name is looked up once.
 */
qdx_status qdx_figure_of_person(qdx_tagging *tagging, uint32_t first, uint32_t end,
                                uint32_t *figure, const char **rule, qdx_error *error);

void qdx_figure_set_gender(qdx_tagging *tagging, uint32_t number, qdx_gender gender);

/* Notes that a figure was just mentioned. */
void qdx_figure_mentioned(qdx_tagging *tagging, uint32_t number, uint32_t token);

/* Notes what the document says of a person. Repeats are kept once. */
void qdx_figure_note_office(qdx_figure *figure, uint32_t office);
void qdx_figure_note_role(qdx_figure *figure, uint32_t word);

/* The tokens' text with blanks and line ends made one blank, possessives left out; in the arena. */
const char *qdx_figure_text(const qdx_tagging *tagging, uint32_t first, uint32_t end);

/* Did this person hold the office on a date (unknown: ever)? country "" and organization "": any.
 */
bool qdx_figure_held(const qdx_entity *entity, const char *office, const char *country,
                     qdx_date date);

#include "base/banned.h"
#endif
