/*
 * The specification as a test: each example's text is analysed and written as annotated text, which
 * must be what stands in the file, with CR LF line ends too; then all of a file go through an index
 * and back. Uses the public interface alone.
 *
 *     run_spec [--rewrite] [--only NAME] -g GAZETTEER… FILE.md…
 *
 * --rewrite puts what the program finds in place of what it should find; read the difference before
 * keeping it. --only takes part of an example's name.
 */
#include <quotedex/quotedex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "round_trip.h"
#include "spec_file.h"

typedef struct runner {
    qdx_gazetteer *gazetteer;
    qdx_analyzer *analyzer;
    round_trip *trip;
    const char *only;
    bool rewrite;
    size_t passed, failed, gaps, closed;
} runner;

/* One article on its way through the library. */
typedef struct run {
    runner *runner;
    const spec_example *example;
    bool as_record; /* render for the index, not as annotated text */
    char *bytes;    /* what was rendered, terminated */
    size_t size;
} run;

/* The analysis without reported speech that has no marks; free the quotes afterwards. */
static qdx_quote *leave_indirect_out(qdx_analysis *found)
{
    qdx_quote *kept = calloc(found->quote_count + 1, sizeof *kept);
    size_t count = 0;
    for (size_t i = 0; kept && i < found->quote_count; i++)
        if (found->quotes[i].kind != QDX_QUOTE_INDIRECT)
            kept[count++] = found->quotes[i];
    found->quotes = kept;
    found->quote_count = count;
    return kept;
}

/* Analyses again, at the example's date. */
static qdx_status render(void *context, const qdx_document *document, const qdx_analysis *analysis,
                         qdx_buffer *out, qdx_error *error)
{
    run *r = context;
    qdx_document dated = *document;
    qdx_analysis found = *analysis;
    if (r->example->date.year)
        dated.date = r->example->date;
    qdx_status status = qdx_analyzer_run(r->runner->analyzer, &dated, &found, error);
    if (status != QDX_OK)
        return status;
    if (r->as_record)
        return round_trip_expect(r->runner->trip, &dated, &found)
                   ? qdx_record_encode(&dated, &found, out, error)
                   : QDX_ERR_MEMORY;
    qdx_quote *kept = r->example->indirect ? NULL : leave_indirect_out(&found);
    status = kept || r->example->indirect ? qdx_document_write_annotated(&dated, &found, out, error)
                                          : QDX_ERR_MEMORY;
    free(kept);
    return status;
}

static qdx_status deliver(void *context, const qdx_batch_result *result, qdx_error *error)
{
    run *r = context;
    if (result->problem) {
        if (error)
            *error = *result->problem;
        return result->problem->code;
    }
    r->size = result->size;
    r->bytes = calloc(result->size + 1, 1);
    if (!r->bytes)
        return QDX_ERR_MEMORY;
    memcpy(r->bytes, result->bytes, result->size);
    return QDX_OK;
}

static bool run_once(run *r, const char *name, const char *text)
{
    qdx_error error = {.message = ""};
    qdx_batch_options options = {.jobs = 1, .render = render, .deliver = deliver, .context = r};
    qdx_status status =
        qdx_batch_run_bytes(name, text, strlen(text), r->runner->gazetteer, &options, &error);
    if (status != QDX_OK)
        fprintf(stderr, "%s: %s\n", name, error.message);
    return status == QDX_OK;
}

/* Where two lines part, a caret below the first different character. */
static void print_difference(const char *want, size_t want_size, const char *have, size_t have_size)
{
    size_t same = 0, column = 0;
    while (same < want_size && same < have_size && want[same] == have[same])
        same++;
    for (size_t i = 0; i < same; i++)
        column += ((unsigned char)want[i] & 0xC0) != 0x80;
    fprintf(stderr, "  want  %.*s\n  have  %.*s\n        %*s^\n", (int)want_size, want,
            (int)have_size, have, (int)column, "");
}

static void print_differences(const char *want, const char *have)
{
    while (*want || *have) {
        size_t want_size = strcspn(want, "\n"), have_size = strcspn(have, "\n");
        if (want_size != have_size || memcmp(want, have, want_size) != 0)
            print_difference(want, want_size, have, have_size);
        want += want_size + (want[want_size] != '\0');
        have += have_size + (have[have_size] != '\0');
    }
}

/* The annotated text without its header line and the line ends behind it. */
static char *body_of(char *annotated)
{
    char *body = strchr(annotated, '\n');
    body = body ? body + 1 : annotated;
    size_t size = strlen(body);
    while (size && strchr(" \n", body[size - 1]))
        body[--size] = '\0';
    return body;
}

/* Every line end with a CR before it; NULL when memory runs out. */
static char *add_returns(const char *text)
{
    char *made = malloc(2 * strlen(text) + 1), *out = made;
    for (; made && *text; text++) {
        if (*text == '\n')
            *out++ = '\r';
        *out++ = *text;
    }
    if (made)
        *out = '\0';
    return made;
}

static void remove_returns(char *text)
{
    char *out = text;
    for (; *text; text++)
        if (*text != '\r')
            *out++ = *text;
    *out = '\0';
}

