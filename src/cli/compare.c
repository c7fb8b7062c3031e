/*
 * quotedex compare: what several people said, side by side. A row a day; what somebody said more on
 * that day goes on in rows below. Every quotation stands once, with its article beside it.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/bearers.h"
#include "cli/index_open.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/question.h"

enum { MOST_PEOPLE = 50, CELLS = 2 }; /* columns of each: the words, the article */

/* Somebody who is compared. */
typedef struct compared {
    char *name;         /* owned: as typed */
    char *source_title; /* owned: the name of the second column */
    qdx_result *result;
    size_t next; /* the first quotation not written yet */
} compared;

typedef struct comparison {
    const cli *c;
    compared people[MOST_PEOPLE];
    size_t count;
    uint64_t quotes, rows;
} comparison;

static void release(comparison *k)
{
    for (size_t i = 0; i < k->count; i++) {
        free(k->people[i].name);
        free(k->people[i].source_title);
        qdx_result_free(k->people[i].result);
    }
}

/* Adds a name without blanks at its ends; none when it is empty. */
static qdx_status add_name(comparison *k, const char *name, size_t size, qdx_error *error)
{
    while (size && *name == ' ') {
        name++;
        size--;
    }
    while (size && name[size - 1] == ' ')
        size--;
    if (!size)
        return QDX_OK;
    if (k->count == MOST_PEOPLE)
        return fail(error, QDX_ERR_LIMIT, "compare", "more than 50 people");
    char *copy = strndup(name, size), *title = NULL;
    if (!copy || asprintf(&title, "%s (source)", copy) < 0) {
        free(copy);
        return fail(error, QDX_ERR_MEMORY, "compare", "out of memory");
    }
    k->people[k->count++] = (compared){.name = copy, .source_title = title};
    return QDX_OK;
}

/* Names stand between commas, or between semicolons where names have commas of their own. */
static qdx_status read_names(comparison *k, qdx_error *error)
{
    const options *o = &k->c->options;
    qdx_status status = QDX_OK;
    for (size_t i = 1; i < o->argument_count; i++) {
        const char *separator = strchr(o->arguments[i], ';') ? ";" : ",";
        for (const char *p = o->arguments[i]; *p && status == QDX_OK;) {
            size_t size = strcspn(p, separator);
            status = add_name(k, p, size, error);
            p += size + (p[size] != '\0');
        }
    }
    return status;
}

static qdx_status ask_all(comparison *k, const qdx_index *index, qdx_error *error)
{
    qdx_status status = QDX_OK;
    for (size_t i = 0; i < k->count && status == QDX_OK; i++) {
        qdx_query query = question_of(&k->c->options, k->people[i].name);
        query.sort = QDX_SORT_DATE;
        query.without_text = true;
        status = qdx_query_quotes(index, &query, &k->people[i].result, error);
        if (status == QDX_OK)
            k->quotes += qdx_result_hit_count(k->people[i].result);
    }
    return status;
}

static int32_t date_number(qdx_date date)
{
    return date.year ? date.year * 512 + date.month * 32 + date.day : INT32_MAX; /* undated last */
}

static const qdx_hit *next_hit(const compared *person)
{
    return qdx_result_hit_at(person->result, person->next);
}

/* The earliest day that is not written yet; NULL at the end. */
static const qdx_hit *earliest(const comparison *k)
{
    const qdx_hit *first = NULL;
    for (size_t i = 0; i < k->count; i++) {
        const qdx_hit *hit = next_hit(&k->people[i]);
        if (hit && (!first || date_number(hit->date) < date_number(first->date)))
            first = hit;
    }
    return first;
}

/* One row: of everybody the next quotation of that day. */
static qdx_status write_row(comparison *k, qdx_rows *rows, qdx_date day, qdx_error *error)
{
    qdx_cell cells[1 + CELLS * MOST_PEOPLE] = {{0}};
    char date[16];
    cells[0].text = *qdx_date_format(day, date) ? date : NULL;
    for (size_t i = 0; i < k->count; i++) {
        compared *person = &k->people[i];
        const qdx_hit *hit = next_hit(person);
        if (!hit || date_number(hit->date) != date_number(day))
            continue;
        cells[1 + CELLS * i].text = hit->quote;
        cells[2 + CELLS * i].text = *hit->url ? hit->url : hit->path;
        person->next++;
    }
    k->rows++;
    return qdx_rows_write(rows, cells, error);
}

static qdx_status open_rows(const comparison *k, output *out, qdx_rows **rows, qdx_error *error)
{
    qdx_column columns[1 + CELLS * MOST_PEOPLE] = {{"date", QDX_CELL_DATE, 10}};
    for (size_t i = 0; i < k->count; i++) {
        columns[1 + CELLS * i] = (qdx_column){k->people[i].name, QDX_CELL_TEXT, 40};
        columns[2 + CELLS * i] = (qdx_column){k->people[i].source_title, QDX_CELL_LINK, 0};
    }
    return output_rows(out, k->c, "compare", false, columns, 1 + CELLS * k->count, rows, error);
}

static qdx_status write_all(comparison *k, output *out, qdx_error *error)
{
    qdx_rows *rows = NULL;
    const qdx_hit *hit;
    qdx_status status = open_rows(k, out, &rows, error);
    while (status == QDX_OK && (hit = earliest(k)) != NULL)
        status = *k->c->stop ? QDX_ERR_INTERRUPTED : write_row(k, rows, hit->date, error);
    if (status == QDX_OK)
        status = qdx_rows_finish(rows, error);
    qdx_rows_close(rows);
    return status == QDX_OK ? output_finish(out, error) : status;
}

static int print_comparison(comparison *k)
{
    qdx_error error = {0};
    output out;
    qdx_status status = output_open(&out, k->c, &error);
    if (status != QDX_OK)
        return report(k->c, &error);
    status = write_all(k, &out, &error);
    output_close(&out);
    if (status != QDX_OK)
        return output_exit(&out, k->c, status, &error);
    note(k->c, "%" PRIu64 " quote%s in %" PRIu64 " row%s", k->quotes, plural(k->quotes), k->rows,
         plural(k->rows));
    for (size_t i = 0; i < k->count; i++)
        note_bearers(k->c, k->people[i].result, k->people[i].name, "");
    return k->quotes ? EXIT_DONE : EXIT_NOTHING;
}

int run_compare(const cli *c)
{
    qdx_error error = {0};
    qdx_index *index = NULL;
    comparison k = {.c = c};
    if (question_is_void(&c->options))
        return usage_error(c, "--since is later than --until");
    qdx_status status = read_names(&k, &error);
    if (status == QDX_OK && k.count == 0) {
        release(&k);
        return usage_error(c, "compare wants names between commas");
    }
    if (status == QDX_OK)
        status = index_open(c, &index, &error);
    if (status == QDX_OK)
        status = ask_all(&k, index, &error);
    int exit = status == QDX_OK ? print_comparison(&k) : report(c, &error);
    release(&k);
    qdx_index_close(index);
    return exit;
}
