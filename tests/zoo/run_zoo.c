/*
 * Reads every file of a folder and compares what comes out with <folder>/expected/<file>.txt:
 *
 *     title: Bridge back by June        each line of the head that is there must be equal
 *     author: Tilda Orme; Jan Halt      (title author date outlet url language encoding repairs)
 *
 *     First paragraph.
 *
 *     Second paragraph.
 *     ====                              next article of the same file
 *
 * Without options the paragraphs must be the same. With --mean F --floor F (hundredths) the text of
 * each page is scored instead, by the F1 of its words as a bag: no page may fall below the floor,
 * nor their mean below the mean. With --write it prints what it reads in the form above.
 */
#include <dirent.h>
#include <errno.h>
#include <quotedex/document.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_BYTES = 4096 };

typedef struct run {
    const char *folder;
    double mean, floor; /* 0: paragraphs are compared */
    bool write, verbose;
    unsigned files, failures;
    double sum; /* of F1 */
} run;

/* An article as expected; texts are borrowed from the file's bytes. */
typedef struct expectation {
    char *head, *body;
} expectation;

static void complain(run *r, const char *file, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    fprintf(stderr, "%s: ", file);
    vfprintf(stderr, format, list);
    fputc('\n', stderr);
    va_end(list);
    r->failures++;
}

static char *read_whole(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return NULL;
    char *text = NULL;
    size_t size = 0;
    for (size_t got = 1; got > 0;) {
        char *more = realloc(text, size + 65536);
        if (!more)
            break;
        text = more;
        got = fread(text + size, 1, 65535, f);
        size += got;
        text[size] = '\0';
    }
    fclose(f);
    return text;
}

/* -- Words -- */

typedef struct words {
    char **at; /* sorted */
    size_t count;
} words;

