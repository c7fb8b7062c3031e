/*
 * Speakers: from the noun phrase beside a quotation to whom it means. Names are tags already;
 * pronouns and descriptions are resolved within the article.
 */
#ifndef QDX_QUOTE_SPEAKER_H
#define QDX_QUOTE_SPEAKER_H

#include <quotedex/quote.h>

#include "quote/narration.h"

enum { QDX_SPEAKER_CANDIDATES = 4 }; /* kept for explaining; further ones are forgotten */

/* What a pronoun or description was weighed against. */
typedef struct qdx_speaker_trace {
    struct {
        uint32_t figure;
        int32_t score;
    } candidates[QDX_SPEAKER_CANDIDATES];
    uint8_t candidate_count;
    uint32_t mention; /* tag of the winner's mention; only with candidates */
} qdx_speaker_trace;

/* Who spoke last. */
typedef struct qdx_last_speaker {
    uint32_t figure;         /* the last one with a name, or QDX_NONE */
    qdx_noun_phrase unnamed; /* whoever spoke since then and has none; else of kind NONE */
    uint32_t at;             /* token where the unnamed one spoke last */
} qdx_last_speaker;

/*
 * The speaker a noun phrase names. Pronouns mean who spoke last three times in four. The result's
 * entity is a figure; kind UNKNOWN when the phrase is empty.
 */
qdx_status qdx_speaker_resolve(qdx_tagging *tagging, const qdx_narration *narration,
                               const qdx_noun_phrase *phrase, const qdx_last_speaker *last,
                               qdx_speaker *speaker, qdx_speaker_trace *trace, qdx_error *error);

#include "base/banned.h"
#endif
