/* The resolution of a name while it is at work: shared by its ways of finding bearers. */
#ifndef QDX_QUERY_RESOLUTION_H
#define QDX_QUERY_RESOLUTION_H

#include "query/resolve.h"
#include "text/name_key.h"

typedef struct qdx_resolution {
    const qdx_index *index;
    qdx_bearer_list *bearers;
    size_t first; /* of ours in bearers */
    qdx_buffer key, words, other_words;
    qdx_name_parts parts;
    bool failed; /* a name could not be taken apart for want of memory */
} qdx_resolution;

/* What a relation between two names is worth, by qdx_name_relation; below QDX_WHOLE_NAME it is a
 * part only. */
extern const float qdx_relation_confidence[];
#define QDX_WHOLE_NAME 0.9f

/* Adds a bearer, or raises the one that is there. False without memory. */
bool qdx_resolution_add(qdx_resolution *r, qdx_bearer bearer);

/* Makes a key of the index' dictionary from a text. */
void qdx_resolution_set_key(qdx_resolution *r, char kind, const char *text);

/*
 * Adds the persons who bear the name in r->parts, by the words of the surname; by the first word,
 * where some peoples put it, if that finds nobody.
 */
qdx_status qdx_resolve_persons(qdx_resolution *r, qdx_error *error);

#include "base/banned.h"
#endif
