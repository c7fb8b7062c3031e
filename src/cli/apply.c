/*
 * quotedex apply: takes the decisions from a table that `review` wrote and a person filled in, and
 * adds them to the decisions beside the index. Rows that say nothing are passed over, rows that
 * cannot be understood are told; a later decision replaces an earlier one.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/decisions.h"
#include "cli/index_open.h"
#include "cli/message.h"

/* Holds the id of a name that was typed; NULL where none was. */
typedef struct answer {
    qdx_result *result;
} answer;

/* One application. */
typedef struct applying {
    const cli *c;
    qdx_index *index;
    sheet sheet; /* as filled in */
    int question, decision, quote, subject, other;
    decision_list list;
    answer *answers; /* of each row */
    size_t taken, refused;
} applying;

static bool is_one_of(const char *word, const char *words)
{
    size_t size = strlen(word);
    for (const char *p = words; *p;) {
        size_t length = strcspn(p, "|");
        if (length == size && strncasecmp(p, word, size) == 0)
            return true;
        p += length + (p[length] == '|');
    }
    return false;
}

static bool says_yes(const char *word)
{
    return is_one_of(word, "yes|y|right|same|true|1");
}

static bool says_no(const char *word)
{
    return is_one_of(word, "no|n|wrong|different|nobody|false|0");
}

static void refuse(applying *a, size_t row, const char *why, const char *what)
{
    qdx_error error = {.code = QDX_ERR_ARGUMENT, .line = (uint32_t)row + 1};
    snprintf(error.file, sizeof error.file, "%s", a->c->options.arguments[1]);
    snprintf(error.message, sizeof error.message, "%s '%s'", why, what);
    report_skipped(a->c, &error);
    a->refused++;
}

/* The id of the one person or body a name means; NULL when it means nobody, or several. */
static const char *find_speaker(applying *a, size_t row, const char *name)
{
    qdx_query query = {.by = name, .limit = 1, .without_text = true};
    qdx_result *result;
    if (qdx_query_quotes(a->index, &query, &result, NULL) != QDX_OK)
        return NULL;
    a->answers[row].result = result;
    bool one = qdx_result_bearer_count(result) == 1 && !qdx_result_is_suggestion(result);
    return one ? qdx_result_bearer_at(result, 0)->id : NULL;
}

/* What a row decides; false when it cannot be understood. */
static bool read_decision(applying *a, size_t row, const char *word, qdx_decision *decision)
{
    const char *question = sheet_cell(&a->sheet, row, (size_t)a->question);
    const char *subject = sheet_cell(&a->sheet, row, (size_t)a->subject);
    const char *other = sheet_cell(&a->sheet, row, (size_t)a->other);
    if (strcmp(question, "same") == 0) {
        *decision = (qdx_decision){says_yes(word) ? QDX_DECIDED_SAME : QDX_DECIDED_DIFFERENT,
                                   subject, other};
        if (says_yes(word) || says_no(word))
            return true;
        refuse(a, row, "write yes or no, not", word);
        return false;
    }
    if (strcmp(question, "speaker") != 0) {
        refuse(a, row, "unknown question", question);
        return false;
    }
    *decision =
        (qdx_decision){QDX_DECIDED_SPEAKER, sheet_cell(&a->sheet, row, (size_t)a->quote), subject};
    if (says_no(word))
        decision->other = "";
    else if (!says_yes(word) && !(decision->other = find_speaker(a, row, word))) {
        refuse(a, row, "this is not the name or id of exactly one speaker here:", word);
        return false;
    }
    return true;
}

static qdx_status read_decisions(applying *a, qdx_error *error)
{
    for (size_t row = 1; row < a->sheet.row_count; row++) {
        qdx_decision decision;
        const char *word = sheet_cell(&a->sheet, row, (size_t)a->decision);
        if (!*word || !read_decision(a, row, word, &decision))
            continue;
        if (!decision_list_put(&a->list, decision))
            return fail(error, QDX_ERR_MEMORY, "", "out of memory");
        a->taken++;
    }
    return QDX_OK;
}

static qdx_status open_sheet(applying *a, const char *path, qdx_error *error)
{
    qdx_status status = sheet_read(&a->sheet, path, NULL, error);
    if (status != QDX_OK)
        return status;
    a->question = sheet_column(&a->sheet, "question");
    a->decision = sheet_column(&a->sheet, "decision");
    a->quote = sheet_column(&a->sheet, "quote_id");
    a->subject = sheet_column(&a->sheet, "subject_id");
    a->other = sheet_column(&a->sheet, "other_id");
    if (a->question < 0 || a->decision < 0 || a->quote < 0 || a->subject < 0 || a->other < 0) {
        fail(error, QDX_ERR_ARGUMENT, path, "this is no table of quotedex review");
        snprintf(error->hint, sizeof error->hint,
                 "it needs the columns question, decision, quote_id, subject_id and other_id");
        return error->code;
    }
    a->answers = calloc(a->sheet.row_count + 1, sizeof *a->answers);
    return a->answers ? QDX_OK : fail(error, QDX_ERR_MEMORY, path, "out of memory");
}

static void release(applying *a)
{
    for (size_t i = 0; a->answers && i < a->sheet.row_count; i++)
        qdx_result_free(a->answers[i].result);
    free(a->answers);
    decision_list_release(&a->list);
    sheet_release(&a->sheet);
    qdx_index_close(a->index);
}

int run_apply(const cli *c)
{
    qdx_error error = {0};
    applying a = {.c = c};
    char *beside = decisions_path(c->options.arguments[0]);
    const char *path = c->options.output ? c->options.output : beside;
    qdx_status status = beside ? index_open(c, &a.index, &error)
                               : fail(&error, QDX_ERR_MEMORY, "", "out of memory");
    if (status == QDX_OK)
        status = open_sheet(&a, c->options.arguments[1], &error);
    if (status == QDX_OK)
        status = decision_list_read(&a.list, path, &error);
    if (status == QDX_OK)
        status = read_decisions(&a, &error);
    if (status == QDX_OK && a.taken)
        status = decision_list_write(&a.list, c, path, &error);
    int exit = status == QDX_OK ? EXIT_DONE : report(c, &error);
    if (status == QDX_OK) {
        note(c, "%zu decision%s taken, %zu in all: %s", a.taken, plural(a.taken), a.list.count,
             path);
        exit = a.refused ? EXIT_SKIPPED : EXIT_DONE;
    }
    release(&a);
    free(beside);
    return exit;
}
