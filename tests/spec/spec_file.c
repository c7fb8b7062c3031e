/*
 * Reading and rewriting files of the specification. Line by line: a fence opens or closes, a header
 * begins an example, three kinds of lines tell about it, all others are its text. Taking the marks
 * off is written here once more, by the page that describes them, so that the library's own reading
 * is not what tests its writing.
 */
#include "spec_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct line {
    const char *text; /* not terminated */
    size_t size;
} line;

static bool complain(const spec_file *file, size_t number, const char *what)
{
    fprintf(stderr, "%s:%zu: %s\n", file->path, number, what);
    return false;
}

static bool read_bytes(spec_file *file)
{
    FILE *in = fopen(file->path, "rb");
    long size = -1;
    if (in && fseek(in, 0, SEEK_END) == 0)
        size = ftell(in);
    if (size >= 0 && fseek(in, 0, SEEK_SET) == 0)
        file->bytes = malloc((size_t)size + 1);
    if (file->bytes) {
        file->size = fread(file->bytes, 1, (size_t)size, in);
        file->bytes[file->size] = '\0';
    }
    if (in)
        fclose(in);
    return file->bytes && file->size == (size_t)size;
}

static line line_at(const spec_file *file, size_t at)
{
    const char *text = file->bytes + at;
    const char *end = memchr(text, '\n', file->size - at);
    return (line){text, end ? (size_t)(end - text) : file->size - at};
}

static bool starts_with(line l, const char *words)
{
    size_t size = strlen(words);
    return l.size >= size && memcmp(l.text, words, size) == 0;
}

static char *copy(const char *text, size_t size)
{
    char *made = malloc(size + 1);
    if (made) {
        memcpy(made, text, size);
        made[size] = '\0';
    }
    return made;
}

/* Past a label to the blank that ends it; NULL when it is none. */
static const char *skip_label(const char *p, const char *end)
{
    if (p == end || *p < 'a' || *p > 'z')
        return NULL;
    for (; p < end && *p != ' '; p++) {
        if (*p == '\\')
            p++;
        else if (*p == '{' || *p == '}' || *p == '\n')
            return NULL;
    }
    return p < end ? p : NULL;
}

/* The text without braces, labels and backslashes; NULL when the braces are wrong. */
static char *strip(const char *p, const char *end)
{
    char *text = malloc((size_t)(end - p) + 2), *out = text;
    size_t open = 0;
    for (; text && p < end; p++) {
        if (*p == '{') {
            p = skip_label(p + 1, end);
            open++;
        } else if (*p == '}') {
            p = open ? p : NULL;
            open--;
        } else {
            p += *p == '\\' && p + 1 < end;
            *out++ = *p;
        }
        if (!p)
            break;
    }
    if (!text || !p || open) {
        free(text);
        return NULL;
    }
    *out++ = '\n';
    *out = '\0';
    return text;
}

static spec_example *add_example(spec_file *file, line header, size_t number)
{
    spec_example *grown = realloc(file->examples, (file->count + 1) * sizeof *grown);
    if (!grown)
        return NULL;
    file->examples = grown;
    spec_example *example = &grown[file->count];
    memset(example, 0, sizeof *example);
    example->name = copy(header.text + 4, header.size - 4);
    example->line = number;
    file->count += example->name != NULL;
    return example->name ? example : NULL;
}

/* Reads a line between the header and the text; false when it already is text. */
static bool read_metadata(spec_example *example, line l)
{
    char date[16] = "";
    if (starts_with(l, "!known-gap"))
        return example->known_gap = true;
    if (starts_with(l, "!indirect"))
        return example->indirect = true;
    if (!starts_with(l, "date: ") || l.size - 6 >= sizeof date)
        return false;
    memcpy(date, l.text + 6, l.size - 6);
    return qdx_date_parse(date, &example->date);
}

static bool finish_example(spec_file *file, spec_example *example)
{
    const char *bytes = file->bytes;
    while (example->end > example->start && strchr(" \n", bytes[example->end - 1]))
        example->end--;
    if (example->end == example->start)
        return complain(file, example->line, "an example without text");
    example->text = strip(bytes + example->start, bytes + example->end);
    for (size_t i = 0; i + 1 < file->count; i++)
        if (strcmp(file->examples[i].name, example->name) == 0)
            return complain(file, example->line, "two examples of the same name");
    return example->text || complain(file, example->line, "braces that do not match");
}

static bool read_examples(spec_file *file)
{
    bool fenced = false, in_head = false, good = true;
    spec_example *example = NULL;
    size_t at = 0;
    for (size_t number = 1; at < file->size && good; number++) {
        line l = line_at(file, at);
        size_t next = at + l.size + (at + l.size < file->size);
        bool fence = l.size == 3 && starts_with(l, "```"), header = starts_with(l, "=== ");
        fenced ^= fence;
        if (example && (fence || header)) {
            good = finish_example(file, example);
            example = NULL;
        }
        if (fenced && header) {
            example = add_example(file, l, number);
            good = good && example;
            in_head = true;
        } else if (example && !(in_head && read_metadata(example, l))) {
            example->start = in_head ? at : example->start;
            in_head = false;
            example->end = next;
        }
        at = next;
    }
    if (good && fenced)
        return complain(file, 0, "a fence that is never closed");
    return good && (file->count || complain(file, 0, "no examples"));
}

bool spec_file_read(spec_file *file, const char *path)
{
    *file = (spec_file){.path = path};
    if (!read_bytes(file))
        return complain(file, 0, "cannot be read");
    return read_examples(file);
}

void spec_file_release(spec_file *file)
{
    for (size_t i = 0; i < file->count; i++) {
        free(file->examples[i].name);
        free(file->examples[i].text);
    }
    free(file->examples);
    free(file->bytes);
}

bool spec_file_rewrite(const spec_file *file, char *const *texts)
{
    size_t at = 0;
    FILE *out = fopen(file->path, "wb");
    if (!out)
        return complain(file, 0, "cannot be written");
    for (size_t i = 0; i < file->count; i++) {
        const spec_example *example = &file->examples[i];
        if (!texts[i])
            continue;
        fwrite(file->bytes + at, 1, example->start - at, out);
        fputs(texts[i], out);
        at = example->end;
    }
    fwrite(file->bytes + at, 1, file->size - at, out);
    bool good = !ferror(out);
    return (fclose(out) == 0 && good) || complain(file, 0, "cannot be written");
}
