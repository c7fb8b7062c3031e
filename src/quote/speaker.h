/*
 * Speakers: from the noun phrase beside a quotation to whom it means. Names are tags already;
 * pronouns and descriptions are resolved within the article.
 */
#ifndef QDX_QUOTE_SPEAKER_H
#define QDX_QUOTE_SPEAKER_H

#include <quotedex/quote.h>

#include "quote/narration.h"

/*
 * The speaker a noun phrase names. `previous` is the figure of the quotation before, or QDX_NONE:
 * pronouns mean that one three times in four. The result's entity is a figure; kind UNKNOWN when the
 * phrase is empty.
 */
qdx_status qdx_speaker_resolve(qdx_tagging *tagging, const qdx_narration *narration,
                               const qdx_noun_phrase *phrase, uint32_t previous,
                               qdx_speaker *speaker, qdx_error *error);

#include "base/banned.h"
#endif
