/*
 * quotedex check: claimed quotations against the index, a row each with its verdict. It fails
 * closed: what could not be looked through is said, and only what is proven is called exact.
 */
#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "cli/article_source.h"
#include "cli/build_options.h"
#include "cli/index_open.h"
#include "cli/input.h"
#include "cli/message.h"
#include "cli/record.h"
#include "cli/sheet.h"

/* A row of the answer. */
typedef struct check_row {
    qdx_finding finding;
    const char *claim, *speaker, *verdict;
} check_row;

#define ROW(member) offsetof(check_row, member), 0
#define TEXT(name, width, member)                                                                  \
    {                                                                                              \
        {name, QDX_CELL_TEXT, width}, FIELD_TEXT, ROW(member)                                      \
    }

static const field fields[] = {
    {{"claim", QDX_CELL_FOCUS, 50}, FIELD_TEXT, ROW(claim)},
    TEXT("claimed_speaker", 18, speaker),
    TEXT("verdict", 13, verdict),
    {{"similarity", QDX_CELL_REAL, 0}, FIELD_SHARE, ROW(finding.similarity)},
    TEXT("folded", 20, finding.folded),
    TEXT("difference", 40, finding.difference),
    TEXT("note", 20, finding.note),
    TEXT("speaker", 18, finding.hit.speaker),
    TEXT("speaker_id", 0, finding.hit.speaker_id),
    TEXT("speaker_as_written", 0, finding.hit.speaker_as_written),
    TEXT("quote", 0, finding.hit.quote),
    TEXT("quote_id", 0, finding.hit.quote_id),
    {{"confidence", QDX_CELL_REAL, 0}, FIELD_SHARE, ROW(finding.hit.confidence)},
    {{"date", QDX_CELL_DATE, 0}, FIELD_DATE, ROW(finding.hit.date)},
    TEXT("title", 0, finding.hit.title),
    TEXT("outlet", 0, finding.hit.outlet),
    {{"url", QDX_CELL_LINK, 0},
     FIELD_URL,
     offsetof(check_row, finding.hit.url),
     offsetof(check_row, finding.hit.quote)},
    TEXT("path", 0, finding.hit.path),
    {{"paragraph", QDX_CELL_INTEGER, 0}, FIELD_U32, ROW(finding.hit.paragraph)},
    {{"char_start", QDX_CELL_INTEGER, 0}, FIELD_U32, ROW(finding.hit.char_start)},
    {{"char_end", QDX_CELL_INTEGER, 0}, FIELD_U32, ROW(finding.hit.char_end)},
};

static const record_type check_records = RECORD_TYPE("claims", fields);

/* Names that columns of claims go by, the preferred first. */
#define QUOTE_NAMES                                                                                \
    "claim|claimed_quote|claimed_quotation|quote|quotation|claimed_text|text|words|statement"
#define SPEAKER_NAMES                                                                              \
    "claimed_speaker|speaker|name|by|said_by|who|person|claimed_name|claimed_by|attributed_to"

typedef struct claim_list {
    sheet sheet;
    qdx_claim *claims;
    size_t count;
} claim_list;

static void claim_list_release(claim_list *list)
{
    sheet_release(&list->sheet);
    free(list->claims);
}

static qdx_status claim_list_read(claim_list *list, const char *path, qdx_error *error)
{
    qdx_status status = sheet_read(&list->sheet, path, NULL, error);
    if (status != QDX_OK)
        return status;
    int quote = sheet_column(&list->sheet, QUOTE_NAMES);
    int speaker = sheet_column(&list->sheet, SPEAKER_NAMES);
    if (quote < 0) {
        fail(error, QDX_ERR_ARGUMENT, path, "there is no column with the claimed quotations");
        snprintf(error->hint, sizeof error->hint,
                 "its first row names the columns: quote, and speaker where there is one");
        return error->code;
    }
    list->claims = calloc(list->sheet.row_count, sizeof *list->claims);
    if (!list->claims)
        return fail(error, QDX_ERR_MEMORY, path, "out of memory");
    for (size_t row = 1; row < list->sheet.row_count; row++)
        list->claims[list->count++] = (qdx_claim){
            .quote = sheet_cell(&list->sheet, row, (size_t)quote),
            .speaker = speaker < 0 ? "" : sheet_cell(&list->sheet, row, (size_t)speaker)};
    return QDX_OK;
}

