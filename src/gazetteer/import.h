/*
 * What the readers of foreign formats share: a row under construction, and the account of the rest.
 *
 * A reader is given one line (terminated, valid UTF-8) or a whole document. For each entry it calls
 * qdx_import_begin, qdx_import_name for every name, sets what else it knows, and qdx_import_end; or
 * qdx_import_skip with a static reason.
 */
#ifndef QDX_GAZETTEER_IMPORT_H
#define QDX_GAZETTEER_IMPORT_H

#include <quotedex/import.h>
#include <stdbool.h>

#include "base/buffer.h"

/* One row. Texts that are not buffers are static or live until qdx_import_end. */
typedef struct qdx_import_row {
    const char *type, *gender, *kind, *policy, *country; /* "" when unknown */
    char country_code[3]; /* what country points to once it is known */
    qdx_buffer id, name, aliases, wikidata, geonames;
    size_t alias_count;
    bool continues; /* the name also stands among the aliases: the id may be known already */
} qdx_import_row;

typedef struct qdx_import {
    const qdx_import_options *options;
    qdx_import_report *report;
    qdx_sink sink;
    const char *source; /* the format's name, for the column */
    uint64_t line;
    qdx_buffer out, text; /* text: a name being cleaned */
    qdx_import_row row;
    bool open; /* a row was begun and not ended: formats that spread an entry over lines */
} qdx_import;

typedef struct qdx_import_format {
    const char *name, *description;
    bool needs_type; /* the list itself tells none */
    bool document;   /* `read` gets the whole file at once */
    bool (*sniff)(const char *head, size_t size, const char *name);
    qdx_status (*read)(qdx_import *job, char *text, size_t size, qdx_error *error);
} qdx_import_format;

/* Starts a row; ends an open one first. `id` may be NULL; else it becomes "scheme-id", slugged. */
qdx_status qdx_import_begin(qdx_import *job, const char *type, const char *scheme, const char *id,
                            size_t id_size, qdx_error *error);

/* The first usable name is the display name, others are aliases. */
void qdx_import_name(qdx_import *job, const char *text, size_t size);

/* Two letters in any case; anything else is ignored. */
void qdx_import_country(qdx_import *job, const char *code);

/* Writes the row, or counts why it has none. */
qdx_status qdx_import_end(qdx_import *job, qdx_error *error);

/* Counts an entry that gives no row. `why` is static. */
void qdx_import_skip(qdx_import *job, const char *why);

/* The next cell of a tab-separated line, terminated in place; NULL after the last. */
char *qdx_import_cell(char **at);

/* Readers, a file a family. */
bool qdx_import_sniff_gate(const char *head, size_t size, const char *name);
bool qdx_import_sniff_regexner(const char *head, size_t size, const char *name);
bool qdx_import_sniff_plain(const char *head, size_t size, const char *name);
qdx_status qdx_import_read_gate(qdx_import *job, char *text, size_t size, qdx_error *error);
qdx_status qdx_import_read_regexner(qdx_import *job, char *text, size_t size, qdx_error *error);
qdx_status qdx_import_read_plain(qdx_import *job, char *text, size_t size, qdx_error *error);

bool qdx_import_sniff_geonames(const char *head, size_t size, const char *name);
bool qdx_import_sniff_alternate(const char *head, size_t size, const char *name);
bool qdx_import_sniff_jrc(const char *head, size_t size, const char *name);
qdx_status qdx_import_read_geonames(qdx_import *job, char *text, size_t size, qdx_error *error);
qdx_status qdx_import_read_alternate(qdx_import *job, char *text, size_t size, qdx_error *error);
qdx_status qdx_import_read_jrc(qdx_import *job, char *text, size_t size, qdx_error *error);

bool qdx_import_sniff_wikidata(const char *head, size_t size, const char *name);
bool qdx_import_sniff_ftm(const char *head, size_t size, const char *name);
bool qdx_import_sniff_popolo(const char *head, size_t size, const char *name);
bool qdx_import_sniff_spacy(const char *head, size_t size, const char *name);
qdx_status qdx_import_read_wikidata(qdx_import *job, char *text, size_t size, qdx_error *error);
qdx_status qdx_import_read_ftm(qdx_import *job, char *text, size_t size, qdx_error *error);
qdx_status qdx_import_read_popolo(qdx_import *job, char *text, size_t size, qdx_error *error);
qdx_status qdx_import_read_spacy(qdx_import *job, char *text, size_t size, qdx_error *error);

#include "base/banned.h"
#endif
