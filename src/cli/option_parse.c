/*
 * The one parser of options: `--name value`, `--name=value`, `-nvalue`, clusters of flags, options
 * after arguments, `--` to end them. What it knows is the table of option.c.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/option_table.h"
#include "cli/suggest.h"

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

static bool no_memory(qdx_error *error)
{
    wrong(error, "out of memory");
    error->code = QDX_ERR_MEMORY;
    return false;
}

static const option *find_long(const char *name, size_t size, unsigned command)
{
    const option *o;
    for (size_t i = 0; (o = option_at(i)); i++)
        if ((o->commands & command) && strlen(o->name) == size && memcmp(o->name, name, size) == 0)
            break;
    return o;
}

static const option *find_letter(char letter, unsigned command)
{
    const option *o;
    for (size_t i = 0; (o = option_at(i)); i++)
        if ((o->commands & command) && letter && o->letter == letter)
            break;
    return o;
}

static bool unknown_long(const char *argument, size_t size, unsigned command, qdx_error *error)
{
    char typed[48];
    const char *nearest = NULL;
    unsigned best = 0;
    snprintf(typed, sizeof typed, "%.*s", (int)size, argument);
    const option *o;
    for (size_t i = 0; (o = option_at(i)); i++) {
        unsigned distance = edit_distance(typed, o->name);
        if ((o->commands & command) && is_near(typed, distance) && (!nearest || distance < best)) {
            nearest = o->name;
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
    snprintf(error->hint, sizeof error->hint, "choose from %s",
             o->choices + strspn(o->choices, "|"));
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

static bool set_size(const option *o, const char *value, uint64_t *size, qdx_error *error)
{
    static const char units[] = "KMG";
    char *end = NULL;
    errno = 0;
    unsigned long long number = strtoull(value, &end, 10);
    const char *unit = *end ? strchr(units, *end & ~0x20) : NULL;
    unsigned shift = unit ? 10 * (unsigned)(unit - units + 1) : 0;
    if (*value < '0' || *value > '9' || (*end && (!unit || end[1])) || errno || number == 0 ||
        number > UINT64_MAX >> shift)
        return wrong(error, "--%s wants a number above 0, such as 500K or 64M, not '%s'", o->name,
                     value);
    *size = (uint64_t)number << shift;
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

bool options_add_gazetteer(options *result, const char *path, qdx_error *error)
{
    const char **larger =
        reallocarray(result->gazetteers, result->gazetteer_count + 1, sizeof *result->gazetteers);
    if (!larger)
        return no_memory(error);
    result->gazetteers = larger;
    result->gazetteers[result->gazetteer_count++] = path;
    return true;
}

bool option_set(options *result, const option *o, const char *value, qdx_error *error)
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
        return options_add_gazetteer(result, value, error);
    case TYPE_COUNT:
        return set_count(o, value, place, error);
    case TYPE_SIZE:
        return set_size(o, value, place, error);
    case TYPE_MAP:
        *(const char **)place = value;
        return qdx_field_map_check(value, error) == QDX_OK;
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
    return option_set(result, o, value, error);
}

static bool read_letters(reading *r, options *result, qdx_error *error)
{
    for (const char *p = r->argv[r->at] + 1; *p; p++) {
        const option *o = find_letter(*p, r->command);
        if (!o)
            return wrong(error, "unknown option '-%c'", *p);
        if (o->type == TYPE_FLAG) {
            option_set(result, o, NULL, error);
            continue;
        }
        const char *value = p[1] ? p + 1 : NULL;
        if (!value && r->at + 1 >= r->argc)
            return wrong(error, "-%c wants a value: %s", *p, o->value);
        return option_set(result, o, value ? value : r->argv[++r->at], error);
    }
    return true;
}

bool options_parse(int argc, char **argv, unsigned command, options *result, qdx_error *error)
{
    result->arguments = calloc((size_t)argc + 1, sizeof *result->arguments);
    if (!result->arguments)
        return no_memory(error);
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

char *options_keep(options *result, char *text, qdx_error *error)
{
    char **larger =
        text ? reallocarray(result->kept, result->kept_count + 1, sizeof *larger) : NULL;
    if (!larger) {
        free(text);
        no_memory(error);
        return NULL;
    }
    result->kept = larger;
    return result->kept[result->kept_count++] = text;
}

void options_release(options *result)
{
    free(result->gazetteers);
    free(result->arguments);
    for (size_t i = 0; i < result->kept_count; i++)
        free(result->kept[i]);
    free(result->kept);
    memset(result, 0, sizeof *result);
}
