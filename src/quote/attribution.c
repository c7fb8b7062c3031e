/*
 * Attribution's story: find the stretches in marks, read each one's cue and subject, give those
 * without either the speaker that the flow of the text suggests, resolve subjects to speakers, and
 * join stretches of one statement into one quotation.
 */
#include "quote/attribution.h"

#include <string.h>

#include "quote/judgement.h"
#include "quote/speaker.h"

static const qdx_token *at(const qdx_narration *n, uint32_t i)
{
    return &n->tagging->text->tokens.items[i];
}

void qdx_attribution_release(qdx_attribution *attribution)
{
    qdx_vector_release(&attribution->quotes);
    qdx_vector_release(&attribution->stretches);
    qdx_vector_release(&attribution->quoted);
    qdx_vector_release(&attribution->utterances);
    qdx_vector_release(&attribution->reports);
}

/* --- the flow of the text ----------------------------------------------------------------- */

/* A speaker found, and where: what later quotations without one of their own go back to. */
typedef struct speech_flow {
    uint32_t last;       /* utterance with a speaker before, or QDX_NONE */
    qdx_speaker speaker; /* its speaker */
} speech_flow;

/* The subject of the sentence before token `first` in the same block, not reaching `floor`. */
static qdx_noun_phrase subject_before(const qdx_narration *n, uint32_t first, uint32_t floor)
{
    qdx_noun_phrase none = {QDX_NP_NONE, first, first, first, QDX_NONE};
    uint32_t begin = first;
    while (begin > floor) {
        begin--;
        if (!n->quoted[begin] && (at(n, begin)->flags & QDX_TOKEN_SENTENCE))
            break;
    }
    return begin < first && !n->quoted[begin] ? qdx_noun_phrase_subject(n, begin, first) : none;
}

static uint32_t opening(const qdx_stretch *s)
{
    return s->open == UINT32_MAX ? s->first : s->open;
}

static uint32_t ending(const qdx_stretch *s)
{
    return s->close == UINT32_MAX ? s->end : s->close + 1;
}

/* Does this block end with a colon that announces what follows? */
static bool announces(const qdx_narration *n, qdx_token_range block)
{
    return block.end > block.first && at(n, block.end - 1)->kind == QDX_TOKEN_MARK &&
           at(n, block.end - 1)->mark == QDX_MARK_COLON && !n->quoted[block.end - 1];
}

/* Is the phrase somebody who can speak? */
static bool can_speak(const qdx_noun_phrase *np)
{
    return np->kind == QDX_NP_NAME || np->kind == QDX_NP_PRONOUN || np->kind == QDX_NP_ROLE;
}

static bool is_person(const qdx_narration *n, const qdx_noun_phrase *np)
{
    if (np->kind == QDX_NP_PRONOUN || np->kind == QDX_NP_ROLE)
        return true;
    if (np->kind != QDX_NP_NAME)
        return false;
    const qdx_figure *figure =
        &n->tagging->figures.items[n->tagging->tags.items[np->tag].figure];
    return figure->entity.type == QDX_ENTITY_PERSON;
}

/* How a stretch without a cue of its own gets its speaker. */
typedef enum inheritance { INHERIT_NONE, INHERIT_PREVIOUS, INHERIT_SUBJECT } inheritance;

