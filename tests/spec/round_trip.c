/*
 * Quotations before and after an index. Each is written as one line, from the analysis on the way
 * in and from the hit on the way out; both lists are sorted and compared. The index lies in a
 * temporary folder that is removed again.
 */
#include "round_trip.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct line_list {
    char **lines;
    size_t count;
} line_list;

/* An article's text, for what an index reads there. */
typedef struct article {
    char *path, *text;
    size_t size;
} article;

struct round_trip {
    line_list before, after;
    qdx_index_writer *writer;
    article *articles;
    size_t article_count;
};

/* Everything two lines are compared by. */
typedef struct facts {
    const char *path, *speaker_id, *speaker;
    const char *words, *as_written, *cue;
    qdx_quote_kind kind;
    uint32_t char_start;
} facts;

static bool add_line(line_list *list, const facts *f)
{
    char **grown = realloc(list->lines, (list->count + 1) * sizeof *grown), *line = NULL;
    if (!grown)
        return false;
    list->lines = grown;
    int size = asprintf(&line, "%s, at %" PRIu32 ": %s “%s” by “%s” = %s (%s), cue “%s”", f->path,
                        f->char_start, qdx_quote_kind_name(f->kind), f->words, f->as_written,
                        f->speaker, f->speaker_id, f->cue);
    if (size < 0)
        return false;
    list->lines[list->count++] = line;
    return true;
}

static int compare_lines(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void release_lines(line_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->lines[i]);
    free(list->lines);
}

round_trip *round_trip_new(void)
{
    round_trip *trip = calloc(1, sizeof *trip);
    if (trip)
        trip->writer = qdx_index_writer_new(NULL);
    return trip;
}

void round_trip_free(round_trip *trip)
{
    if (!trip)
        return;
    release_lines(&trip->before);
    release_lines(&trip->after);
    for (size_t i = 0; i < trip->article_count; i++) {
        free(trip->articles[i].path);
        free(trip->articles[i].text);
    }
    free(trip->articles);
    qdx_index_writer_free(trip->writer);
    free(trip);
}

/* Appends with each run of white space as one blank: an index keeps no line ends. */
static void append_flat(char *to, const char *from, size_t size)
{
    char *out = to + strlen(to);
    for (size_t i = 0; i < size; i++) {
        bool blank = strchr(" \t\r\n", from[i]) != NULL;
        if (!blank)
            *out++ = from[i];
        else if (out > to && out[-1] != ' ')
            *out++ = ' ';
    }
    *out = '\0';
}

static uint32_t code_points(const char *text, uint32_t size)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < size; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

/* Do words stand between two spans, not only marks and white space? */
static bool words_between(const char *text, qdx_span span, qdx_span next)
{
    for (uint32_t i = span.end; i < next.start; i++)
        if (isalnum((unsigned char)text[i]))
            return true;
    return false;
}

/* Spans of one quotation are joined by an ellipsis where words stand between them. */
static void join_spans(const char *text, const qdx_quote *quote, char *words)
{
    *words = '\0';
    for (size_t i = 0; i < quote->span_count; i++) {
        qdx_span span = quote->spans[i];
        if (i) {
            const char *joint = words_between(text, quote->spans[i - 1], span) ? " … " : " ";
            memcpy(words + strlen(words), joint, strlen(joint) + 1);
        }
        append_flat(words, text + span.start, span.end - span.start);
    }
}

static bool keep_article(round_trip *trip, const qdx_document *document)
{
    article *grown = realloc(trip->articles, (trip->article_count + 1) * sizeof *grown);
    if (!grown)
        return false;
    trip->articles = grown;
    article *kept = &grown[trip->article_count++];
    *kept = (article){strdup(document->path), malloc(document->text_size + 1), document->text_size};
    if (kept->text && document->text_size)
        memcpy(kept->text, document->text, document->text_size);
    return kept->path && kept->text;
}

static qdx_status read_article(void *context, const char *path, uint32_t part, const char **text,
                               size_t *size, qdx_error *error)
{
    const round_trip *trip = context;
    (void)part;
    (void)error;
    for (size_t i = 0; i < trip->article_count; i++)
        if (strcmp(trip->articles[i].path, path) == 0) {
            *text = trip->articles[i].text;
            *size = trip->articles[i].size;
            return QDX_OK;
        }
    return QDX_ERR_NOT_FOUND;
}

