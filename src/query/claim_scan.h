/* Words of claims in the articles themselves, for claims that no quotation answers. */
#ifndef QDX_QUERY_CLAIM_SCAN_H
#define QDX_QUERY_CLAIM_SCAN_H

#include "base/arena.h"
#include "query/claim_text.h"
#include "query/source_text.h"

/* A claim on the search, and where its words were found first. */
typedef struct qdx_claim_sought {
    const char *claim;
    bool found;
    qdx_document_row document;
    uint32_t char_start, char_end; /* code points of the article */
    const char *words;             /* as they stand there; the arena's */
} qdx_claim_sought;

typedef QDX_VECTOR(qdx_claim_sought) qdx_claim_search;

enum { QDX_CLAIM_LEAST = 4 }; /* words; fewer stand in any text */

/*
 * Looks for all claims in every article, in one reading. Claims of fewer words than QDX_CLAIM_LEAST
 * are not sought. *unread counts articles that are gone or changed.
 */
qdx_status qdx_claims_seek(const qdx_index *index, const qdx_text_source *articles,
                           qdx_claim_search *search, qdx_arena *arena, uint64_t *unread,
                           qdx_error *error);

#include "base/banned.h"
#endif
