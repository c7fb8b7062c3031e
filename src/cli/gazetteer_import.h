/* The action "gazetteer import". */
#ifndef QDX_CLI_GAZETTEER_IMPORT_H
#define QDX_CLI_GAZETTEER_IMPORT_H

#include "cli/command.h"

int run_gazetteer_import(const cli *c);

#endif
