/* Options: what the command line may say, and what it said. */
#ifndef QDX_CLI_OPTION_H
#define QDX_CLI_OPTION_H

#include <quotedex/quotedex.h>

/* Commands as bits, so that an option's row can say which of them take it. */
enum {
    CMD_BUILD = 1 << 0,
    CMD_QUOTES = 1 << 1,
    CMD_ENTITIES = 1 << 2,
    CMD_MENTIONS = 1 << 3,
    CMD_ANNOTATE = 1 << 4,
    CMD_INFO = 1 << 5,
    CMD_VERIFY = 1 << 6,
    CMD_GAZETTEER = 1 << 7,
    CMD_HELP = 1 << 8,
    CMD_VERSION = 1 << 9,
    CMD_EXPLAIN = 1 << 10,
    CMD_EXPORT = 1 << 16,
    CMD_CHECK = 1 << 17,
    CMD_UPDATE = 1 << 11,
    CMD_MERGE = 1 << 12,
    CMD_COMPARE = 1 << 18,
    CMD_TIMELINE = 1 << 19,
    CMD_REVIEW = 1 << 20,
    CMD_APPLY = 1 << 21,
    CMD_SERVE = 1 << 24,
    CMD_ALL = (1 << 30) - 1,
    CMD_ROWS = CMD_QUOTES | CMD_ENTITIES | CMD_MENTIONS | CMD_INFO | CMD_CHECK | CMD_COMPARE |
               CMD_TIMELINE | CMD_REVIEW,
    CMD_FILTERS = CMD_QUOTES | CMD_COMPARE | CMD_TIMELINE,
    CMD_DATED = CMD_FILTERS | CMD_MENTIONS,
    CMD_READS = CMD_BUILD | CMD_ANNOTATE | CMD_UPDATE,
    CMD_PLAIN = CMD_HELP | CMD_VERSION, /* work without settings */
};

/* Values of choices, in the order in which option.c names them. */
enum { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };
enum { PROGRESS_AUTO, PROGRESS_NEVER, PROGRESS_JSON };
enum { ANNOTATE_JSONL, ANNOTATE_ANNOTATED };

/* All zero: nothing was said. Texts are borrowed from argv, the environment or `kept`. */
typedef struct options {
    char **kept; /* owned: texts that were read or made */
    size_t kept_count;
    const char *output, *format, *by, *about, *text, *source, *match, *files_from, *from,
        *names_from, *table, *decisions;
    const char **gazetteers; /* owned array */
    size_t gazetteer_count;
    const char **arguments; /* owned array: what is no option, in order */
    size_t argument_count;
    uint64_t jobs, limit, port;
    uint64_t memory;
    uint64_t max_size, max_expanded, max_ratio, max_depth, max_tag, max_words, max_seconds;
    const char *map;
    double min_confidence;
    qdx_date since, until;
    unsigned kinds;
    int sort, entity_sort, period, color, progress, annotate_format, completion;
    int entity_type; /* 0: all, else qdx_entity_type + 1 */
    bool quiet, verbose, null, no_default_gazetteer, no_guard, no_context, fragments, skipped,
        inputs;
    bool unique, help, man;
} options;

/*
 * Reads argv[0..argc) as arguments of the command with bit `command`, over what *result already
 * says. False after a message in *error (QDX_ERR_ARGUMENT, or _MEMORY).
 */
bool options_parse(int argc, char **argv, unsigned command, options *result, qdx_error *error);

/* One gazetteer more; the path is borrowed. False after a message. */
bool options_add_gazetteer(options *result, const char *path, qdx_error *error);

/* Hands over a text of malloc, to live as long as *result. Returns it; NULL after a message. */
char *options_keep(options *result, char *text, qdx_error *error);
void options_release(options *result);

/* The option of a command that takes a name, the first of them; NULL: it has none. */
const char *option_taking_name(unsigned command);

/* Prints the options of a command as its help shows them. */
void options_print(unsigned command);

#endif
