/*
 * Fields of records: which member of a JSON object, or column of a table, is the title, the text,
 * the date of an article. What is usual is guessed from a table of names; a map says it outright.
 */
#ifndef QDX_DOCUMENT_FIELD_H
#define QDX_DOCUMENT_FIELD_H

#include <stdbool.h>

#include "document/json_tree.h"

typedef enum qdx_field {
    QDX_FIELD_TITLE,
    QDX_FIELD_TEXT,
    QDX_FIELD_DATE,
    QDX_FIELD_AUTHOR,
    QDX_FIELD_OUTLET,
    QDX_FIELD_URL,
    QDX_FIELD_LANGUAGE,
    QDX_FIELD_COUNT,
} qdx_field;

/* The name of a field in maps ("title"). */
const char *qdx_field_name(qdx_field field);

/* For each field its node in the tree; 0: not there. */
typedef struct qdx_fields {
    uint32_t nodes[QDX_FIELD_COUNT];
} qdx_fields;

/*
 * Looks for the fields in the object at `node`. With a map ("title=headline,text=body.plain") those
 * it names are taken from there and from nowhere else.
 */
void qdx_fields_find(const qdx_json_tree *tree, uint32_t node, const char *map, qdx_fields *fields);

/* Appends what was taken for what: "title=headline, text=fields.body". */
void qdx_fields_describe(const qdx_json_tree *tree, uint32_t node, const qdx_fields *fields,
                         qdx_buffer *out);

/* The array of articles inside an envelope; 0 when the object is none. */
uint32_t qdx_fields_list(const qdx_json_tree *tree, uint32_t node);

/* The member that a path of names between dots leads to; 0 when there is none. */
uint32_t qdx_fields_follow(const qdx_json_tree *tree, uint32_t node, const char *path, size_t size);

#include "base/banned.h"
#endif
