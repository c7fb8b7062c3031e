/*
 * Imports: finds out what a list is, hands its lines to the reader of that format, and writes the
 * rows. Knows the table of formats and nothing of any one of them. A line that is too long or no
 * UTF-8 is counted and passed over.
 */
#include "gazetteer/import.h"

#include <string.h>

#include "gazetteer/import_source.h"
#include "text/unicode.h"

static const qdx_import_format formats[] = {
    {"wikidata", "Wikidata JSON dump, an item a line", false, false, qdx_import_sniff_wikidata,
     qdx_import_read_wikidata},
    {"opensanctions", "OpenSanctions FollowTheMoney entities, JSON lines", false, false,
     qdx_import_sniff_ftm, qdx_import_read_ftm},
    {"spacy", "spaCy EntityRuler patterns, JSON lines", false, false, qdx_import_sniff_spacy,
     qdx_import_read_spacy},
    {"popolo", "Popolo JSON: persons, organizations, areas", false, true, qdx_import_sniff_popolo,
     qdx_import_read_popolo},
    {"geonames", "GeoNames allCountries.txt, cities*.txt", false, false, qdx_import_sniff_geonames,
     qdx_import_read_geonames},
    {"geonames-alternate", "GeoNames alternateNames.txt, English and undeclared names", false,
     false, qdx_import_sniff_alternate, qdx_import_read_alternate},
    {"jrc", "JRC-Names: id, type, language, name", false, false, qdx_import_sniff_jrc,
     qdx_import_read_jrc},
    {"regexner", "Stanford RegexNER mapping without real expressions", false, false,
     qdx_import_sniff_regexner, qdx_import_read_regexner},
    {"gate", "GATE gazetteer .lst; the type is given", true, false, qdx_import_sniff_gate,
     qdx_import_read_gate},
    {"plain", "a name a line; the type is given", true, false, qdx_import_sniff_plain,
     qdx_import_read_plain},
};

enum { FORMAT_COUNT = sizeof formats / sizeof formats[0], FLUSH_AT = 1 << 16 };

const char *qdx_import_format_at(size_t i, const char **description)
{
    if (i >= FORMAT_COUNT)
        return NULL;
    if (description)
        *description = formats[i].description;
    return formats[i].name;
}

static qdx_status flush(qdx_import *job, qdx_error *error)
{
    qdx_status status = qdx_buffer_status(&job->out, error);
    if (status == QDX_OK && job->out.size)
        status = job->sink.write(job->sink.context, job->out.bytes, job->out.size, error);
    qdx_buffer_clear(&job->out);
    return status;
}

/* --- the run ------------------------------------------------------------------------------ */

static const qdx_import_format *find_format(const char *name, qdx_error *error)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    qdx_error_set(error, QDX_ERR_ARGUMENT, "no format of name lists is called '%s'", name);
    qdx_error_hint(error, "known are wikidata, opensanctions, spacy, popolo, geonames, "
                          "geonames-alternate, jrc, regexner, gate and plain");
    return NULL;
}

static const qdx_import_format *recognize(const qdx_import_source *source, qdx_error *error)
{
    char head[8192];
    size_t size = qdx_import_source_head(source, head, sizeof head);
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        if (formats[i].sniff(head, size, source->name))
            return &formats[i];
    qdx_error_set(error, QDX_ERR_ARGUMENT, "what kind of name list this is cannot be seen");
    qdx_error_at(error, source->name, 0);
    qdx_error_hint(error, "name its format");
    return NULL;
}

static qdx_status check_type(const qdx_import_format *format, const qdx_import_options *options,
                             qdx_error *error)
{
    const char *type = options->type;
    if (type && strcmp(type, "person") != 0 && strcmp(type, "organization") != 0 &&
        strcmp(type, "place") != 0)
        return qdx_error_set(error, QDX_ERR_ARGUMENT,
                             "'%s' is no type: person, organization or place", type);
    if (type || !format->needs_type)
        return QDX_OK;
    qdx_error_set(error, QDX_ERR_ARGUMENT, "a list of the format %s tells no types", format->name);
    qdx_error_hint(error, "say what it lists: person, organization or place");
    return QDX_ERR_ARGUMENT;
}

