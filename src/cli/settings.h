/*
 * Settings: options that hold for every run, from the user's file and from the environment. The
 * command line comes after them and overrules.
 */
#ifndef QDX_CLI_SETTINGS_H
#define QDX_CLI_SETTINGS_H

#include "cli/option.h"

/*
 * Takes the settings that the command with this bit knows into *result. False after a message
 * in *error: QDX_ERR_ARGUMENT with file and line, QDX_ERR_IO, or QDX_ERR_MEMORY.
 */
bool settings_read(unsigned bit, options *result, qdx_error *error);

/* The i-th option that may be set so; NULL after the last. */
const char *setting_at(size_t i);

#endif
