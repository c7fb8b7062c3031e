/*
 * Noun phrases and subjects by scanning. Leftwards from a verb: the unit right before it (a name, a
 * pronoun, a people noun, any noun), then its modifiers; a preposition before the unit makes it
 * part of a larger phrase when a people noun stands before that ("a spokesman for the ministry").
 */
#include "quote/narration.h"

#include <string.h>

enum { PHRASE_REACH = 16, APPOSITION_REACH = 30, SUBJECT_REACH = 60, APPOSITIONS = 3 };

static const qdx_token *at(const qdx_narration *n, uint32_t i)
{
    return &n->tagging->text->tokens.items[i];
}

static uint32_t token_count(const qdx_narration *n)
{
    return (uint32_t)n->tagging->text->tokens.count;
}

static bool is_mark(const qdx_narration *n, uint32_t i, qdx_mark mark)
{
    return at(n, i)->kind == QDX_TOKEN_MARK && at(n, i)->mark == mark;
}

static bool has_class(const qdx_narration *n, uint32_t i, uint32_t classes)
{
    return at(n, i)->kind != QDX_TOKEN_MARK && (at(n, i)->classes & classes) != 0;
}

static const qdx_word *word_at(const qdx_narration *n, uint32_t i)
{
    return qdx_lexicon_word(&n->tagging->gazetteer->lexicon, at(n, i));
}

static const qdx_tag *tag_at(const qdx_narration *n, uint32_t i, uint32_t *number)
{
    *number = qdx_tagging_tag_at(n->tagging, i);
    return *number == QDX_NONE ? NULL : &n->tagging->tags.items[*number];
}

static qdx_entity_type type_of(const qdx_narration *n, const qdx_tag *tag)
{
    return n->tagging->figures.items[tag->figure].entity.type;
}

/* Glue inside words: hyphens, the periods of abbreviations, slashes. */
static bool is_glue(const qdx_narration *n, uint32_t i)
{
    const qdx_token *t = at(n, i);
    if (t->kind != QDX_TOKEN_MARK || n->quoted[i])
        return false;
    if (t->mark == QDX_MARK_HYPHEN || t->mark == QDX_MARK_SLASH)
        return true;
    return t->mark == QDX_MARK_PERIOD && i > 0 &&
           has_class(n, i - 1,
                     QDX_WORD_ABBREVIATION | QDX_WORD_ABBREVIATION_END | QDX_WORD_TITLE) &&
           !(i + 1 < token_count(n) && (at(n, i + 1)->flags & QDX_TOKEN_SENTENCE));
}

/* Words that modify a noun from the left; the scan for a phrase's beginning passes over them. */
static bool is_modifier(const qdx_narration *n, uint32_t i)
{
    if (n->quoted[i])
        return false;
    const qdx_token *t = at(n, i);
    if (t->kind == QDX_TOKEN_MARK)
        return is_glue(n, i) || t->mark == QDX_MARK_SINGLE;
    if (t->flags & QDX_TOKEN_POSSESSIVE)
        return true;
    if (qdx_tagging_tag_at(n->tagging, i) != QDX_NONE)
        return true;
    if (t->classes & QDX_WORD_DETERMINER)
        return true;
    if (t->classes & QDX_WORD_FUNCTION)
        return false;
    if ((t->classes & QDX_WORD_SPEECH_VERB) && !(t->flags & QDX_TOKEN_CAPITAL) &&
        !(t->classes & (QDX_WORD_ROLE | QDX_WORD_SPEECH_NOUN)) && word_at(n, i)->strength >= 2)
        return false;
    return true;
}

