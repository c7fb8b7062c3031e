/*
 * Verbs of speech and their subjects. Leftwards from the verb, over adverbs,
 * auxiliaries and appositions between commas; a verb joined by "and" or a
 * gerund shares the subject of its sentence.
 */
#include "quote/narration.h"
#include "quote/narration_tokens.h"

enum { APPOSITION_REACH = 30, APPOSITIONS = 3 };

bool qdx_narration_is_cue(const qdx_narration *n, uint32_t token, uint32_t first)
{
    if (n->quoted[token] || !has_class(n, token, QDX_WORD_SPEECH_VERB))
        return false;
    const qdx_token *t = at(n, token);
    if (qdx_tagging_tag_at(n->tagging, token) != QDX_NONE ||
        ((t->flags & QDX_TOKEN_CAPITAL) && !(t->flags & QDX_TOKEN_SENTENCE)))
        return false;
    const qdx_word *word = word_at(n, token);
    if (token == first)
        return (word->verb_forms &
                (QDX_FORM_PAST | QDX_FORM_THIRD | QDX_FORM_GERUND | QDX_FORM_PARTICIPLE)) != 0;
    if (token > 0 && !n->quoted[token - 1]) {
        bool after_noun_word = has_class(n, token - 1, QDX_WORD_DETERMINER) ||
                               (at(n, token - 1)->flags & QDX_TOKEN_POSSESSIVE);
        if (after_noun_word)
            return false;
        if (is_mark(n, token - 1, QDX_MARK_HYPHEN))
            return false;
        if (has_class(n, token - 1, QDX_WORD_PREPOSITION) &&
            !qdx_narration_is_word(n, token - 1, "to") && !(word->verb_forms & QDX_FORM_GERUND))
            return false;
        /* "a key claim was": an adjective and a noun of the same form as a verb. */
        if ((t->classes & QDX_WORD_SPEECH_NOUN) && !(word->verb_forms & QDX_FORM_PAST) &&
            !has_class(n, token - 1, QDX_WORD_ROLE | QDX_WORD_PRONOUN | QDX_WORD_AUXILIARY) &&
            qdx_tagging_tag_at(n->tagging, token - 1) == QDX_NONE &&
            !qdx_narration_is_word(n, token - 1, "to") && !is_mark(n, token - 1, QDX_MARK_COMMA))
            return false;
    }
    return true;
}

/* --- subjects
 * -----------------------------------------------------------------------------
 */

/* Passes leftwards over what stands between subject and verb; returns the end
 * of the subject. */
static uint32_t skip_to_subject(const qdx_narration *n, uint32_t verb, uint32_t first)
{
    uint32_t i = verb;
    while (i > first && !n->quoted[i - 1] &&
           (has_class(n, i - 1, QDX_WORD_AUXILIARY | QDX_WORD_ADVERB) ||
            (has_class(n, i - 1, QDX_WORD_WEEKDAY)) || qdx_narration_is_word(n, i - 1, "to")))
        i--;
    return i;
}

/* The comma, dash or bracket that opens the apposition closed right before
 * `end`; or QDX_NONE. */
static uint32_t apposition_open(const qdx_narration *n, uint32_t first, uint32_t close)
{
    bool bracket = is_mark(n, close, QDX_MARK_CLOSE);
    bool dash = is_mark(n, close, QDX_MARK_DASH);
    for (uint32_t i = close; i-- > first && close - i < APPOSITION_REACH;) {
        if (n->quoted[i])
            return QDX_NONE;
        if (bracket ? is_mark(n, i, QDX_MARK_OPEN)
            : dash  ? is_mark(n, i, QDX_MARK_DASH)
                    : is_mark(n, i, QDX_MARK_COMMA))
            return i;
        if (is_mark(n, i, QDX_MARK_SEMICOLON))
            return QDX_NONE;
    }
    return QDX_NONE;
}

static bool is_person_phrase(const qdx_narration *n, const qdx_noun_phrase *np)
{
    return np->kind == QDX_NP_NAME && tag_type(n, np->tag) == QDX_ENTITY_PERSON;
}

