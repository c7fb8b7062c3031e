/*
 * Attribution's story: find the stretches in marks and the reports of the
 * narration, judge both, give each accepted one its speaker, and compose
 * quotations from them. Utterances and reports are taken in text order, so that
 * whoever spoke last is known to the next.
 */
#include "quote/attribution.h"

#include <stdlib.h>
#include <string.h>

#include "quote/compose.h"
#include "quote/flow.h"
#include "quote/judgement.h"

void qdx_attribution_release(qdx_attribution *attribution)
{
    qdx_vector_release(&attribution->quotes);
    qdx_vector_release(&attribution->traces);
    qdx_vector_release(&attribution->stretches);
    qdx_vector_release(&attribution->quoted);
    qdx_vector_release(&attribution->utterances);
    qdx_vector_release(&attribution->reports);
    qdx_vector_release(&attribution->recurrences);
}

static uint32_t opening(const qdx_stretch *s)
{
    return s->open == UINT32_MAX ? s->first : s->open;
}

static uint32_t ending(const qdx_stretch *s)
{
    return s->close == UINT32_MAX ? s->end : s->close + 1;
}

static qdx_status mark_quoted(qdx_attribution *a, const qdx_text *text, qdx_error *error)
{
    size_t count = text->tokens.count;
    while (count > a->quoted.capacity) /* which doubles */
        if (!qdx_arena_grow(a->tagging->arena, (void **)&a->quoted.items, &a->quoted.capacity,
                            a->quoted.capacity, sizeof *a->quoted.items))
            return qdx_error_memory(error);
    if (count)
        memset(a->quoted.items, 0, count * sizeof *a->quoted.items);
    a->quoted.count = count;
    for (size_t k = 0; k < a->stretches.count; k++) {
        const qdx_stretch *s = &a->stretches.items[k];
        for (uint32_t i = opening(s); s->outer == UINT32_MAX && i < ending(s); i++)
            a->quoted.items[i] = true;
    }
    return QDX_OK;
}

/* Where the words beside the marks name nobody, the report around them may. */
static void take_cue_of_report(const qdx_attribution *a, qdx_utterance *u)
{
    if (u->report == UINT32_MAX)
        return;
    const qdx_report *r = &a->reports.items[u->report];
    bool outer = r->form == QDX_REPORT_PARENTHETICAL || r->form == QDX_REPORT_ACCORDING;
    bool wanted =
        u->place == QDX_CUE_NONE || (outer && u->place == QDX_CUE_BEFORE) ||
        (u->place == QDX_CUE_BEFORE && !u->sentence &&
         (r->cue.first >= u->cue.first || u->strength < 3 || r->form != QDX_REPORT_INFINITIVE));
    if (!wanted || r->score < 0 || r->subject.kind == QDX_NP_NONE)
        return;
    u->place = r->cue.first > u->before && r->content.first > r->cue.first ? QDX_CUE_BEFORE
                                                                           : QDX_CUE_AFTER;
    u->cue = r->cue;
    u->subject = r->subject;
    u->strength = 2;
}

/* “…,” X said, “…,” after Y had left: does the comma of X's attribution stand right before u? */
static bool resumes(const qdx_attribution *a, const qdx_utterance *v, const qdx_utterance *u)
{
    const qdx_token *tokens = a->tagging->text->tokens.items;
    uint32_t open = opening(&a->stretches.items[u->stretch]);
    uint32_t end = ending(&a->stretches.items[u->stretch]);
    return tokens[open - 1].kind == QDX_TOKEN_MARK && tokens[open - 1].mark == QDX_MARK_COMMA &&
           v->cue.end < open && u->subject.first > end + 1 && u->cue.first > end + 1;
}

