/*
 * Judging words in marks by what stands around them: the marks and words right
 * before and after, the verbs, names and nouns of speech a little farther off,
 * and the next stretch.
 */
#include "quote/judgement_features.h"
#include "quote/narration_tokens.h"

/* Words that announce a name or a word as a word. */
static const char *const term_words[] = {
    "titled", "entitled", "named",    "nicknamed", "term",      "word",    "phrase",     "words",
    "terms",  "slogan",   "movie",    "film",      "song",      "book",    "show",       "series",
    "album",  "episode",  "magazine", "program",   "headlined", "hashtag", "novel",      "headline",
    "sitcom", "musical",  "nickname", "play",      "game",      "theme",   "expression", "moniker",
};
static const char *const called_words[] = {
    "called", "so-called", "dubbed",  "known",  "labeled",    "labelled", "branded",
    "calls",  "call",      "calling", "deemed", "considered", "termed",   "described",
};

static void judge_before(const qdx_narration *n, uint32_t open, uint32_t block_first,
                         qdx_features *f)
{
    if (open == block_first)
        return;
    uint32_t b = open - 1;
    set(f, F_before_quoted, n->quoted[b]);
    if (n->quoted[b])
        return;
    static const struct {
        uint32_t mark, feature;
    } marks[] = {{QDX_MARK_COLON, F_before_colon},
                 {QDX_MARK_COMMA, F_before_comma},
                 {QDX_MARK_DASH, F_before_dash},
                 {QDX_MARK_HYPHEN, F_before_dash},
                 {QDX_MARK_OPEN, F_before_open}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        set(f, (enum judgement_feature)marks[i].feature, is_mark(n, b, (qdx_mark)marks[i].mark));
    static const struct {
        uint32_t classes, feature;
    } classes[] = {
        {QDX_WORD_DETERMINER, F_before_determiner},   {QDX_WORD_PREPOSITION, F_before_preposition},
        {QDX_WORD_SPEECH_VERB, F_before_verb},        {QDX_WORD_SPEECH_NOUN, F_before_speech_noun},
        {QDX_WORD_AUXILIARY, F_before_auxiliary},     {QDX_WORD_ADVERB, F_before_adverb},
        {QDX_WORD_CONJUNCTION, F_before_conjunction}, {QDX_WORD_ROLE, F_before_role},
        {QDX_WORD_PRONOUN, F_before_pronoun}};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        set(f, (enum judgement_feature)classes[i].feature, has_class(n, b, classes[i].classes));
    set(f, F_before_possessive, (at(n, b)->flags & QDX_TOKEN_POSSESSIVE) != 0);
    set(f, F_before_article, qdx_narration_is_word(n, b, "a") || qdx_narration_is_word(n, b, "an"));
    static const char *const owners[] = {"his", "her", "its", "their", "my", "our", "your"};
    set(f, F_before_the, qdx_narration_is_word(n, b, "the"));
    set(f, F_before_owner, IS_ONE_OF(n, b, owners));
    set(f, F_before_of, qdx_narration_is_word(n, b, "of"));
    set(f, F_before_as, qdx_narration_is_word(n, b, "as"));
    set(f, F_before_name, qdx_tagging_tag_at(n->tagging, b) != QDX_NONE);
    set(f, F_before_noun,
        at(n, b)->kind == QDX_TOKEN_WORD &&
            !has_class(n, b, QDX_WORD_FUNCTION | QDX_WORD_ADVERB | QDX_WORD_SPEECH_VERB) &&
            !(at(n, b)->flags & QDX_TOKEN_CAPITAL));
    for (uint32_t i = open; i-- > block_first && open - i <= 2 && !n->quoted[i];) {
        set(f, F_before_term, IS_ONE_OF(n, i, term_words));
        set(f, F_before_called, IS_ONE_OF(n, i, called_words));
    }
}

/* The last words before the marks, whatever they govern. */
static void judge_near(const qdx_narration *n, uint32_t open, uint32_t block_first, qdx_features *f)
{
    enum { NEAR = 8 };
    for (uint32_t i = open; i-- > block_first && open - i <= NEAR;) {
        if (n->quoted[i] || at(n, i)->kind == QDX_TOKEN_MARK)
            continue;
        const qdx_word *word = word_at(n, i);
        bool verb = (at(n, i)->classes & QDX_WORD_SPEECH_VERB) != 0;
        set(f, F_near_strong_verb, verb && word->strength == 3);
        set(f, F_near_verb, verb && word->strength == 2);
        set(f, F_near_gerund, verb && word->strength >= 2 && (word->verb_forms & QDX_FORM_GERUND));
        set(f, F_near_noun, (at(n, i)->classes & QDX_WORD_SPEECH_NOUN) != 0);
        set(f, F_near_role, (at(n, i)->classes & QDX_WORD_ROLE) != 0);
        set(f, F_near_term, IS_ONE_OF(n, i, term_words));
        uint32_t tag = qdx_tagging_tag_at(n->tagging, i);
        if (tag == QDX_NONE)
            continue;
        bool person = tag_type(n, tag) == QDX_ENTITY_PERSON;
        bool owner = i + 2 == open && (at(n, i + 1)->flags & QDX_TOKEN_POSSESSIVE);
        set(f, F_near_person, person);
        set(f, F_near_organization, tag_type(n, tag) == QDX_ENTITY_ORGANIZATION);
        set(f, F_person_owner, owner && person);
        set(f, F_entity_owner, owner && !person);
    }
}

/* The stretch after this one: words in a series are of one kind. */
static void judge_next(const qdx_judgement_context *c, const qdx_stretch *s, qdx_utterance *u)
{
    const qdx_stretch *next = s;
    for (uint32_t i = u->stretch + 1; i < c->stretches->count && i - u->stretch <= 4 && next == s;
         i++)
        if (c->stretches->items[i].outer == UINT32_MAX)
            next = &c->stretches->items[i];
    if (next == s || next->block != s->block)
        return;
    uint32_t gap = next->first - s->end;
    set(&u->features, F_next_near, gap <= 12);
    set(&u->features, F_next_beside, gap <= 4);
    set(&u->features, F_next_long, gap <= 12 && next->end - next->first > 8);
}

static void judge_after(const qdx_narration *n, uint32_t end, uint32_t block_end,
                        const wording *form, qdx_features *f)
{
    if (end >= block_end)
        return;
    set(f, F_after_quoted, n->quoted[end]);
    if (n->quoted[end])
        return;
    set(f, F_after_comma, is_mark(n, end, QDX_MARK_COMMA));
    set(f, F_after_stop, is_mark(n, end, QDX_MARK_PERIOD) || is_mark(n, end, QDX_MARK_SEMICOLON));
    set(f, F_after_dash, is_mark(n, end, QDX_MARK_DASH));
    set(f, F_after_hyphen, is_mark(n, end, QDX_MARK_HYPHEN));
    set(f, F_after_close, is_mark(n, end, QDX_MARK_CLOSE));
    set(f, F_after_possessive, (at(n, end)->flags & QDX_TOKEN_POSSESSIVE) != 0);
    set(f, F_after_preposition, has_class(n, end, QDX_WORD_PREPOSITION));
    set(f, F_after_conjunction, has_class(n, end, QDX_WORD_CONJUNCTION));
    set(f, F_after_auxiliary, has_class(n, end, QDX_WORD_AUXILIARY));
    set(f, F_after_pronoun, has_class(n, end, QDX_WORD_PRONOUN));
    bool name = qdx_tagging_tag_at(n->tagging, end) != QDX_NONE;
    bool noun = !name && at(n, end)->kind == QDX_TOKEN_WORD &&
                !has_class(n, end, QDX_WORD_FUNCTION | QDX_WORD_ADVERB) &&
                !(at(n, end)->flags & (QDX_TOKEN_CAPITAL | QDX_TOKEN_POSSESSIVE));
    bool sentence = (at(n, end)->flags & QDX_TOKEN_SENTENCE) != 0;
    set(f, F_after_relative,
        qdx_narration_is_word(n, end, "that") || qdx_narration_is_word(n, end, "which") ||
            qdx_narration_is_word(n, end, "who"));
    set(f, F_after_name, name && !sentence);
    set(f, F_after_noun, noun);
    set(f, F_short_noun_after, noun && form->words <= 3);
    set(f, F_short_name_after, name && !sentence && form->words <= 3);
}

/* A verb of saying in the sentence behind the marks. */
static void judge_behind(const qdx_narration *n, uint32_t end, qdx_utterance *u)
{
    for (uint32_t i = end; i < u->after; i++)
        if (has_class(n, i, QDX_WORD_SPEECH_VERB) && !n->quoted[i] &&
            word_at(n, i)->strength >= 2 &&
            (word_at(n, i)->verb_forms & (QDX_FORM_PAST | QDX_FORM_THIRD)))
            set(&u->features, F_verb_after, true);
}

/* A line in which most words are capitalized and that no period ends. */
static bool is_title_line(const qdx_narration *n, qdx_token_range block)
{
    enum { LEAST = 4, MOST = 30 };
    uint32_t words = 0, capitals = 0;
    if (block.end - block.first > MOST || is_mark(n, block.end - 1, QDX_MARK_COLON))
        return false;
    for (uint32_t i = block.first; i < block.end; i++) {
        words += at(n, i)->kind == QDX_TOKEN_WORD;
        capitals += at(n, i)->kind == QDX_TOKEN_WORD && (at(n, i)->flags & QDX_TOKEN_CAPITAL);
    }
    return words >= LEAST && capitals * 10 >= words * 6;
}

/* "a play called", "an article titled": a participle after the noun it names,
 * no verb of a speaker.
 */
static bool names_thing(const qdx_narration *n, uint32_t i)
{
    static const char *const participles[] = {"called", "titled",    "entitled",  "named",
                                              "dubbed", "nicknamed", "headlined", "labeled"};
    if (n->quoted[i] || n->quoted[i - 1] || !IS_ONE_OF(n, i, participles))
        return false;
    if (is_mark(n, i - 1, QDX_MARK_COMMA))
        return true;
    return at(n, i - 1)->kind == QDX_TOKEN_WORD &&
           !has_class(n, i - 1,
                      QDX_WORD_FUNCTION | QDX_WORD_ROLE | QDX_WORD_ADVERB | QDX_WORD_AUXILIARY) &&
           qdx_tagging_tag_at(n->tagging, i - 1) == QDX_NONE;
}

void qdx_judgement_around(const qdx_judgement_context *c, const qdx_stretch *s, const wording *form,
                          qdx_token_range marks, qdx_utterance *u)
{
    const qdx_narration *n = c->narration;
    qdx_token_range block = n->tagging->text->blocks.items[s->block];
    judge_before(n, marks.first, block.first, &u->features);
    judge_after(n, marks.end, block.end, form, &u->features);
    judge_near(n, marks.first, block.first, &u->features);
    judge_next(c, s, u);
    judge_behind(n, marks.end, u);
    set(&u->features, F_title_line, is_title_line(n, block));
    set(&u->features, F_noun_called,
        marks.first > block.first + 1 && names_thing(n, marks.first - 1));
}
