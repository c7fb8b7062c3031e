/*
 * Judging the words in marks. Nothing is decided here by a rule: each function
 * sets features, and the weights of judgement_weights.inc, learned from
 * annotated news, sum them up.
 */
#include "quote/judgement_features.h"
#include "quote/narration_tokens.h"
#include "quote/verb_class.h"

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

/* --- the words in marks
 * ------------------------------------------------------------------- */

enum { FORM_REACH = 40 }; /* words looked at; a longer stretch tells no more */

static bool is_inner_mark(const qdx_narration *n, uint32_t i)
{
    return is_mark(n, i, QDX_MARK_SINGLE) || is_mark(n, i, QDX_MARK_QUOTATION);
}

/* "we'll", "don't" */
static bool is_contraction(const qdx_narration *n, const qdx_token *t)
{
    if (!(t->classes & (QDX_WORD_PRONOUN | QDX_WORD_AUXILIARY)) || t->end - t->start < 3)
        return false;
    const char *bytes = n->tagging->text->bytes + t->start;
    for (uint32_t i = 1; i < t->end - t->start; i++)
        if (bytes[i] == '\'' || (bytes[i] & 0x80))
            return true;
    return false;
}

static wording read_form(const qdx_narration *n, const qdx_stretch *s, qdx_features *f)
{
    wording form = {0};
    uint32_t limit = s->end - s->first > FORM_REACH ? s->first + FORM_REACH : s->end;
    for (uint32_t i = s->first; i < limit; i++) {
        const qdx_token *t = at(n, i);
        if (t->kind == QDX_TOKEN_MARK || (t->flags & QDX_TOKEN_POSSESSIVE))
            continue;
        const qdx_word *word = word_at(n, i);
        form.words++;
        form.capitals += (t->flags & QDX_TOKEN_CAPITAL) != 0 && t->end - t->start > 1;
        form.uppers += (t->flags & QDX_TOKEN_UPPER) != 0 && t->end - t->start > 1;
        form.functions += (t->classes & QDX_WORD_FUNCTION) != 0;
        set(f, F_first_person, word->person == 1);
        set(f, F_second_person, word->person == 2);
        set(f, F_auxiliary, (t->classes & QDX_WORD_AUXILIARY) != 0);
        set(f, F_contraction, is_contraction(n, t));
        set(f, F_verb_inside, (t->classes & QDX_WORD_SPEECH_VERB) != 0);
        set(f, F_uncommon,
            !(t->classes & (QDX_WORD_COMMON | QDX_WORD_FUNCTION)) && t->kind == QDX_TOKEN_WORD &&
                !(t->flags & QDX_TOKEN_CAPITAL));
        set(f, F_number, t->kind == QDX_TOKEN_NUMBER);
    }
    /* Marks of a quotation inside may begin or end together with these. */
    uint32_t first = s->first, end = s->end;
    while (first + 1 < end && is_inner_mark(n, first))
        first++;
    while (end > first + 1 && is_inner_mark(n, end - 1))
        end--;
    form.capital_first = (at(n, first)->flags & QDX_TOKEN_CAPITAL) != 0;
    const qdx_token *last = at(n, end - 1);
    if (last->kind == QDX_TOKEN_MARK) {
        form.stop_last = last->mark == QDX_MARK_PERIOD || last->mark == QDX_MARK_QUESTION ||
                         last->mark == QDX_MARK_EXCLAMATION || last->mark == QDX_MARK_ELLIPSIS;
        form.comma_last = last->mark == QDX_MARK_COMMA;
    }
    return form;
}