/* Is the unit that ends at `end` a person's name, role, pronoun or noun? */
static qdx_noun_phrase unit_before(const qdx_narration *n, uint32_t limit, uint32_t end)
{
    qdx_noun_phrase unit = {QDX_NP_NONE, end, end, end, QDX_NONE};
    uint32_t last = end - 1;
    if (end <= limit || n->quoted[last])
        return unit;
    if (is_glue(n, last) && last > limit)
        last--;
    uint32_t number;
    const qdx_tag *tag = tag_at(n, last, &number);
    if (tag) {
        unit = (qdx_noun_phrase){QDX_NP_NAME, tag->title_first, end, tag->first, number};
        if (unit.first < limit)
            unit.first = tag->first;
        return unit;
    }
    const qdx_token *t = at(n, last);
    if (t->kind == QDX_TOKEN_MARK || (t->flags & QDX_TOKEN_POSSESSIVE))
        return unit;
    unit.first = unit.head = last;
    if (t->classes & QDX_WORD_PRONOUN)
        unit.kind = QDX_NP_PRONOUN;
    else if (t->classes & QDX_WORD_ROLE)
        unit.kind = QDX_NP_ROLE;
    else if (!(t->classes & (QDX_WORD_FUNCTION | QDX_WORD_ADVERB)) || t->kind == QDX_TOKEN_NUMBER ||
             (t->classes & QDX_WORD_DETERMINER))
        unit.kind = QDX_NP_OTHER;
    return unit;
}

/* Extends a unit over its modifiers to the left. */
static uint32_t phrase_begin(const qdx_narration *n, uint32_t limit, uint32_t first)
{
    uint32_t begin = first;
    while (begin > limit && first - begin < PHRASE_REACH && is_modifier(n, begin - 1)) {
        begin--;
        if (has_class(n, begin, QDX_WORD_DETERMINER) &&
            !(begin > limit && (at(n, begin - 1)->flags & QDX_TOKEN_POSSESSIVE)))
            break;
    }
    return begin;
}

static bool is_linking_preposition(const qdx_narration *n, uint32_t i)
{
    static const char *const words[] = {"of",   "for", "at", "in",     "from",
                                        "with", "to",  "on", "within", "inside"};
    for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
        if (qdx_narration_is_word(n, i, words[k]))
            return true;
    return false;
}

/* "Lee Bright (R)": the end of what stands before the bracket that closes at `end`. */
static uint32_t before_bracket(const qdx_narration *n, uint32_t limit, uint32_t end)
{
    enum { REACH = 8 };
    if (end <= limit || !is_mark(n, end - 1, QDX_MARK_CLOSE))
        return end;
    for (uint32_t i = end - 1; i-- > limit && end - i < REACH;)
        if (is_mark(n, i, QDX_MARK_OPEN))
            return i;
    return end;
}

qdx_noun_phrase qdx_noun_phrase_before(const qdx_narration *n, uint32_t limit, uint32_t end)
{
    end = before_bracket(n, limit, end);
    qdx_noun_phrase np = unit_before(n, limit, end);
    if (np.kind == QDX_NP_NONE || np.kind == QDX_NP_PRONOUN)
        return np;
    np.first = phrase_begin(n, limit, np.first);
    /* "a spokesman for the ministry": the phrase before a preposition takes the lead. */
    for (int depth = 0; depth < 3 && np.first > limit + 1; depth++) {
        uint32_t preposition = np.first - 1;
        if (n->quoted[preposition] || !is_linking_preposition(n, preposition))
            break;
        qdx_noun_phrase outer = unit_before(n, limit, preposition);
        bool leads = outer.kind == QDX_NP_ROLE ||
                     (outer.kind == QDX_NP_NAME &&
                      type_of(n, &n->tagging->tags.items[outer.tag]) == QDX_ENTITY_PERSON) ||
                     (outer.kind == QDX_NP_OTHER && np.kind != QDX_NP_NAME &&
                      !has_class(n, outer.head, QDX_WORD_ADVERB));
        if (!leads)
            break;
        uint32_t whole_end = np.end;
        np = outer;
        np.first = phrase_begin(n, limit, outer.first);
        np.end = whole_end;
    }
    return np;
}

