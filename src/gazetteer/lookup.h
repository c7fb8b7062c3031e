/* Whom a name means: the look-up behind queries, and behind unlisted spellings in articles. */
#ifndef QDX_GAZETTEER_LOOKUP_H
#define QDX_GAZETTEER_LOOKUP_H

#include "gazetteer/store.h"
#include "text/name_key.h"

/* One listed person whose name relates to the one asked for. */
typedef struct qdx_lookup_hit {
    uint32_t entity;
    qdx_name_relation relation;
    bool nickname;      /* given names differ but are equivalent: Bill and William */
    float distance;     /* 0 but for names that are only close */
    uint8_t unanswered; /* words asked for that it lacks, and a family name in other letters */
} qdx_lookup_hit;

enum { QDX_LOOKUP_HITS = 64 };

/*
 * Listed persons with this name in any spelling, closest relation first, then in order of listing;
 * each once. A single word asks for a surname. At most QDX_LOOKUP_HITS are written.
 */
qdx_status qdx_lookup_person(const qdx_gazetteer *gazetteer, const char *name, size_t size,
                             qdx_lookup_hit hits[QDX_LOOKUP_HITS], size_t *count, qdx_error *error);

/*
 * Listed persons with a name close to this one, closest first: for names that qdx_lookup_person
 * does not find. Slower: compares with all names that share a word's skeleton.
 */
qdx_status qdx_lookup_close(const qdx_gazetteer *gazetteer, const char *name, size_t size,
                            qdx_lookup_hit hits[QDX_LOOKUP_HITS], size_t *count, qdx_error *error);

#include "base/banned.h"
#endif