/* "[subject], [apposition], said". The apposition itself may be the name. */
static qdx_noun_phrase subject_over_apposition(const qdx_narration *n, uint32_t first,
                                               uint32_t close)
{
    qdx_noun_phrase none = {QDX_NP_NONE, close, close, close, QDX_NONE};
    uint32_t open = apposition_open(n, first, close);
    if (open == QDX_NONE || open == first)
        return none;
    qdx_noun_phrase outer = qdx_noun_phrase_before(n, first, open);
    qdx_noun_phrase inner = qdx_noun_phrase_before(n, open + 1, close);
    if (is_person_phrase(n, &inner) && inner.first == open + 1 && !is_person_phrase(n, &outer) &&
        (outer.kind == QDX_NP_ROLE || outer.kind == QDX_NP_OTHER || outer.kind == QDX_NP_NONE))
        return inner;
    if (is_person_phrase(n, &outer) || outer.kind == QDX_NP_PRONOUN)
        return outer;
    /* "Name, of Place, a farmer, said": appositions before this one. */
    for (int turn = 0; turn < APPOSITIONS && open > first + 1; turn++) {
        uint32_t earlier = is_mark(n, outer.first - (outer.first > first), QDX_MARK_COMMA)
                               ? outer.first - 1
                               : apposition_open(n, first, open);
        if (earlier == QDX_NONE || earlier <= first)
            break;
        qdx_noun_phrase far = qdx_noun_phrase_before(n, first, earlier);
        if (is_person_phrase(n, &far))
            return far;
        open = earlier;
    }
    return outer.kind != QDX_NP_NONE ? outer : inner;
}

static bool is_relative(const qdx_narration *n, uint32_t i)
{
    return qdx_narration_is_word(n, i, "who") || qdx_narration_is_word(n, i, "which") ||
           qdx_narration_is_word(n, i, "that");
}

qdx_noun_phrase qdx_narration_subject(const qdx_narration *n, uint32_t verb, uint32_t first)
{
    qdx_noun_phrase none = {QDX_NP_NONE, verb, verb, verb, QDX_NONE};
    uint32_t end = skip_to_subject(n, verb, first);
    if (end == first)
        return none;
    uint32_t before = end - 1;
    bool gerund = (word_at(n, verb)->verb_forms & QDX_FORM_GERUND) != 0;
    if (n->quoted[before])
        return none;
    if (is_relative(n, before)) {
        uint32_t close = before;
        if (close > first && is_mark(n, close - 1, QDX_MARK_COMMA))
            close--;
        return close > first ? qdx_noun_phrase_before(n, first, close) : none;
    }
    bool coordinated = has_class(n, before, QDX_WORD_CONJUNCTION) || gerund ||
                       has_class(n, before, QDX_WORD_PREPOSITION) ||
                       qdx_narration_is_word(n, verb - 1, "to");
    if (coordinated)
        return qdx_noun_phrase_subject(n, first, end);
    if (is_mark(n, before, QDX_MARK_COMMA) || is_mark(n, before, QDX_MARK_CLOSE) ||
        is_mark(n, before, QDX_MARK_DASH)) {
        qdx_noun_phrase np = {QDX_NP_NONE, verb, verb, verb, QDX_NONE};
        if (is_mark(n, before, QDX_MARK_CLOSE)) {
            uint32_t open = apposition_open(n, first, before);
            if (open != QDX_NONE && open > first)
                np = qdx_noun_phrase_before(n, first, open);
        } else {
            np = subject_over_apposition(n, first, before);
        }
        return np.kind == QDX_NP_NONE ? qdx_noun_phrase_subject(n, first, end) : np;
    }
    qdx_noun_phrase np = qdx_noun_phrase_before(n, first, end);
    /* "Name of Place said", "the crisis in Ukraine said …": a place after a
     * preposition is no subject. */
    if (np.kind == QDX_NP_NAME && np.first > first &&
        has_class(n, np.first - 1, QDX_WORD_PREPOSITION)) {
        qdx_noun_phrase whole = qdx_noun_phrase_subject(n, first, end);
        if (whole.kind != QDX_NP_NONE)
            return whole;
    }
    return np;
}

qdx_noun_phrase qdx_narration_subject_after(const qdx_narration *n, uint32_t first, uint32_t limit)
{
    qdx_noun_phrase np = qdx_noun_phrase_after(n, first, limit);
    uint32_t comma = np.end;
    if ((np.kind != QDX_NP_ROLE && np.kind != QDX_NP_OTHER) || comma + 1 >= limit ||
        n->quoted[comma] || !is_mark(n, comma, QDX_MARK_COMMA))
        return np;
    qdx_noun_phrase name = qdx_noun_phrase_after(n, comma + 1, limit);
    return is_person_phrase(n, &name) && name.first == comma + 1 ? name : np;
}