/* The same text with CR LF line ends must be found the same in. */
static bool check_returns(runner *all, const spec_example *example, const char *have)
{
    run r = {.runner = all, .example = example};
    char *text = add_returns(example->text);
    bool same = text && run_once(&r, "example.txt", text) && r.bytes;
    if (same) {
        remove_returns(r.bytes);
        same = strcmp(body_of(r.bytes), have) == 0;
        if (!same)
            print_differences(have, body_of(r.bytes));
    }
    free(text);
    free(r.bytes);
    return same;
}

/* Compares one example; gives the text to rewrite it with, or NULL. */
static char *check_example(runner *all, const spec_file *file, const spec_example *example)
{
    run r = {.runner = all, .example = example};
    char *want = strndup(file->bytes + example->start, example->end - example->start);
    char *kept = NULL;
    bool ran = run_once(&r, "example.txt", example->text) && want && r.bytes;
    const char *have = ran ? body_of(r.bytes) : "";
    bool same = ran && strcmp(want, have) == 0;
    all->passed += same;
    all->closed += same && example->known_gap;
    all->gaps += !same && example->known_gap;
    all->failed += !same && !example->known_gap;
    if (same && example->known_gap)
        fprintf(stderr, "%s:%zu: %s: passes now; take !known-gap away\n", file->path, example->line,
                example->name);
    if (!same && !example->known_gap) {
        fprintf(stderr, "%s:%zu: %s\n", file->path, example->line, example->name);
        print_differences(want ? want : "", have);
        if (all->rewrite && ran)
            kept = strdup(have);
    }
    if (ran && !check_returns(all, example, have)) {
        fprintf(stderr, "%s:%zu: %s: differs with CR LF\n", file->path, example->line,
                example->name);
        all->failed++;
    }
    free(want);
    free(r.bytes);
    return kept;
}

static bool add_to_trip(runner *all, const spec_file *file, const spec_example *example)
{
    char name[512];
    run r = {.runner = all, .example = example, .as_record = true};
    snprintf(name, sizeof name, "%s:%zu.txt", file->path, example->line);
    bool good =
        run_once(&r, name, example->text) && r.bytes && round_trip_add(all->trip, r.bytes, r.size);
    free(r.bytes);
    return good;
}

static bool check_file(runner *all, const char *path)
{
    spec_file file;
    bool good = spec_file_read(&file, path);
    char **texts = calloc(file.count + 1, sizeof *texts);
    all->trip = round_trip_new();
    good = good && texts && all->trip;
    for (size_t i = 0; i < file.count && good; i++) {
        const spec_example *example = &file.examples[i];
        if (all->only && !strstr(example->name, all->only))
            continue;
        texts[i] = check_example(all, &file, example);
        good = add_to_trip(all, &file, example);
    }
    if (good)
        good = round_trip_check(all->trip) == 0;
    if (texts && all->rewrite)
        good = spec_file_rewrite(&file, texts) && good;
    for (size_t i = 0; texts && i < file.count; i++)
        free(texts[i]);
    free(texts);
    round_trip_free(all->trip);
    spec_file_release(&file);
    return good;
}

static bool load(runner *all, const char *path)
{
    qdx_error error = {.message = ""};
    qdx_status status = qdx_gazetteer_load(all->gazetteer, path, NULL, NULL, &error);
    if (status != QDX_OK)
        fprintf(stderr, "%s: %s\n", path, error.message);
    return status == QDX_OK;
}

/* Options first, then the files: gives the place of the first file, 0 on wrong usage. */
static int read_options(runner *all, int argc, char **argv)
{
    int i = 1;
    for (; i < argc && argv[i][0] == '-'; i++) {
        if (strcmp(argv[i], "--rewrite") == 0)
            all->rewrite = true;
        else if (i + 1 < argc && strcmp(argv[i], "--only") == 0)
            all->only = argv[++i];
        else if (i + 1 >= argc || strcmp(argv[i], "-g") != 0 || !load(all, argv[++i]))
            return 0;
    }
    return i < argc ? i : 0;
}

int main(int argc, char **argv)
{
    runner all = {.gazetteer = qdx_gazetteer_new(NULL)};
    int first = all.gazetteer ? read_options(&all, argc, argv) : 0;
    bool good = first > 0 && qdx_gazetteer_freeze(all.gazetteer, NULL) == QDX_OK;
    if (good)
        all.analyzer = qdx_analyzer_new(all.gazetteer, NULL);
    else
        fprintf(stderr, "usage: run_spec [--rewrite] [--only NAME] -g GAZETTEER… FILE.md…\n");
    good = good && all.analyzer;
    for (int i = first; all.analyzer && i < argc; i++)
        good = check_file(&all, argv[i]) && good;
    printf("%zu as specified, %zu not, %zu known gaps, %zu gaps closed\n", all.passed, all.failed,
           all.gaps, all.closed);
    qdx_analyzer_free(all.analyzer);
    qdx_gazetteer_free(all.gazetteer);
    return good && all.failed == 0 ? 0 : 1;
}