static inheritance inherit(const qdx_narration *n, const qdx_attribution *a, uint32_t i,
                           const speech_flow *flow, qdx_noun_phrase *subject)
{
    const qdx_utterance *u = &a->utterances.items[i];
    const qdx_stretch *s = &a->stretches.items[u->stretch];
    qdx_token_range block = n->tagging->text->blocks.items[s->block];
    const qdx_stretch *before =
        flow->last == QDX_NONE ? NULL : &a->stretches.items[a->utterances.items[flow->last].stretch];
    bool same_block = before && before->block == s->block;
    if (s->continues && before)
        return INHERIT_PREVIOUS;
    /* Words of its own sentence: X was blunt: “…” */
    *subject = qdx_noun_phrase_subject(n, u->before, opening(s));
    if (opening(s) > u->before && can_speak(subject))
        return INHERIT_SUBJECT;
    uint32_t floor = same_block ? ending(before) : block.first;
    if (same_block && a->utterances.items[flow->last].place == QDX_CUE_AFTER)
        floor = a->utterances.items[flow->last].after;
    if (opening(s) > floor) {
        *subject = subject_before(n, opening(s), floor);
        if (is_person(n, subject))
            return INHERIT_SUBJECT;
    }
    if (same_block)
        return INHERIT_PREVIOUS;
    if (s->block > 0) {
        qdx_token_range earlier = n->tagging->text->blocks.items[s->block - 1];
        bool told = announces(n, earlier);
        if (!told && before && s->block - before->block <= 2)
            return INHERIT_PREVIOUS;
        *subject = subject_before(n, earlier.end, earlier.first);
        if (can_speak(subject) && (told || is_person(n, subject)))
            return INHERIT_SUBJECT;
    }
    return before && s->block - before->block <= 3 ? INHERIT_PREVIOUS : INHERIT_NONE;
}

static qdx_status find_speaker(qdx_tagging *tagging, const qdx_narration *n, qdx_attribution *a,
                               uint32_t i, speech_flow *flow, qdx_speaker *speaker, qdx_error *error)
{
    qdx_utterance *u = &a->utterances.items[i];
    uint32_t previous = flow->last == QDX_NONE ? QDX_NONE : flow->speaker.entity;
    if (u->place != QDX_CUE_NONE)
        return qdx_speaker_resolve(tagging, n, &u->subject, previous, speaker, error);
    qdx_noun_phrase subject;
    switch (inherit(n, a, i, flow, &subject)) {
    case INHERIT_PREVIOUS:
        *speaker = flow->speaker;
        speaker->rule = "previous";
        speaker->confidence *= 0.85F;
        return QDX_OK;
    case INHERIT_SUBJECT: {
        qdx_status status = qdx_speaker_resolve(tagging, n, &subject, previous, speaker, error);
        speaker->rule = "subject";
        speaker->confidence *= 0.7F;
        return status;
    }
    default:
        memset(speaker, 0, sizeof *speaker);
        speaker->entity = QDX_NONE;
        speaker->rule = "";
        return QDX_OK;
    }
}

/* --- joining ------------------------------------------------------------------------------ */

static bool same_speaker(const qdx_speaker *a, const qdx_speaker *b)
{
    if (a->kind != b->kind)
        return false;
    return a->entity != QDX_NONE ? a->entity == b->entity : a->span.start == b->span.start;
}