static int compare_words(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Bytes of the word at `p`; a character of the far east is a word. */
static size_t word_length(const char *p)
{
    size_t n = 0;
    while (p[n] && !strchr(" \n\t", p[n])) {
        unsigned char c = (unsigned char)p[n];
        if (c >= 0xE3 && c <= 0xE9)
            return n ? n : strnlen(p, 3);
        n++;
    }
    return n;
}

/* Cuts `text` (a copy of which the words keep) into words. */
static words words_of(const char *text)
{
    words w = {calloc(strlen(text) + 1, sizeof(char *)), 0};
    for (const char *p = text; w.at && *p;) {
        size_t n = word_length(p);
        if (n)
            w.at[w.count++] = strndup(p, n);
        p += n ? n : 1;
    }
    if (w.at)
        qsort(w.at, w.count, sizeof *w.at, compare_words);
    return w;
}

static void words_free(words *w)
{
    for (size_t i = 0; i < w->count; i++)
        free(w->at[i]);
    free(w->at);
}

static double f1(const char *got, const char *wanted)
{
    words a = words_of(got);
    words b = words_of(wanted);
    size_t same = 0;
    for (size_t i = 0, k = 0; i < a.count && k < b.count;) {
        int order = strcmp(a.at[i], b.at[k]);
        same += order == 0;
        i += order <= 0;
        k += order >= 0;
    }
    double score = a.count + b.count ? 2.0 * (double)same / (double)(a.count + b.count) : 1.0;
    words_free(&a);
    words_free(&b);
    return score;
}

/* -- One article -- */

/* "title" of the document; false when there is no such field. */
static bool field_of(const qdx_document *d, const char *name, char *out, size_t size)
{
    char date[16];
    if (strcmp(name, "date") == 0)
        snprintf(out, size, "%s", qdx_date_format(d->date, date));
    else if (strcmp(name, "repairs") == 0)
        snprintf(out, size, "%u", d->repairs);
    else if (strcmp(name, "title") == 0)
        snprintf(out, size, "%s", d->title);
    else if (strcmp(name, "author") == 0)
        snprintf(out, size, "%s", d->author);
    else if (strcmp(name, "outlet") == 0)
        snprintf(out, size, "%s", d->outlet);
    else if (strcmp(name, "url") == 0)
        snprintf(out, size, "%s", d->url);
    else if (strcmp(name, "language") == 0)
        snprintf(out, size, "%s", d->language);
    else if (strcmp(name, "encoding") == 0)
        snprintf(out, size, "%s", d->encoding);
    else
        return false;
    return true;
}

/* The blocks as the expectation writes them. The caller frees. */
static char *body_of(const qdx_document *d)
{
    char *body = calloc(1, d->text_size + 2 * d->block_count + 2);
    size_t n = 0;
    for (size_t i = 0; body && i < d->block_count; i++) {
        qdx_span span = d->blocks[i].span;
        if (i)
            n += (size_t)sprintf(body + n, "\n\n");
        memcpy(body + n, d->text + span.start, span.end - span.start);
        n += span.end - span.start;
    }
    return body;
}

static void check_head(run *r, const char *file, const qdx_document *d, char *head)
{
    char got[2048];
    char *rest;
    for (char *line = strtok_r(head, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        char *colon = strchr(line, ':');
        if (!colon)
            continue;
        *colon = '\0';
        const char *wanted = colon[1] == ' ' ? colon + 2 : colon + 1;
        if (!field_of(d, line, got, sizeof got))
            complain(r, file, "no such field: %s", line);
        else if (strcmp(got, wanted) != 0)
            complain(r, file, "%s is '%s', not '%s'", line, got, wanted);
    }
}

/* Where two texts part, for the eye. */
static void show_difference(const char *got, const char *wanted)
{
    size_t i = 0;
    while (got[i] && got[i] == wanted[i])
        i++;
    size_t from = i > 60 ? i - 60 : 0;
    fprintf(stderr, "    got    ...%.120s\n    wanted ...%.120s\n", got + from, wanted + from);
}

static void check_body(run *r, const char *file, const qdx_document *d, const char *wanted)
{
    char *got = body_of(d);
    if (!got)
        return;
    if (r->mean > 0) {
        double score = f1(got, wanted);
        r->sum += score;
        if (r->verbose)
            printf("%.4f %s\n", score, file);
        if (score < r->floor)
            complain(r, file, "F1 of the text is %.4f", score);
    } else if (strcmp(got, wanted) != 0) {
        complain(r, file, "article %u differs", d->part);
        show_difference(got, wanted);
    }
    free(got);
}

static void print_article(const qdx_document *d, bool first)
{
    static const char *const names[] = {"title", "author",   "date",     "outlet",
                                        "url",   "language", "encoding", "repairs"};
    char value[2048];
    if (!first)
        printf("====\n");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (field_of(d, names[i], value, sizeof value) && value[0] && strcmp(value, "0") != 0)
            printf("%s: %s\n", names[i], value);
    char *body = body_of(d);
    printf("\n%s\n", body ? body : "");
    free(body);
}

/* -- One file -- */

/* The next article of what is expected; NULL after the last. Changes the text. */
static char *next_expectation(char *text, expectation *e)
{
    if (!text || !*text)
        return NULL;
    char *next = strstr(text, "\n====\n");
    char *end = next ? next : text + strlen(text);
    while (end > text && end[-1] == '\n')
        end--;
    *end = '\0';
    char *blank = strncmp(text, "\n", 1) == 0 ? text : strstr(text, "\n\n");
    e->head = blank == text ? text + strlen(text) : text;
    e->body = blank == text ? text + 1 : blank ? blank + 2 : text + strlen(text);
    if (blank)
        *blank = '\0';
    return next ? next + strlen("\n====\n") : end;
}

static void check_file(run *r, qdx_reader *reader, const char *name)
{
    char path[PATH_BYTES];
    char sheet[PATH_BYTES];
    snprintf(path, sizeof path, "%s/%s", r->folder, name);
    snprintf(sheet, sizeof sheet, "%s/expected/%s.txt", r->folder, name);
    char *wanted = r->write ? NULL : read_whole(sheet);
    char *at = wanted;
    qdx_error error = {0};
    const qdx_document *d;
    r->files++;
    qdx_status status = qdx_reader_open(reader, path, &error);
    for (unsigned count = 0;
         status == QDX_OK && (status = qdx_reader_next(reader, &d, &error)) == QDX_OK; count++) {
        expectation e;
        if (r->write)
            print_article(d, count == 0);
        else if (!(at = next_expectation(at, &e)))
            complain(r, name, "article %u was not expected", d->part);
        else {
            check_head(r, name, d, e.head);
            check_body(r, name, d, e.body);
        }
    }
    if (status < 0)
        complain(r, name, "%s", error.message);
    else if (at && *at)
        complain(r, name, "articles are missing");
    free(wanted);
}

static int is_file(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && strcmp(entry->d_name, "expected") != 0;
}

static int check_folder(run *r)
{
    struct dirent **names;
    int count = scandir(r->folder, &names, is_file, alphasort);
    qdx_reader *reader = qdx_reader_new(NULL, NULL);
    if (count < 0 || !reader) {
        fprintf(stderr, "%s: %s\n", r->folder, strerror(errno));
        return 1;
    }
    for (int i = 0; i < count; i++) {
        check_file(r, reader, names[i]->d_name);
        free(names[i]);
    }
    free(names);
    qdx_reader_free(reader);
    double mean = r->files ? r->sum / r->files : 0;
    if (r->mean > 0 && !r->write)
        printf("%u files, mean F1 %.4f\n", r->files, mean);
    if (mean < r->mean && !r->write)
        complain(r, r->folder, "mean F1 is below %.2f", r->mean);
    return r->failures != 0 || r->files == 0;
}

int main(int argc, char **argv)
{
    run r = {0};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--write") == 0)
            r.write = true;
        else if (strcmp(argv[i], "--verbose") == 0)
            r.verbose = true;
        else if (strcmp(argv[i], "--mean") == 0 && i + 1 < argc)
            r.mean = strtod(argv[++i], NULL) / 100;
        else if (strcmp(argv[i], "--floor") == 0 && i + 1 < argc)
            r.floor = strtod(argv[++i], NULL) / 100;
        else
            r.folder = argv[i];
    }
    if (!r.folder) {
        fprintf(stderr, "usage: run_zoo [--mean N --floor N] [--verbose] [--write] FOLDER\n");
        return 2;
    }
    return check_folder(&r);
}
