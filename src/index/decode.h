/*
 * Records of an index as values. Every function fails with QDX_ERR_DAMAGED on a malformed record
 * and checks the numbers of other records in it. Rows, and the texts and lists they point to, are
 * borrowed: from the index in the functions named ..._at, from an arena where one is given.
 */
#ifndef QDX_INDEX_DECODE_H
#define QDX_INDEX_DECODE_H

#include "base/arena.h"
#include "index/reader.h"

typedef struct qdx_symbol_row {
    uint8_t class, kind, speaker_kind; /* kinds: of manners */
    uint16_t confidence;               /* per mille, of marks and manners */
    const char *text;
} qdx_symbol_row;

typedef struct qdx_skipped_row {
    const char *path, *reason;
    uint32_t inner; /* as in a document's row */
    uint64_t size, time;
} qdx_skipped_row;

typedef struct qdx_document_row {
    const char *path, *title, *url, *outlet;
    const char *format, *encoding; /* it was read as, and from */
    uint32_t repairs;              /* QDX_REPAIR_… */
    uint32_t copy;  /* how many documents before it the one stands whose text it has; 0: none */
    uint32_t inner; /* bytes of the path that follow the file's: a place inside of it */
    uint32_t part, date;
    uint64_t file_bytes, file_time; /* nanoseconds since 1970, 0: unknown */
    uint64_t text_bytes, text_hash;
    uint32_t quotes;
} qdx_document_row;

typedef struct qdx_entity_row {
    uint8_t type, gender, listed;
    const char *id, *name, *country;
    uint64_t documents, mentions, first_quote, quotes;
    uint64_t reported; /* of the quotes: indirect ones */
    uint32_t first, last;
    uint64_t variant_count;
    qdx_cursor variants, times; /* read with qdx_entity_variant_next */
    uint64_t alias_count;
    qdx_cursor aliases; /* texts */
    uint64_t tenure_count;
    qdx_cursor offices, terms; /* read with qdx_entity_tenure_next */
} qdx_entity_row;

/* What stands for an entity where no more is asked. */
typedef struct qdx_entity_name_row {
    const char *id, *name;
    uint8_t type;
} qdx_entity_name_row;

/* Steps through the spellings met, most frequent first. times may be NULL. */
const char *qdx_entity_variant_next(qdx_entity_row *row, uint64_t *times);

/* The next term of office, without the phrases for its holder: those are in the table of names. */
struct qdx_form_tenure;
void qdx_entity_tenure_next(qdx_entity_row *row, struct qdx_form_tenure *tenure);

/* Whom a document names, in which form; what its mentions and quotations mean by a number. */
typedef struct qdx_pair_row {
    uint32_t entity, form;
} qdx_pair_row;

typedef struct qdx_mention_row {
    uint32_t who;      /* one of the document's pairs */
    uint32_t spelling; /* its place among the entity's variants */
    uint32_t mark;     /* symbol */
    uint32_t char_start, paragraph;
} qdx_mention_row;

/* All of a document's mentions, in order. */
typedef struct qdx_mentions_row {
    const qdx_pair_row *pairs;
    const qdx_mention_row *mentions;
    uint32_t pair_count, mention_count;
} qdx_mentions_row;

typedef struct qdx_quote_row {
    uint32_t speaker; /* entity, UINT32_MAX: none */
    uint32_t document, char_start, chars, paragraph;
    uint32_t manner, cue;              /* symbols */
    uint32_t named_start, named_chars; /* of reported ones: the words that name the speaker */
    uint8_t kind, speaker_kind;
    uint16_t confidence;  /* of the speaker, per mille */
    uint32_t about_count; /* pairs of the document */
    uint32_t gap_count;   /* of reported ones; two numbers for each further stretch */
    const uint32_t *about, *gaps;
} qdx_quote_row;

/* What filters and orders look at; heeds what people decided, as the rows above do not. */
typedef struct qdx_fact_row {
    uint32_t speaker; /* entity, UINT32_MAX: none */
    uint32_t date, document, char_start, chars;
    uint8_t kind, speaker_kind;
    uint16_t confidence; /* of the speaker, per mille */
    bool decided;        /* a person said who the speaker is */
} qdx_fact_row;

/* The words of a direct or mixed quotation; "" for reported ones. */
typedef struct qdx_speech_row {
    const char *text, *as_written;
    size_t text_size;
} qdx_speech_row;

typedef struct qdx_posting_row {
    uint64_t document_count, quote_count;
    qdx_cursor documents, quotes; /* steps */
} qdx_posting_row;

typedef struct qdx_source_row {
    uint32_t kind;
    const char *text;
} qdx_source_row;

typedef struct qdx_form_row {
    uint32_t count;
    qdx_cursor sizes, bytes;
} qdx_form_row;

