/* Why a question found nothing: which of its conditions was too much. */
#ifndef QDX_CLI_NOTHING_H
#define QDX_CLI_NOTHING_H

#include "cli/command.h"

/*
 * Notes, for a question about quotations that found none although its `by` (may be NULL) is known:
 * an --about that nobody bears, days without articles, how many there would be without one of the
 * conditions, and how many in reported speech.
 */
void note_nothing(const cli *c, const qdx_index *index, const char *by);

#endif
