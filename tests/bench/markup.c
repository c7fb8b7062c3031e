/*
 * Reading articles out of markup beside bare libxml2: every file of a folder is parsed by the
 * library's SAX interface with no handler at all, and read as articles from the same bytes, by
 * turns; the best of the rounds counts. Prints both speeds and their ratio.
 *
 *     bench_markup [--rounds N] [--limit PERCENT] FOLDER     (exit 1 above the limit)
 */
#include <dirent.h>
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <quotedex/document.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FILES_MAX = 4096, PATH_BYTES = 4096 };

typedef struct input {
    char *name;
    char *bytes;
    size_t size;
    bool html;
} input;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void bare(const input *in)
{
    xmlParserCtxtPtr parser = in->html ? htmlNewParserCtxt() : xmlNewParserCtxt();
    if (!parser)
        return;
    memset(parser->sax, 0, sizeof *parser->sax);
    parser->sax->initialized = 1;
    if (in->html)
        htmlCtxtReadMemory(parser, in->bytes, (int)in->size, NULL, "UTF-8",
                           HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR |
                               HTML_PARSE_NOWARNING | HTML_PARSE_IGNORE_ENC);
    else
        xmlCtxtReadMemory(parser, in->bytes, (int)in->size, NULL, NULL,
                          XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (parser->myDoc)
        xmlFreeDoc(parser->myDoc);
    if (in->html)
        htmlFreeParserCtxt(parser);
    else
        xmlFreeParserCtxt(parser);
}

static void ours(qdx_reader *reader, const input *in)
{
    const qdx_document *document;
    if (qdx_reader_open_bytes(reader, in->name, in->bytes, in->size, NULL) == QDX_OK)
        while (qdx_reader_next(reader, &document, NULL) == QDX_OK)
            ;
}

static bool load(const char *folder, const char *name, input *in)
{
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "rb");
    if (!f)
        return false;
    in->bytes = malloc((size_t)64 << 20);
    in->size = in->bytes ? fread(in->bytes, 1, (size_t)64 << 20, f) : 0;
    in->name = strdup(name);
    in->html = strcasestr(name, "htm") != NULL;
    fclose(f);
    if (in->size && in->bytes)
        in->bytes = realloc(in->bytes, in->size);
    return in->size > 0;
}

int main(int argc, char **argv)
{
    static input inputs[FILES_MAX];
    size_t count = 0;
    size_t total = 0;
    int rounds = 5;
    double limit = 0;
    const char *folder = NULL;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--rounds") == 0 && i + 1 < argc)
            rounds = (int)strtol(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--limit") == 0 && i + 1 < argc)
            limit = strtod(argv[++i], NULL) / 100;
        else
            folder = argv[i];
    }
    DIR *dir = folder ? opendir(folder) : NULL;
    qdx_reader *reader = qdx_reader_new(NULL, NULL);
    if (!dir || !reader)
        return 2;
    for (struct dirent *e; (e = readdir(dir)) != NULL && count < FILES_MAX;)
        if (strstr(e->d_name, "htm") || strstr(e->d_name, ".xml"))
            if (load(folder, e->d_name, &inputs[count]))
                total += inputs[count++].size;
    closedir(dir);
    double best[2] = {1e9, 1e9};
    for (int round = 0; round < rounds; round++) {
        double times[3];
        times[0] = now();
        for (size_t i = 0; i < count; i++)
            bare(&inputs[i]);
        times[1] = now();
        for (size_t i = 0; i < count; i++)
            ours(reader, &inputs[i]);
        times[2] = now();
        for (int k = 0; k < 2; k++)
            if (times[k + 1] - times[k] < best[k])
                best[k] = times[k + 1] - times[k];
    }
    qdx_reader_free(reader);
    double ratio = best[1] / best[0];
    printf("%zu files, %.2f MB: libxml2 SAX %.1f MB/s, articles %.1f MB/s, ratio %.3f\n", count,
           (double)total / 1e6, (double)total / 1e6 / best[0], (double)total / 1e6 / best[1],
           ratio);
    return limit > 0 && ratio > limit;
}
