/*
 * Judging reports: the features of cue, subject and clause, and their weighted
 * sum. What a feature means is told by its name; the verb itself counts with a
 * weight of its own, one before clauses and one before objects, since "support"
 * and "say" have little in common.
 */
#include <string.h>

#include "quote/narration_tokens.h"
#include "quote/report.h"

enum report_feature {
#define QDX_WEIGHT(name, weight) F_##name,
#include "quote/report_weights.inc"
#undef QDX_WEIGHT
    F_COUNT
};

_Static_assert((int)F_COUNT <= 64 * QDX_FEATURE_WORDS, "more features than a set holds");

static const char *const feature_names[] = {
#define QDX_WEIGHT(name, weight) #name,
#include "quote/report_weights.inc"
#undef QDX_WEIGHT
};

static const int16_t feature_weights[] = {
#define QDX_WEIGHT(name, weight) weight,
#include "quote/report_weights.inc"
#undef QDX_WEIGHT
};

static const qdx_pair_group pair_groups[F_COUNT] = {
#define QDX_PAIRS(feature, first, count) [F_##feature] = {first, count},
#define QDX_PAIR(second, weight)
#include "quote/report_pairs.inc"
#undef QDX_PAIRS
#undef QDX_PAIR
};

static const qdx_feature_pair feature_pairs[] = {
#define QDX_PAIRS(feature, first, count)
#define QDX_PAIR(second, weight) {F_##second, weight},
#include "quote/report_pairs.inc"
#undef QDX_PAIRS
#undef QDX_PAIR
};

const qdx_linear_model qdx_report_model = {feature_names, feature_weights, F_COUNT, pair_groups,
                                           feature_pairs};

static inline void set(qdx_features *features, enum report_feature feature, bool holds)
{
    qdx_features_add(features, feature, holds);
}

static bool is_clausal(qdx_report_form form)
{
    return form != QDX_REPORT_OBJECT && form != QDX_REPORT_PREPOSITION && form != QDX_REPORT_NOUN;
}

static void judge_class(const qdx_narration *n, qdx_report *r, qdx_features *f)
{
    uint32_t class = verb_at(n, r->cue.first)->class;
    if (class == QDX_VERB_CLASS_COUNT)
        return;
    qdx_features_add(&r->features, F_class_admit + class, true);
    bool says = class == QDX_VERB_SAY, thinks = class == QDX_VERB_THINK;
    bool clausal = is_clausal(r->form);
    set(f, F_says_clause, says && clausal);
    set(f, F_says_object, says && !clausal);
    set(f, F_thinks_clause, thinks && clausal);
    set(f, F_thinks_object, thinks && !clausal);
}

static void judge_verb(const qdx_narration *n, qdx_report *r, qdx_features *f)
{
    uint32_t verb = r->cue.first;
    const qdx_word *word = word_at(n, verb);
    judge_class(n, r, f);
    qdx_features_add(&r->features, F_strength_1 - 1 + (word->strength ? word->strength : 1U), true);
    bool gerund = (word->verb_forms & QDX_FORM_GERUND) != 0;
    bool past = (word->verb_forms & QDX_FORM_PAST) != 0;
    bool third = (word->verb_forms & QDX_FORM_THIRD) != 0;
    set(f, F_gerund, gerund);
    set(f, F_past, past);
    set(f, F_third, third);
    set(f, F_base, !gerund && !past && !third);
    set(f, F_capital, (at(n, verb)->flags & QDX_TOKEN_CAPITAL) != 0);
    set(f, F_first_word, verb == r->sentence.first);
    if (verb == r->sentence.first || n->quoted[verb - 1])
        return;
    uint32_t before = verb - 1;
    set(f, F_after_comma, at(n, before)->kind == QDX_TOKEN_MARK);
    set(f, F_after_to, qdx_narration_is_word(n, before, "to"));
    set(f, F_relative,
        qdx_narration_is_word(n, before, "who") || qdx_narration_is_word(n, before, "that"));
    while (before > r->sentence.first && has_class(n, before, QDX_WORD_ADVERB) && verb - before < 4)
        before--;
    static const char *const modals[] = {"will",  "would", "can",    "could", "may",
                                         "might", "must",  "should", "shall"};
    bool auxiliary = has_class(n, before, QDX_WORD_AUXILIARY);
    uint32_t size = at(n, before)->end - at(n, before)->start;
    char first = (char)(n->tagging->text->bytes[at(n, before)->start] | 0x20);
    set(f, F_after_modal, auxiliary && IS_ONE_OF(n, before, modals));
    set(f, F_after_have, auxiliary && first == 'h' && size <= 4);
    set(f, F_passive,
        auxiliary && past && (first == 'i' || first == 'w' || first == 'b' || first == 'a') &&
            size <= 5);
    set(f, F_after_negation, auxiliary && (first == 'n' || size > 5));
    set(f, F_after_noun,
        !has_class(n, before, QDX_WORD_FUNCTION | QDX_WORD_ADVERB | QDX_WORD_ROLE) &&
            at(n, before)->kind == QDX_TOKEN_WORD &&
            qdx_tagging_tag_at(n->tagging, before) == QDX_NONE);
}

