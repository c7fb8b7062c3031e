/* Attribution: the quotations of a tagged document and who said them. */
#ifndef QDX_QUOTE_ATTRIBUTION_H
#define QDX_QUOTE_ATTRIBUTION_H

#include <quotedex/quote.h>

#include "entity/tagging.h"
#include "quote/quote_mark.h"
#include "quote/report.h"
#include "quote/utterance.h"

/* The result of one run; arrays are reused by the next. speaker.entity is a figure here. */
typedef struct qdx_attribution {
    QDX_VECTOR(qdx_quote) quotes;
    qdx_stretch_list stretches;
    QDX_VECTOR(bool) quoted; /* for each token */
    QDX_VECTOR(qdx_utterance) utterances;
    qdx_report_list reports;
} qdx_attribution;

/* An all-zero attribution is valid and empty. */
void qdx_attribution_release(qdx_attribution *attribution);

qdx_status qdx_attribution_run(qdx_attribution *attribution, qdx_tagging *tagging,
                               qdx_error *error);

#include "base/banned.h"
#endif
