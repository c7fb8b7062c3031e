/* The rows of the option table, for the parser and for what is generated from them. */
#ifndef QDX_CLI_OPTION_TABLE_H
#define QDX_CLI_OPTION_TABLE_H

#include "cli/option.h"

typedef enum option_type {
    TYPE_FLAG,   /* bool */
    TYPE_TEXT,   /* const char * */
    TYPE_FORMAT, /* const char *, one of the library's row formats */
    TYPE_LIST,   /* repeatable: options.gazetteers */
    TYPE_COUNT,  /* uint64_t, above zero */
    TYPE_SIZE,   /* uint64_t, above zero; K, M and G may follow */
    TYPE_MAP,    /* const char *, which fields of records are what */
    TYPE_PART,   /* double, 0 to 1 */
    TYPE_DATE,   /* qdx_date */
    TYPE_CHOICE, /* int: place in `choices` */
    TYPE_SET,    /* unsigned: bits by place in `choices` */
} option_type;

typedef struct option {
    char letter; /* 0: none */
    const char *name;
    const char *value; /* how help calls it; NULL for flags */
    option_type type;
    size_t place; /* offset in struct options */
    unsigned commands;
    const char *choices; /* between | */
    const char *help;
} option;

/* The i-th row; NULL after the last. */
const option *option_at(size_t i);

/*
 * Takes a value (NULL for flags) into *result; the text is borrowed. False after a message in
 * *error.
 */
bool option_set(options *result, const option *o, const char *value, qdx_error *error);

#endif
