/* What the options of a command ask of an index. */
#ifndef QDX_CLI_QUESTION_H
#define QDX_CLI_QUESTION_H

#include "cli/command.h"

/* The conditions on quotations, for one speaker (NULL: all). No limit. */
qdx_query question_of(const options *o, const char *by);

/* Does no day lie between --since and --until? */
bool question_is_void(const options *o);

#endif
