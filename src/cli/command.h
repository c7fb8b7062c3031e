/* Commands: the table of them, and what each is given. */
#ifndef QDX_CLI_COMMAND_H
#define QDX_CLI_COMMAND_H

#include <stdio.h>

#include "cli/option.h"

struct command;

/* Given names that are forms of one: read when a name is not found otherwise. */
typedef struct given_names {
    qdx_given_names hook;
    qdx_gazetteer *gazetteer;
    bool tried, ready;
} given_names;

void given_names_release(given_names *given);

/* One run of the program. */
typedef struct cli {
    const struct command *command; /* NULL before it is known */
    options options;
    int argc; /* the command line as it was typed */
    char **argv;
    given_names *given;
    const volatile int *stop; /* non-zero once the user asked to end */
    bool color;               /* of messages on standard error */
} cli;

typedef struct command {
    const char *name;
    unsigned bit;
    const char *arguments; /* "INDEX NAME" */
    const char *summary;   /* one line */
    const char *examples;  /* help starts with these */
    const char *more;      /* what the options do not say; may be "" */
    size_t least, most;    /* number of arguments */
    int (*run)(const cli *c);
} command;

extern const command commands[]; /* ends with a NULL name */

const command *command_find(const char *name);

/* The nearest command to a mistyped one, or NULL. */
const char *command_suggest(const char *name);

int run_build(const cli *c);
int run_update(const cli *c);
int run_merge(const cli *c);
int run_quotes(const cli *c);
int run_entities(const cli *c);
int run_mentions(const cli *c);
int run_explain(const cli *c);
int run_export(const cli *c);
int run_check(const cli *c);
int run_compare(const cli *c);
int run_timeline(const cli *c);
int run_review(const cli *c);
int run_apply(const cli *c);
int run_annotate(const cli *c);
int run_info(const cli *c);
int run_verify(const cli *c);
int run_serve(const cli *c);
int run_gazetteer(const cli *c);
int run_help(const cli *c);
int run_version(const cli *c);

/* Prints a command's help to standard output; NULL: the overview. */
void print_help(const command *about);

#endif
