/* Records of an answer as JSON objects between commas, or as CSV. */
#ifndef QDX_SERVE_TABLE_H
#define QDX_SERVE_TABLE_H

#include <quotedex/quotedex.h>
#include <stdbool.h>
#include <stddef.h>

/* Bytes that grow; all zero to begin with. Once memory has run out, `failed` stays. */
typedef struct text {
    char *bytes; /* owned */
    size_t size, capacity;
    bool failed;
} text;

void text_append(text *out, const char *bytes);
__attribute__((format(printf, 2, 3))) void text_format(text *out, const char *format, ...);

/* What lies at a member's place in a record. */
typedef enum member_kind {
    MEMBER_TEXT,  /* const char * */
    MEMBER_TEXTS, /* const char *const *, with a size_t count right behind: joined by "; " */
    MEMBER_SHARE, /* float */
    MEMBER_U32,
    MEMBER_U64,
    MEMBER_DATE, /* qdx_date */
    MEMBER_QUOTE_KIND,
    MEMBER_SPEAKER_KIND,
    MEMBER_ENTITY_TYPE,
} member_kind;

typedef struct member {
    const char *name;
    member_kind kind;
    size_t offset;
} member;

typedef struct table {
    const member *members;
    size_t count;
} table;

extern const table quote_table;   /* qdx_hit */
extern const table mention_table; /* qdx_mention_hit */
extern const table entity_table;  /* qdx_index_entity */
extern const table info_table;    /* qdx_index_info */

typedef const void *record_at(const void *list, size_t i);

/*
 * Appends records `first` to `end` of a list. JSON: objects with commas between them, for the
 * caller to put into brackets; "csv": a whole table.
 */
qdx_status table_write(const table *t, const char *format, record_at *at, const void *list,
                       size_t first, size_t end, text *out, qdx_error *error);

#endif
