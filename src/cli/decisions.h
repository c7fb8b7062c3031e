/* Files of decisions: what people said to the doubts of an index. */
#ifndef QDX_CLI_DECISIONS_H
#define QDX_CLI_DECISIONS_H

#include "cli/command.h"
#include "cli/sheet.h"

/* Decisions read or made; texts lie in the sheets they came from. */
typedef struct decision_list {
    sheet sheet;
    qdx_decision *items; /* owned array */
    size_t count, room;
} decision_list;

void decision_list_release(decision_list *list);

/* Appends a decision, or replaces the one on the same subject. False when memory runs out. */
bool decision_list_put(decision_list *list, qdx_decision decision);

/* Reads a file; one that is not there is an empty list. */
qdx_status decision_list_read(decision_list *list, const char *path, qdx_error *error);

/* Writes the list, sorted, over the file `path`. */
qdx_status decision_list_write(const decision_list *list, const cli *c, const char *path,
                               qdx_error *error);

/* The file beside an index, which its name gives; the caller frees it. NULL without memory. */
char *decisions_path(const char *index);

/* Applies what --decisions names, or the file beside the index where there is one. */
qdx_status decisions_apply(const cli *c, qdx_index *index, qdx_error *error);

#endif
