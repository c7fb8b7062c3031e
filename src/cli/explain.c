/*
 * quotedex explain: why a quotation has its speaker. The index keeps the answer, not the reasons;
 * so the article is read and analysed again, with the name lists of the build, and the quotation
 * found in it by its id. Who has no id names some of the words.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/build_options.h"
#include "cli/index_open.h"
#include "cli/input.h"
#include "cli/message.h"
#include "cli/output.h"

/* The article of a quotation, analysed again. */
typedef struct explanation {
    qdx_gazetteer *gazetteer;
    qdx_reader *reader;
    qdx_analyzer *analyzer;
    const qdx_document *document;
    qdx_analysis analysis;
} explanation;

static void release(explanation *e)
{
    qdx_analyzer_free(e->analyzer);
    qdx_reader_free(e->reader);
    qdx_gazetteer_free(e->gazetteer);
}

static qdx_status analyse_again(explanation *e, const cli *c, const qdx_hit *hit, qdx_error *error)
{
    e->gazetteer = gazetteers_open(c, error);
    const qdx_reader_options how = reader_options(c);
    e->reader = e->gazetteer ? qdx_reader_new(&how, error) : NULL;
    e->analyzer = e->reader ? qdx_analyzer_new(e->gazetteer, error) : NULL;
    if (!e->analyzer)
        return error->code;
    qdx_status status = qdx_reader_open_article(e->reader, hit->file, hit->part, error);
    if (status == QDX_OK)
        status = qdx_reader_next(e->reader, &e->document, error);
    return status == QDX_OK ? qdx_analyzer_run(e->analyzer, e->document, &e->analysis, error)
                            : status;
}

static uint32_t code_points(const char *text, size_t size)
{
    uint32_t count = 0;
    for (size_t i = 0; i < size; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

/* The quotation of this id in the analysis, or its number of quotations. */
static size_t find_quote(const explanation *e, const char *id)
{
    size_t i = 0;
    for (; i < e->analysis.quote_count; i++) {
        char found[QDX_QUOTE_ID_SIZE];
        const qdx_quote *quote = &e->analysis.quotes[i];
        qdx_quote_id(e->document, quote, code_points(e->document->text, quote->spans[0].start),
                     found);
        if (strcmp(found, id) == 0)
            break;
    }
    return i;
}

static int changed_since(const cli *c, const qdx_hit *hit)
{
    qdx_error error = {.code = QDX_ERR_NOT_FOUND};
    snprintf(error.file, sizeof error.file, "%s", hit->path);
    snprintf(error.message, sizeof error.message, "the article no longer gives this quotation");
    snprintf(error.hint, sizeof error.hint,
             "it has changed since, or its name lists have: build the index again");
    return report(c, &error);
}

static void print_explanation(const qdx_hit *hit, const char *text)
{
    print_clean(stdout, hit->quote);
    fputs("\nspeaker: ", stdout);
    print_clean(stdout, hit->speaker && *hit->speaker ? hit->speaker : "unknown");
    fputs("\narticle: ", stdout);
    print_clean(stdout, hit->path);
    printf(", paragraph %u, characters %u to %u\n", hit->paragraph, hit->char_start, hit->char_end);
    for (size_t n; *text; text += n + (text[n] == '\n')) {
        char line[1024];
        n = strcspn(text, "\n");
        snprintf(line, sizeof line, "%.*s", (int)n, text);
        print_clean(stdout, line);
        fputc('\n', stdout);
    }
}

static int explain_hit(const cli *c, const qdx_hit *hit)
{
    qdx_error error = {0};
    explanation e = {0};
    const char *text;
    int exit = EXIT_DONE;
    qdx_status status = analyse_again(&e, c, hit, &error);
    size_t quote = status == QDX_OK ? find_quote(&e, hit->quote_id) : 0;
    if (status == QDX_OK && quote == e.analysis.quote_count)
        exit = changed_since(c, hit);
    else if (status == QDX_OK &&
             (status = qdx_analyzer_explain(e.analyzer, quote, &text, &error)) == QDX_OK)
        print_explanation(hit, text);
    if (status != QDX_OK)
        exit = report(c, &error);
    release(&e);
    return exit;
}

/* With the name lists that the index was built with. */
static int explain(const cli *c, const qdx_index *index, const qdx_hit *hit)
{
    qdx_error error = {0};
    cli again = *c;
    qdx_status status = build_options_recall(c, index, &again.options, &error);
    int exit = status == QDX_OK ? explain_hit(&again, hit) : report(c, &error);
    build_options_release(c, &again.options);
    return exit;
}

/* The quotations in which the words stand as they are typed. */
static qdx_status find_words(const qdx_index *index, const char *words, qdx_result **result,
                             qdx_error *error)
{
    size_t size = strlen(words), used = 0;
    char *phrase = malloc(size + 3);
    if (!phrase)
        return fail(error, QDX_ERR_MEMORY, "", "out of memory");
    phrase[used++] = '"';
    for (const char *p = words; *p; p++)
        if (*p != '"')
            phrase[used++] = *p;
    phrase[used++] = '"';
    phrase[used] = '\0';
    const qdx_query query = {.text = phrase, .without_text = true};
    qdx_status status = qdx_query_quotes(index, &query, result, error);
    free(phrase);
    return status;
}

static void list_found(const cli *c, const qdx_result *result)
{
    enum { SHOWN = 8 };
    size_t count = qdx_result_hit_count(result);
    note(c, "%zu quotations have these words; name one by its id:", count);
    for (size_t i = 0; i < count && i < SHOWN; i++) {
        const qdx_hit *hit = qdx_result_hit_at(result, i);
        note(c, "  %s  %s: %.120s", hit->quote_id, *hit->speaker ? hit->speaker : "unknown",
             hit->quote);
    }
    if (count > SHOWN)
        note(c, "  and %zu more", count - SHOWN);
}

static int explain_words(const cli *c, const qdx_index *index, const char *words)
{
    qdx_error error = {0};
    qdx_result *result = NULL;
    qdx_status status = find_words(index, words, &result, &error);
    if (status != QDX_OK)
        return report(c, &error);
    size_t count = qdx_result_hit_count(result);
    int exit = count == 1 ? explain(c, index, qdx_result_hit_at(result, 0)) : EXIT_NOTHING;
    if (count == 0)
        note(c, "no quotation \"%s\": neither the id of one, nor words in one", words);
    else if (count > 1)
        list_found(c, result);
    qdx_result_free(result);
    return exit;
}

int run_explain(const cli *c)
{
    qdx_error error = {0};
    qdx_index *index;
    qdx_result *result;
    const char *which = c->options.arguments[1];
    qdx_status status = index_open(c, &index, &error);
    if (status != QDX_OK)
        return report(c, &error);
    int exit;
    status = qdx_query_quote_by_id(index, which, NULL, &result, &error);
    if (status == QDX_OK) {
        exit = explain(c, index, qdx_result_hit_at(result, 0));
        qdx_result_free(result);
    } else if (status == QDX_ERR_NOT_FOUND || status == QDX_ERR_ARGUMENT) {
        exit = explain_words(c, index, which);
    } else {
        exit = report(c, &error);
    }
    qdx_index_close(index);
    return exit;
}
