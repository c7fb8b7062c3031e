/*
 * Composing. A stretch goes on with the last quotation when it continues it over a paragraph, hangs
 * on the same cue or clause, or follows it without words of attribution between. The content of a
 * mixed quotation is the clause of the report that covers it; where no report does, the words of
 * its sentence on its own side of the cue.
 */
#include "quote/compose.h"

#include <string.h>

static const qdx_token *at(const qdx_narration *n, uint32_t i)
{
    return &n->tagging->text->tokens.items[i];
}

static bool same_speaker(const qdx_speaker *a, const qdx_speaker *b)
{
    if (a->kind != b->kind)
        return false;
    return a->entity != QDX_NONE ? a->entity == b->entity : a->span.start == b->span.start;
}

/* Does another reported clause begin between the stretches: "... and that ..."? */
static bool begins_anew(const qdx_narration *n, const qdx_stretch *r, const qdx_stretch *s)
{
    enum { REACH = 60 };
    uint32_t floor = s->first - r->end > REACH ? s->first - REACH : r->end;
    for (uint32_t i = floor + 1; i < s->first; i++)
        if (qdx_narration_is_word(n, i, "that") && at(n, i - 1)->kind == QDX_TOKEN_WORD &&
            (at(n, i - 1)->classes & QDX_WORD_CONJUNCTION))
            return true;
    return false;
}

bool qdx_compose_goes_on(const qdx_attribution *a, const qdx_narration *n, uint32_t last,
                         uint32_t i, const qdx_speaker *last_speaker, const qdx_speaker *speaker)
{
    const qdx_utterance *u = &a->utterances.items[i], *v = &a->utterances.items[last];
    const qdx_stretch *s = &a->stretches.items[u->stretch], *r = &a->stretches.items[v->stretch];
    if (s->continues && s->block == r->block + 1)
        return true;
    if (!same_speaker(last_speaker, speaker) || s->block != r->block)
        return false;
    bool same_cue = u->cue.first == v->cue.first && u->cue.end > u->cue.first;
    bool same_report = u->report != UINT32_MAX && u->report == v->report;
    if (same_cue || same_report)
        return !begins_anew(n, r, s);
    return u->sentence && v->sentence && u->place == QDX_CUE_NONE;
}

/* Everything reported with the cue: the clause around a mixed quotation. */
static qdx_span mixed_content(const qdx_narration *n, const qdx_utterance *u, qdx_span spans)
{
    uint32_t first = u->before, end = u->after;
    if (u->place == QDX_CUE_BEFORE && u->cue.end > u->cue.first)
        first = u->cue.end;
    if (u->place == QDX_CUE_AFTER && u->cue.end > u->cue.first)
        end = u->cue.first < u->subject.first ? u->cue.first : u->subject.first;
    while (first < end && at(n, first)->kind == QDX_TOKEN_MARK && !n->quoted[first])
        first++;
    while (end > first && at(n, end - 1)->kind == QDX_TOKEN_MARK && !n->quoted[end - 1])
        end--;
    qdx_span content = spans;
    if (first < end) {
        if (at(n, first)->start < content.start)
            content.start = at(n, first)->start;
        if (at(n, end - 1)->end > content.end)
            content.end = at(n, end - 1)->end;
    }
    return content;
}

/* The bytes of a range of tokens. */
static qdx_span span_of(const qdx_narration *n, qdx_token_range range)
{
    return (qdx_span){at(n, range.first)->start, at(n, range.end - 1)->end};
}

static qdx_span content_of(const qdx_attribution *a, const qdx_narration *n, const qdx_utterance *u,
                           qdx_span span)
{
    if (u->sentence)
        return span;
    if (u->report == UINT32_MAX || a->reports.items[u->report].score < QDX_REPORT_ACCEPTED)
        return mixed_content(n, u, span);
    qdx_span content = span_of(n, a->reports.items[u->report].content);
    content.start = span.start < content.start ? span.start : content.start;
    content.end = span.end > content.end ? span.end : content.end;
    return content;
}