static void judge_subject(const qdx_narration *n, const qdx_report *r, qdx_features *f)
{
    const qdx_noun_phrase *s = &r->subject;
    set(f, F_subject_none, s->kind == QDX_NP_NONE);
    set(f, F_subject_role, s->kind == QDX_NP_ROLE);
    set(f, F_subject_other, s->kind == QDX_NP_OTHER);
    if (s->kind == QDX_NP_NAME) {
        const qdx_tag *tag = &n->tagging->tags.items[s->tag];
        bool person = n->tagging->figures.items[tag->figure].entity.type == QDX_ENTITY_PERSON;
        set(f, F_subject_person, person);
        set(f, F_subject_entity, !person);
    }
    if (s->kind == QDX_NP_PRONOUN) {
        uint8_t person = word_at(n, s->head)->person;
        set(f, F_subject_first_person, person == 1);
        set(f, F_subject_second_person, person == 2);
        set(f, F_subject_third_person, person == 3);
    }
    set(f, F_subject_follows, s->kind != QDX_NP_NONE && s->first > r->cue.first);
    set(f, F_subject_far, s->kind != QDX_NP_NONE && s->end + 3 < r->cue.first);
}

static void judge_content(const qdx_narration *n, const qdx_report *r, qdx_features *f)
{
    uint32_t first = r->content.first, size = r->content.end - first;
    bool quoted = n->quoted[first], tag = qdx_tagging_tag_at(n->tagging, first) != QDX_NONE;
    bool word = at(n, first)->kind == QDX_TOKEN_WORD && !quoted;
    bool pronoun = word && has_class(n, first, QDX_WORD_PRONOUN);
    bool determiner = word && has_class(n, first, QDX_WORD_DETERMINER);
    bool preposition = word && has_class(n, first, QDX_WORD_PREPOSITION);
    set(f, F_content_quoted, quoted);
    set(f, F_content_name, tag && !quoted);
    set(f, F_content_pronoun, pronoun);
    set(f, F_content_determiner, determiner);
    set(f, F_content_preposition, preposition);
    set(f, F_content_conjunction, word && has_class(n, first, QDX_WORD_CONJUNCTION));
    set(f, F_content_number, at(n, first)->kind == QDX_TOKEN_NUMBER);
    set(f, F_content_lower,
        word && !tag && !has_class(n, first, QDX_WORD_FUNCTION) &&
            !(at(n, first)->flags & QDX_TOKEN_CAPITAL));
    set(f, F_content_1, size == 1);
    set(f, F_content_2_3, size == 2 || size == 3);
    set(f, F_content_4_7, size >= 4 && size <= 7);
    set(f, F_content_8_15, size >= 8 && size <= 15);
    set(f, F_content_16, size >= 16);
    bool auxiliary = false;
    for (uint32_t i = first; i < r->content.end && i - first < 12; i++)
        auxiliary |= has_class(n, i, QDX_WORD_AUXILIARY);
    set(f, F_content_auxiliary, auxiliary);
    set(f, F_gap, r->gap.end > r->gap.first);
    set(f, F_inverted, r->content.first < r->cue.first);
}

/* Two features that mean something else together: "was questioned by", "who asked to". */
static void judge_pairs(const qdx_report *r, qdx_features *f)
{
    set(f, F_passive_preposition,
        qdx_features_have(f, F_passive) && r->form == QDX_REPORT_PREPOSITION);
    set(f, F_relative_infinitive,
        qdx_features_have(f, F_relative) && r->form == QDX_REPORT_INFINITIVE);
}

/* Features known by name are gathered in `f`, which stays in registers; those found by a number
 * go to the report's set at once. */
void qdx_report_judge(const qdx_narration *n, qdx_report *r)
{
    qdx_features f = {0};
    memset(&r->features, 0, sizeof r->features);
    set(&f, F_bias, true);
    qdx_features_add(&r->features, F_form_that + (uint32_t)r->form, true);
    uint32_t last = r->sentence.end - 1;
    set(&f, F_question,
        at(n, last)->kind == QDX_TOKEN_MARK && at(n, last)->mark == QDX_MARK_QUESTION);
    judge_subject(n, r, &f);
    judge_content(n, r, &f);
    const qdx_word *word = word_at(n, r->cue.first);
    bool verb = r->form != QDX_REPORT_NOUN && r->form != QDX_REPORT_COLON &&
                r->form != QDX_REPORT_ACCORDING;
    if (verb)
        judge_verb(n, r, &f);
    else
        qdx_features_add(&r->features, F_strength_1 - 1 + (word->strength ? word->strength : 1U),
                         r->form == QDX_REPORT_NOUN);
    judge_pairs(r, &f);
    for (uint32_t i = 0; i < QDX_FEATURE_WORDS; i++)
        r->features.bits[i] |= f.bits[i];
    const qdx_verb *known = verb ? verb_at(n, r->cue.first) : NULL;
    r->lemma_weight = !known ? 0 : is_clausal(r->form) ? known->clause : known->object;
    r->score = qdx_linear_sum(&qdx_report_model, &r->features) + r->lemma_weight;
}

const char *qdx_report_form_name(qdx_report_form form)
{
    static const char *const names[] = {"that",   "clause",      "question",      "infinitive",
                                        "object", "preposition", "parenthetical", "according",
                                        "noun",   "colon"};
    return names[form];
}
