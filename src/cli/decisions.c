/*
 * Decisions in a table that people can read: decision, subject, other. It stands beside its index,
 * so that a new build leaves it alone, and may be given to other indexes with --decisions.
 */
#include "cli/decisions.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/list.h"
#include "cli/message.h"
#include "cli/output.h"

void decision_list_release(decision_list *list)
{
    sheet_release(&list->sheet);
    free(list->items);
    list->items = NULL;
}

static bool same_subject(const qdx_decision *a, const qdx_decision *b)
{
    bool speaker = a->kind == QDX_DECIDED_SPEAKER;
    if (speaker != (b->kind == QDX_DECIDED_SPEAKER) || strcmp(a->subject, b->subject) != 0)
        return false;
    return speaker || strcmp(a->other, b->other) == 0;
}

bool decision_list_put(decision_list *list, qdx_decision decision)
{
    for (size_t i = 0; i < list->count; i++)
        if (same_subject(&list->items[i], &decision)) {
            list->items[i] = decision;
            return true;
        }
    if (!list_grow(&list->items, &list->room, list->count, sizeof *list->items))
        return false;
    list->items[list->count++] = decision;
    return true;
}

/* The kind a word of the file means, -1 for none. */
static int kind_of(const char *word)
{
    for (int kind = QDX_DECIDED_SPEAKER; kind <= QDX_DECIDED_DIFFERENT; kind++)
        if (strcmp(qdx_decision_kind_name((qdx_decision_kind)kind), word) == 0)
            return kind;
    return -1;
}

static qdx_status read_rows(decision_list *list, const char *path, qdx_error *error)
{
    const sheet *s = &list->sheet;
    int decision = sheet_column(s, "decision"), subject = sheet_column(s, "subject");
    int other = sheet_column(s, "other");
    if (decision < 0 || subject < 0 || other < 0)
        return fail(error, QDX_ERR_FORMAT, path, "no columns decision, subject and other");
    for (size_t row = 1; row < s->row_count; row++) {
        int kind = kind_of(sheet_cell(s, row, (size_t)decision));
        if (kind < 0) {
            fail(error, QDX_ERR_FORMAT, path, "");
            snprintf(error->message, sizeof error->message, "unknown decision '%s'",
                     sheet_cell(s, row, (size_t)decision));
            return error->code;
        }
        if (!decision_list_put(list, (qdx_decision){(qdx_decision_kind)kind,
                                                    sheet_cell(s, row, (size_t)subject),
                                                    sheet_cell(s, row, (size_t)other)}))
            return fail(error, QDX_ERR_MEMORY, path, "out of memory");
    }
    return QDX_OK;
}

qdx_status decision_list_read(decision_list *list, const char *path, qdx_error *error)
{
    memset(list, 0, sizeof *list);
    if (access(path, F_OK) != 0)
        return QDX_OK;
    qdx_status status = sheet_read(&list->sheet, path, NULL, error);
    return status == QDX_OK ? read_rows(list, path, error) : status;
}

static int compare_decisions(const void *a, const void *b)
{
    const qdx_decision *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    int order = strcmp(x->subject, y->subject);
    return order ? order : strcmp(x->other, y->other);
}

static qdx_status write_rows(const decision_list *list, output *out, const cli *c, qdx_error *error)
{
    static const qdx_column columns[] = {{"decision", QDX_CELL_TEXT, 10},
                                         {"subject", QDX_CELL_TEXT, 30},
                                         {"other", QDX_CELL_TEXT, 30}};
    qdx_rows *rows = NULL;
    qdx_status status = output_rows(out, c, "decisions", false, columns, 3, &rows, error);
    for (size_t i = 0; i < list->count && status == QDX_OK; i++) {
        const qdx_decision *d = &list->items[i];
        const qdx_cell cells[] = {
            {.text = qdx_decision_kind_name(d->kind)}, {.text = d->subject}, {.text = d->other}};
        status = qdx_rows_write(rows, cells, error);
    }
    if (status == QDX_OK)
        status = qdx_rows_finish(rows, error);
    qdx_rows_close(rows);
    return status == QDX_OK ? output_finish(out, error) : status;
}

qdx_status decision_list_write(const decision_list *list, const cli *c, const char *path,
                               qdx_error *error)
{
    cli writing = *c;
    output out;
    writing.options.output = path;
    writing.options.format = "tsv";
    writing.options.no_guard = true;
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, compare_decisions);
    qdx_status status = output_open(&out, &writing, error);
    if (status != QDX_OK)
        return status;
    status = write_rows(list, &out, &writing, error);
    output_close(&out);
    return status;
}

char *decisions_path(const char *index)
{
    char *path;
    return asprintf(&path, "%s.decisions", index) < 0 ? NULL : path;
}

qdx_status decisions_apply(const cli *c, qdx_index *index, qdx_error *error)
{
    const char *named = c->options.decisions;
    char *beside = decisions_path(c->options.arguments[0]);
    decision_list list = {.items = NULL};
    size_t used = 0;
    if (!beside)
        return fail(error, QDX_ERR_MEMORY, "", "out of memory");
    const char *path = named ? named : beside;
    qdx_status status = QDX_OK;
    if (named && access(named, F_OK) != 0)
        status = fail(error, QDX_ERR_IO, named, "no such file of decisions");
    if (status == QDX_OK)
        status = decision_list_read(&list, path, error);
    if (status == QDX_OK && list.count)
        status = qdx_index_decide(index, list.items, list.count, &used, error);
    if (status == QDX_OK && list.count && c->options.verbose)
        note(c, "%zu of %zu decisions of %s are about this index", used, list.count, path);
    decision_list_release(&list);
    free(beside);
    return status;
}
