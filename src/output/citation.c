/*
 * Sources for bibliographies: each article that rows come from, once, as BibTeX or as CSL JSON
 * (what Zotero and pandoc read). Reads the columns title, outlet, url, date and path of whatever
 * rows it is given; the words of the rows themselves are not in it.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "output/cell.h"
#include "output/json.h"

enum { TITLE, OUTLET, URL, DATE, PATH, FIELD_COUNT };

static const char *const field_names[FIELD_COUNT] = {"title", "outlet", "url", "date", "path"};

/* The articles written: a set of keys with open places, a power of two of them, half empty. */
typedef struct sources {
    size_t columns[FIELD_COUNT];
    uint64_t *keys; /* 0: free */
    size_t count, capacity;
    qdx_buffer line;
} sources;

/* How a style writes one source. */
typedef struct style {
    const char *opening, *between, *closing;
    void (*write)(qdx_buffer *out, const char *const fields[FIELD_COUNT], uint64_t key);
} style;

static void close_sources(qdx_rows *rows)
{
    sources *s = rows->state;
    if (!s)
        return;
    free(s->keys);
    qdx_buffer_release(&s->line);
    free(s);
    rows->state = NULL;
}

static qdx_status begin_sources(qdx_rows *rows, qdx_error *error)
{
    sources *s = rows->state = calloc(1, sizeof *s);
    if (!s)
        return qdx_error_memory(error);
    for (size_t f = 0; f < FIELD_COUNT; f++) {
        size_t i = 0;
        while (i < rows->column_count && strcmp(rows->columns[i].name, field_names[f]) != 0)
            i++;
        if (i == rows->column_count)
            return qdx_error_set(error, QDX_ERR_ARGUMENT, "%s wants rows that have sources",
                                 rows->format->name);
        s->columns[f] = i;
    }
    const style *look = rows->format->dialect;
    qdx_buffer_text(&rows->out, look->opening);
    return qdx_buffer_status(&rows->out, error);
}

/* Puts a key where it belongs; false when it is there already. */
static bool insert(uint64_t *keys, size_t capacity, uint64_t key)
{
    size_t at = (size_t)key & (capacity - 1);
    while (keys[at] && keys[at] != key)
        at = (at + 1) & (capacity - 1);
    if (keys[at] == key)
        return false;
    keys[at] = key;
    return true;
}

static bool grow(sources *s)
{
    size_t capacity = s->capacity ? s->capacity * 2 : 64;
    uint64_t *keys = calloc(capacity, sizeof *keys);
    if (!keys)
        return false;
    for (size_t i = 0; i < s->capacity; i++)
        if (s->keys[i])
            insert(keys, capacity, s->keys[i]);
    free(s->keys);
    s->keys = keys;
    s->capacity = capacity;
    return true;
}

static qdx_status write_source(qdx_rows *rows, const qdx_cell *cells, qdx_error *error)
{
    sources *s = rows->state;
    const style *look = rows->format->dialect;
    const char *fields[FIELD_COUNT];
    uint64_t key = 1;
    for (size_t f = 0; f < FIELD_COUNT; f++) {
        const char *text = cells[s->columns[f]].text;
        fields[f] = text ? text : "";
        key = qdx_hash_mix(key, qdx_hash_bytes(fields[f], strlen(fields[f])));
    }
    key |= key == 0;
    if (s->count * 2 >= s->capacity && !grow(s))
        return qdx_error_memory(error);
    if (!insert(s->keys, s->capacity, key))
        return QDX_OK;
    qdx_buffer_text(&rows->out, s->count++ ? look->between : "");
    look->write(&rows->out, fields, key);
    return qdx_buffer_status(&rows->out, error);
}

static qdx_status finish_sources(qdx_rows *rows, qdx_error *error)
{
    const style *look = rows->format->dialect;
    qdx_buffer_text(&rows->out, look->closing);
    return qdx_buffer_status(&rows->out, error);
}

