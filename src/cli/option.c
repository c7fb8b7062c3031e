/*
 * The option table, and the one parser that reads it: `--name value`, `--name=value`, `-nvalue`,
 * clusters of flags, options after arguments, `--` to end them. Help is printed from the same
 * table.
 */
#include "cli/option.h"

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/suggest.h"

typedef enum option_type {
    TYPE_FLAG,   /* bool */
    TYPE_TEXT,   /* const char * */
    TYPE_FORMAT, /* const char *, one of the library's row formats */
    TYPE_LIST,   /* repeatable: options.gazetteers */
    TYPE_COUNT,  /* uint64_t, above zero */
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

#define AT(field) offsetof(options, field)

static const option table[] = {
    {0, "by", "NAME", TYPE_TEXT, AT(by), CMD_QUOTES, NULL,
     "whose words: a name in any spelling, a surname, or an office"},
    {0, "names-from", "FILE", TYPE_TEXT, AT(names_from), CMD_QUOTES, NULL,
     "ask for each name in FILE: one a line, or a CSV with a column name"},
    {0, "about", "NAME", TYPE_TEXT, AT(about), CMD_QUOTES, NULL,
     "quotations that mention this person, organization or place"},
    {0, "text", "WORDS", TYPE_TEXT, AT(text), CMD_QUOTES, NULL,
     "quotations with all these words; \"in double quotes\" in sequence"},
    {0, "since", "DATE", TYPE_DATE, AT(since), CMD_QUOTES, NULL,
     "articles from this day on: 2014, 2014-03 or 2014-03-11"},
    {0, "until", "DATE", TYPE_DATE, AT(until), CMD_QUOTES, NULL,
     "articles up to this day, included"},
    {0, "kind", "KINDS", TYPE_SET, AT(kinds), CMD_QUOTES, "direct|mixed|indirect",
     "direct, mixed, indirect, between commas (default direct,mixed)"},
    {0, "source", "WORDS", TYPE_TEXT, AT(source), CMD_QUOTES, NULL,
     "articles with this in their path, address or outlet"},
    {0, "min-confidence", "X", TYPE_PART, AT(min_confidence), CMD_QUOTES, NULL,
     "leave out speakers less sure than X, 0 to 1"},
    {0, "unique", NULL, TYPE_FLAG, AT(unique), CMD_QUOTES, NULL,
     "the same words by the same speaker once, with their number"},
    {0, "sort", "KEY", TYPE_CHOICE, AT(sort), CMD_QUOTES, "date|speaker|path|confidence",
     "date (default), speaker, path or confidence"},
    {0, "limit", "N", TYPE_COUNT, AT(limit), CMD_QUOTES, NULL, "at most N rows"},
    {0, "type", "TYPE", TYPE_CHOICE, AT(entity_type), CMD_ENTITIES | CMD_GAZETTEER,
     "all|person|organization|place", "person, organization or place"},
    {0, "from", "FORMAT", TYPE_TEXT, AT(from), CMD_GAZETTEER, NULL,
     "import: the list's format (default: what it looks like)"},
    {0, "match", "NAME", TYPE_TEXT, AT(match), CMD_ENTITIES, NULL,
     "only entities this name may mean, in any spelling"},
    {'o', "output", "INDEX", TYPE_TEXT, AT(output), CMD_BUILD, NULL,
     "the index file to write (default quotedex.qdx)"},
    {'o', "output", "FILE", TYPE_TEXT, AT(output), CMD_ROWS | CMD_ANNOTATE | CMD_GAZETTEER, NULL,
     "write there instead of standard output"},
    {'f', "format", "FORMAT", TYPE_FORMAT, AT(format), CMD_ROWS, NULL,
     "table (default on a terminal), csv (default elsewhere), excel, tsv, jsonl, xlsx, html, "
     "sqlite, bibtex, csl"},
    {'f', "format", "FORMAT", TYPE_CHOICE, AT(annotate_format), CMD_ANNOTATE, "jsonl|annotated",
     "jsonl (default), or annotated: the text with marks for people"},
    {0, "no-guard", NULL, TYPE_FLAG, AT(no_guard), CMD_ROWS, NULL,
     "no ' before cells that a spreadsheet would run as a formula"},
    {0, "fragments", NULL, TYPE_FLAG, AT(fragments), CMD_QUOTES | CMD_MENTIONS, NULL,
     "addresses lead to the words in the article (#:~:text=)"},
    {'g', "gazetteer", "PATH", TYPE_LIST, 0, CMD_READS | CMD_GAZETTEER | CMD_EXPLAIN, NULL,
     "add a name list, or a folder of them; repeatable"},
    {0, "no-default-gazetteer", NULL, TYPE_FLAG, AT(no_default_gazetteer),
     CMD_READS | CMD_GAZETTEER | CMD_EXPLAIN, NULL,
     "without the names that come with the program; its word lists stay"},
    {0, "files-from", "FILE", TYPE_TEXT, AT(files_from), CMD_READS, NULL,
     "read paths from FILE, one a line; - is standard input"},
    {'0', "null", NULL, TYPE_FLAG, AT(null), CMD_READS, NULL,
     "paths of --files-from end with a zero byte, as find -print0 writes"},
    {'j', "jobs", "N", TYPE_COUNT, AT(jobs), CMD_READS, NULL, "threads (default: all cores)"},
    {0, "progress", "WHEN", TYPE_CHOICE, AT(progress), CMD_READS, "auto|never|json",
     "auto (default: on a terminal), never, or json lines"},
    {0, "color", "WHEN", TYPE_CHOICE, AT(color), CMD_ALL, "auto|always|never",
     "auto (default), always or never"},
    {'q', "quiet", NULL, TYPE_FLAG, AT(quiet), CMD_ALL, NULL, "errors only, no notes and counts"},
    {'v', "verbose", NULL, TYPE_FLAG, AT(verbose), CMD_ALL, NULL, "say more"},
    {'h', "help", NULL, TYPE_FLAG, AT(help), CMD_ALL, NULL, "this text"},
};

enum { OPTION_COUNT = sizeof table / sizeof table[0] };

__attribute__((format(printf, 2, 3))) static bool wrong(qdx_error *error, const char *format, ...)
{
    va_list args;
    memset(error, 0, sizeof *error);
    error->code = QDX_ERR_ARGUMENT;
    va_start(args, format);
    vsnprintf(error->message, sizeof error->message, format, args);
    va_end(args);
    return false;
}

static const option *find_long(const char *name, size_t size, unsigned command)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if ((table[i].commands & command) && strlen(table[i].name) == size &&
            memcmp(table[i].name, name, size) == 0)
            return &table[i];
    return NULL;
}