bool round_trip_expect(round_trip *trip, const qdx_document *document, const qdx_analysis *analysis)
{
    bool good = keep_article(trip, document);
    size_t room = 3 * (size_t)document->text_size + 64;
    char *words = malloc(room), *as_written = malloc(room), *cue = malloc(room);
    for (size_t i = 0; i < analysis->quote_count && good && words && as_written && cue; i++) {
        const qdx_quote *quote = &analysis->quotes[i];
        const qdx_speaker *by = &quote->speaker;
        const qdx_entity *entity =
            by->entity == QDX_NO_ENTITY ? NULL : &analysis->entities[by->entity];
        *as_written = *cue = '\0';
        join_spans(document->text, quote, words);
        append_flat(as_written, document->text + by->span.start, by->span.end - by->span.start);
        append_flat(cue, document->text + quote->cue.start, quote->cue.end - quote->cue.start);
        facts f = {.path = document->path,
                   .speaker_id = entity ? entity->id : "",
                   .speaker = entity ? entity->name : "",
                   .words = words,
                   .as_written = as_written,
                   .cue = cue,
                   .kind = quote->kind,
                   .char_start = code_points(document->text, quote->spans[0].start)};
        good = add_line(&trip->before, &f);
    }
    good = good && words && as_written && cue;
    free(words);
    free(as_written);
    free(cue);
    return good;
}

bool round_trip_add(round_trip *trip, const void *record, size_t size)
{
    return qdx_index_writer_add(trip->writer, record, size, NULL) == QDX_OK;
}

/* A hit's text with its white space as append_flat leaves it. */
static char *flat_copy(const char *text)
{
    size_t size = text ? strlen(text) : 0;
    char *made = calloc(size + 1, 1);
    if (made && text)
        append_flat(made, text, size);
    return made;
}

static bool add_hit(line_list *list, const qdx_hit *hit)
{
    char *words = flat_copy(hit->quote), *by = flat_copy(hit->speaker_as_written);
    char *cue = flat_copy(hit->cue);
    facts f = {.path = hit->path,
               .speaker_id = hit->speaker_id ? hit->speaker_id : "",
               .speaker = hit->speaker ? hit->speaker : "",
               .words = words,
               .as_written = by,
               .cue = cue,
               .kind = hit->kind,
               .char_start = hit->char_start};
    bool good = words && by && cue && add_line(list, &f);
    free(words);
    free(by);
    free(cue);
    return good;
}

static qdx_status ask(round_trip *trip, const char *path, qdx_error *error)
{
    const qdx_text_source articles = {read_article, trip};
    qdx_query query = {.kinds = QDX_KIND_DIRECT | QDX_KIND_MIXED | QDX_KIND_INDIRECT,
                       .sort = QDX_SORT_PATH,
                       .articles = &articles};
    qdx_index *index = NULL;
    qdx_result *result = NULL;
    qdx_status status = qdx_index_writer_finish(trip->writer, path, error);
    if (status == QDX_OK)
        status = qdx_index_open(path, &index, error);
    if (status == QDX_OK)
        status = qdx_index_verify(index, error);
    if (status == QDX_OK)
        status = qdx_query_quotes(index, &query, &result, error);
    for (size_t i = 0; status == QDX_OK && i < qdx_result_hit_count(result); i++)
        if (!add_hit(&trip->after, qdx_result_hit_at(result, i)))
            status = QDX_ERR_MEMORY;
    qdx_result_free(result);
    qdx_index_close(index);
    return status;
}

static size_t compare(line_list *before, line_list *after)
{
    size_t i = 0, j = 0, differences = 0;
    if (before->count)
        qsort(before->lines, before->count, sizeof *before->lines, compare_lines);
    if (after->count)
        qsort(after->lines, after->count, sizeof *after->lines, compare_lines);
    while (i < before->count || j < after->count) {
        int order = i == before->count  ? 1
                    : j == after->count ? -1
                                        : strcmp(before->lines[i], after->lines[j]);
        if (order < 0)
            fprintf(stderr, "lost by the index: %s\n", before->lines[i]);
        else if (order > 0)
            fprintf(stderr, "made by the index: %s\n", after->lines[j]);
        differences += order != 0;
        i += order <= 0;
        j += order >= 0;
    }
    return differences;
}

size_t round_trip_check(round_trip *trip)
{
    char folder[] = "/tmp/quotedex-spec-XXXXXX", path[sizeof folder + 16];
    qdx_error error = {.message = "no temporary folder"};
    qdx_status status = QDX_ERR_IO;
    if (mkdtemp(folder)) {
        snprintf(path, sizeof path, "%s/spec.qdx", folder);
        status = ask(trip, path, &error);
        unlink(path);
        rmdir(folder);
    }
    if (status != QDX_OK) {
        fprintf(stderr, "round trip: %s\n", error.message);
        return 1;
    }
    return compare(&trip->before, &trip->after);
}
