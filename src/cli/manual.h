/* Manual pages, made from the tables of commands and options; and what help shares with them. */
#ifndef QDX_CLI_MANUAL_H
#define QDX_CLI_MANUAL_H

#include "cli/command.h"

/* Prints the manual page of a command to standard output; NULL: that of the program. */
void print_manual(const command *about);

#endif
