/*
 * Verbs of speech and their subjects. Leftwards from the verb, over adverbs,
 * auxiliaries and appositions between commas; a verb joined by "and" or a
 * gerund shares the subject of its sentence.
 */
#include "quote/narration.h"
#include "quote/narration_tokens.h"

enum { APPOSITION_REACH = 30, APPOSITIONS = 5 };

/* "Some said that", "Many called it": a word for how many, without a noun, before the verb. */
static bool stands_alone(const qdx_narration *n, uint32_t verb)
{
    static const char *const words[] = {"some", "many", "others", "several", "most",
                                        "all",  "both", "few",    "another", "one"};
    const qdx_word *word = word_at(n, verb);
    uint32_t next = verb + 1;
    return (word->verb_forms & QDX_FORM_PAST) && word->strength >= 2 &&
           IS_ONE_OF(n, verb - 1, words) && next < n->tagging->text->tokens.count &&
           (n->quoted[next] || at(n, next)->kind == QDX_TOKEN_MARK ||
            (at(n, next)->classes & QDX_WORD_FUNCTION) ||
            qdx_tagging_tag_at(n->tagging, next) != QDX_NONE);
}

bool qdx_narration_is_cue(const qdx_narration *n, uint32_t token, uint32_t first)
{
    if (n->quoted[token] || !has_class(n, token, QDX_WORD_SPEECH_VERB))
        return false;
    const qdx_token *t = at(n, token);
    if (qdx_tagging_tag_at(n->tagging, token) != QDX_NONE ||
        ((t->flags & QDX_TOKEN_CAPITAL) && !(t->flags & QDX_TOKEN_SENTENCE)))
        return false;
    /* "said said": a word set twice reports once, by the last. */
    if (token + 1 < n->tagging->text->tokens.count && at(n, token + 1)->hash == t->hash)
        return false;
    const qdx_word *word = word_at(n, token);
    uint32_t finite = QDX_FORM_PAST | QDX_FORM_THIRD | QDX_FORM_GERUND;
    if (token == first)
        return (word->verb_forms &
                (QDX_FORM_PAST | QDX_FORM_THIRD | QDX_FORM_GERUND | QDX_FORM_PARTICIPLE)) != 0;
    if (token > 0 && !n->quoted[token - 1]) {
        bool after_noun_word = has_class(n, token - 1, QDX_WORD_DETERMINER) ||
                               (at(n, token - 1)->flags & QDX_TOKEN_POSSESSIVE);
        if (after_noun_word && !stands_alone(n, token))
            return false;
        /* "fired back": the second word of a verb. */
        if (!(word->verb_forms & finite) && has_class(n, token - 1, QDX_WORD_SPEECH_VERB) &&
            (word_at(n, token - 1)->verb_forms & QDX_FORM_PAST))
            return false;
        /* "a so-called", "the so called", "known as" */
        if (is_mark(n, token - 1, QDX_MARK_HYPHEN) || qdx_narration_is_word(n, token - 1, "so") ||
            (qdx_narration_is_word(n, token, "known") && qdx_narration_is_word(n, token + 1, "as")))
            return false;
        if (has_class(n, token - 1, QDX_WORD_PREPOSITION) &&
            !qdx_narration_is_word(n, token - 1, "to") && !(word->verb_forms & QDX_FORM_GERUND))
            return false;
        /* "a key claim was": an adjective and a noun of the same form as a verb. */
        bool gerund =
            (word->verb_forms & QDX_FORM_GERUND) && !has_class(n, token - 1, QDX_WORD_PREPOSITION);
        if ((t->classes & QDX_WORD_SPEECH_NOUN) && !(word->verb_forms & QDX_FORM_PAST) && !gerund &&
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

/* "last week", "in the past", "at the time": where such words begin that end at `end`, or `end`. */
static uint32_t time_begin(const qdx_narration *n, uint32_t end, uint32_t first)
{
    static const char *const nouns[] = {"week",    "month",     "year",   "night",
                                        "morning", "afternoon", "time",   "evening",
                                        "weekend", "past",      "summer", "day"};
    static const char *const openers[] = {"last", "this",    "the",  "that",
                                          "past", "earlier", "other"};
    if (end <= first || n->quoted[end - 1] || !has_class(n, end - 1, QDX_WORD_COMMON) ||
        !IS_ONE_OF(n, end - 1, nouns))
        return end;
    uint32_t i = end - 1;
    while (i > first && !n->quoted[i - 1] && IS_ONE_OF(n, i - 1, openers))
        i--;
    if (i == end - 1)
        return end;
    return i > first && has_class(n, i - 1, QDX_WORD_PREPOSITION) && !n->quoted[i - 1] ? i - 1 : i;
}

/* Does a verb of another one's manner stand here: kept asking, went on to say? */
static bool is_manner(const qdx_narration *n, uint32_t i)
{
    static const char *const words[] = {
        "kept",  "keeps",  "keep",     "began",     "begins",    "started", "starts",
        "went",  "goes",   "on",       "continued", "continues", "tried",   "tries",
        "quick", "sought", "appeared", "appears",   "seemed",    "seems",   "used"};
    return IS_ONE_OF(n, i, words);
}

/* Passes leftwards over what stands between subject and verb; returns the end
 * of the subject. */
static uint32_t skip_to_subject(const qdx_narration *n, uint32_t verb, uint32_t first)
{
    uint32_t i = verb;
    bool chain = (word_at(n, verb)->verb_forms & QDX_FORM_GERUND) != 0;
    uint32_t passed = QDX_WORD_WEEKDAY | QDX_WORD_AUXILIARY | QDX_WORD_ADVERB;
    while (i > first && !n->quoted[i - 1] && at(n, i - 1)->hash == at(n, verb)->hash)
        i--;
    while (i > first && !n->quoted[i - 1]) {
        /* Most verbs stand right behind a name. */
        if ((at(n, i - 1)->flags & QDX_TOKEN_CAPITAL) && !has_class(n, i - 1, passed))
            break;
        bool to = qdx_narration_is_word(n, i - 1, "to");
        bool day = has_class(n, i - 1, QDX_WORD_WEEKDAY);
        uint32_t begin = time_begin(n, i, first);
        if (begin < i)
            i = begin;
        else if (to || day || has_class(n, i - 1, QDX_WORD_AUXILIARY | QDX_WORD_ADVERB) ||
                 (chain && is_manner(n, i - 1)))
            i--;
        else
            break;
        chain |= to;
        if (day && i > first && qdx_narration_is_word(n, i - 1, "on") && !n->quoted[i - 1])
            i--;
    }
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

/* "who worked for Sen. Berg": a phrase behind a preposition is no subject. */
static bool is_object(const qdx_narration *n, uint32_t first, const qdx_noun_phrase *np)
{
    return np->first > first && !n->quoted[np->first - 1] &&
           has_class(n, np->first - 1, QDX_WORD_PREPOSITION);
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
    if ((is_person_phrase(n, &outer) && !is_object(n, first, &outer)) ||
        outer.kind == QDX_NP_PRONOUN)
        return outer;
    /* "Name, of Place, a farmer, said": appositions before this one. */
    for (int turn = 0; turn < APPOSITIONS && open > first + 1; turn++) {
        bool beside = turn == 0 && is_mark(n, outer.first - (outer.first > first), QDX_MARK_COMMA);
        uint32_t earlier = beside ? outer.first - 1 : apposition_open(n, first, open);
        if (earlier == QDX_NONE || earlier <= first)
            break;
        qdx_noun_phrase far = qdx_noun_phrase_before(n, first, earlier);
        if (is_person_phrase(n, &far) && !is_object(n, first, &far))
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

/* "was asked by Berg": who did what the passive tells, right behind it. */
static qdx_noun_phrase agent(const qdx_narration *n, uint32_t verb)
{
    enum { REACH = 16 };
    qdx_noun_phrase none = {QDX_NP_NONE, verb, verb, verb, QDX_NONE};
    const qdx_text *text = n->tagging->text;
    if (verb + 2 >= text->tokens.count || n->quoted[verb + 1] ||
        !qdx_narration_is_word(n, verb + 1, "by") ||
        !(word_at(n, verb)->verb_forms & QDX_FORM_PAST))
        return none;
    /* Who is quoted by somebody speaks all the same. */
    if (verb_at(n, verb)->class == QDX_VERB_QUOTE)
        return none;
    uint32_t limit = verb + 2;
    while (limit < text->tokens.count && limit - verb < REACH && !n->quoted[limit] &&
           !(at(n, limit)->flags & (QDX_TOKEN_SENTENCE | QDX_TOKEN_BLOCK)))
        limit++;
    qdx_noun_phrase np = limit > verb + 2 ? qdx_noun_phrase_after(n, verb + 2, limit) : none;
    return np.kind == QDX_NP_OTHER ? none : np;
}

static bool is_speaker(const qdx_noun_phrase *np)
{
    return np->kind == QDX_NP_NAME || np->kind == QDX_NP_PRONOUN || np->kind == QDX_NP_ROLE;
}

/* The subject of the finite verb of speech nearest before token `end`: "Berg said it was late,
 * adding …", "… said Berg, adding …"; failing that the pronoun nearest before. */
static qdx_noun_phrase subject_of_last(const qdx_narration *n, uint32_t first, uint32_t end)
{
    enum { REACH = 40 };
    static const char *const pronouns[] = {"he", "she"};
    qdx_noun_phrase none = {QDX_NP_NONE, end, end, end, QDX_NONE};
    uint32_t limit = end - first > REACH ? end - REACH : first;
    for (uint32_t i = end; i-- > limit;) {
        if (n->quoted[i] || at(n, i)->kind == QDX_TOKEN_MARK)
            continue;
        if (IS_ONE_OF(n, i, pronouns))
            return (qdx_noun_phrase){QDX_NP_PRONOUN, i, i + 1, i, QDX_NONE};
        if (!qdx_narration_is_cue(n, i, first) || word_at(n, i)->strength < 2 ||
            !(word_at(n, i)->verb_forms & (QDX_FORM_PAST | QDX_FORM_THIRD)))
            continue;
        qdx_noun_phrase own = qdx_narration_subject(n, i, limit);
        if (is_speaker(&own))
            return own;
        qdx_noun_phrase np = qdx_noun_phrase_after(n, i + 1, end);
        bool inverted = is_speaker(&np) && np.end < end && is_mark(n, np.end, QDX_MARK_COMMA);
        return inverted ? np : none; /* one verb alone is asked, so that the cost stays linear */
    }
    return none;
}

static qdx_noun_phrase subject_of(const qdx_narration *n, uint32_t verb, uint32_t first)
{
    qdx_noun_phrase none = agent(n, verb);
    if (none.kind != QDX_NP_NONE)
        return none;
    uint32_t end = skip_to_subject(n, verb, first);
    if (end == first)
        return none;
    uint32_t before = end - 1;
    /* "is asking" and "kept asking" have a subject of their own. */
    bool gerund = (word_at(n, verb)->verb_forms & QDX_FORM_GERUND) && end == verb;
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
    if (coordinated) {
        qdx_noun_phrase shared = subject_of_last(n, first, end);
        return shared.kind != QDX_NP_NONE ? shared : qdx_noun_phrase_subject(n, first, end);
    }
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
    static const char *const joining[] = {"after", "before", "since", "until", "as", "than"};
    qdx_noun_phrase np = qdx_noun_phrase_before(n, first, end);
    /* "Name of Place said", "and in a statement praised": what stands after a preposition is no
     * subject. */
    if ((np.kind == QDX_NP_NAME || np.kind == QDX_NP_OTHER) && np.first > first &&
        has_class(n, np.first - 1, QDX_WORD_PREPOSITION) &&
        !(np.kind == QDX_NP_NAME && IS_ONE_OF(n, np.first - 1, joining))) {
        qdx_noun_phrase whole = qdx_noun_phrase_subject(n, first, end);
        if (whole.kind != QDX_NP_NONE)
            return whole;
    }
    return np;
}

qdx_noun_phrase qdx_narration_subject(const qdx_narration *n, uint32_t verb, uint32_t first)
{
    qdx_noun_phrase np = subject_of(n, verb, first);
    bool joint = np.kind == QDX_NP_NAME && np.end <= verb && np.first > first + 1 &&
                 qdx_narration_is_word(n, np.first - 1, "and");
    return joint ? qdx_noun_phrase_joint(n, first, np) : np;
}

/* "said A and B": two names, and there the clause ends. */
static qdx_noun_phrase joint_after(const qdx_narration *n, qdx_noun_phrase np, uint32_t limit)
{
    if (!is_person_phrase(n, &np) || np.end + 1 >= limit || n->quoted[np.end] ||
        !qdx_narration_is_word(n, np.end, "and"))
        return np;
    qdx_noun_phrase other = qdx_noun_phrase_after(n, np.end + 1, limit);
    if (is_person_phrase(n, &other) && other.first == np.end + 1 &&
        (other.end >= limit || at(n, other.end)->kind == QDX_TOKEN_MARK))
        np.end = other.end;
    return np;
}

qdx_noun_phrase qdx_narration_subject_after(const qdx_narration *n, uint32_t first, uint32_t limit)
{
    qdx_noun_phrase np = qdx_noun_phrase_after(n, first, limit);
    uint32_t comma = np.end;
    if ((np.kind != QDX_NP_ROLE && np.kind != QDX_NP_OTHER) || comma + 1 >= limit ||
        n->quoted[comma] || !is_mark(n, comma, QDX_MARK_COMMA))
        return joint_after(n, np, limit);
    qdx_noun_phrase name = qdx_noun_phrase_after(n, comma + 1, limit);
    return is_person_phrase(n, &name) && name.first == comma + 1 ? name : np;
}
