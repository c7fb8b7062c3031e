/*
 * Composing. A stretch goes on with the last quotation when it continues it
 * over a paragraph, hangs on the same cue or clause, or follows it without
 * words of attribution between. The content of a mixed quotation is the clause
 * of the report that covers it; where no report does, the words of its sentence
 * on its own side of the cue.
 */
#include "quote/compose.h"
#include "quote/narration_tokens.h"

#include <string.h>

static bool same_speaker(const qdx_speaker *a, const qdx_speaker *b)
{
    if (a->kind != b->kind)
        return false;
    return a->entity != QDX_NONE ? a->entity == b->entity : a->span.start == b->span.start;
}

/* The first "and that" of [first, end), where another reported clause begins;
 * or `end`. */
static uint32_t next_clause(const qdx_narration *n, uint32_t first, uint32_t end)
{
    enum { REACH = 60 };
    uint32_t limit = end - first > REACH ? first + REACH : end;
    for (uint32_t i = first; i + 1 < limit; i++)
        if (at(n, i)->kind == QDX_TOKEN_WORD && (at(n, i)->classes & QDX_WORD_CONJUNCTION) &&
            qdx_narration_is_word(n, i + 1, "that") && !n->quoted[i])
            return i;
    return end;
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
        return next_clause(n, r->end, s->first) == s->first;
    /* Only who says it may stand between; a sentence of narration begins anew. */
    uint32_t open = s->open == UINT32_MAX ? s->first : s->open;
    uint32_t end = r->close == UINT32_MAX ? r->end : r->close + 1;
    bool near = open <= end + 1 || (v->place == QDX_CUE_AFTER && open <= v->after);
    /* “…,” X said, “and …” “…”: what goes on need not begin as a sentence does. */
    bool goes_on =
        last > 0 && v->cue.end > v->cue.first && v[-1].sentence && v[-1].cue.first == v->cue.first;
    return near && u->sentence && (v->sentence || goes_on) && u->place == QDX_CUE_NONE;
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
    const qdx_report *r = &a->reports.items[u->report];
    qdx_token_range clause = r->content;
    /* A cue of the words' own inside the clause: all they share with it comes behind that cue. */
    if (r->form == QDX_REPORT_ACCORDING && u->place == QDX_CUE_BEFORE &&
        u->cue.end > u->cue.first && u->cue.first != r->cue.first && u->cue.first >= clause.first &&
        u->cue.end < a->stretches.items[u->stretch].first)
        return mixed_content(n, u, span);
    uint32_t after = a->stretches.items[u->stretch].end;
    if (after < clause.end)
        clause.end = next_clause(n, after, clause.end);
    qdx_span content = span_of(n, clause);
    content.start = span.start < content.start ? span.start : content.start;
    content.end = span.end > content.end ? span.end : content.end;
    return content;
}

static qdx_status push(qdx_attribution *a, const qdx_quote *quote, const qdx_quote_trace *trace,
                       qdx_error *error)
{
    if (!qdx_arena_push(a->tagging->arena, &a->quotes, *quote))
        return qdx_error_memory(error);
    if (!qdx_arena_push(a->tagging->arena, &a->traces, *trace)) {
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

enum { REPORT_PIECES = 8 }; /* spans of one report; words left out beyond that many stay in */

/* Appends the bytes of [first, end), marks at its ends left out, unless nothing
 * remains. */
static size_t add_piece(const qdx_narration *n, qdx_span *pieces, size_t count, uint32_t first,
                        uint32_t end)
{
    while (first < end && at(n, first)->kind == QDX_TOKEN_MARK)
        first++;
    while (first < end && at(n, end - 1)->kind == QDX_TOKEN_MARK)
        end--;
    if (first < end)
        pieces[count++] = span_of(n, (qdx_token_range){first, end});
    return count;
}

/* The parts of a report's clause: without its parenthesis and without words
 * that nobody said. */
static size_t report_pieces(const qdx_attribution *a, const qdx_narration *n, const qdx_report *r,
                            uint32_t next, qdx_span pieces[REPORT_PIECES])
{
    size_t count = 0;
    uint32_t first = r->content.first;
    bool gap = r->gap.end > r->gap.first;
    for (uint32_t i = next; count + 3 < REPORT_PIECES; i++) {
        const qdx_stretch *s =
            i < a->utterances.count ? &a->stretches.items[a->utterances.items[i].stretch] : NULL;
        bool inside = s && s->first < r->content.end;
        if (gap && (!inside || s->first >= r->gap.end)) {
            count = add_piece(n, pieces, count, first, r->gap.first);
            first = r->gap.end;
            gap = false;
        }
        if (!inside)
            break;
        if (s->first > first)
            count = add_piece(n, pieces, count, first, s->first);
        first = s->end > first ? s->end : first;
    }
    return first < r->content.end ? add_piece(n, pieces, count, first, r->content.end) : count;
}

qdx_status qdx_compose_report(qdx_attribution *a, const qdx_narration *n, uint32_t number,
                              uint32_t next, const qdx_speaker *speaker, qdx_quote_trace trace,
                              qdx_error *error)
{
    const qdx_report *r = &a->reports.items[number];
    qdx_span pieces[REPORT_PIECES];
    size_t count = report_pieces(a, n, r, next, pieces);
    if (!count)
        return QDX_OK;
    qdx_span *spans = qdx_arena_array(n->tagging->arena, count, sizeof *spans);
    if (!spans)
        return qdx_error_memory(error);
    memcpy(spans, pieces, count * sizeof *spans);
    qdx_quote quote = {
        .kind = QDX_QUOTE_INDIRECT,
        .spans = spans,
        .span_count = count,
        .content = span_of(n, r->content),
        .cue = span_of(n, r->cue),
        .speaker = *speaker,
        .confidence = qdx_linear_probability(r->score - QDX_REPORT_ACCEPTED),
    };
    trace.utterance = trace.last_utterance = QDX_NONE;
    trace.report = number;
    trace.span_capacity = (uint32_t)count;
    return push(a, &quote, &trace, error);
}
