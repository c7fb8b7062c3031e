/*
 * Judging the words in marks: features are set, here those of the place and of a few words alone,
 * and the weights of judgement_weights.inc, learned from annotated news, sum them up. Few rules
 * stand above the sum, for what is sure.
 */
#include "quote/judgement_features.h"
#include "quote/narration_tokens.h"

#include <string.h>

_Static_assert((int)F_COUNT <= 64 * QDX_FEATURE_WORDS, "more features than a set holds");

static const char *const feature_names[] = {
#define QDX_WEIGHT(name, weight) #name,
#include "quote/judgement_weights.inc"
#undef QDX_WEIGHT
};

static const int16_t feature_weights[] = {
#define QDX_WEIGHT(name, weight) weight,
#include "quote/judgement_weights.inc"
#undef QDX_WEIGHT
};

static const qdx_pair_group pair_groups[F_COUNT] = {
#define QDX_PAIRS(feature, first, count) [F_##feature] = {first, count},
#define QDX_PAIR(second, weight)
#include "quote/judgement_pairs.inc"
#undef QDX_PAIRS
#undef QDX_PAIR
};

static const qdx_feature_pair feature_pairs[] = {
#define QDX_PAIRS(feature, first, count)
#define QDX_PAIR(second, weight) {F_##second, weight},
#include "quote/judgement_pairs.inc"
#undef QDX_PAIRS
#undef QDX_PAIR
};

const qdx_linear_model qdx_judgement_model = {feature_names, feature_weights, F_COUNT, pair_groups,
                                              feature_pairs};

/* --- what is nearly sure
 * ---------------------------------------------------------------- */

enum { HEADING_WORDS = 25 };

/* A heading by its markup, or a short line before all others. */
static bool is_heading(const qdx_narration *n, const qdx_stretch *s, const qdx_utterance *u)
{
    const qdx_tagging *tagging = n->tagging;
    if (tagging->document->blocks[s->block].kind == QDX_BLOCK_HEADING)
        return true;
    qdx_token_range block = tagging->text->blocks.items[s->block];
    return s->block == 0 && tagging->text->blocks.count > 1 &&
           block.end - block.first <= HEADING_WORDS && !(u->place == QDX_CUE_AFTER && u->open);
}

/* “…,” X said: the sentence begins with the marks, and right behind them who says it. */
static bool is_attributed(const qdx_narration *n, const qdx_utterance *u, uint32_t open,
                          uint32_t end)
{
    bool begins = (at(n, open)->flags & QDX_TOKEN_SENTENCE) ||
                  (is_mark(n, open - 1, QDX_MARK_DASH) && !n->quoted[open - 1]);
    if (u->place != QDX_CUE_AFTER || !u->open || u->subject.kind == QDX_NP_NONE || !begins)
        return false;
    bool adjacent = u->subject.end == u->cue.first || u->subject.first == u->cue.end;
    uint32_t first = u->subject.first < u->cue.first ? u->subject.first : u->cue.first;
    return first <= end + 1 && (u->strength >= 2 || adjacent);
}

/* X said: “…”; a verb that seldom reports has to stand right before the colon: the letter read. */
static bool is_announced(const qdx_narration *n, const qdx_utterance *u, uint32_t open)
{
    return u->place == QDX_CUE_BEFORE && u->cue.end > u->cue.first && open > 0 &&
           is_mark(n, open - 1, QDX_MARK_COLON) && !n->quoted[open - 1] &&
           (u->strength >= 2 || u->cue.end + 1 == open);
}

/* "nobody said", "told never to say" */
static bool is_negated(const qdx_narration *n, const qdx_utterance *u)
{
    static const char *const never[] = {"never"};
    if (u->place != QDX_CUE_BEFORE || u->cue.end <= u->cue.first)
        return false;
    if (u->subject.kind != QDX_NP_NONE && qdx_narration_is_nobody(n, u->subject.head))
        return true;
    for (uint32_t i = u->cue.first; i-- > u->before && u->cue.first - i <= 2;)
        if (IS_ONE_OF(n, i, never))
            return true;
    return false;
}