/* Does utterance i go on with the quotation that ended with utterance `last`? */
static bool goes_on(const qdx_narration *n, const qdx_attribution *a, uint32_t last, uint32_t i,
                    const qdx_speaker *last_speaker, const qdx_speaker *speaker)
{
    const qdx_utterance *u = &a->utterances.items[i], *v = &a->utterances.items[last];
    const qdx_stretch *s = &a->stretches.items[u->stretch], *r = &a->stretches.items[v->stretch];
    (void)n;
    if (s->continues && s->block == r->block + 1)
        return true;
    if (!same_speaker(last_speaker, speaker) || s->block != r->block)
        return false;
    bool same_cue = u->cue.first == v->cue.first && u->cue.end > u->cue.first;
    if (same_cue)
        return true;
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

static qdx_status push_quote(qdx_attribution *a, const qdx_narration *n, const qdx_utterance *u,
                             const qdx_speaker *speaker, qdx_error *error)
{
    const qdx_stretch *s = &a->stretches.items[u->stretch];
    qdx_span *spans = qdx_arena_alloc(n->tagging->arena, sizeof *spans);
    if (!spans)
        return qdx_error_memory(error);
    *spans = s->span;
    qdx_quote quote = {
        .kind = u->sentence ? QDX_QUOTE_DIRECT : QDX_QUOTE_MIXED,
        .spans = spans,
        .span_count = 1,
        .content = u->sentence ? s->span : mixed_content(n, u, s->span),
        .speaker = *speaker,
        .confidence = u->confidence,
    };
    if (u->cue.end > u->cue.first)
        quote.cue = (qdx_span){at(n, u->cue.first)->start, at(n, u->cue.end - 1)->end};
    return qdx_vector_push(&a->quotes, quote) ? QDX_OK : qdx_error_memory(error);
}

static qdx_status extend_quote(qdx_attribution *a, const qdx_narration *n, const qdx_utterance *u,
                               qdx_error *error)
{
    const qdx_stretch *s = &a->stretches.items[u->stretch];
    qdx_quote *quote = &a->quotes.items[a->quotes.count - 1];
    qdx_span *spans = qdx_arena_array(n->tagging->arena, quote->span_count + 1, sizeof *spans);
    if (!spans)
        return qdx_error_memory(error);
    memcpy(spans, quote->spans, quote->span_count * sizeof *spans);
    spans[quote->span_count++] = s->span;
    quote->spans = spans;
    if (s->span.end > quote->content.end)
        quote->content.end = s->span.end;
    return QDX_OK;
}

/* --- the story ---------------------------------------------------------------------------- */

static qdx_status mark_quoted(qdx_attribution *a, const qdx_text *text, qdx_error *error)
{
    qdx_vector_clear(&a->quoted);
    for (size_t i = 0; i < text->tokens.count; i++)
        if (!qdx_vector_push(&a->quoted, false))
            return qdx_error_memory(error);
    for (size_t k = 0; k < a->stretches.count; k++) {
        const qdx_stretch *s = &a->stretches.items[k];
        for (uint32_t i = opening(s); s->outer == UINT32_MAX && i < ending(s); i++)
            a->quoted.items[i] = true;
    }
    return QDX_OK;
}

static qdx_status read_utterances(qdx_attribution *a, const qdx_narration *n, qdx_error *error)
{
    qdx_judgement_context context = {n, &a->stretches, &a->reports, NULL};
    qdx_vector_clear(&a->utterances);
    for (size_t i = 0; i < a->stretches.count; i++) {
        if (a->stretches.items[i].outer != UINT32_MAX)
            continue;
        qdx_utterance utterance;
        qdx_utterance_read(n, &a->stretches, (uint32_t)i, &utterance);
        context.before = a->utterances.count ? &a->utterances.items[a->utterances.count - 1] : NULL;
        qdx_judgement_run(&context, &utterance);
        if (!qdx_vector_push(&a->utterances, utterance))
            return qdx_error_memory(error);
    }
    return QDX_OK;
}

qdx_status qdx_attribution_run(qdx_attribution *a, qdx_tagging *tagging, qdx_error *error)
{
    qdx_vector_clear(&a->quotes);
    qdx_status status = qdx_stretches_find(tagging->text, tagging->document, &a->stretches, error);
    if (status == QDX_OK)
        status = mark_quoted(a, tagging->text, error);
    qdx_narration narration = {tagging, a->quoted.items};
    if (status == QDX_OK)
        status = qdx_reports_find(&narration, &a->reports, error);
    if (status == QDX_OK)
        status = read_utterances(a, &narration, error);
    speech_flow flow = {.last = QDX_NONE};
    for (uint32_t i = 0; status == QDX_OK && i < a->utterances.count; i++) {
        const qdx_utterance *u = &a->utterances.items[i];
        if (!u->said)
            continue;
        qdx_speaker speaker;
        status = find_speaker(tagging, &narration, a, i, &flow, &speaker, error);
        if (status != QDX_OK)
            break;
        bool on = flow.last != QDX_NONE && a->quotes.count &&
                  goes_on(&narration, a, flow.last, i, &flow.speaker, &speaker);
        status = on ? extend_quote(a, &narration, u, error)
                    : push_quote(a, &narration, u, &speaker, error);
        flow.last = i;
        flow.speaker = speaker;
    }
    return status;
}
