/* quotedex timeline: how many quotations fall on each day, month or year. */
#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "cli/bearers.h"
#include "cli/index_open.h"
#include "cli/message.h"
#include "cli/nothing.h"
#include "cli/question.h"
#include "cli/record.h"

enum { BY_MONTH, BY_DAY, BY_YEAR }; /* in the order in which option.c names them */

/* One period. */
typedef struct period_row {
    qdx_date date; /* without what is finer than the period */
    uint64_t quotes, articles, speakers;
} period_row;

#define ROW(member) offsetof(period_row, member), 0

static const field fields[] = {
    {{"period", QDX_CELL_DATE, 10}, FIELD_DATE, ROW(date)},
    {{"quotes", QDX_CELL_INTEGER, 8}, FIELD_U64, ROW(quotes)},
    {{"articles", QDX_CELL_INTEGER, 8}, FIELD_U64, ROW(articles)},
    {{"speakers", QDX_CELL_INTEGER, 8}, FIELD_U64, ROW(speakers)},
};

static const record_type period_records = RECORD_TYPE("timeline", fields);

static qdx_date period_of(qdx_date date, int period)
{
    if (period != BY_DAY)
        date.day = 0;
    if (period == BY_YEAR)
        date.month = 0;
    return date;
}

static int32_t date_number(qdx_date date)
{
    return date.year ? date.year * 512 + date.month * 32 + date.day : INT32_MAX; /* undated last */
}

/* A quotation as far as counting goes. */
typedef struct counted {
    int32_t period;
    const char *path, *speaker;
    uint32_t part;
    qdx_date date;
} counted;

static int compare_period(const counted *x, const counted *y)
{
    return (x->period > y->period) - (x->period < y->period);
}

static int by_article(const void *a, const void *b)
{
    const counted *x = a, *y = b;
    int order = compare_period(x, y);
    order = order ? order : strcmp(x->path, y->path);
    return order ? order : (x->part > y->part) - (x->part < y->part);
}

static int by_speaker(const void *a, const void *b)
{
    const counted *x = a, *y = b;
    int order = compare_period(x, y);
    return order ? order : strcmp(x->speaker, y->speaker);
}

static bool same_speaker(const counted *x, const counted *y)
{
    return strcmp(x->speaker, y->speaker) == 0;
}

/* Counts what differs in each period, in the order `compare` gives. */
static void count_distinct(counted *items, size_t count, bool speakers, period_row *rows)
{
    size_t row = 0;
    if (count)
        qsort(items, count, sizeof *items, speakers ? by_speaker : by_article);
    for (size_t i = 0; i < count; i++) {
        bool first = i == 0 || items[i].period != items[i - 1].period;
        row += i > 0 && first;
        if (!speakers) {
            rows[row].date = items[i].date;
            rows[row].quotes++;
            rows[row].articles += first || by_article(&items[i], &items[i - 1]) != 0;
        } else if (*items[i].speaker) {
            rows[row].speakers += first || !same_speaker(&items[i], &items[i - 1]);
        }
    }
}

static size_t count_periods(const counted *items, size_t count)
{
    size_t periods = 0;
    for (size_t i = 0; i < count; i++)
        periods += i == 0 || items[i].period != items[i - 1].period;
    return periods;
}

/* The rows, which the caller frees. NULL without memory. */
static period_row *make_rows(const cli *c, const qdx_result *result, size_t *count)
{
    size_t hits = qdx_result_hit_count(result);
    counted *items = calloc(hits + 1, sizeof *items);
    period_row *rows = calloc(hits + 1, sizeof *rows);
    for (size_t i = 0; items && rows && i < hits; i++) {
        const qdx_hit *hit = qdx_result_hit_at(result, i);
        qdx_date date = period_of(hit->date, c->options.period);
        items[i] = (counted){date_number(date), hit->path, hit->speaker_id, hit->part, date};
    }
    if (!items || !rows) {
        free(items);
        free(rows);
        return NULL;
    }
    count_distinct(items, hits, false, rows);
    *count = count_periods(items, hits);
    count_distinct(items, hits, true, rows);
    free(items);
    return rows;
}

static const void *row_at(const void *rows, size_t i)
{
    return (const period_row *)rows + i;
}

static int print_timeline(const cli *c, const qdx_index *index, const qdx_result *result)
{
    qdx_error error = {0};
    output out;
    size_t count = 0;
    period_row *rows = make_rows(c, result, &count);
    if (!rows) {
        fail(&error, QDX_ERR_MEMORY, "", "out of memory");
        return report(c, &error);
    }
    qdx_status status = output_open(&out, c, &error);
    int exit = EXIT_DONE;
    if (status == QDX_OK) {
        status = record_write_all(&out, c, &period_records, row_at, rows, count, count, &error);
        output_close(&out);
        exit = output_exit(&out, c, status, &error);
    } else {
        exit = report(c, &error);
    }
    free(rows);
    if (status != QDX_OK)
        return exit;
    uint64_t total = qdx_result_total(result);
    note(c, "%zu period%s, %" PRIu64 " quote%s", count, plural(count), total, plural(total));
    note_bearers(c, result, c->options.by, "--by ");
    if (!total && !(c->options.by && bearers_unknown(result)))
        note_nothing(c, index, c->options.by);
    return total ? EXIT_DONE : EXIT_NOTHING;
}

int run_timeline(const cli *c)
{
    qdx_error error = {0};
    qdx_index *index = NULL;
    qdx_result *result = NULL;
    qdx_query query = question_of(&c->options, c->options.by);
    query.without_text = true;
    if (question_is_void(&c->options))
        return usage_error(c, "--since is later than --until");
    qdx_status status = index_open(c, &index, &error);
    if (status == QDX_OK)
        status = qdx_query_quotes(index, &query, &result, &error);
    int exit = status == QDX_OK ? print_timeline(c, index, result) : report(c, &error);
    qdx_result_free(result);
    qdx_index_close(index);
    return exit;
}
