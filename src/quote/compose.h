/* Composing quotations: stretches and clauses that belong to one statement become one quotation. */
#ifndef QDX_QUOTE_COMPOSE_H
#define QDX_QUOTE_COMPOSE_H

#include "quote/attribution.h"

/* Does utterance i, said by `speaker`, go on with the quotation made last from `last`? */
bool qdx_compose_goes_on(const qdx_attribution *attribution, const qdx_narration *narration,
                         uint32_t last, uint32_t i, const qdx_speaker *last_speaker,
                         const qdx_speaker *speaker);

/* A new quotation from utterance i; its trace has speaker and subject filled in already. */
qdx_status qdx_compose_push(qdx_attribution *attribution, const qdx_narration *narration,
                            uint32_t i, const qdx_speaker *speaker, qdx_quote_trace trace,
                            qdx_error *error);

/* Adds utterance i to quotation `quote`. Cost: amortized constant. */
qdx_status qdx_compose_extend(qdx_attribution *attribution, const qdx_narration *narration,
                              uint32_t quote, uint32_t i, qdx_error *error);

/*
 * A new quotation of indirect speech from a report. Words in marks that nobody said are left out
 * of its spans; `next` is the first utterance that begins after its clause does.
 */
qdx_status qdx_compose_report(qdx_attribution *attribution, const qdx_narration *narration,
                              uint32_t report, uint32_t next, const qdx_speaker *speaker,
                              qdx_quote_trace trace, qdx_error *error);

#include "base/banned.h"
#endif
