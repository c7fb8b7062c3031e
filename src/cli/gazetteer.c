/* quotedex gazetteer: name lists checked, and asked whom a name means. */
#include <stdlib.h>
#include <string.h>

#include "cli/gazetteer_import.h"
#include "cli/input.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/suggest.h"

enum { MATCHES = 64 };

typedef struct check {
    const cli *cli;
    size_t problems;
} check;

static void count_problem(void *context, const qdx_error *problem)
{
    check *k = context;
    k->problems++;
    report(k->cli, problem);
}

/* Loads what the arguments name, each row's trouble told. */
static qdx_status check_lists(const cli *c, check *k, qdx_gazetteer *gazetteer, qdx_error *error)
{
    char path[4096];
    qdx_status status = QDX_OK;
    size_t count = c->options.argument_count;
    if (count == 1) {
        const char *own = qdx_gazetteer_default_path(path, sizeof path);
        if (!own) {
            error->code = QDX_ERR_ARGUMENT;
            snprintf(error->message, sizeof error->message,
                     "gazetteer check wants the path of a name list");
            return QDX_ERR_ARGUMENT;
        }
        status = qdx_gazetteer_load(gazetteer, own, count_problem, k, error);
    }
    for (size_t i = 1; i < count && status == QDX_OK; i++)
        status = qdx_gazetteer_load(gazetteer, c->options.arguments[i], count_problem, k, error);
    if (status == QDX_OK)
        status = qdx_gazetteer_freeze(gazetteer, error);
    return status == QDX_OK ? qdx_gazetteer_verify(gazetteer, error) : status;
}

static int run_list_check(const cli *c)
{
    qdx_error error = {0};
    check k = {.cli = c};
    qdx_gazetteer *gazetteer = qdx_gazetteer_new(&error);
    if (!gazetteer)
        return report(c, &error);
    int result = EXIT_DONE;
    if (check_lists(c, &k, gazetteer, &error) != QDX_OK)
        result = report(c, &error);
    else if (k.problems)
        result = EXIT_DAMAGED;
    if (error.code == QDX_OK)
        note(c, "entities %zu, names %zu, rows left out %zu", qdx_gazetteer_entity_count(gazetteer),
             qdx_gazetteer_name_count(gazetteer), k.problems);
    qdx_gazetteer_free(gazetteer);
    return result;
}

/* Lists in, one file out that is mapped where it is used. */
static int run_compile(const cli *c)
{
    qdx_error error = {0};
    check k = {.cli = c};
    const char *to = c->options.output;
    if (!to || c->options.argument_count < 2)
        return usage_error(c, "gazetteer compile wants -o FILE.qgz and lists");
    qdx_gazetteer *gazetteer = qdx_gazetteer_new(&error);
    if (!gazetteer)
        return report(c, &error);
    qdx_status status = QDX_OK;
    for (size_t i = 1; i < c->options.argument_count && status == QDX_OK; i++)
        status = qdx_gazetteer_load(gazetteer, c->options.arguments[i], count_problem, &k, &error);
    if (status == QDX_OK)
        status = qdx_gazetteer_compile(gazetteer, to, &error);
    if (status == QDX_OK)
        note(c, "entities %zu, names %zu, rows left out %zu: %s",
             qdx_gazetteer_entity_count(gazetteer), qdx_gazetteer_name_count(gazetteer), k.problems,
             to);
    qdx_gazetteer_free(gazetteer);
    if (status != QDX_OK)
        return report(c, &error);
    return k.problems ? EXIT_SKIPPED : EXIT_DONE;
}

static qdx_status look_up(const qdx_gazetteer *gazetteer, const char *name, output *out,
                          bool *found, qdx_error *error)
{
    qdx_name_match matches[MATCHES];
    size_t count = 0;
    qdx_status status = qdx_gazetteer_lookup(gazetteer, name, matches, MATCHES, &count, error);
    if (status != QDX_OK)
        return status;
    *found |= count > 0;
    return qdx_matches_write_json(name, matches, count, output_sink(out), error);
}

/* Each line of standard input is a name; empty ones too, so that answers stand beside them. */
static qdx_status look_up_stdin(const qdx_gazetteer *gazetteer, output *out, bool *found,
                                qdx_error *error)
{
    char *line = NULL;
    size_t capacity = 0;
    ssize_t size;
    qdx_status status = QDX_OK;
    while (status == QDX_OK && (size = getline(&line, &capacity, stdin)) >= 0) {
        while (size > 0 && (line[size - 1] == '\n' || line[size - 1] == '\r'))
            line[--size] = '\0';
        status = look_up(gazetteer, line, out, found, error);
    }
    free(line);
    return status;
}

static int run_lookup(const cli *c)
{
    qdx_error error = {0};
    output out;
    bool found = false;
    if (c->options.argument_count < 2)
        return usage_error(c, "gazetteer lookup wants names, or - to read them");
    qdx_gazetteer *gazetteer = gazetteers_open(c, &error);
    if (!gazetteer)
        return report(c, &error);
    qdx_status status = output_open(&out, c, &error);
    if (status != QDX_OK) {
        qdx_gazetteer_free(gazetteer);
        return report(c, &error);
    }
    for (size_t i = 1; i < c->options.argument_count && status == QDX_OK; i++) {
        const char *name = c->options.arguments[i];
        if (strcmp(name, "-") == 0)
            status = look_up_stdin(gazetteer, &out, &found, &error);
        else
            status = look_up(gazetteer, name, &out, &found, &error);
    }
    if (status == QDX_OK)
        status = output_finish(&out, &error);
    output_close(&out);
    qdx_gazetteer_free(gazetteer);
    if (status != QDX_OK)
        return output_exit(&out, c, status, &error);
    return found ? EXIT_DONE : EXIT_NOTHING;
}

int run_gazetteer(const cli *c)
{
    static const struct {
        const char *name;
        int (*run)(const cli *c);
    } actions[] = {{"check", run_list_check},
                   {"compile", run_compile},
                   {"import", run_gazetteer_import},
                   {"lookup", run_lookup}};
    const char *wanted = c->options.arguments[0];
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
        if (strcmp(actions[i].name, wanted) == 0)
            return actions[i].run(c);
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
        if (is_near(wanted, edit_distance(wanted, actions[i].name)))
            return usage_error(c, "no such action: gazetteer %s; did you mean %s?", wanted,
                               actions[i].name);
    return usage_error(c, "no such action: gazetteer %s", wanted);
}
