/*
 * Rows of an import: names cleaned and sorted out, the row written, what has none counted. A name
 * is kept when it is in Latin letters and can stand in a cell; a row when it has a name and a type.
 */
#include <string.h>

#include "gazetteer/import.h"
#include "text/unicode.h"

enum { LONGEST_NAME = 200, MOST_ALIASES = 64 };

void qdx_import_skip(qdx_import *job, const char *why)
{
    qdx_import_report *report = job->report;
    size_t i = 0;
    report->skipped++;
    while (i < report->reason_count && strcmp(report->reasons[i].why, why) != 0)
        i++;
    if (i == QDX_IMPORT_REASONS)
        return;
    if (i == report->reason_count)
        report->reasons[report->reason_count++] =
            (qdx_import_reason){.why = why, .line = job->line};
    report->reasons[i].count++;
}

/* Lower-case letters and digits, anything else one hyphen. */
static void append_slug(qdx_buffer *out, const char *text, size_t size)
{
    bool hyphen = false;
    for (size_t i = 0; i < size; i++) {
        char c = text[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + ('a' - 'A'));
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            if (hyphen)
                qdx_buffer_byte(out, '-');
            qdx_buffer_byte(out, c);
            hyphen = false;
        } else {
            hyphen = true;
        }
    }
}

qdx_status qdx_import_begin(qdx_import *job, const char *type, const char *scheme, const char *id,
                            size_t id_size, qdx_error *error)
{
    qdx_import_row *row = &job->row;
    qdx_status status = job->open ? qdx_import_end(job, error) : QDX_OK;
    qdx_buffer *buffers[] = {&row->id, &row->name, &row->aliases, &row->wikidata, &row->geonames};
    for (size_t i = 0; i < sizeof buffers / sizeof buffers[0]; i++)
        qdx_buffer_clear(buffers[i]);
    row->type = type ? type : "";
    row->gender = row->kind = row->policy = row->country = "";
    row->alias_count = 0;
    row->continues = false;
    job->open = true;
    job->report->entries++;
    if (id) {
        qdx_buffer_text(&row->id, scheme);
        qdx_buffer_byte(&row->id, '-');
        append_slug(&row->id, id, id_size);
    }
    return status;
}

static bool is_latin(uint32_t codepoint)
{
    return codepoint < 0x250 || (codepoint >= 0x1E00 && codepoint < 0x1F00);
}

/* The name with single blanks in job->text; false when it can be none. */
static bool clean_name(qdx_import *job, const char *text, size_t size)
{
    qdx_buffer *out = &job->text;
    bool letter = false, blank = false;
    qdx_buffer_clear(out);
    for (const char *p = text, *end = text + size; p < end;) {
        uint32_t codepoint;
        size_t n = qdx_utf8_decode(p, end, &codepoint);
        if (codepoint == QDX_REPLACEMENT || codepoint == '|')
            return false;
        if (codepoint < 0x20 || (codepoint >= 0x7F && codepoint < 0xA0) ||
            qdx_unicode_is_space(codepoint)) {
            blank = out->size > 0;
        } else {
            if (qdx_unicode_is_letter(codepoint)) {
                if (!is_latin(codepoint))
                    return false;
                letter = true;
            }
            if (blank)
                qdx_buffer_byte(out, ' ');
            qdx_buffer_append(out, p, n);
            blank = false;
        }
        p += n;
        if (out->size > LONGEST_NAME)
            return false;
    }
    return letter && !out->failed && !strchr("#=\"", out->bytes[0]);
}

/* Does the name stand among these, between |? */
static bool among(const qdx_buffer *names, const char *name, size_t size)
{
    for (const char *p = names->bytes; p && p[0];) {
        size_t n = strcspn(p, "|");
        if (n == size && memcmp(p, name, n) == 0)
            return true;
        p += n + (p[n] == '|');
    }
    return false;
}

void qdx_import_name(qdx_import *job, const char *text, size_t size)
{
    qdx_import_row *row = &job->row;
    const qdx_buffer *name = &job->text;
    if (!clean_name(job, text, size)) {
        job->report->dropped_names++;
        return;
    }
    if (!row->name.size) {
        qdx_buffer_append(&row->name, name->bytes, name->size);
        if (!row->continues)
            return;
    } else if (row->name.size == name->size &&
               memcmp(row->name.bytes, name->bytes, name->size) == 0) {
        return;
    }
    if (row->alias_count == MOST_ALIASES || among(&row->aliases, name->bytes, name->size))
        return;
    if (row->alias_count++)
        qdx_buffer_byte(&row->aliases, '|');
    qdx_buffer_append(&row->aliases, name->bytes, name->size);
}

static bool is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

void qdx_import_country(qdx_import *job, const char *code)
{
    char *country = job->row.country_code;
    if (!is_ascii_letter(code[0]) || !is_ascii_letter(code[1]) || code[2])
        return;
    country[0] = (char)(code[0] & ~0x20);
    country[1] = (char)(code[1] & ~0x20);
    country[2] = '\0';
    job->row.country = country;
}

static void cell(qdx_import *job, const char *text)
{
    qdx_buffer_text(&job->out, text);
    qdx_buffer_byte(&job->out, '\t');
}

static const char *text_of(const qdx_buffer *buffer)
{
    return buffer->size ? buffer->bytes : "";
}

qdx_status qdx_import_end(qdx_import *job, qdx_error *error)
{
    qdx_import_row *row = &job->row;
    qdx_buffer *const texts[] = {&row->id, &row->name, &row->aliases, &row->wikidata,
                                 &row->geonames};
    job->open = false;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (texts[i]->failed)
            return qdx_error_memory(error);
    if (!*row->type)
        row->type = job->options->type ? job->options->type : "";
    if (!*row->type || !row->name.size) {
        qdx_import_skip(job, *row->type ? "no usable name in Latin letters"
                                        : "no person, organization or place");
        return QDX_OK;
    }
    cell(job, row->name.bytes);
    cell(job, row->type);
    cell(job, text_of(&row->id));
    cell(job, text_of(&row->aliases));
    cell(job, row->policy);
    cell(job, row->gender);
    cell(job, row->country);
    cell(job, row->kind);
    cell(job, text_of(&row->wikidata));
    cell(job, text_of(&row->geonames));
    qdx_buffer_text(&job->out, job->source);
    qdx_buffer_byte(&job->out, '\n');
    job->report->kept++;
    job->report->names += 1 + row->alias_count;
    return qdx_buffer_status(&job->out, error);
}

char *qdx_import_cell(char **at)
{
    char *start = *at;
    if (!start)
        return NULL;
    char *tab = strchr(start, '\t');
    if (tab)
        *tab++ = '\0';
    *at = tab;
    return start;
}
