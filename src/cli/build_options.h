/* The options an index was built with, for commands that read its articles again. */
#ifndef QDX_CLI_BUILD_OPTIONS_H
#define QDX_CLI_BUILD_OPTIONS_H

#include "cli/command.h"

/*
 * Copies c's options to *result, with name lists and map of the build unless c names others: what
 * build_options_release frees. Texts are borrowed from the index.
 */
qdx_status build_options_recall(const cli *c, const qdx_index *index, options *result,
                                qdx_error *error);
void build_options_release(const cli *c, options *result);

/* How articles of the index are read again: with the map of its build, unless c has one. The map is
 * borrowed from the index. */
qdx_reader_options build_options_reader(const cli *c, const qdx_index *index);

#endif