/* “…,” said X on Monday, “…”: one sentence goes on around who says it. */
static void take_cue_of_before(const qdx_attribution *a, qdx_utterance *u)
{
    const qdx_utterance *v =
        a->utterances.count ? &a->utterances.items[a->utterances.count - 1] : NULL;
    const qdx_stretch *s = &a->stretches.items[u->stretch];
    if (!v || !v->open || !v->said || v->place != QDX_CUE_AFTER || v->after < opening(s) ||
        a->stretches.items[v->stretch].block != s->block ||
        (u->place == QDX_CUE_BEFORE && u->cue.first > v->cue.first) ||
        (u->place == QDX_CUE_AFTER && !resumes(a, v, u)))
        return;
    u->place = QDX_CUE_BEFORE;
    u->cue = v->cue;
    u->subject = v->subject;
    u->strength = v->strength;
}

/* A paragraph without who says it takes that from the next of the same quotation. */
static void take_cue_of_next(qdx_utterance *u, const qdx_utterance *next)
{
    if (u->place != QDX_CUE_NONE || next->place != QDX_CUE_AFTER)
        return;
    u->place = next->place;
    u->cue = next->cue;
    u->subject = next->subject;
    u->strength = next->strength;
}

/* Paragraphs of one quotation, of which the last alone is closed, are said together. */
static void join_paragraphs(qdx_attribution *a)
{
    qdx_utterance *items = a->utterances.items;
    for (size_t i = 1; i < a->utterances.count; i++)
        if (a->stretches.items[items[i].stretch].continues && items[i - 1].said)
            items[i].said = true;
    for (size_t i = a->utterances.count; i-- > 1;)
        if (a->stretches.items[items[i].stretch].continues && items[i].said) {
            items[i - 1].said = items[i - 1].sentence = true;
            take_cue_of_next(&items[i - 1], &items[i]);
        }
}

static qdx_status read_utterances(qdx_attribution *a, const qdx_narration *n, qdx_error *error)
{
    qdx_judgement_context context = {n, &a->stretches, &a->reports, &a->recurrences, NULL};
    qdx_vector_clear(&a->utterances);
    for (size_t i = 0; i < a->stretches.count; i++) {
        if (a->stretches.items[i].outer != UINT32_MAX)
            continue;
        qdx_utterance utterance;
        qdx_utterance_read(n, &a->stretches, (uint32_t)i, &utterance);
        context.before = a->utterances.count ? &a->utterances.items[a->utterances.count - 1] : NULL;
        take_cue_of_before(a, &utterance);
        qdx_judgement_run(&context, &utterance);
        take_cue_of_report(a, &utterance);
        if (!qdx_arena_push(a->tagging->arena, &a->utterances, utterance))
            return qdx_error_memory(error);
    }
    qdx_judgement_settle(a->utterances.items, a->utterances.count);
    join_paragraphs(a);
    return QDX_OK;
}

/* --- the story
 * ----------------------------------------------------------------------------
 */

typedef struct story {
    qdx_attribution *a;
    qdx_tagging *tagging;
    qdx_narration narration;
    qdx_speech_flow flow;
    uint32_t last_quote; /* the quotation of the utterance before */
} story;

/* Notes who spoke: a name, a description of nobody named, or a pronoun for such a one. */
static void remember(qdx_last_speaker *last, const qdx_speaker *speaker,
                     const qdx_noun_phrase *subject)
{
    if (speaker->entity != QDX_NONE) {
        last->figure = speaker->entity;
        last->unnamed.kind = QDX_NP_NONE;
    } else if (subject->kind == QDX_NP_ROLE) {
        last->unnamed = *subject;
        last->at = subject->first;
    } else if (subject->kind == QDX_NP_PRONOUN && last->unnamed.kind != QDX_NP_NONE) {
        last->at = subject->first;
    }
}

