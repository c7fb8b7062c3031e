/*
 * Records as rows: which member of a struct stands in which column. A command's columns are a table
 * of fields; writing a row is one function for all.
 */
#ifndef QDX_CLI_RECORD_H
#define QDX_CLI_RECORD_H

#include "cli/output.h"

/* What lies at a field's offset. */
typedef enum field_kind {
    FIELD_TEXT,  /* const char *; "" is written as nothing */
    FIELD_TEXTS, /* const char *const *, with a size_t count right behind it: joined by "; " */
    FIELD_SHARE, /* float */
    FIELD_U32,
    FIELD_U64,
    FIELD_DATE,         /* qdx_date */
    FIELD_URL,          /* const char *; leads to the words at the offset `other` */
    FIELD_QUOTE_KIND,   /* qdx_quote_kind */
    FIELD_SPEAKER_KIND, /* qdx_speaker_kind */
    FIELD_ENTITY_TYPE,  /* qdx_entity_type */
} field_kind;

typedef struct field {
    qdx_column column;
    field_kind kind;
    size_t offset, other;
} field;

/* A kind of record: the table's name and its columns. */
typedef struct record_type {
    const char *name;
    const field *fields;
    size_t count;
} record_type;

#define RECORD_TYPE(name, fields)                                                                  \
    {                                                                                              \
        name, fields, sizeof fields / sizeof fields[0]                                             \
    }

/* Writes records of one type at a time. An all-zero value is valid; release it. */
typedef struct record_writer {
    const record_type *type;
    qdx_rows *rows; /* owned */
    bool fragments; /* addresses lead to the words themselves (--fragments) */
    qdx_cell *cells;
    struct record_scratch *scratch; /* one a field */
    uint64_t written;
} record_writer;

/* Opens rows in the format asked for; what was asked is noted in them. */
qdx_status record_open(record_writer *writer, output *out, const cli *c, const record_type *type,
                       bool several, qdx_error *error);

/* Goes on with records of another type, in a table of their own. */
qdx_status record_table(record_writer *writer, const record_type *type, qdx_error *error);

qdx_status record_write(record_writer *writer, const void *record, qdx_error *error);

/* Finishes the rows and the output. */
qdx_status record_finish(record_writer *writer, output *out, qdx_error *error);

void record_release(record_writer *writer);

/* Notes in the rows, where their format has a place for it, that these are so many of all. */
qdx_status record_note_count(record_writer *writer, uint64_t shown, uint64_t total,
                             qdx_error *error);

/* Opens, writes `count` records of `total` that `at` gives, and finishes, unless the user asks to
 * stop. */
qdx_status record_write_all(output *out, const cli *c, const record_type *type,
                            const void *(*at)(const void *list, size_t i), const void *list,
                            size_t count, uint64_t total, qdx_error *error);

extern const record_type quote_records;   /* qdx_hit */
extern const record_type mention_records; /* qdx_mention_hit */
extern const record_type entity_records;  /* qdx_index_entity */

#endif
