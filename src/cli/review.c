/* quotedex review: what an index doubts and a person could tell, as a table to fill in. */
#include <inttypes.h>
#include <stddef.h>

#include "cli/article_source.h"
#include "cli/index_open.h"
#include "cli/message.h"
#include "cli/record.h"

enum { LIMIT = 200 };

/* A row to be filled in. */
typedef struct review_row {
    const char *question, *decision;
    qdx_doubt doubt;
} review_row;

#define ROW(member) offsetof(review_row, member), 0
#define TEXT(name, width, member)                                                                  \
    {                                                                                              \
        {name, QDX_CELL_TEXT, width}, FIELD_TEXT, ROW(member)                                      \
    }

static const field fields[] = {
    TEXT("question", 10, question),
    TEXT("decision", 8, decision),
    TEXT("subject", 20, doubt.subject),
    TEXT("other", 20, doubt.other),
    TEXT("reason", 10, doubt.reason),
    {{"doubt", QDX_CELL_REAL, 5}, FIELD_SHARE, ROW(doubt.doubt)},
    {{"mentions", QDX_CELL_INTEGER, 8}, FIELD_U64, ROW(doubt.mentions)},
    {{"quote", QDX_CELL_FOCUS, 40}, FIELD_TEXT, ROW(doubt.hit.quote)},
    {{"context_before", QDX_CELL_BEFORE, 0}, FIELD_TEXT, ROW(doubt.hit.context_before)},
    {{"context_after", QDX_CELL_AFTER, 0}, FIELD_TEXT, ROW(doubt.hit.context_after)},
    {{"date", QDX_CELL_DATE, 0}, FIELD_DATE, ROW(doubt.hit.date)},
    TEXT("path", 0, doubt.hit.path),
    TEXT("quote_id", 0, doubt.hit.quote_id),
    TEXT("subject_id", 0, doubt.subject_id),
    TEXT("other_id", 0, doubt.other_id),
};

static const record_type review_records = RECORD_TYPE("review", fields);

static qdx_status write_doubts(output *out, const cli *c, const qdx_doubts *doubts,
                               qdx_error *error)
{
    record_writer writer = {0};
    qdx_status status = record_open(&writer, out, c, &review_records, false, error);
    for (size_t i = 0; i < qdx_doubt_count(doubts) && status == QDX_OK; i++) {
        review_row row = {.decision = "", .doubt = *qdx_doubt_at(doubts, i)};
        row.question = qdx_decision_kind_name(row.doubt.kind);
        status = *c->stop ? QDX_ERR_INTERRUPTED : record_write(&writer, &row, error);
    }
    if (status == QDX_OK)
        status = record_finish(&writer, out, error);
    record_release(&writer);
    return status;
}

static int print_doubts(const cli *c, const qdx_doubts *doubts)
{
    qdx_error error = {0};
    output out;
    qdx_status status = output_open(&out, c, &error);
    if (status != QDX_OK)
        return report(c, &error);
    status = write_doubts(&out, c, doubts, &error);
    output_close(&out);
    if (status != QDX_OK)
        return output_exit(&out, c, status, &error);
    size_t count = qdx_doubt_count(doubts);
    uint64_t total = qdx_doubt_total(doubts);
    if (count < total)
        note(c, "%zu of %" PRIu64 " doubts, the weightiest first (--limit)", count, total);
    else
        note(c, "%zu doubt%s", count, plural(count));
    return count ? EXIT_DONE : EXIT_NOTHING;
}

int run_review(const cli *c)
{
    qdx_error error = {0};
    qdx_index *index = NULL;
    qdx_doubts *doubts = NULL;
    article_source articles = {0};
    const qdx_text_source source = {article_source_read, &articles};
    qdx_status status = index_open(c, &index, &error);
    if (status == QDX_OK)
        status = qdx_review(index, c->options.limit ? c->options.limit : LIMIT, &source, &doubts,
                            &error);
    article_source_release(&articles);
    int exit = status == QDX_OK ? print_doubts(c, doubts) : report(c, &error);
    qdx_doubts_free(doubts);
    qdx_index_close(index);
    return exit;
}