static qdx_status push(qdx_attribution *a, const qdx_quote *quote, const qdx_quote_trace *trace,
                       qdx_error *error)
{
    if (!qdx_vector_push(&a->quotes, *quote))
        return qdx_error_memory(error);
    if (!qdx_vector_push(&a->traces, *trace)) {
        a->quotes.count--;
        return qdx_error_memory(error);
    }
    return QDX_OK;
}

qdx_status qdx_compose_push(qdx_attribution *a, const qdx_narration *n, uint32_t i,
                            const qdx_speaker *speaker, qdx_quote_trace trace, qdx_error *error)
{
    const qdx_utterance *u = &a->utterances.items[i];
    const qdx_stretch *s = &a->stretches.items[u->stretch];
    qdx_span *spans = qdx_arena_alloc(n->tagging->arena, sizeof *spans);
    if (!spans)
        return qdx_error_memory(error);
    *spans = s->span;
    qdx_quote quote = {
        .kind = u->sentence ? QDX_QUOTE_DIRECT : QDX_QUOTE_MIXED,
        .spans = spans,
        .span_count = 1,
        .content = content_of(a, n, u, s->span),
        .speaker = *speaker,
        .confidence = u->confidence,
    };
    if (u->cue.end > u->cue.first)
        quote.cue = span_of(n, u->cue);
    trace.utterance = trace.last_utterance = i;
    trace.report = u->report;
    trace.span_capacity = 1;
    return push(a, &quote, &trace, error);
}

qdx_status qdx_compose_extend(qdx_attribution *a, const qdx_narration *n, uint32_t number,
                              uint32_t i, qdx_error *error)
{
    const qdx_utterance *u = &a->utterances.items[i];
    const qdx_stretch *s = &a->stretches.items[u->stretch];
    qdx_quote *quote = &a->quotes.items[number];
    qdx_quote_trace *trace = &a->traces.items[number];
    qdx_span *spans;
    if (quote->span_count == trace->span_capacity) {
        spans = qdx_arena_array(n->tagging->arena, 2 * quote->span_count, sizeof *spans);
        if (!spans)
            return qdx_error_memory(error);
        memcpy(spans, quote->spans, quote->span_count * sizeof *spans);
        trace->span_capacity *= 2;
        quote->spans = spans;
    }
    spans = (qdx_span *)(uintptr_t)quote->spans; /* made here, const only to readers */
    spans[quote->span_count++] = s->span;
    trace->last_utterance = i;
    if (s->span.end > quote->content.end)
        quote->content.end = s->span.end;
    return QDX_OK;
}

qdx_status qdx_compose_report(qdx_attribution *a, const qdx_narration *n, uint32_t number,
                              const qdx_speaker *speaker, qdx_quote_trace trace, qdx_error *error)
{
    const qdx_report *r = &a->reports.items[number];
    bool gap = r->gap.end > r->gap.first;
    qdx_span *spans = qdx_arena_array(n->tagging->arena, gap ? 2 : 1, sizeof *spans);
    if (!spans)
        return qdx_error_memory(error);
    spans[0] = span_of(n, r->content);
    if (gap) {
        spans[1] = span_of(n, (qdx_token_range){r->gap.end, r->content.end});
        spans[0].end = at(n, r->gap.first - 1)->end;
    }
    qdx_quote quote = {
        .kind = QDX_QUOTE_INDIRECT,
        .spans = spans,
        .span_count = gap ? 2 : 1,
        .content = span_of(n, r->content),
        .cue = span_of(n, r->cue),
        .speaker = *speaker,
        .confidence = qdx_linear_probability(r->score - QDX_REPORT_ACCEPTED),
    };
    trace.utterance = trace.last_utterance = QDX_NONE;
    trace.report = number;
    trace.span_capacity = (uint32_t)quote.span_count;
    return push(a, &quote, &trace, error);
}