static void judge_form(const qdx_narration *n, const qdx_stretch *s, const wording *form,
                       qdx_features *f)
{
    static const struct {
        uint32_t least, feature;
    } sizes[] = {{20, F_words_20}, {10, F_words_10_19}, {6, F_words_6_9}, {4, F_words_4_5},
                 {3, F_words_3},   {2, F_words_2},      {0, F_words_1}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (form->words >= sizes[i].least) {
            qdx_features_add(f, sizes[i].feature, true);
            break;
        }
    set(f, F_capital_first, form->capital_first);
    set(f, F_stop_last, form->stop_last);
    set(f, F_comma_last, form->comma_last);
    set(f, F_title_case,
        form->words > 1 && form->words <= 12 && form->capitals * 2 >= form->words &&
            form->capitals + form->functions >= form->words);
    set(f, F_lower_case, !form->capitals);
    set(f, F_all_capitals, form->uppers && form->uppers == form->words);
    set(f, F_capital_words, form->capitals > 1 || (form->capitals == 1 && !form->capital_first));
    set(f, F_no_function_words, form->words > 1 && form->words <= 5 && !form->functions);
    uint32_t first = s->first;
    set(f, F_article_first,
        qdx_narration_is_word(n, first, "a") || qdx_narration_is_word(n, first, "an") ||
            qdx_narration_is_word(n, first, "the"));
    set(f, F_function_first, has_class(n, first, QDX_WORD_FUNCTION));
    set(f, F_preposition_first, has_class(n, first, QDX_WORD_PREPOSITION));
    set(f, F_adverb_first, has_class(n, first, QDX_WORD_ADVERB));
    uint32_t tag = qdx_tagging_tag_at(n->tagging, first);
    set(f, F_tag, tag != QDX_NONE && n->tagging->tags.items[tag].end + 2 > s->end);
}

/* --- cue and reports
 * ---------------------------------------------------------------------- */

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
    wording form = read_form(n, s, f);
    judge_form(n, s, &form, f);
    judge_place(c, s, u, open, end);
    bool whole_block = open == block.first && end >= block.end;
    bool sure = qdx_features_have(f, F_attributed) || qdx_features_have(f, F_announced);
    bool ended = form.stop_last || form.comma_last || u->open || s->unclosed || sure;
    u->sentence =
        (form.words >= 2 || sure) && ((form.capital_first && ended) || whole_block || s->continues);
    set(f, F_sentence, u->sentence);
    qdx_judgement_around(c, s, &form, (qdx_token_range){open, end}, u);
    judge_cue(n, u, open, end, f);
    set(f, F_wrote_title,
        qdx_features_have(f, F_class_write) && qdx_features_have(f, F_title_case) &&
            qdx_features_have(f, F_cue_at_marks));
    judge_report(c, s, u);
    set(f, F_short_determiner,
        form.words <= 3 && open > block.first && has_class(n, open - 1, QDX_WORD_DETERMINER));
    judge_short(c, s, &form, u);
    set(f, F_title_no_cue,
        form.words > 1 && form.capitals * 2 >= form.words && u->place == QDX_CUE_NONE);
    u->score = qdx_linear_sum(&qdx_judgement_model, f);
    /* Those that are sure, whatever the others say. */
    bool title = qdx_features_have(f, F_noun_called) && qdx_features_have(f, F_title_case);
    bool headed = qdx_features_have(f, F_heading) && form.words <= 3 &&
                  !qdx_features_have(f, F_attributed) && !qdx_features_have(f, F_announced);
    bool no = qdx_features_have(f, F_so_called) || title || headed ||
              (qdx_features_have(f, F_negated) && form.words <= 3);
    bool led = qdx_features_have(f, F_announced) || qdx_features_have(f, F_block_said_before) ||
               qdx_features_have(f, F_resumed);
    bool whole =
        u->sentence && form.words > 1 && form.capital_first && !qdx_features_have(f, F_title_case);
    bool follows = whole && qdx_features_have(f, F_cue_none) &&
                   qdx_features_have(f, F_sentence_first) && !qdx_features_have(f, F_block_first) &&
                   form.stop_last && form.words > 3 &&
                   (qdx_features_have(f, F_auxiliary) || qdx_features_have(f, F_first_person));
    bool yes = qdx_features_have(f, F_attributed) || (led && whole) || follows;
    u->ruling = no ? -1 : yes ? 1 : 0;
    qdx_judgement_decide(u);
}