static qdx_status read_lines(qdx_import *job, const qdx_import_format *format,
                             qdx_import_source *source, qdx_error *error)
{
    for (;;) {
        char *line;
        size_t size;
        bool whole;
        qdx_status status = qdx_import_source_line(source, &line, &size, &whole, error);
        job->line = source->line;
        if (status == QDX_END)
            return QDX_OK;
        if (status != QDX_OK)
            return status;
        if (job->options->stop && *job->options->stop)
            return qdx_error_set(error, QDX_ERR_INTERRUPTED, "interrupted");
        if (!whole || memchr(line, '\0', size) || !qdx_utf8_valid(line, size)) {
            job->report->entries++;
            qdx_import_skip(job, whole ? "line is no UTF-8 text" : "line longer than 256 MiB");
            continue;
        }
        status = format->read(job, line, size, error);
        if (status == QDX_OK && job->out.size >= FLUSH_AT)
            status = flush(job, error);
        if (status != QDX_OK)
            return status;
    }
}

static qdx_status read_document(qdx_import *job, const qdx_import_format *format,
                                qdx_import_source *source, qdx_error *error)
{
    char *text;
    size_t size;
    qdx_status status = qdx_import_source_all(source, &text, &size, error);
    return status == QDX_OK ? format->read(job, text, size, error) : status;
}

static void release(qdx_import *job)
{
    qdx_import_row *row = &job->row;
    qdx_buffer *buffers[] = {&row->id,       &row->name, &row->aliases, &row->wikidata,
                             &row->geonames, &job->out,  &job->text};
    for (size_t i = 0; i < sizeof buffers / sizeof buffers[0]; i++)
        qdx_buffer_release(buffers[i]);
}

static qdx_status run(const char *name, qdx_import_source *source,
                      const qdx_import_options *options, qdx_sink sink, qdx_import_report *report,
                      qdx_error *error)
{
    static const qdx_import_options nothing = {0};
    qdx_import job = {.options = options ? options : &nothing, .report = report, .sink = sink};
    const qdx_import_format *format = name ? find_format(name, error) : recognize(source, error);
    qdx_status status = format ? check_type(format, job.options, error) : QDX_ERR_ARGUMENT;
    if (status != QDX_OK)
        goto done;
    job.source = report->format = format->name;
    qdx_buffer_text(&job.out, "name\ttype\tid\taliases\tcase\tgender\tcountry\tkind\twikidata\t"
                              "geonames\tsource\n");
    status = format->document ? read_document(&job, format, source, error)
                              : read_lines(&job, format, source, error);
    if (status == QDX_OK && job.open)
        status = qdx_import_end(&job, error);
    if (status == QDX_OK)
        status = flush(&job, error);
done:
    release(&job);
    return status;
}

qdx_status qdx_import_run(const char *format, const char *path, const qdx_import_options *options,
                          qdx_sink sink, qdx_import_report *report, qdx_error *error)
{
    qdx_import_source source;
    *report = (qdx_import_report){.format = ""};
    qdx_status status = qdx_import_source_open(&source, path, error);
    if (status != QDX_OK)
        return status;
    status = run(format, &source, options, sink, report, error);
    qdx_import_source_close(&source);
    return status;
}

qdx_status qdx_import_run_bytes(const char *format, const char *name, const void *bytes,
                                size_t size, const qdx_import_options *options, qdx_sink sink,
                                qdx_import_report *report, qdx_error *error)
{
    qdx_import_source source;
    *report = (qdx_import_report){.format = ""};
    qdx_import_source_open_bytes(&source, name, bytes, size);
    qdx_status status = run(format, &source, options, sink, report, error);
    qdx_import_source_close(&source);
    return status;
}
