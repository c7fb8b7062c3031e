/* quotedex quotes: every quotation of an index that matches, a row each. */
#include <inttypes.h>

#include "cli/article_source.h"
#include "cli/bearers.h"
#include "cli/build_options.h"
#include "cli/index_open.h"
#include "cli/input.h"
#include "cli/message.h"
#include "cli/name_list.h"
#include "cli/nothing.h"
#include "cli/question.h"
#include "cli/record.h"

/* One run: names asked for one after the other, their rows in one table. */
typedef struct asking {
    const cli *c;
    const qdx_index *index;
    article_source articles;
    output out;
    record_writer rows; /* opened with the first answer */
    qdx_result *result; /* the last answer, with the name it is to, until its notes are written */
    const char *name;
    uint64_t shown, total, missing, unread;
} asking;

static void finish_result(asking *a)
{
    if (!a->result)
        return;
    note_bearers(a->c, a->result, a->name, "--by ");
    qdx_result_free(a->result);
    a->result = NULL;
}

static qdx_status write_hits(asking *a, size_t count, qdx_error *error)
{
    qdx_status status = QDX_OK;
    if (!a->rows.rows)
        status = record_open(&a->rows, &a->out, a->c, &quote_records, false, error);
    for (size_t i = 0; i < count && status == QDX_OK; i++)
        status = *a->c->stop ? QDX_ERR_INTERRUPTED
                             : record_write(&a->rows, qdx_result_hit_at(a->result, i), error);
    return status;
}

static qdx_status ask(asking *a, const char *name, qdx_error *error)
{
    const options *o = &a->c->options;
    const qdx_text_source source = {article_source_read, &a->articles};
    uint64_t left = o->limit - a->shown; /* only read when there is a limit */
    qdx_query query = question_of(o, name);
    query.limit = o->limit && !left ? 1 : o->limit ? left : 0;
    query.articles = &source;
    query.without_contexts = o->no_context || output_is_table(&a->out, a->c);
    finish_result(a);
    qdx_status status = qdx_query_quotes(a->index, &query, &a->result, error);
    if (status != QDX_OK)
        return status;
    size_t count = o->limit && !left ? 0 : qdx_result_hit_count(a->result);
    a->name = name;
    a->total += qdx_result_total(a->result);
    a->shown += count;
    a->unread += qdx_result_unread(a->result);
    a->missing += bearers_unknown(a->result);
    return write_hits(a, count, error);
}

/* Asks for each name of the list, or for what --by says. */
static qdx_status ask_all(asking *a, const name_list *names, qdx_error *error)
{
    qdx_status status = names->count ? QDX_OK : ask(a, a->c->options.by, error);
    for (size_t i = 0; i < names->count && status == QDX_OK; i++)
        status = ask(a, names->names[i], error);
    if (status == QDX_OK)
        status = record_note_count(&a->rows, a->shown, a->total, error);
    return status == QDX_OK ? record_finish(&a->rows, &a->out, error) : status;
}

static int account(asking *a, const name_list *names)
{
    const cli *c = a->c;
    bool unknown = !names->count && c->options.by && a->missing;
    note_count(c, a->shown, a->total, "quote", "quotes");
    note_unread(c, a->unread);
    finish_result(a);
    if (names->count)
        note(c, "%zu name%s asked for, %" PRIu64 " of them not found", names->count,
             plural(names->count), a->missing);
    if (!a->total && !unknown && !names->count)
        note_nothing(c, a->index, c->options.by);
    return a->shown ? EXIT_DONE : EXIT_NOTHING;
}

static int print_answers(asking *a, const name_list *names)
{
    qdx_error error = {0};
    qdx_status status = output_open(&a->out, a->c, &error);
    if (status != QDX_OK)
        return report(a->c, &error);
    status = ask_all(a, names, &error);
    article_source_release(&a->articles);
    record_release(&a->rows);
    output_close(&a->out);
    int exit = status == QDX_OK ? account(a, names) : output_exit(&a->out, a->c, status, &error);
    qdx_result_free(a->result);
    return exit;
}

static qdx_status read_names(const cli *c, name_list *names, qdx_error *error)
{
    if (!c->options.names_from)
        return QDX_OK;
    return name_list_read(names, c->options.names_from, error);
}

int run_quotes(const cli *c)
{
    const options *o = &c->options;
    qdx_error error = {0};
    qdx_index *index = NULL;
    name_list names = {0};
    if (o->by && o->names_from)
        return usage_error(c, "--by and --names-from do not go together");
    if (question_is_void(o))
        return usage_error(c, "--since is later than --until");
    qdx_status status = index_open(c, &index, &error);
    if (status == QDX_OK)
        status = read_names(c, &names, &error);
    int exit;
    if (status == QDX_OK) {
        asking a = {.c = c, .index = index, .articles.options = build_options_reader(c, index)};
        exit = print_answers(&a, &names);
    } else {
        exit = report(c, &error);
    }
    name_list_release(&names);
    qdx_index_close(index);
    return exit;
}
