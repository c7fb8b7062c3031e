/* quotedex info --inputs: what the articles of an index came as, counted. */
#ifndef QDX_CLI_INFO_INPUTS_H
#define QDX_CLI_INFO_INPUTS_H

#include "cli/output.h"

/* Rows of format, encoding, repair, copy and reason of skipping, the most frequent first. */
qdx_status info_inputs_write(output *out, const cli *c, const qdx_index *index, qdx_error *error);

/* Says how many were skipped for each reason. */
qdx_status info_inputs_note_reasons(const cli *c, const qdx_index *index, qdx_error *error);

#endif
