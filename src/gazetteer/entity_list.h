/* Entity lists: people.tsv and its like, row by row into the gazetteer. */
#ifndef QDX_GAZETTEER_ENTITY_LIST_H
#define QDX_GAZETTEER_ENTITY_LIST_H

#include "gazetteer/store.h"
#include "gazetteer/table.h"

/* Where a table has the columns of an entity list; -1 where it has not. Found once a file. */
typedef struct qdx_entity_columns {
    int name, type, id, aliases, policy, gender, country, kind, office, organization, from, to,
        surname;
} qdx_entity_columns;

qdx_entity_columns qdx_entity_list_columns(const qdx_table *table);

/* Adds the present row: a new entity, or more about the one with its id. */
qdx_status qdx_entity_list_add(qdx_gazetteer *gazetteer, const qdx_table *table,
                               const qdx_entity_columns *columns, qdx_error *error);

#include "base/banned.h"
#endif