static bool is_person_tag(const qdx_narration *n, uint32_t number)
{
    return number != QDX_NONE && type_of(n, &n->tagging->tags.items[number]) == QDX_ENTITY_PERSON;
}

/* "Clinton ally James Carville": people nouns at `first`, then another person. */
static bool leads_to_person(const qdx_narration *n, uint32_t first, uint32_t limit)
{
    enum { REACH = 4 };
    uint32_t i = first;
    while (i < limit && i - first < REACH && !n->quoted[i] &&
           has_class(n, i, QDX_WORD_ROLE | QDX_WORD_TITLE) &&
           qdx_tagging_tag_at(n->tagging, i) == QDX_NONE)
        i++;
    return i > first && i < limit && !n->quoted[i] &&
           is_person_tag(n, qdx_tagging_tag_at(n->tagging, i));
}

/* Rightwards: modifiers until the head. The last person named in an unbroken run is the head. */
static qdx_noun_phrase phrase_after(const qdx_narration *n, uint32_t first, uint32_t limit,
                                    int depth)
{
    qdx_noun_phrase np = {QDX_NP_NONE, first, first, first, QDX_NONE};
    uint32_t i = first;
    while (i < limit && i - first < PHRASE_REACH && !n->quoted[i]) {
        uint32_t number;
        const qdx_tag *tag = tag_at(n, i, &number);
        if (tag) {
            bool person = type_of(n, tag) == QDX_ENTITY_PERSON;
            if (person || np.kind == QDX_NP_NONE || np.kind == QDX_NP_OTHER) {
                np.kind = QDX_NP_NAME;
                np.head = tag->first;
                np.tag = number;
            }
            i = np.end = tag->end;
            if (person && !leads_to_person(n, i, limit))
                return np;
            continue;
        }
        const qdx_token *t = at(n, i);
        if (t->kind == QDX_TOKEN_MARK) {
            if (!is_glue(n, i))
                break;
            i++;
            continue;
        }
        if (t->classes & QDX_WORD_PRONOUN) {
            if (np.kind == QDX_NP_NONE && i == first)
                np = (qdx_noun_phrase){QDX_NP_PRONOUN, first, i + 1, i, QDX_NONE};
            break;
        }
        if ((t->classes & QDX_WORD_ROLE) && !(t->flags & QDX_TOKEN_POSSESSIVE)) {
            np.kind = QDX_NP_ROLE;
            np.head = i;
            np.tag = QDX_NONE;
            np.end = ++i;
            continue;
        }
        if (!is_modifier(n, i) ||
            (has_class(n, i, QDX_WORD_DETERMINER) && i > first && np.kind != QDX_NP_NONE) ||
            (t->classes & (QDX_WORD_WEEKDAY | QDX_WORD_MONTH)))
            break;
        if (np.kind == QDX_NP_NONE && !(t->classes & (QDX_WORD_DETERMINER | QDX_WORD_TITLE))) {
            np.kind = QDX_NP_OTHER;
            np.head = i;
        }
        np.end = ++i;
    }
    /* "former governor and party chairman Ann Berg" */
    if (np.kind != QDX_NP_NONE && np.kind != QDX_NP_PRONOUN && np.end + 1 < limit &&
        !n->quoted[np.end] && depth == 0 && qdx_narration_is_word(n, np.end, "and")) {
        qdx_noun_phrase joined = phrase_after(n, np.end + 1, limit, 1);
        if (joined.kind == QDX_NP_NAME && is_person_tag(n, joined.tag) &&
            n->tagging->tags.items[joined.tag].first > np.end + 1)
            return (qdx_noun_phrase){QDX_NP_NAME, first, joined.end, joined.head, joined.tag};
    }
    /* "a spokesman for the ministry": the rest belongs to the description. */
    if (np.kind == QDX_NP_ROLE && np.end + 1 < limit && !n->quoted[np.end] &&
        is_linking_preposition(n, np.end)) {
        qdx_noun_phrase inner = phrase_after(n, np.end + 1, limit, depth + 1);
        if (inner.kind != QDX_NP_NONE && inner.kind != QDX_NP_PRONOUN)
            np.end = inner.end;
    }
    return np;
}