static const option *find_letter(char letter, unsigned command)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if ((table[i].commands & command) && letter && table[i].letter == letter)
            return &table[i];
    return NULL;
}

static bool unknown_long(const char *argument, size_t size, unsigned command, qdx_error *error)
{
    char typed[48];
    const char *nearest = NULL;
    unsigned best = 0;
    snprintf(typed, sizeof typed, "%.*s", (int)size, argument);
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        unsigned distance = edit_distance(typed, table[i].name);
        if ((table[i].commands & command) && is_near(typed, distance) &&
            (!nearest || distance < best)) {
            nearest = table[i].name;
            best = distance;
        }
    }
    wrong(error, "unknown option '--%s'", typed);
    if (nearest)
        snprintf(error->hint, sizeof error->hint, "did you mean --%s?", nearest);
    return false;
}

/* Where `word` stands among the choices, -1 when it does not. */
static int choice_index(const char *choices, const char *word, size_t size)
{
    int index = 0;
    for (const char *p = choices; p; index++) {
        size_t length = strcspn(p, "|");
        if (length == size && memcmp(p, word, size) == 0)
            return index;
        p = p[length] ? p + length + 1 : NULL;
    }
    return -1;
}

static bool not_a_choice(const option *o, const char *value, qdx_error *error)
{
    wrong(error, "--%s does not know '%s'", o->name, value);
    snprintf(error->hint, sizeof error->hint, "choose from %s", o->choices);
    return false;
}

static bool set_bits(const option *o, const char *value, unsigned *bits, qdx_error *error)
{
    *bits = 0;
    for (const char *p = value; p;) {
        size_t length = strcspn(p, ",");
        int index = choice_index(o->choices, p, length);
        if (index < 0)
            return not_a_choice(o, value, error);
        *bits |= 1u << index;
        p = p[length] ? p + length + 1 : NULL;
    }
    return true;
}

static bool set_count(const option *o, const char *value, uint64_t *count, qdx_error *error)
{
    char *end = NULL;
    errno = 0;
    unsigned long long number = strtoull(value, &end, 10);
    if (*value < '0' || *value > '9' || *end || errno || number == 0)
        return wrong(error, "--%s wants a number above 0, not '%s'", o->name, value);
    *count = number;
    return true;
}

static bool set_part(const option *o, const char *value, double *part, qdx_error *error)
{
    char *end = NULL;
    *part = strtod(value, &end);
    bool digit = (*value >= '0' && *value <= '9') || *value == '.';
    if (!digit || *end || !(*part >= 0 && *part <= 1))
        return wrong(error, "--%s wants a number from 0 to 1, not '%s'", o->name, value);
    return true;
}