/* "so-called", "so called" */
static bool is_so_called(const qdx_narration *n, uint32_t i)
{
    return qdx_narration_is_word(n, i, "called") &&
           qdx_narration_is_word(n, i - 1 - is_mark(n, i - 1, QDX_MARK_HYPHEN), "so");
}

/* "self-styled", "self-described" */
static bool is_self_styled(const qdx_narration *n, uint32_t i)
{
    return is_mark(n, i - 1, QDX_MARK_HYPHEN) && qdx_narration_is_word(n, i - 2, "self");
}

/* Few words can be a term or a name as well as speech: what tells these apart.
 */
static void judge_short(const qdx_judgement_context *c, const qdx_stretch *s, const wording *form,
                        qdx_utterance *u)
{
    const qdx_narration *n = c->narration;
    qdx_features *f = &u->features;
    uint32_t open = s->open == UINT32_MAX ? s->first : s->open;
    bool mark_before = open > 0 && at(n, open - 1)->kind == QDX_TOKEN_MARK;
    set(f, F_so_called, open > 2 && !n->quoted[open - 1] && is_so_called(n, open - 1));
    set(f, F_before_self, open > 2 && !n->quoted[open - 1] && is_self_styled(n, open - 1));
    if (form->words > 3 || u->sentence)
        return;
    uint8_t recurs = c->recurrences->items[u->stretch];
    set(f, F_recurs_word, (recurs & QDX_RECURS_PLAIN) && form->words == 1);
    set(f, F_recurs_words, (recurs & QDX_RECURS_PLAIN) && form->words > 1);
    set(f, F_recurs_in_marks, (recurs & QDX_RECURS_IN_MARKS) != 0);
    bool capital = form->capital_first && !form->stop_last;
    const qdx_report *r = u->report == UINT32_MAX ? NULL : &c->reports->items[u->report];
    set(f, F_short_no_cue, u->place == QDX_CUE_NONE);
    set(f, F_short_weak_cue, u->place != QDX_CUE_NONE && u->strength <= 1);
    set(f, F_short_no_report, !r);
    set(f, F_short_unlikely, r && r->score < -500);
    set(f, F_short_likely, r && r->score >= 1000);
    set(f, F_short_capital, capital && !mark_before);
    set(f, F_short_capital_mark, capital && mark_before);
    set(f, F_short_heading, is_heading(n, s, u));
    set(f, F_short_said_before,
        c->before && c->before->said && c->before->report == u->report && r);
    set(f, F_short_no_subject, u->subject.kind == QDX_NP_NONE);
}

/* --- the judgement
 * ------------------------------------------------------------------------ */

static void judge_place(const qdx_judgement_context *c, const qdx_stretch *s, qdx_utterance *u,
                        uint32_t open, uint32_t end)
{
    const qdx_narration *n = c->narration;
    qdx_features *f = &u->features;
    qdx_token_range block = n->tagging->text->blocks.items[s->block];
    set(f, F_block_first, open == block.first);
    set(f, F_block_end, end >= block.end);
    set(f, F_whole_block, open == block.first && end >= block.end);
    set(f, F_sentence_first, (at(n, open)->flags & QDX_TOKEN_SENTENCE) != 0);
    set(f, F_sentence_end, end >= block.end || (at(n, end)->flags & QDX_TOKEN_SENTENCE));
    set(f, F_continues, s->continues);
    set(f, F_unclosed, s->unclosed);
    set(f, F_block_quotation, s->block_quotation);
    set(f, F_heading, is_heading(n, s, u));
    set(f, F_attributed, is_attributed(n, u, open, end));
    set(f, F_announced, is_announced(n, u, open));
    set(f, F_negated, is_negated(n, u));
    set(f, F_first_in_text, !c->before);
    if (!c->before)
        return;
    const qdx_stretch *b = &c->stretches->items[c->before->stretch];
    bool near = b->block == s->block && b->end + 12 > open;
    set(f, F_neighbour_before, near);
    set(f, F_said_before, near && c->before->said);
    set(f, F_series, b->block == s->block && b->end + 4 > open);
    uint32_t past = b->close == UINT32_MAX ? b->end : b->close + 1;
    set(f, F_resumed,
        b->block == s->block && c->before->said &&
            (open == past ||
             (c->before->place == QDX_CUE_AFTER && c->before->open && open == c->before->after)));
    set(f, F_block_said_before,
        c->before->said && b->block + 1 == s->block && open == block.first && end >= block.end);
}

