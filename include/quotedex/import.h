/*
 * Importers: outside name lists turned into a gazetteer (docs/gazetteer-format.md), with an account
 * of what was kept and what was left out, and why.
 *
 *     qdx_import_report report;
 *     qdx_import_run(NULL, "people.jsonl", NULL, sink, &report, &error);
 *     printf("%s: %ju of %ju kept\n", report.format, report.kept, report.entries);
 *
 * Files are read line by line; one line, or a format that is one JSON document, may take at most
 * 256 MiB. Only names in Latin letters are kept. Rows carry the outside id, as "wikidata-q1" or
 * "geonames-1", so that files of one source join when they are loaded; lists without ids leave the
 * column empty.
 */
#ifndef QUOTEDEX_IMPORT_H
#define QUOTEDEX_IMPORT_H

#include <quotedex/output.h>
#include <quotedex/status.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct qdx_import_options {
    const char *type; /* "person", "organization", "place": of entries that tell none, or NULL */
    const volatile int *stop; /* ends the import when it becomes non-zero; NULL: never */
} qdx_import_options;

enum { QDX_IMPORT_REASONS = 24 };

/* Why entries were left out, how many, and the line of the first. */
typedef struct qdx_import_reason {
    const char *why; /* static: "no English label" */
    uint64_t count;
    uint64_t line;
} qdx_import_reason;

typedef struct qdx_import_report {
    const char *format;     /* as given or recognized; static */
    uint64_t entries;       /* in the file */
    uint64_t kept;          /* rows written */
    uint64_t names;         /* in these rows, aliases included */
    uint64_t dropped_names; /* of kept entries: in another script, too long, or no names */
    uint64_t skipped;       /* entries left out: the sum of the reasons */
    qdx_import_reason reasons[QDX_IMPORT_REASONS]; /* in the order in which they came up */
    size_t reason_count;
} qdx_import_report;

/* Name and one-line description of the i-th format; NULL after the last. */
QDX_API const char *qdx_import_format_at(size_t i, const char **description);

/*
 * Reads a file and writes TSV with its header to the sink. `format` NULL: recognized from the
 * file's first bytes and its name. Fails with QDX_ERR_ARGUMENT when the format is unknown, or tells
 * no types and none is given; with QDX_ERR_UNSUPPORTED when this build reads no JSON; with what the
 * system or the sink refuses. Entries that cannot be used never fail; they are in the report.
 */
QDX_API qdx_status qdx_import_run(const char *format, const char *path,
                                  const qdx_import_options *options, qdx_sink sink,
                                  qdx_import_report *report, qdx_error *error);

/* The same for bytes in memory; `name` stands for the path. */
QDX_API qdx_status qdx_import_run_bytes(const char *format, const char *name, const void *bytes,
                                        size_t size, const qdx_import_options *options,
                                        qdx_sink sink, qdx_import_report *report, qdx_error *error);

#ifdef __cplusplus
}
#endif
#endif
