/*
 * Judging words in marks by the words that report them: the cue beside them and its subject, and
 * the likeliest of the reports that cover them.
 */
#include "quote/judgement_features.h"
#include "quote/narration_tokens.h"
#include "quote/verb_class.h"

static void judge_cue(const qdx_narration *n, const qdx_utterance *u, uint32_t open, uint32_t end,
                      qdx_features *f)
{
    set(f, F_cue_none, u->place == QDX_CUE_NONE);
    if (u->place == QDX_CUE_NONE)
        return;
    const qdx_word *word = word_at(n, u->cue.first);
    set(f, F_cue_after_open, u->place == QDX_CUE_AFTER && u->open);
    set(f, F_cue_after, u->place == QDX_CUE_AFTER && !u->open);
    if (u->place == QDX_CUE_BEFORE)
        qdx_features_add(f, F_cue_before_1 - 1 + (u->strength ? u->strength : 1U), true);
    set(f, F_cue_noun,
        !has_class(n, u->cue.first, QDX_WORD_SPEECH_VERB) && u->cue.end - u->cue.first == 1);
    set(f, F_cue_according, u->cue.end - u->cue.first == 2);
    uint32_t gap = u->place == QDX_CUE_BEFORE ? open - u->cue.end
                   : u->cue.first > end       ? u->cue.first - end
                                              : 0;
    set(f, F_cue_at_marks, gap == 0);
    set(f, F_cue_near, gap > 0 && gap < 5);
    set(f, F_cue_far, gap > 12);
    qdx_verb_class class = qdx_verb_class_of(word_text(n, word->verb_class));
    if (class != QDX_VERB_CLASS_COUNT)
        qdx_features_add(f, F_class_admit + class, true);
    const qdx_noun_phrase *s = &u->subject;
    bool closed = u->place == QDX_CUE_AFTER && u->open && gap < 8 &&
                  (s->end == u->cue.first || s->first == u->cue.end);
    set(f, F_cue_closed, closed && (s->kind == QDX_NP_NAME || s->kind == QDX_NP_PRONOUN));
    set(f, F_cue_role_closed, closed && s->kind == QDX_NP_ROLE);
    set(f, F_subject_none, s->kind == QDX_NP_NONE);
    set(f, F_subject_role, s->kind == QDX_NP_ROLE);
    set(f, F_subject_other, s->kind == QDX_NP_OTHER);
    set(f, F_subject_pronoun, s->kind == QDX_NP_PRONOUN);
    if (s->kind == QDX_NP_NAME) {
        bool person = tag_type(n, s->tag) == QDX_ENTITY_PERSON;
        set(f, F_subject_person, person);
        set(f, F_subject_entity, !person);
    }
}

/* The first report whose sentence begins at token `sentence` or after. */
static size_t report_from(const qdx_report_list *reports, uint32_t sentence)
{
    size_t low = 0, high = reports->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (reports->items[middle].sentence.first < sentence)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

enum { REPORT_REACH = 24 }; /* reports of one sentence that are looked at */

/* The likeliest report that covers the stretch; UINT32_MAX without any. *others counts those that
 * are likely beside it. */
static uint32_t covering_report(const qdx_judgement_context *c, const qdx_stretch *s,
                                uint32_t *others)
{
    uint32_t likely = 0;
    const qdx_text *text = c->narration->tagging->text;
    uint32_t open = s->open == UINT32_MAX ? s->first : s->open;
    uint32_t sentence = text->sentences.items[qdx_text_sentence_of(text, open)].first;
    uint32_t best = UINT32_MAX;
    size_t first = report_from(c->reports, sentence);
    for (size_t i = first; i < c->reports->count && i - first < REPORT_REACH; i++) {
        const qdx_report *r = &c->reports->items[i];
        if (r->sentence.first != sentence)
            break;
        if (r->content.first > s->first || s->first >= r->content.end)
            continue;
        likely += r->score >= -500;
        if (best == UINT32_MAX || r->score > c->reports->items[best].score)
            best = (uint32_t)i;
    }
    *others = likely > 1 ? likely - 1 : 0;
    return best;
}

static void judge_report(const qdx_judgement_context *c, const qdx_stretch *s, qdx_utterance *u)
{
    qdx_features *f = &u->features;
    uint32_t others;
    u->report = covering_report(c, s, &others);
    set(f, F_report_second, others > 0);
    set(f, F_report_none, u->report == UINT32_MAX);
    if (u->report == UINT32_MAX)
        return;
    const qdx_report *r = &c->reports->items[u->report];
    set(f, F_report_unlikely, r->score < -2000);
    set(f, F_report_doubtful, r->score >= -2000 && r->score < -500);
    set(f, F_report_likely, r->score >= -500 && r->score < 1000);
    set(f, F_report_fair, r->score >= 0 && r->score < 1000);
    set(f, F_report_sure, r->score >= 1000);
    set(f, F_report_that, r->form == QDX_REPORT_THAT);
    set(f, F_report_object, r->form == QDX_REPORT_OBJECT || r->form == QDX_REPORT_PREPOSITION);
    set(f, F_report_person,
        r->subject.kind == QDX_NP_NAME &&
            tag_type(c->narration, r->subject.tag) == QDX_ENTITY_PERSON);
    set(f, F_report_pronoun, r->subject.kind == QDX_NP_PRONOUN);
    set(f, F_report_role, r->subject.kind == QDX_NP_ROLE);
    set(f, F_report_nobody, r->subject.kind == QDX_NP_NONE || r->subject.kind == QDX_NP_OTHER);
    set(f, F_report_clause, r->form == QDX_REPORT_CLAUSE);
    set(f, F_report_outer, r->form == QDX_REPORT_PARENTHETICAL || r->form == QDX_REPORT_ACCORDING);
    set(f, F_report_noun, r->form == QDX_REPORT_NOUN);
    set(f, F_report_very_sure, r->score >= 2000);
    set(f, F_report_deep, s->first > r->content.first + 12);
    set(f, F_report_first, s->first <= r->content.first + 1);
    set(f, F_report_shared, r->cue.first == u->cue.first && u->place != QDX_CUE_NONE);
}

void qdx_judgement_cue(const qdx_judgement_context *c, const qdx_stretch *s, qdx_token_range marks,
                       qdx_utterance *u)
{
    judge_cue(c->narration, u, marks.first, marks.end, &u->features);
    judge_report(c, s, u);
}
