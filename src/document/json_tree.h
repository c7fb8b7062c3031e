/* JSON as a flat tree: nodes in document order, strings unescaped in one buffer. */
#ifndef QDX_DOCUMENT_JSON_TREE_H
#define QDX_DOCUMENT_JSON_TREE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/vector.h"

typedef enum qdx_json_type {
    QDX_JSON_NULL,
    QDX_JSON_TRUE,
    QDX_JSON_FALSE,
    QDX_JSON_NUMBER, /* its text is kept as written */
    QDX_JSON_STRING,
    QDX_JSON_ARRAY,
    QDX_JSON_OBJECT,
} qdx_json_type;

typedef struct qdx_json_node {
    qdx_json_type type;
    uint32_t key, key_size; /* in text; of an object's member */
    uint32_t at, size;      /* in text; of a string or number */
    uint32_t end;           /* one past the last node of the subtree */
} qdx_json_node;

typedef struct qdx_json_tree {
    QDX_VECTOR(qdx_json_node) nodes; /* [0] is the value itself */
    qdx_buffer text;                 /* every string is terminated */
} qdx_json_tree;

/* An all-zero tree is valid and empty. */
void qdx_json_tree_release(qdx_json_tree *tree);

/*
 * Replaces what the tree held by the value in `json`, valid UTF-8. QDX_ERR_FORMAT with the offset
 * on broken JSON, QDX_ERR_LIMIT when nested deeper than `max_depth`. A half of a surrogate pair
 * becomes U+FFFD, as does U+0000. Linear.
 */
qdx_status qdx_json_tree_parse(qdx_json_tree *tree, const char *json, size_t size,
                               uint32_t max_depth, qdx_error *error);

#include "base/banned.h"
#endif
