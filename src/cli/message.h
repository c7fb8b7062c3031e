/* Messages for people, on standard error. Exit statuses. */
#ifndef QDX_CLI_MESSAGE_H
#define QDX_CLI_MESSAGE_H

#include <quotedex/quotedex.h>

#include "cli/command.h"

enum {
    EXIT_DONE = 0,
    EXIT_NOTHING = 1,
    EXIT_USAGE = 2,
    EXIT_DAMAGED = 3,
    EXIT_SKIPPED = 4,
    EXIT_IO = 5,
    EXIT_INTERRUPTED = 130,
};

/* The exit status a failure leads to. */
int exit_status(qdx_status status);

/* Fills *error; returns its status. */
qdx_status fail(qdx_error *error, qdx_status status, const char *file, const char *message);

/* "quotedex: file:line: message", and the hint on a line of its own. Returns exit_status. */
int report(const cli *c, const qdx_error *error);

/* The same for something that was left out while the rest goes on; -q does not silence it. */
void report_skipped(const cli *c, const qdx_error *error);

/* A remark that -q silences. No full stop, no line end. */
void note(const cli *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The ending of a counted noun: "" for one, else "s". */
const char *plural(uint64_t count);

/* "12 quotes", or "3 of 12 quotes (--limit)": never a silent cap. */
void note_count(const cli *c, uint64_t shown, uint64_t total, const char *one, const char *many);

/* A wrong command line: message, where to find help. Returns EXIT_USAGE. */
int usage_error(const cli *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The usage error for a command that does not exist, with the nearest one that does. */
int unknown_command(const cli *c, const char *name);

/* Prints text without the control characters a terminal would obey. */
void print_clean(FILE *stream, const char *text);

#endif
