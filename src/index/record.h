/*
 * Records: one analysed document as bytes, on its way from a worker to the index writer. They live
 * in memory only; docs/index-format.md does not promise their layout.
 */
#ifndef QDX_INDEX_RECORD_H
#define QDX_INDEX_RECORD_H

#include "index/format.h"

/* A record taken apart; everything is borrowed from its bytes. */
typedef struct qdx_record {
    const unsigned char *head, *tail, *end; /* entities stand between head's fields and tail */
    const char *path;
    size_t path_size;
    uint32_t part;
    const char *title, *url, *outlet;
    uint32_t date;
    uint64_t text_bytes, text_hash;
    uint64_t entity_count;
    qdx_cursor entities; /* entity_count texts without terminator: forms (qdx_form) */
    uint64_t mention_count;
    qdx_cursor mentions; /* read with qdx_record_mention_next */
    uint64_t quote_count;
    qdx_cursor quotes; /* read with qdx_record_quote_next */
} qdx_record;

/* One mention, with its spelling. */
typedef struct qdx_record_mention {
    uint64_t entity; /* in the record: local number; in the index: the entity's number */
    const char *rule;
    uint32_t confidence; /* per mille */
    uint32_t char_start, char_end, paragraph;
    const char *text;
    size_t size;
} qdx_record_mention;

typedef struct qdx_record_quote {
    uint32_t kind, speaker_kind;
    uint64_t speaker; /* local number + 1, 0: no entity */
    uint32_t confidence, speaker_confidence;
    uint32_t char_start, char_end, paragraph;
    uint64_t number; /* its id */
    const char *text, *cue, *rule, *as_written, *before, *after;
    size_t text_size;
    uint64_t about_count;
    qdx_cursor about; /* local numbers, varints */
} qdx_record_quote;

/*
 * Takes apart the record at the cursor (length and all) and steps over it. Every part is walked and
 * checked: afterwards reading the parts cannot fail.
 */
qdx_status qdx_record_decode(qdx_cursor *cursor, qdx_record *record, qdx_error *error);

/* The same for a checked record that was kept without its entities: head, then tail. */
typedef struct qdx_record_lists {
    uint32_t mention_count, mentions, quote_count, quotes; /* the lists' offsets in the bytes */
} qdx_record_lists;

void qdx_record_reopen(const unsigned char *bytes, size_t size, const qdx_record_lists *lists,
                       qdx_record *record);

/* Successive mentions depend on each other: start with a zeroed one. */
void qdx_record_mention_next(qdx_cursor *cursor, qdx_record_mention *mention);
void qdx_record_quote_next(qdx_cursor *cursor, qdx_record_quote *quote);

/* One way an entity was described: what a document's analysis says of it. */
typedef struct qdx_form {
    uint8_t type, gender, listed;
    const char *id, *name, *country;
    uint64_t alias_count;
    qdx_cursor aliases; /* texts */
    uint64_t tenure_count;
    qdx_cursor tenures; /* read with qdx_form_tenure_next */
} qdx_form;

typedef struct qdx_form_tenure {
    const char *office, *country, *organization;
    uint32_t from, to;
    uint64_t phrase_count;
    qdx_cursor phrases; /* texts */
} qdx_form_tenure;

/* False when malformed. Every part is walked. */
bool qdx_form_decode(const void *bytes, size_t size, qdx_form *form);

/* Steps through texts; false in *cursor's failed when malformed. */
void qdx_form_tenure_next(qdx_cursor *cursor, qdx_form_tenure *tenure);

#include "base/banned.h"
#endif