/* Text as TeX prints it; braces keep capitals. */
static void put_tex(qdx_buffer *out, const char *text)
{
    static const char special[] = "&%$#_{}";
    qdx_buffer line = {0};
    qdx_text_line(&line, text, true);
    for (size_t i = 0; i < line.size; i++) {
        char c = line.bytes[i];
        if (c == '\\')
            qdx_buffer_text(out, "\\textbackslash{}");
        else if (c == '~' || c == '^')
            qdx_buffer_format(out, "\\%c{}", c);
        else {
            if (strchr(special, c))
                qdx_buffer_byte(out, '\\');
            qdx_buffer_byte(out, c);
        }
    }
    out->failed |= line.failed;
    qdx_buffer_release(&line);
}

static void put_tex_field(qdx_buffer *out, const char *name, const char *text)
{
    if (!*text)
        return;
    qdx_buffer_format(out, ",\n  %s = {{", name);
    put_tex(out, text);
    qdx_buffer_text(out, "}}");
}

static void write_bibtex(qdx_buffer *out, const char *const fields[FIELD_COUNT], uint64_t key)
{
    qdx_date date;
    qdx_buffer_format(out, "@article{quotedex-%08" PRIx64, key >> 32);
    put_tex_field(out, "title", *fields[TITLE] ? fields[TITLE] : fields[PATH]);
    put_tex_field(out, "journal", fields[OUTLET]);
    put_tex_field(out, "date", fields[DATE]);
    if (qdx_date_parse(fields[DATE], &date)) {
        qdx_buffer_format(out, ",\n  year = {%d}", date.year);
        if (date.month)
            qdx_buffer_format(out, ",\n  month = {%d}", date.month);
    }
    put_tex_field(out, "url", fields[URL]);
    put_tex_field(out, "note", *fields[URL] ? "" : fields[PATH]);
    qdx_buffer_text(out, "\n}\n");
}

static void put_json_field(qdx_buffer *out, const char *name, const char *text)
{
    if (!*text)
        return;
    qdx_buffer_format(out, ", \"%s\": ", name);
    qdx_json_text(out, text);
}

static void write_csl(qdx_buffer *out, const char *const fields[FIELD_COUNT], uint64_t key)
{
    qdx_date date;
    qdx_buffer_format(out, "  {\"id\": \"quotedex-%08" PRIx64 "\", \"type\": \"article-newspaper\"",
                      key >> 32);
    put_json_field(out, "title", *fields[TITLE] ? fields[TITLE] : fields[PATH]);
    put_json_field(out, "container-title", fields[OUTLET]);
    put_json_field(out, "URL", fields[URL]);
    put_json_field(out, "archive_location", *fields[URL] ? "" : fields[PATH]);
    if (qdx_date_parse(fields[DATE], &date)) {
        qdx_buffer_format(out, ", \"issued\": {\"date-parts\": [[%d", date.year);
        if (date.month)
            qdx_buffer_format(out, ", %d", date.month);
        if (date.month && date.day)
            qdx_buffer_format(out, ", %d", date.day);
        qdx_buffer_text(out, "]]}");
    }
    qdx_buffer_byte(out, '}');
}

static const style bibtex = {"", "\n", "", write_bibtex};
static const style csl = {"[\n", ",\n", "\n]\n", write_csl};

const qdx_row_format qdx_bibtex_format = {
    .name = "bibtex",
    .description = "the articles that rows come from, each once, for BibTeX",
    .dialect = &bibtex,
    .begin = begin_sources,
    .row = write_source,
    .finish = finish_sources,
    .close = close_sources,
};

const qdx_row_format qdx_csl_format = {
    .name = "csl",
    .description = "the articles that rows come from, each once, as CSL JSON (Zotero, pandoc)",
    .dialect = &csl,
    .begin = begin_sources,
    .row = write_source,
    .finish = finish_sources,
    .close = close_sources,
};
