/*
 * Judging words in marks by what they look like: how many, which of them are capitalized, whether
 * they speak of somebody in the first person, end as a sentence does, or are a title.
 */
#include "quote/judgement_features.h"
#include "quote/narration_tokens.h"

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

wording qdx_judgement_form(const qdx_narration *n, const qdx_stretch *s, qdx_features *f)
{
    wording form = read_form(n, s, f);
    judge_form(n, s, &form, f);
    return form;
}
