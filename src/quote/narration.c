/*
 * Noun phrases and subjects by scanning. Leftwards from a verb: the unit right
 * before it (a name, a pronoun, a people noun, any noun), then its modifiers; a
 * preposition before the unit makes it part of a larger phrase when a people
 * noun stands before that ("a spokesman for the ministry").
 */
#include "quote/narration.h"
#include "quote/narration_tokens.h"

#include <string.h>

enum { PHRASE_REACH = 16, SUBJECT_REACH = 60 };

static uint32_t token_count(const qdx_narration *n)
{
    return (uint32_t)n->tagging->text->tokens.count;
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

/* Words that modify a noun from the left; the scan for a phrase's beginning
 * passes over them. */
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
        /* "the two men", "Berg's two brothers" */
        if (has_class(n, begin, QDX_WORD_DETERMINER) &&
            !(begin > limit && !n->quoted[begin - 1] &&
              ((at(n, begin - 1)->flags & QDX_TOKEN_POSSESSIVE) ||
               has_class(n, begin - 1, QDX_WORD_DETERMINER))))
            break;
    }
    return begin;
}

static bool is_linking_preposition(const qdx_narration *n, uint32_t i)
{
    static const char *const words[] = {"of",   "for", "at", "in",     "from",
                                        "with", "to",  "on", "within", "inside"};
    return has_class(n, i, QDX_WORD_PREPOSITION) && IS_ONE_OF(n, i, words);
}

/* "Lee Bright (R)": the end of what stands before the bracket that closes at
 * `end`. */
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
    /* "a spokesman for the ministry": the phrase before a preposition takes the
     * lead. */
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

/* "Clinton ally James Carville": people nouns at `first`, then another person.
 */
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

/* The name that a comma or "and" at token i joins to what follows; or NONE. */
static qdx_noun_phrase joined_before(const qdx_narration *n, uint32_t first, uint32_t i)
{
    qdx_noun_phrase none = {QDX_NP_NONE, i, i, i, QDX_NONE};
    if (i <= first || n->quoted[i])
        return none;
    qdx_noun_phrase np = unit_before(n, first, i);
    return np.kind == QDX_NP_NAME && is_person_tag(n, np.tag) ? np : none;
}

qdx_noun_phrase qdx_noun_phrase_joint(const qdx_narration *n, uint32_t first, qdx_noun_phrase np)
{
    if (!is_person_tag(n, np.tag))
        return np;
    qdx_noun_phrase joint = joined_before(n, first, np.first - 1);
    for (qdx_noun_phrase more = joint; more.kind != QDX_NP_NONE;) {
        joint = more;
        bool listed = joint.first > first && is_mark(n, joint.first - 1, QDX_MARK_COMMA);
        more = joined_before(n, first, listed ? joint.first - 1 : first);
    }
    bool begins = joint.first == first || n->quoted[joint.first - 1] ||
                  at(n, joint.first - 1)->kind == QDX_TOKEN_MARK;
    if (joint.kind == QDX_NP_NONE || !begins)
        return np;
    joint.end = np.end;
    return joint;
}

/* Rightwards: modifiers until the head. The last person named in an unbroken
 * run is the head. */
static void take_tag(const qdx_narration *n, const qdx_tag *tag, uint32_t number,
                     qdx_noun_phrase *np)
{
    if (type_of(n, tag) == QDX_ENTITY_PERSON || np->kind == QDX_NP_NONE ||
        np->kind == QDX_NP_OTHER) {
        np->kind = QDX_NP_NAME;
        np->head = tag->first;
        np->tag = number;
    }
    np->end = tag->end;
}

/* "Will Berg": a name that begins with a word that elsewhere is an auxiliary. */
static bool is_given_name(const qdx_narration *n, uint32_t i)
{
    uint32_t both = QDX_TOKEN_CAPITAL | QDX_TOKEN_SENTENCE;
    return has_class(n, i, QDX_WORD_AUXILIARY) && (at(n, i)->flags & both) == QDX_TOKEN_CAPITAL &&
           i + 1 < token_count(n) && at(n, i + 1)->kind == QDX_TOKEN_WORD &&
           (at(n, i + 1)->flags & QDX_TOKEN_CAPITAL);
}

/* "the crowd erupted": a past tense, behind a noun for people. */
static bool ends_with_ed(const qdx_narration *n, const qdx_token *t)
{
    const char *end = n->tagging->text->bytes + t->end;
    return t->end - t->start > 3 && !(t->flags & QDX_TOKEN_CAPITAL) && end[-2] == 'e' &&
           end[-1] == 'd';
}