/* Rules for those that are sure, whatever the weights say: 1 said, -1 not, 0 for the weights. */
static int8_t rule_on(const wording *form, const qdx_utterance *u)
{
    const qdx_features *f = &u->features;
    bool attributed = qdx_features_have(f, F_attributed);
    bool announced = qdx_features_have(f, F_announced);
    bool title = qdx_features_have(f, F_title_case);
    bool brief = form->words <= 3;
    if (qdx_features_have(f, F_so_called) || (qdx_features_have(f, F_noun_called) && title) ||
        (qdx_features_have(f, F_heading) && brief && !attributed && !announced) ||
        (qdx_features_have(f, F_negated) && brief))
        return -1;
    bool led =
        announced || qdx_features_have(f, F_block_said_before) || qdx_features_have(f, F_resumed);
    bool whole = u->sentence && form->words > 1 && form->capital_first && !title;
    bool follows = whole && qdx_features_have(f, F_cue_none) &&
                   qdx_features_have(f, F_sentence_first) && !qdx_features_have(f, F_block_first) &&
                   form->stop_last && !brief &&
                   (qdx_features_have(f, F_auxiliary) || qdx_features_have(f, F_first_person));
    return attributed || (led && whole) || follows;
}

void qdx_judgement_run(const qdx_judgement_context *c, qdx_utterance *u)
{
    const qdx_narration *n = c->narration;
    const qdx_stretch *s = &c->stretches->items[u->stretch];
    qdx_features *f = &u->features;
    memset(f, 0, sizeof *f);
    set(f, F_bias, true);
    uint32_t open = s->open == UINT32_MAX ? s->first : s->open;
    uint32_t end = s->close == UINT32_MAX ? s->end : s->close + 1;
    qdx_token_range block = n->tagging->text->blocks.items[s->block];
    wording form = qdx_judgement_form(n, s, f);
    judge_place(c, s, u, open, end);
    bool whole_block = open == block.first && end >= block.end;
    bool sure = qdx_features_have(f, F_attributed) || qdx_features_have(f, F_announced);
    bool ended = form.stop_last || form.comma_last || u->open || s->unclosed || sure;
    u->sentence =
        (form.words >= 2 || sure) && ((form.capital_first && ended) || whole_block || s->continues);
    set(f, F_sentence, u->sentence);
    qdx_judgement_around(c, s, &form, (qdx_token_range){open, end}, u);
    qdx_judgement_cue(c, s, (qdx_token_range){open, end}, u);
    set(f, F_wrote_title,
        qdx_features_have(f, F_class_write) && qdx_features_have(f, F_title_case) &&
            qdx_features_have(f, F_cue_at_marks));
    set(f, F_short_determiner,
        form.words <= 3 && open > block.first && has_class(n, open - 1, QDX_WORD_DETERMINER));
    judge_short(c, s, &form, u);
    set(f, F_title_no_cue,
        form.words > 1 && form.capitals * 2 >= form.words && u->place == QDX_CUE_NONE);
    u->score = qdx_linear_sum(&qdx_judgement_model, f);
    u->ruling = rule_on(&form, u);
    qdx_judgement_decide(u);
}