static qdx_status tell_utterance(story *s, uint32_t i, qdx_error *error)
{
    qdx_attribution *a = s->a;
    qdx_speaker speaker;
    qdx_quote_trace trace = {0};
    qdx_status status =
        qdx_flow_speaker(&s->flow, s->tagging, &s->narration, a, i, &speaker, &trace, error);
    if (status != QDX_OK)
        return status;
    bool on = s->flow.last != QDX_NONE &&
              qdx_compose_goes_on(a, &s->narration, s->flow.last, i, &s->flow.speaker, &speaker);
    if (on) {
        status = qdx_compose_extend(a, &s->narration, s->last_quote, i, error);
    } else {
        s->last_quote = (uint32_t)a->quotes.count;
        status = qdx_compose_push(a, &s->narration, i, &speaker, trace, error);
    }
    s->flow.last = i;
    s->flow.speaker = speaker;
    remember(&s->flow.recent, &speaker, &trace.subject);
    return status;
}

static qdx_status tell_report(story *s, uint32_t i, uint32_t next, qdx_error *error)
{
    const qdx_report *r = &s->a->reports.items[i];
    qdx_speaker speaker;
    qdx_quote_trace trace = {.subject = r->subject};
    qdx_status status = qdx_speaker_resolve(s->tagging, &s->narration, &r->subject, &s->flow.recent,
                                            &speaker, &trace.speaker, error);
    remember(&s->flow.recent, &speaker, &r->subject);
    return status == QDX_OK
               ? qdx_compose_report(s->a, &s->narration, i, next, &speaker, trace, error)
               : status;
}

/* Is a report indirect speech, rather than the clause or the cue of words in
 * marks? */
static bool is_indirect(const qdx_attribution *a, const qdx_report *r, uint32_t next)
{
    if (r->score < QDX_REPORT_ACCEPTED)
        return false;
    /* Utterances before `next` begin before the report's clause; one of them may
     * use its cue. */
    for (uint32_t i = next; i < a->utterances.count; i++) {
        const qdx_utterance *u = &a->utterances.items[i];
        const qdx_stretch *s = &a->stretches.items[u->stretch];
        if (s->first >= r->content.end)
            return u->cue.first != r->cue.first || !u->said || u->cue.end == u->cue.first;
        if (u->said)
            return false;
    }
    return true;
}

static qdx_status tell(story *s, qdx_error *error)
{
    const qdx_attribution *a = s->a;
    qdx_status status = QDX_OK;
    uint32_t i = 0, k = 0;
    while (status == QDX_OK && (i < a->utterances.count || k < a->reports.count)) {
        bool report =
            k < a->reports.count && (i == a->utterances.count ||
                                     a->reports.items[k].content.first <=
                                         a->stretches.items[a->utterances.items[i].stretch].first);
        if (!report) {
            if (a->utterances.items[i].said)
                status = tell_utterance(s, i, error);
            i++;
            continue;
        }
        if (is_indirect(a, &a->reports.items[k], i))
            status = tell_report(s, k, i, error);
        k++;
    }
    return status;
}

qdx_status qdx_attribution_run(qdx_attribution *a, qdx_tagging *tagging, qdx_error *error)
{
    qdx_vector_clear(&a->quotes);
    qdx_vector_clear(&a->traces);
    a->tagging = tagging;
    qdx_status status = qdx_stretches_find(tagging->text, tagging->document, &a->stretches, error);
    if (status == QDX_OK)
        status = mark_quoted(a, tagging->text, error);
    story s = {
        .a = a, .tagging = tagging, .flow = {.last = QDX_NONE, .recent = {.figure = QDX_NONE}}};
    s.narration = qdx_narration_of(tagging, a->quoted.items, &a->verbs);
    if (status == QDX_OK)
        status = qdx_reports_find(&s.narration, &a->reports, error);
    if (status == QDX_OK)
        status = qdx_recurrence_find(&s.narration, &a->stretches, &a->recurrences, error);
    if (status == QDX_OK)
        status = read_utterances(a, &s.narration, error);
    return status == QDX_OK ? tell(&s, error) : status;
}