/* Adds the word at np->end to the phrase; false where the phrase ends before it. */
static bool take_word(const qdx_narration *n, uint32_t first, qdx_noun_phrase *np)
{
    uint32_t i = np->end;
    const qdx_token *t = at(n, i);
    if (t->classes & QDX_WORD_PRONOUN) {
        if (i == first)
            *np = (qdx_noun_phrase){QDX_NP_PRONOUN, first, i + 1, i, QDX_NONE};
        return false;
    }
    bool role = (t->classes & QDX_WORD_ROLE) && !(t->flags & QDX_TOKEN_POSSESSIVE);
    if (!role && np->kind == QDX_NP_ROLE && np->head + 1 == i && ends_with_ed(n, t))
        return false;
    if (!role && ((!is_modifier(n, i) && !is_given_name(n, i)) ||
                  (t->classes & (QDX_WORD_WEEKDAY | QDX_WORD_MONTH)) ||
                  (has_class(n, i, QDX_WORD_DETERMINER) && np->kind != QDX_NP_NONE)))
        return false;
    if (role ||
        (np->kind == QDX_NP_NONE && !(t->classes & (QDX_WORD_DETERMINER | QDX_WORD_TITLE)))) {
        np->kind = role ? QDX_NP_ROLE : QDX_NP_OTHER;
        np->head = i;
        np->tag = role ? QDX_NONE : np->tag;
    }
    np->end = i + 1;
    return true;
}

/* The unbroken run of words at `first`; glue inside it belongs to it, glue at its end does not. */
static qdx_noun_phrase run_after(const qdx_narration *n, uint32_t first, uint32_t limit)
{
    qdx_noun_phrase np = {QDX_NP_NONE, first, first, first, QDX_NONE};
    uint32_t end = first; /* of the words; np.end goes ahead over glue */
    while (np.end < limit && np.end - first < PHRASE_REACH && !n->quoted[np.end]) {
        uint32_t number;
        const qdx_tag *tag = tag_at(n, np.end, &number);
        if (!tag && at(n, np.end)->kind == QDX_TOKEN_MARK) {
            if (!is_glue(n, np.end))
                break;
            np.end++;
            continue;
        }
        if (!tag && !take_word(n, first, &np)) {
            end = np.kind == QDX_NP_PRONOUN ? np.end : end;
            break;
        }
        if (tag)
            take_tag(n, tag, number, &np);
        end = np.end;
        if (tag && type_of(n, tag) == QDX_ENTITY_PERSON && !leads_to_person(n, end, limit))
            break;
    }
    np.end = end;
    /* "master of ceremonies Anna Berg": a title with no name right behind it. */
    if (np.kind == QDX_NP_NONE && end > first && has_class(n, end - 1, QDX_WORD_TITLE) &&
        !(at(n, end - 1)->flags & QDX_TOKEN_CAPITAL))
        np = (qdx_noun_phrase){QDX_NP_ROLE, first, end, end - 1, QDX_NONE};
    return np;
}

enum { PHRASE_DEPTH = 3 }; /* phrases inside one another that are followed */

static qdx_noun_phrase phrase_after(const qdx_narration *n, uint32_t first, uint32_t limit,
                                    int depth)
{
    qdx_noun_phrase np = run_after(n, first, limit);
    /* "one of those advisers" */
    if (np.kind == QDX_NP_NONE && np.end > first && np.end + 1 < limit && !n->quoted[np.end] &&
        depth == 0 && qdx_narration_is_word(n, np.end, "of")) {
        qdx_noun_phrase some = run_after(n, np.end + 1, limit);
        if (some.kind == QDX_NP_ROLE || some.kind == QDX_NP_OTHER)
            return (qdx_noun_phrase){some.kind, first, some.end, some.head, QDX_NONE};
    }
    if (np.kind == QDX_NP_NONE || np.kind == QDX_NP_PRONOUN || np.end + 1 >= limit ||
        n->quoted[np.end] || (np.kind == QDX_NP_NAME && is_person_tag(n, np.tag)))
        return np;
    /* "former governor and party chairman Ann Berg", "former Gov. and party chairman Ann Berg" */
    uint32_t and = np.end + (is_mark(n, np.end, QDX_MARK_PERIOD) && is_glue(n, np.end));
    if (depth == 0 && and+1 < limit && qdx_narration_is_word(n, and, "and")) {
        qdx_noun_phrase joined = phrase_after(n, and+1, limit, 1);
        if (joined.kind == QDX_NP_NAME && is_person_tag(n, joined.tag) &&
            n->tagging->tags.items[joined.tag].first > and+1)
            return (qdx_noun_phrase){QDX_NP_NAME, first, joined.end, joined.head, joined.tag};
    }
    /* "a spokesman for the ministry": the rest belongs to the description. */
    if (np.kind == QDX_NP_ROLE && depth < PHRASE_DEPTH && is_linking_preposition(n, np.end)) {
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

uint32_t qdx_narration_past_dateline(const qdx_narration *n, uint32_t first, uint32_t limit)
{
    enum { REACH = 14 };
    uint32_t both = QDX_TOKEN_BLOCK | QDX_TOKEN_UPPER;
    if (first >= limit || n->quoted[first] || (at(n, first)->flags & both) != both)
        return first;
    for (uint32_t i = first + 1; i < limit && i - first < REACH && !n->quoted[i]; i++)
        if (is_mark(n, i, QDX_MARK_DASH) ||
            (is_mark(n, i, QDX_MARK_HYPHEN) && (at(n, i)->flags & QDX_TOKEN_SPACE)))
            return i + 1;
    return first;
}

/* Where the next chance for a subject is: after a comma, or past the present
 * phrase. */
qdx_noun_phrase qdx_noun_phrase_subject(const qdx_narration *n, uint32_t first, uint32_t limit)
{
    qdx_noun_phrase none = {QDX_NP_NONE, first, first, first, QDX_NONE};
    uint32_t i = qdx_narration_past_dateline(n, first, limit);
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