static qdx_status write_findings(output *out, const cli *c, const claim_list *list,
                                 const qdx_findings *findings, qdx_error *error)
{
    record_writer writer = {0};
    qdx_status status = record_open(&writer, out, c, &check_records, false, error);
    for (size_t i = 0; i < list->count && status == QDX_OK; i++) {
        check_row row = {.finding = *qdx_finding_at(findings, i),
                         .claim = list->claims[i].quote,
                         .speaker = list->claims[i].speaker};
        row.verdict = qdx_verdict_name(row.finding.verdict);
        status = *c->stop ? QDX_ERR_INTERRUPTED : record_write(&writer, &row, error);
    }
    if (status == QDX_OK)
        status = record_finish(&writer, out, error);
    record_release(&writer);
    return status;
}

/* "5 claims: 2 exact, 1 near, 2 absent". True when any of them was found. */
static bool note_verdicts(const cli *c, const claim_list *list, const qdx_findings *findings)
{
    size_t counts[QDX_VERDICTS] = {0};
    char text[256] = "";
    for (size_t i = 0; i < list->count; i++)
        counts[qdx_finding_at(findings, i)->verdict]++;
    for (int v = 0; v < QDX_VERDICTS; v++) {
        size_t used = strlen(text);
        if (counts[v])
            snprintf(text + used, sizeof text - used, "%s%zu %s", used ? ", " : ": ", counts[v],
                     qdx_verdict_name((qdx_verdict)v));
    }
    note(c, "%zu claim%s%s", list->count, plural(list->count), text);
    uint64_t unread = qdx_findings_unread(findings);
    if (unread)
        note(c,
             "%" PRIu64 " article%s not looked through for words outside quotations: gone, or not "
             "as indexed",
             unread, unread == 1 ? " was" : "s were");
    return counts[QDX_CLAIM_ABSENT] < list->count;
}

static int print_findings(const cli *c, const claim_list *list, const qdx_findings *findings)
{
    qdx_error error = {0};
    output out;
    qdx_status status = output_open(&out, c, &error);
    if (status != QDX_OK)
        return report(c, &error);
    status = write_findings(&out, c, list, findings, &error);
    output_close(&out);
    if (status != QDX_OK)
        return output_exit(&out, c, status, &error);
    return note_verdicts(c, list, findings) ? EXIT_DONE : EXIT_NOTHING;
}

static int check_list(const cli *c, const qdx_index *index, const claim_list *list)
{
    qdx_error error = {0};
    article_source articles = {.options = build_options_reader(c, index)};
    const qdx_text_source source = {article_source_read, &articles};
    qdx_findings *findings = NULL;
    qdx_status status =
        qdx_claims_check(index, list->claims, list->count, &source, &findings, &error);
    article_source_release(&articles);
    if (status == QDX_ERR_ENCODING)
        snprintf(error.hint, sizeof error.hint, "save the list as UTF-8 (in Excel: CSV UTF-8)");
    int exit = status == QDX_OK ? print_findings(c, list, findings) : report(c, &error);
    qdx_findings_free(findings);
    return exit;
}

int run_check(const cli *c)
{
    qdx_error error = {0};
    qdx_index *index = NULL;
    claim_list list = {0};
    qdx_status status = index_open(c, &index, &error);
    if (status == QDX_OK)
        status = claim_list_read(&list, c->options.arguments[1], &error);
    int exit = status == QDX_OK ? check_list(c, index, &list) : report(c, &error);
    claim_list_release(&list);
    qdx_index_close(index);
    return exit;
}
