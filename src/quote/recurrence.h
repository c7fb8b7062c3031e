/*
 * Recurrence: do the few words of a short stretch stand elsewhere in the document, without marks or
 * in marks again? What recurs is more often a term than somebody's words.
 */
#ifndef QDX_QUOTE_RECURRENCE_H
#define QDX_QUOTE_RECURRENCE_H

#include "quote/narration.h"
#include "quote/quote_mark.h"

enum { QDX_RECURS_PLAIN = 1, QDX_RECURS_IN_MARKS = 2 };

typedef QDX_VECTOR(uint8_t) qdx_recurrence_list; /* QDX_RECURS_ bits, one for each stretch */

/* Fills `list`, emptied first. Cost: linear in tokens and stretches. Fails for want of memory. */
qdx_status qdx_recurrence_find(const qdx_narration *narration, const qdx_stretch_list *stretches,
                               qdx_recurrence_list *list, qdx_error *error);

#include "base/banned.h"
#endif
