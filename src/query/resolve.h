/*
 * Names in a question: whom they mean. Asks the index's own dictionary: ids, whole names, offices
 * and romanized words, and confirms persons by comparing names word by word.
 */
#ifndef QDX_QUERY_RESOLVE_H
#define QDX_QUERY_RESOLVE_H

#include "base/vector.h"
#include "index/decode.h"

/* One entity a name may mean. An entity that held an office twice stands here twice. */
typedef struct qdx_bearer {
    uint32_t entity;
    const char *rule; /* static */
    float confidence;
    bool office;       /* only while in office: */
    uint32_t from, to; /* packed dates, 0: open */
} qdx_bearer;

typedef struct qdx_bearer_list {
    qdx_bearer *items;
    size_t count;
    size_t capacity;
} qdx_bearer_list;

/*
 * Appends everybody the name means, best first; nothing when it fits nobody. Whole names outweigh
 * parts: a surname alone is taken for all who bear it, a full name is not.
 */
qdx_status qdx_name_resolve(const qdx_index *index, const char *name, qdx_bearer_list *bearers,
                            qdx_error *error);

/*
 * Appends the persons whose names are closest in spelling, for names that qdx_name_resolve does not
 * find; their rule is "spelling".
 */
qdx_status qdx_name_resolve_close(const qdx_index *index, const char *name,
                                  qdx_bearer_list *bearers, qdx_error *error);

enum { QDX_SUGGESTIONS = 5 };

/* Appends the entities with the most similar names, nearest first, at most QDX_SUGGESTIONS. */
qdx_status qdx_name_suggest(const qdx_index *index, const char *name, qdx_bearer_list *bearers,
                            qdx_error *error);

/*
 * Does an article of this date fall into the bearer's term? Without a date it does when the term is
 * still open or `only` says that nobody else held the office.
 */
bool qdx_bearer_serves(const qdx_bearer *bearer, uint32_t date, bool only);

#include "base/banned.h"
#endif