qdx_status qdx_symbol_row_at(const qdx_index *index, uint64_t i, qdx_symbol_row *row,
                             qdx_error *error);
qdx_status qdx_skipped_row_at(const qdx_index *index, uint64_t i, qdx_skipped_row *row,
                              qdx_error *error);
qdx_status qdx_document_row_at(const qdx_index *index, uint64_t i, qdx_document_row *row,
                               qdx_error *error);
qdx_status qdx_entity_row_at(const qdx_index *index, uint64_t i, qdx_entity_row *row,
                             qdx_error *error);
/* Cheaper where more is not asked of the entities around it. */
qdx_status qdx_entity_name_at(const qdx_index *index, uint64_t i, qdx_entity_name_row *row,
                              qdx_error *error);
qdx_status qdx_mentions_row_at(const qdx_index *index, uint64_t document, qdx_mentions_row *row,
                               qdx_error *error);
qdx_status qdx_quote_row_at(const qdx_index *index, uint64_t i, qdx_quote_row *row,
                            qdx_error *error);
qdx_status qdx_fact_row_at(const qdx_index *index, uint64_t i, qdx_fact_row *row, qdx_error *error);
/* The same in two steps: the article's date is somewhere else, and not everybody asks for it. */
qdx_status qdx_fact_undated_at(const qdx_index *index, uint64_t i, qdx_fact_row *row,
                               qdx_error *error);
qdx_status qdx_fact_date(const qdx_index *index, qdx_fact_row *row, qdx_error *error);
qdx_status qdx_speech_row_at(const qdx_index *index, uint64_t i, qdx_speech_row *row,
                             qdx_error *error);
qdx_status qdx_posting_row_at(const qdx_index *index, uint64_t entity, qdx_posting_row *row,
                              qdx_error *error);
qdx_status qdx_source_row_at(const qdx_index *index, uint64_t i, qdx_source_row *row,
                             qdx_error *error);
qdx_status qdx_form_row_at(const qdx_index *index, uint64_t entity, qdx_form_row *row,
                           qdx_error *error);

/* The number of the entity with this id and a type not below `type`; QDX_END when there is none. */
qdx_status qdx_entity_find(const qdx_index *index, const char *id, unsigned type, uint64_t *number,
                           qdx_error *error);

/* The entities of a quotation's content: entity number k. */
qdx_status qdx_quote_about_at(const qdx_index *index, const qdx_quote_row *row, uint32_t k,
                              uint32_t *entity, qdx_error *error);

/*
 * All rows of a group, into the arena: *rows is an array of the store's row, *count long. Unlike
 * the functions above nothing is kept in the index.
 */
qdx_status qdx_rows_read(const qdx_index *index, qdx_store store, uint64_t group, qdx_arena *arena,
                         const void **rows, size_t *count, qdx_error *error);

/* Ascending numbers of a posting list, one after another. */
typedef struct qdx_posting_reader {
    qdx_cursor cursor;
    uint64_t left, last, limit;
    bool first;
} qdx_posting_reader;

void qdx_posting_reader_init(qdx_posting_reader *reader, qdx_cursor steps, uint64_t count,
                             uint64_t limit);
/* Both lists of an entity: the documents that mention it, the quotations about it. */
qdx_status qdx_postings_at(const qdx_index *index, uint64_t entity, qdx_posting_reader *documents,
                           qdx_posting_reader *about, qdx_error *error);

/* False at the end, and when malformed (then reader->cursor.failed). */
bool qdx_posting_reader_next(qdx_posting_reader *reader, uint64_t *value);

/* What a key of a table leads to: ascending numbers, with a detail each where it is an office. */
typedef struct qdx_table_reader {
    qdx_cursor values, details;
    uint64_t key, left, last, limit;
    bool first, office;
} qdx_table_reader;

/* False at the end, and when malformed (then reader->values.failed). detail may be NULL. */
bool qdx_table_reader_next(qdx_table_reader *reader, uint64_t *value, uint64_t *detail);

/* QDX_END when the table does not have the key. */
qdx_status qdx_table_find(const qdx_index *index, qdx_store store, uint64_t key,
                          qdx_table_reader *reader, qdx_error *error);

/* A walk over all keys of a table, in order. An all-zero value with index and store is at the
 * beginning. */
typedef struct qdx_table_walk {
    const qdx_index *index;
    qdx_store store;
    uint64_t bucket, key; /* key: without the bucket's bits */
    bool inside;
    qdx_table_reader last;
    qdx_cursor columns[QDX_COLUMNS];
    qdx_arena arena;
} qdx_table_walk;

void qdx_table_walk_release(qdx_table_walk *walk);
/* The next key and what it leads to, which must be read before the next call. QDX_END at the end.
 */
qdx_status qdx_table_walk_next(qdx_table_walk *walk, qdx_table_reader *reader, qdx_error *error);

#include "base/banned.h"
#endif
