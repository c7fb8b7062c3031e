/*
 * quotedex export: a whole index for other tools. Formats of several tables give one file; csv,
 * excel and tsv a folder with a file a table, or, for a name that ends like one, the one table
 * asked for.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/article_source.h"
#include "cli/export_tables.h"
#include "cli/folder.h"
#include "cli/index_open.h"
#include "cli/message.h"

/* Formats that a whole index can be written in. */
typedef struct export_format {
    const char *name;
    const char *ending; /* of the files in a folder; NULL: one file holds all tables */
    bool report;        /* only what is worth reading */
} export_format;

static const export_format formats[] = {
    {"sqlite", NULL, false}, {"jsonl", NULL, false},   {"xlsx", NULL, false},  {"html", NULL, true},
    {"csv", ".csv", false},  {"excel", ".csv", false}, {"tsv", ".tsv", false}, {0},
};

static const export_format *find_format(const char *name)
{
    const export_format *f = formats;
    while (f->name && strcmp(f->name, name ? name : "") != 0)
        f++;
    return f->name ? f : NULL;
}

/* Writes a table into the open rows. */
static qdx_status write_table(exporting *e, const export_table *table, qdx_error *error)
{
    qdx_status status = table->write(e, error);
    return status == QDX_END ? QDX_OK : status;
}

/* All tables, or `only` one of them, into one output. */
static qdx_status write_tables(exporting *e, output *out, const export_format *format,
                               const export_table *only, qdx_error *error)
{
    qdx_status status = QDX_OK;
    bool open = false;
    for (size_t i = 0; i < EXPORT_TABLES && status == QDX_OK; i++) {
        const export_table *table = &export_tables[i];
        if (only ? table != only : format->report && !table->in_report)
            continue;
        status = open ? record_table(&e->writer, table->type, error)
                      : record_open(&e->writer, out, e->c, table->type, !only, error);
        open = true;
        if (status == QDX_OK)
            status = write_table(e, table, error);
    }
    return status == QDX_OK ? record_finish(&e->writer, out, error) : status;
}

/* One file. *exit is set when the reader of a pipe went away. */
static qdx_status write_file(exporting *e, const cli *c, const export_format *format,
                             const export_table *only, qdx_error *error)
{
    output out;
    qdx_status status = output_open(&out, c, error);
    if (status != QDX_OK)
        return status;
    status = write_tables(e, &out, format, only, error);
    record_release(&e->writer);
    output_close(&out);
    return out.reader_gone ? QDX_OK : status;
}

/* A file of the folder, as if -o had named it. */
static qdx_status write_member(exporting *e, const folder *f, const export_format *format,
                               const export_table *table, qdx_error *error)
{
    char *path;
    if (asprintf(&path, "%s/%s%s", f->temporary, table->type->name, format->ending) < 0)
        return fail(error, QDX_ERR_MEMORY, f->path, "out of memory");
    cli member = *e->c;
    member.options.output = path;
    qdx_status status = write_file(e, &member, format, table, error);
    free(path);
    return status;
}

static qdx_status write_folder(exporting *e, const export_format *format, qdx_error *error)
{
    folder f;
    qdx_status status = folder_open(&f, e->c->options.output, format->ending, error);
    for (size_t i = 0; i < EXPORT_TABLES && status == QDX_OK; i++)
        status = write_member(e, &f, format, &export_tables[i], error);
    if (status == QDX_OK)
        status = folder_finish(&f, error);
    folder_close(&f);
    return status;
}

static bool names_file(const char *path, const char *ending)
{
    size_t size = strlen(path), tail = strlen(ending);
    return strcmp(path, "-") == 0 || (size > tail && strcmp(path + size - tail, ending) == 0);
}

static qdx_status write_export(exporting *e, const export_format *format, qdx_error *error)
{
    const options *o = &e->c->options;
    const export_table *only = o->table ? export_table_find(o->table) : NULL;
    if (format->ending && !only && names_file(o->output, format->ending)) {
        note(e->c, "one file holds one table, here the quotations; --table names another, and a "
                   "folder behind -o gets them all");
        only = export_table_find("quotes");
    }
    return format->ending && !only ? write_folder(e, format, error)
                                   : write_file(e, e->c, format, only, error);
}

static int export_index(const cli *c, const qdx_index *index, const export_format *format)
{
    qdx_error error = {0};
    article_source articles = {0};
    const qdx_text_source source = {article_source_read, &articles};
    exporting e = {.c = c, .content = qdx_content_new(index, &error)};
    if (!e.content)
        return report(c, &error);
    qdx_content_set_articles(e.content, &source);
    qdx_status status = write_export(&e, format, &error);
    qdx_content_free(e.content);
    article_source_release(&articles);
    if (status == QDX_ERR_INTERRUPTED)
        return EXIT_INTERRUPTED;
    if (status != QDX_OK)
        return report(c, &error);
    note(c, "%" PRIu64 " row%s: %s", e.rows, plural(e.rows), c->options.output);
    return EXIT_DONE;
}

int run_export(const cli *c)
{
    qdx_error error = {0};
    qdx_index *index = NULL;
    const export_format *format = find_format(c->options.format);
    if (!format)
        return usage_error(c, "export wants --format sqlite, jsonl, csv, excel, tsv, xlsx or html");
    if (!c->options.output)
        return usage_error(c, "export wants -o, where to write");
    if (c->options.table && !export_table_find(c->options.table))
        return usage_error(c,
                           "there is no table '%s'; choose from quotes, entities, documents, "
                           "aliases, offices, mentions",
                           c->options.table);
    qdx_status status = index_open(c, &index, &error);
    if (status != QDX_OK)
        return report(c, &error);
    int exit = export_index(c, index, format);
    qdx_index_close(index);
    return exit;
}
