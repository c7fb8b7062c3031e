/*
 * Records of an index as values. Texts are borrowed from the index and terminated. Every function
 * fails with QDX_ERR_DAMAGED on a malformed record and checks the numbers of other records in it.
 */
#ifndef QDX_INDEX_DECODE_H
#define QDX_INDEX_DECODE_H

#include "index/reader.h"

typedef struct qdx_entity_row {
    uint8_t type, gender, listed;
    const char *id, *name, *country;
    uint64_t documents, mentions, first_quote, quotes;
    uint64_t reported; /* of the quotes: indirect ones */
    uint32_t first, last;
    uint64_t variant_count;
    qdx_cursor variants; /* text, varint count */
    uint64_t alias_count;
    qdx_cursor aliases; /* texts */
    uint64_t tenure_count;
    qdx_cursor tenures; /* office, country, organization: texts; from, to: varints */
} qdx_entity_row;

qdx_status qdx_entity_row_at(const qdx_index *index, uint64_t i, qdx_entity_row *row,
                             qdx_error *error);

typedef struct qdx_document_row {
    const char *path, *title, *url, *outlet;
    uint32_t part, date;
    uint64_t text_bytes, text_hash, mentions, quotes;
} qdx_document_row;

qdx_status qdx_document_row_at(const qdx_index *index, uint64_t i, qdx_document_row *row,
                               qdx_error *error);

/* What filters and orders look at, without the quotation's words. */
typedef struct qdx_fact_row {
    uint32_t speaker; /* entity, UINT32_MAX: none */
    uint32_t date, document, char_start;
    uint8_t kind, speaker_kind;
    uint16_t confidence; /* of the speaker, per mille */
    uint64_t number;     /* the quotation's id */
} qdx_fact_row;

qdx_status qdx_fact_row_at(const qdx_index *index, uint64_t i, qdx_fact_row *row, qdx_error *error);

typedef struct qdx_quote_row {
    uint32_t confidence; /* of the quotation, per mille */
    uint32_t chars, paragraph;
    const char *text, *cue, *rule, *as_written, *before, *after;
    size_t text_size;
    uint64_t about_count;
    qdx_cursor about; /* entities, varints */
} qdx_quote_row;

qdx_status qdx_quote_row_at(const qdx_index *index, uint64_t i, qdx_quote_row *row,
                            qdx_error *error);

/* A document's mentions, one after another. */
typedef struct qdx_mention_reader {
    const qdx_index *index;
    uint64_t document, left;
    qdx_cursor cursor;
} qdx_mention_reader;

typedef struct qdx_mention_row {
    uint32_t entity, spelling; /* spelling: its place among the entity's variants */
    uint32_t char_start, char_end, paragraph;
    uint64_t rule; /* symbol, with the confidence */
} qdx_mention_row;

qdx_status qdx_mention_reader_open(const qdx_index *index, uint64_t document,
                                   qdx_mention_reader *reader, qdx_error *error);

/* Steps on; *row must be the previous one, zeroed at first. QDX_END after the last. */
qdx_status qdx_mention_reader_next(qdx_mention_reader *reader, qdx_mention_row *row,
                                   qdx_error *error);

/* The confidence, per mille, is for the rules of mentions; NULL if it does not
 * matter. */
qdx_status qdx_symbol_at(const qdx_index *index, uint64_t i, const char **text,
                         uint32_t *confidence, qdx_error *error);

/* Ascending numbers of a posting list, one after another: a count and steps. */
typedef struct qdx_posting_reader {
    qdx_cursor cursor;
    uint64_t left, last, limit;
    bool first;
} qdx_posting_reader;

void qdx_posting_reader_init(qdx_posting_reader *reader, qdx_cursor *cursor, uint64_t limit);
/* False at the end, and when malformed (then reader->cursor.failed). */
bool qdx_posting_reader_next(qdx_posting_reader *reader, uint64_t *value);

/* Both lists of an entity. */
qdx_status qdx_postings_at(const qdx_index *index, uint64_t entity, qdx_posting_reader *documents,
                           qdx_posting_reader *about, qdx_error *error);

#include "base/banned.h"
#endif
