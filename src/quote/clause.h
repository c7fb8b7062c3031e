/* The extent of reported clauses. */
#ifndef QDX_QUOTE_CLAUSE_H
#define QDX_QUOTE_CLAUSE_H

#include "quote/narration.h"

/*
 * The end of the clause that begins at token `first` of a sentence. The object of a verb ("she
 * criticized the plan") ends sooner than a clause. Cost: linear in the clause, 200 tokens at most.
 */
uint32_t qdx_clause_end(const qdx_narration *narration, qdx_token_range sentence, uint32_t first,
                        bool object);

#include "base/banned.h"
#endif
