/*
 * Settings. The file is lines of `option = value` with the long names of options; the environment
 * has QUOTEDEX_OPTION. Only options that say how to work may be set, none that says what to work
 * on: a command line must mean the same articles and the same conditions everywhere.
 */
#include "cli/settings.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/message.h"
#include "cli/option_table.h"
#include "cli/stream.h"
#include "cli/suggest.h"

static const char *const settable[] = {
    "color",    "format", "gazetteer", "jobs",  "no-default-gazetteer",
    "no-guard", "port",   "progress",  "quiet", "verbose",
};

enum { LONGEST_PATH = 4096, LONGEST_NAME = 64, LARGEST_FILE = 1 << 20 };

const char *setting_at(size_t i)
{
    return i < sizeof settable / sizeof settable[0] ? settable[i] : NULL;
}

static bool wrong(qdx_error *error, const char *file, const char *message)
{
    fail(error, QDX_ERR_ARGUMENT, file, message);
    return false;
}

/* "yes" and its like set a flag, "no" and its like leave it. */
static bool read_flag(const char *value, bool *on)
{
    static const char *const words[] = {"no", "yes", "false", "true", "0", "1", "off", "on"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i], value) == 0) {
            *on = i % 2;
            return true;
        }
    return false;
}

static bool set_one(options *result, const option *o, const char *value, qdx_error *error)
{
    bool on = true;
    if (o->type != TYPE_FLAG)
        return option_set(result, o, value, error);
    if (!read_flag(value, &on)) {
        wrong(error, "", "");
        snprintf(error->message, sizeof error->message, "%s wants yes or no, not '%.80s'", o->name,
                 value);
        return false;
    }
    return !on || option_set(result, o, NULL, error);
}

/*
 * Several commands may have an option of one name with values of their own (--format). A value has
 * to suit one of them; it is taken when it suits the one that runs.
 */
static bool set_by_name(options *result, unsigned bit, const char *name, const char *value,
                        qdx_error *error)
{
    const option *o;
    bool good = false;
    memset(error, 0, sizeof *error);
    for (size_t i = 0; (o = option_at(i)); i++) {
        options unused = {0};
        bool here = o->commands & bit;
        qdx_error problem = {0};
        if (strcmp(o->name, name) != 0)
            continue;
        bool fits = set_one(&unused, o, value, &problem);
        free(unused.gazetteers);
        if (fits && here)
            fits = set_one(result, o, value, &problem);
        good |= fits;
        if (!fits && !error->code)
            *error = problem;
    }
    return good;
}

static bool is_settable(const char *name)
{
    for (size_t i = 0; setting_at(i); i++)
        if (strcmp(setting_at(i), name) == 0)
            return true;
    return false;
}

static bool unknown_setting(const char *name, qdx_error *error)
{
    wrong(error, "", "");
    snprintf(error->message, sizeof error->message, "'%.60s' cannot be set here", name);
    for (size_t i = 0; setting_at(i); i++)
        if (is_near(name, edit_distance(name, setting_at(i))))
            snprintf(error->hint, sizeof error->hint, "did you mean %s?", setting_at(i));
    return false;
}

/* --- the file ----------------------------------------------------------------------------- */

/* Cuts blanks off both ends. */
static char *trim(char *text)
{
    text += strspn(text, " \t\r");
    size_t size = strlen(text);
    while (size && strchr(" \t\r", text[size - 1]))
        text[--size] = '\0';
    return text;
}

/* "~/" is the home folder, as in a shell; the path made is kept in *result. */
static const char *expand(const char *value, options *result, qdx_error *error)
{
    const char *home = getenv("HOME");
    if (strncmp(value, "~/", 2) != 0 || !home)
        return value;
    size_t size = strlen(home) + strlen(value);
    char *path = options_keep(result, malloc(size), error);
    if (path)
        snprintf(path, size, "%s%s", home, value + 1);
    return path;
}

static bool read_line(char *line, unsigned bit, options *result, qdx_error *error)
{
    char *equals = strchr(line, '=');
    if (!equals)
        return wrong(error, "", "a line is 'option = value'");
    *equals = '\0';
    const char *name = trim(line), *value = trim(equals + 1);
    if (!is_settable(name))
        return unknown_setting(name, error);
    value = expand(value, result, error);
    return value && set_by_name(result, bit, name, value, error);
}

static bool read_lines(char *text, const char *path, unsigned bit, options *result,
                       qdx_error *error)
{
    uint32_t number = 1;
    for (char *line = text, *next; line; line = next, number++) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        char *content = trim(line);
        if (!*content || *content == '#')
            continue;
        if (!read_line(content, bit, result, error)) {
            snprintf(error->file, sizeof error->file, "%.*s", (int)sizeof error->file - 1, path);
            error->line = number;
            return false;
        }
    }
    return true;
}

/* Where the file is: $QUOTEDEX_CONFIG, else under XDG_CONFIG_HOME or ~/.config. "": nowhere. */
static void find_file(char path[static LONGEST_PATH], bool *named)
{
    const char *chosen = getenv("QUOTEDEX_CONFIG");
    const char *base = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    *path = '\0';
    *named = chosen && *chosen;
    if (chosen)
        snprintf(path, LONGEST_PATH, "%s", chosen);
    else if (base && *base == '/')
        snprintf(path, LONGEST_PATH, "%s/quotedex/config", base);
    else if (home && *home)
        snprintf(path, LONGEST_PATH, "%s/.config/quotedex/config", home);
}

static bool read_file(unsigned bit, options *result, qdx_error *error)
{
    char path[LONGEST_PATH];
    bool named;
    size_t size = 0;
    find_file(path, &named);
    if (!*path)
        return true;
    FILE *stream = fopen(path, "rbe");
    if (!stream) {
        if (errno == ENOENT && !named)
            return true;
        const char *reason = strerrordesc_np(errno);
        fail(error, QDX_ERR_IO, path, "");
        snprintf(error->message, sizeof error->message, "cannot open the settings: %s",
                 reason ? reason : "unknown error");
        return false;
    }
    char *text;
    qdx_status status = stream_read(stream, path, &text, &size, error);
    fclose(stream);
    if (status != QDX_OK || !options_keep(result, text, error))
        return false;
    if (size > LARGEST_FILE || memchr(text, '\0', size))
        return wrong(error, path, "is no file of settings");
    return read_lines(text, path, bit, result, error);
}

/* --- the environment ---------------------------------------------------------------------- */

/* "no-guard" is QUOTEDEX_NO_GUARD. */
static void variable_name(const char *setting, char name[static LONGEST_NAME])
{
    snprintf(name, LONGEST_NAME, "QUOTEDEX_%s", setting);
    for (char *p = name; *p; p++)
        *p = *p == '-' ? '_' : *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;
}

static bool read_environment(unsigned bit, options *result, qdx_error *error)
{
    for (size_t i = 0; setting_at(i); i++) {
        char name[LONGEST_NAME];
        variable_name(setting_at(i), name);
        const char *value = getenv(name);
        if (value && *value && !set_by_name(result, bit, setting_at(i), value, error)) {
            snprintf(error->file, sizeof error->file, "%s", name);
            return false;
        }
    }
    return true;
}

bool settings_read(unsigned bit, options *result, qdx_error *error)
{
    return read_file(bit, result, error) && read_environment(bit, result, error);
}
