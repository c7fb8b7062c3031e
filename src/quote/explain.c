/*
 * Explaining a quotation: what attribution kept of its reasons, as text.
 * Nothing is computed anew but the sums, so that the explanation cannot differ
 * from what happened.
 */
#include "quote/attribution.h"
#include "quote/judgement.h"

static void put_span(const qdx_attribution *a, qdx_span span, qdx_buffer *buffer)
{
    qdx_buffer_format(buffer, "%.*s", (int)(span.end - span.start),
                      a->tagging->text->bytes + span.start);
}

static const char *figure_name(const qdx_attribution *a, uint32_t figure)
{
    return a->tagging->figures.items[figure].entity.name;
}

/* "she -> the chancellor -> Angela Merkel" */
static void put_chain(const qdx_attribution *a, const qdx_quote *quote,
                      const qdx_quote_trace *trace, qdx_buffer *buffer)
{
    if (quote->speaker.span.end <= quote->speaker.span.start)
        return;
    qdx_buffer_text(buffer, "chain: ");
    put_span(a, quote->speaker.span, buffer);
    if (trace->speaker.mention != QDX_NONE && trace->speaker.candidate_count) {
        const qdx_tag *tag = &a->tagging->tags.items[trace->speaker.mention];
        qdx_buffer_text(buffer, " -> ");
        put_span(a,
                 (qdx_span){qdx_tagging_token(a->tagging, tag->title_first)->start,
                            qdx_tagging_token(a->tagging, tag->end - 1)->end},
                 buffer);
    }
    if (quote->speaker.entity != QDX_NONE)
        qdx_buffer_format(buffer, " -> %s", figure_name(a, quote->speaker.entity));
    qdx_buffer_byte(buffer, '\n');
}

static void put_candidates(const qdx_attribution *a, const qdx_quote *quote,
                           const qdx_speaker_trace *trace, qdx_buffer *buffer)
{
    for (uint8_t i = 0; i < trace->candidate_count; i++)
        qdx_buffer_format(buffer, "candidate: %s %d%s\n",
                          figure_name(a, trace->candidates[i].figure), trace->candidates[i].score,
                          trace->candidates[i].figure == quote->speaker.entity ? " (taken)" : "");
}

void qdx_attribution_explain(const qdx_attribution *a, size_t number, qdx_buffer *buffer)
{
    const qdx_quote *quote = &a->quotes.items[number];
    const qdx_quote_trace *trace = &a->traces.items[number];
    qdx_buffer_format(buffer, "speaker: %s, rule %s, confidence %.2f\n",
                      qdx_speaker_kind_name(quote->speaker.kind),
                      *quote->speaker.rule ? quote->speaker.rule : "none",
                      (double)quote->speaker.confidence);
    if (quote->cue.end > quote->cue.start) {
        qdx_buffer_text(buffer, "cue: ");
        put_span(a, quote->cue, buffer);
        qdx_buffer_byte(buffer, '\n');
    }
    put_chain(a, quote, trace, buffer);
    put_candidates(a, quote, &trace->speaker, buffer);
    if (trace->utterance != QDX_NONE) {
        const qdx_utterance *u = &a->utterances.items[trace->utterance];
        qdx_buffer_format(buffer, "said: %+.2f of %+.2f needed: the other marks %+.2f, ",
                          (double)u->score / QDX_LOG_ODDS,
                          (double)QDX_JUDGEMENT_ACCEPTED / QDX_LOG_ODDS,
                          (double)u->company / QDX_LOG_ODDS);
        qdx_linear_explain(&qdx_judgement_model, &u->features, buffer);
        qdx_buffer_byte(buffer, '\n');
    }
    if (trace->report != QDX_NONE) {
        const qdx_report *r = &a->reports.items[trace->report];
        qdx_buffer_format(buffer, "reported (%s): %+.2f of %+.2f needed: verb %+.2f, ",
                          qdx_report_form_name(r->form), (double)r->score / QDX_LOG_ODDS,
                          (double)QDX_REPORT_ACCEPTED / QDX_LOG_ODDS,
                          (double)r->lemma_weight / QDX_LOG_ODDS);
        qdx_linear_explain(&qdx_report_model, &r->features, buffer);
        qdx_buffer_byte(buffer, '\n');
    }
}