static bool set_format(const option *o, const char *value, const char **format, qdx_error *error)
{
    const char *name;
    for (size_t i = 0; (name = qdx_format_at(i, NULL)); i++)
        if (strcmp(name, value) == 0) {
            *format = name;
            return true;
        }
    wrong(error, "--%s does not know '%s'", o->name, value);
    snprintf(error->hint, sizeof error->hint, "choose from %s", o->help);
    return false;
}

static bool set(options *result, const option *o, const char *value, qdx_error *error)
{
    void *place = (char *)result + o->place;
    switch (o->type) {
    case TYPE_FLAG:
        *(bool *)place = true;
        return true;
    case TYPE_TEXT:
        *(const char **)place = value;
        return *value ? true : wrong(error, "--%s is empty", o->name);
    case TYPE_FORMAT:
        return set_format(o, value, place, error);
    case TYPE_LIST:
        result->gazetteers[result->gazetteer_count++] = value;
        return true;
    case TYPE_COUNT:
        return set_count(o, value, place, error);
    case TYPE_PART:
        return set_part(o, value, place, error);
    case TYPE_DATE:
        if (qdx_date_parse(value, place))
            return true;
        wrong(error, "--%s wants a date, not '%s'", o->name, value);
        snprintf(error->hint, sizeof error->hint, "write 2014, 2014-03 or 2014-03-11");
        return false;
    case TYPE_CHOICE:
        *(int *)place = choice_index(o->choices, value, strlen(value));
        return *(int *)place >= 0 ? true : not_a_choice(o, value, error);
    case TYPE_SET:
        return set_bits(o, value, place, error);
    }
    return false;
}

/* What is left of the command line. */
typedef struct reading {
    int argc, at;
    char **argv;
    unsigned command;
} reading;

static bool read_long(reading *r, options *result, qdx_error *error)
{
    const char *name = r->argv[r->at] + 2;
    size_t size = strcspn(name, "=");
    const char *value = name[size] ? name + size + 1 : NULL;
    const option *o = find_long(name, size, r->command);
    if (!o)
        return unknown_long(name, size, r->command, error);
    if (o->type == TYPE_FLAG && value)
        return wrong(error, "--%s takes no value", o->name);
    if (o->type != TYPE_FLAG && !value) {
        if (r->at + 1 >= r->argc)
            return wrong(error, "--%s wants a value: %s", o->name, o->value);
        value = r->argv[++r->at];
    }
    return set(result, o, value, error);
}

static bool read_letters(reading *r, options *result, qdx_error *error)
{
    for (const char *p = r->argv[r->at] + 1; *p; p++) {
        const option *o = find_letter(*p, r->command);
        if (!o)
            return wrong(error, "unknown option '-%c'", *p);
        if (o->type == TYPE_FLAG) {
            set(result, o, NULL, error);
            continue;
        }
        const char *value = p[1] ? p + 1 : NULL;
        if (!value && r->at + 1 >= r->argc)
            return wrong(error, "-%c wants a value: %s", *p, o->value);
        return set(result, o, value ? value : r->argv[++r->at], error);
    }
    return true;
}

bool options_parse(int argc, char **argv, unsigned command, options *result, qdx_error *error)
{
    memset(result, 0, sizeof *result);
    size_t room = (size_t)argc + 1;
    result->gazetteers = calloc(room, sizeof *result->gazetteers);
    result->arguments = calloc(room, sizeof *result->arguments);
    if (!result->gazetteers || !result->arguments) {
        wrong(error, "out of memory");
        error->code = QDX_ERR_MEMORY;
        return false;
    }
    reading r = {.argc = argc, .argv = argv, .command = command};
    bool ended = false, good = true;
    for (; r.at < argc && good; r.at++) {
        const char *argument = argv[r.at];
        if (ended || argument[0] != '-' || !argument[1])
            result->arguments[result->argument_count++] = argument;
        else if (strcmp(argument, "--") == 0)
            ended = true;
        else if (argument[1] == '-')
            good = read_long(&r, result, error);
        else
            good = read_letters(&r, result, error);
    }
    return good;
}

void options_release(options *result)
{
    free(result->gazetteers);
    free(result->arguments);
    memset(result, 0, sizeof *result);
}

void options_print(unsigned command)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const option *o = &table[i];
        char left[48];
        if (!(o->commands & command))
            continue;
        snprintf(left, sizeof left, "--%s%s%s", o->name, o->value ? " " : "",
                 o->value ? o->value : "");
        printf("  %c%c%c %-26s %s\n", o->letter ? '-' : ' ', o->letter ? o->letter : ' ',
               o->letter ? ',' : ' ', left, o->help);
    }
}
