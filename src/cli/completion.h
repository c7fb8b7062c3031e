/* Completions for shells, made from the tables of commands and options. */
#ifndef QDX_CLI_COMPLETION_H
#define QDX_CLI_COMPLETION_H

/* Values of --completion, in the order in which option.c names them. */
enum { COMPLETION_NONE, COMPLETION_BASH, COMPLETION_ZSH, COMPLETION_FISH };

/* Prints the completions of a shell to standard output. */
void print_completion(int shell);

#endif
