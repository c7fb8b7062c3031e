/* Word lists: titles.tsv, speech_verbs.tsv and their like, row by row into the gazetteer. */
#ifndef QDX_GAZETTEER_WORD_LIST_H
#define QDX_GAZETTEER_WORD_LIST_H

#include "gazetteer/store.h"
#include "gazetteer/table.h"

/* One kind of list: its file's stem, the column no row may leave empty, and what a row means. */
typedef struct qdx_word_list {
    const char *stem;
    const char *key_column;
    qdx_status (*add_row)(qdx_gazetteer *gazetteer, const qdx_table *table, qdx_error *error);
} qdx_word_list;

/* The list that a file of this path holds, or NULL when its name is no list's. */
const qdx_word_list *qdx_word_list_find(const char *path);

#include "base/banned.h"
#endif