qdx_noun_phrase qdx_noun_phrase_after(const qdx_narration *n, uint32_t first, uint32_t limit)
{
    return phrase_after(n, first, limit, 0);
}

/* Where the next chance for a subject is: after a comma, or past the present phrase. */
qdx_noun_phrase qdx_noun_phrase_subject(const qdx_narration *n, uint32_t first, uint32_t limit)
{
    qdx_noun_phrase none = {QDX_NP_NONE, first, first, first, QDX_NONE};
    uint32_t i = first;
    for (uint32_t steps = 0; i < limit && steps < SUBJECT_REACH; steps++) {
        if (n->quoted[i] || at(n, i)->kind == QDX_TOKEN_MARK ||
            has_class(n, i, QDX_WORD_CONJUNCTION | QDX_WORD_ADVERB)) {
            i++;
            continue;
        }
        if (has_class(n, i, QDX_WORD_PREPOSITION)) {
            qdx_noun_phrase object = qdx_noun_phrase_after(n, i + 1, limit);
            i = object.end > i + 1 ? object.end : i + 1;
            continue;
        }
        qdx_noun_phrase np = qdx_noun_phrase_after(n, i, limit);
        if (np.kind == QDX_NP_NAME || np.kind == QDX_NP_PRONOUN || np.kind == QDX_NP_ROLE)
            return np;
        i = np.end > i ? np.end : i + 1;
    }
    return none;
}

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

/* --- subjects ----------------------------------------------------------------------------- */

/* Passes leftwards over what stands between subject and verb; returns the end of the subject. */
static uint32_t skip_to_subject(const qdx_narration *n, uint32_t verb, uint32_t first)
{
    uint32_t i = verb;
    while (i > first && !n->quoted[i - 1] &&
           (has_class(n, i - 1, QDX_WORD_AUXILIARY | QDX_WORD_ADVERB) ||
            (has_class(n, i - 1, QDX_WORD_WEEKDAY)) || qdx_narration_is_word(n, i - 1, "to")))
        i--;
    return i;
}

/* The comma, dash or bracket that opens the apposition closed right before `end`; or QDX_NONE. */
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

static bool is_person(const qdx_narration *n, const qdx_noun_phrase *np)
{
    return np->kind == QDX_NP_NAME &&
           type_of(n, &n->tagging->tags.items[np->tag]) == QDX_ENTITY_PERSON;
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
    if (is_person(n, &inner) && inner.first == open + 1 && !is_person(n, &outer) &&
        (outer.kind == QDX_NP_ROLE || outer.kind == QDX_NP_OTHER || outer.kind == QDX_NP_NONE))
        return inner;
    if (is_person(n, &outer) || outer.kind == QDX_NP_PRONOUN)
        return outer;
    /* "Name, of Place, a farmer, said": appositions before this one. */
    for (int turn = 0; turn < APPOSITIONS && open > first + 1; turn++) {
        uint32_t earlier = is_mark(n, outer.first - (outer.first > first), QDX_MARK_COMMA)
                               ? outer.first - 1
                               : apposition_open(n, first, open);
        if (earlier == QDX_NONE || earlier <= first)
            break;
        qdx_noun_phrase far = qdx_noun_phrase_before(n, first, earlier);
        if (is_person(n, &far))
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
    /* "Name of Place said", "the crisis in Ukraine said …": a place after a preposition is no
     * subject. */
    if (np.kind == QDX_NP_NAME && np.first > first &&
        has_class(n, np.first - 1, QDX_WORD_PREPOSITION)) {
        qdx_noun_phrase whole = qdx_noun_phrase_subject(n, first, end);
        if (whole.kind != QDX_NP_NONE)
            return whole;
    }
    return np;
}
