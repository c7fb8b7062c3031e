/*
 * Forms: the ways in which documents describe one entity. A record has a form as the analysis tells
 * it; an index keeps it in one fixed shape, so that equal descriptions are equal bytes:
 *
 *     flags, id, name, country, list of aliases, list of tenures
 *
 * aliases sorted, tenures sorted, the phrases for the holder of an office as keys of the table of
 * names.
 */
#ifndef QDX_INDEX_FORM_H
#define QDX_INDEX_FORM_H

#include "base/arena.h"
#include "index/format.h"

/* The id that a name of ASCII characters makes, in the arena; "" for other names. NULL without
 * memory. */
const char *qdx_id_of_name(const char *name, qdx_arena *arena);

/* Appends a description as records have it. */
void qdx_form_put(const qdx_entity *entity, qdx_buffer *out);

typedef struct qdx_form_tenure {
    const char *office, *country, *organization;
    uint32_t from, to;            /* packed dates */
    const unsigned char *phrases; /* keys of QDX_HASH_SIZE bytes, ascending */
    uint32_t phrase_count;
} qdx_form_tenure;

/* A form taken apart. Texts are borrowed from its bytes, lists are an arena's. */
typedef struct qdx_form {
    uint8_t type, gender, listed;
    const char *id, *name, *country;
    const char **aliases;
    uint32_t alias_count, tenure_count;
    qdx_form_tenure *tenures;
} qdx_form;

/*
 * Takes a record's description apart, orders its lists and makes keys of phrases. QDX_ERR_ARGUMENT
 * when malformed.
 */
qdx_status qdx_form_read(const void *bytes, size_t size, qdx_arena *arena, qdx_form *form,
                         qdx_error *error);

/* Appends the fixed shape. */
void qdx_form_write(const qdx_form *form, qdx_buffer *out);

/* Takes the fixed shape apart. QDX_ERR_DAMAGED when malformed. */
qdx_status qdx_form_decode(const void *bytes, size_t size, qdx_arena *arena, qdx_form *form,
                           qdx_error *error);

/* A form and the number of documents that have it. */
typedef struct qdx_form_use {
    qdx_form form;
    const char *bytes;
    uint32_t size, documents;
} qdx_form_use;

/*
 * Joins forms of one entity, which are sorted by weight, into one description: names and aliases
 * are united, a gazetteer's description outweighs one made from an article, then the one in more
 * documents, then the bytewise smaller.
 */
qdx_status qdx_forms_join(qdx_form_use *forms, size_t count, qdx_arena *arena, qdx_form *joined,
                          qdx_error *error);

#include "base/banned.h"
#endif
