/*
 * Everything somebody said: reads one article after the other, then prints what the speaker who is
 * asked for said, a line each. No index file is needed; for many articles it is worth making one
 * (see <quotedex/index.h> and <quotedex/query.h>).
 *
 *     cc quotations.c $(pkg-config --cflags --libs quotedex) -o quotations
 *     ./quotations 'Sergei Tavrashin' article1.txt article2.html
 */
#include <quotedex/quotedex.h>
#include <stdio.h>
#include <string.h>

static int fail(const qdx_error *error)
{
    fprintf(stderr, "%s: %s\n", error->file, error->message);
    return 1;
}

/* Prints the quotations of one analysed article whose speaker has this name. */
static void print_quotes(const qdx_document *document, const qdx_analysis *analysis,
                         const char *name)
{
    for (size_t i = 0; i < analysis->quote_count; i++) {
        const qdx_quote *quote = &analysis->quotes[i];
        if (quote->speaker.entity == QDX_NO_ENTITY ||
            strcmp(analysis->entities[quote->speaker.entity].name, name) != 0)
            continue;
        printf("%s:", document->path);
        for (size_t k = 0; k < quote->span_count; k++)
            printf(" %.*s", (int)(quote->spans[k].end - quote->spans[k].start),
                   document->text + quote->spans[k].start);
        putchar('\n');
    }
}

static qdx_status read_file(qdx_reader *reader, qdx_analyzer *analyzer, const char *path,
                            const char *name, qdx_error *error)
{
    const qdx_document *document;
    qdx_analysis analysis;
    qdx_status status = qdx_reader_open(reader, path, error);
    while (status == QDX_OK && (status = qdx_reader_next(reader, &document, error)) == QDX_OK) {
        status = qdx_analyzer_run(analyzer, document, &analysis, error);
        if (status == QDX_OK)
            print_quotes(document, &analysis, name);
    }
    return status;
}

int main(int argc, char **argv)
{
    qdx_error error = {QDX_OK, 0, 0, "", "", ""};
    char lists[4096];
    qdx_status status = QDX_OK;
    if (argc < 3) {
        fprintf(stderr, "usage: quotations NAME ARTICLE...\n");
        return 2;
    }
    qdx_gazetteer *gazetteer = qdx_gazetteer_new(&error);
    if (!gazetteer)
        return fail(&error);
    if (qdx_gazetteer_default_path(lists, sizeof lists))
        status = qdx_gazetteer_load(gazetteer, lists, NULL, NULL, &error);
    if (status == QDX_OK)
        status = qdx_gazetteer_freeze(gazetteer, &error);
    qdx_reader *reader = status == QDX_OK ? qdx_reader_new(NULL, &error) : NULL;
    qdx_analyzer *analyzer = reader ? qdx_analyzer_new(gazetteer, &error) : NULL;
    for (int i = 2; i < argc && analyzer && status >= QDX_OK; i++)
        status = read_file(reader, analyzer, argv[i], argv[1], &error);
    int result = analyzer && status >= QDX_OK ? 0 : fail(&error);
    qdx_analyzer_free(analyzer);
    qdx_reader_free(reader);
    qdx_gazetteer_free(gazetteer);
    return result;
}
