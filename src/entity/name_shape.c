/*
 * Shapes over runs of capitalised words. A run breaks at marks other than hyphens, at line ends of
 * headings, and at words that never stand in names. What the words mean comes from the lexicon; how
 * far a run reaches comes from here.
 */
#include "entity/name_shape.h"

#include <string.h>
#include <strings.h>

enum { PERSON_WORDS = 5, ORGANIZATION_WORDS = 10, PLACE_WORDS = 6, LONGER_WORDS = 3 };

static const uint32_t NEVER_IN_NAMES =
    QDX_WORD_MONTH | QDX_WORD_WEEKDAY | QDX_WORD_PRONOUN | QDX_WORD_AUXILIARY;

static const qdx_token *at(const qdx_tagging *tagging, uint32_t i)
{
    return qdx_tagging_token(tagging, i);
}

bool qdx_name_shape_is_capital(const qdx_tagging *tagging, uint32_t token)
{
    const qdx_token *t = at(tagging, token);
    return t->kind == QDX_TOKEN_WORD && (t->flags & QDX_TOKEN_CAPITAL) &&
           !(t->flags & (QDX_TOKEN_POSSESSIVE | QDX_TOKEN_ADDRESS)) &&
           (!(t->classes & QDX_WORD_FUNCTION) || (t->flags & QDX_TOKEN_INITIAL)) &&
           (!(t->classes & QDX_WORD_WEEKDAY));
}

static bool is_loose_capital(const qdx_tagging *tagging, uint32_t i)
{
    const qdx_token *t = at(tagging, i);
    return qdx_tagging_tag_at(tagging, i) == QDX_NONE && qdx_name_shape_is_capital(tagging, i) &&
           !(t->flags & (QDX_TOKEN_SENTENCE | QDX_TOKEN_BLOCK | QDX_TOKEN_INITIAL)) &&
           !(t->classes & (QDX_WORD_MONTH | QDX_WORD_WEEKDAY | QDX_WORD_TITLE | QDX_WORD_ROLE |
                           QDX_WORD_DEMONYM));
}

uint32_t qdx_name_shape_longer(const qdx_tagging *tagging, uint32_t end, uint32_t limit)
{
    uint32_t i = end;
    while (i < limit && i < end + LONGER_WORDS && (at(tagging, i)->flags & QDX_TOKEN_SPACE) &&
           is_loose_capital(tagging, i) && (at(tagging, i)->classes & QDX_WORD_COMMON) &&
           !(at(tagging, i)->classes & QDX_WORD_GIVEN))
        i++;
    return i;
}

bool qdx_name_shape_stands_alone(const qdx_tagging *tagging, uint32_t first, uint32_t end)
{
    if (end < tagging->text->tokens.count && (at(tagging, end)->flags & QDX_TOKEN_SPACE) &&
        is_loose_capital(tagging, end))
        return false;
    return first == 0 || !(at(tagging, first)->flags & QDX_TOKEN_SPACE) ||
           (at(tagging, first)->flags & (QDX_TOKEN_SENTENCE | QDX_TOKEN_BLOCK)) ||
           !is_loose_capital(tagging, first - 1);
}

static bool is_mark(const qdx_tagging *tagging, uint32_t i, uint32_t limit, qdx_mark mark)
{
    return i < limit && at(tagging, i)->kind == QDX_TOKEN_MARK && at(tagging, i)->mark == mark;
}

/* The end of one written word with its hyphened parts: "Jong-un", "Bonham-Carter". */
static uint32_t hyphened_end(const qdx_tagging *tagging, uint32_t i, uint32_t limit)
{
    uint32_t end = i + 1;
    while (is_mark(tagging, end, limit, QDX_MARK_HYPHEN) && end + 1 < limit &&
           at(tagging, end + 1)->kind == QDX_TOKEN_WORD) {
        /* "Russian-backed", "Texas-based": the part after the hyphen is an ordinary word. */
        const qdx_token *part = at(tagging, end + 1);
        if (!(part->flags & QDX_TOKEN_CAPITAL) &&
            ((part->classes & ~(uint32_t)QDX_WORD_GIVEN) || part->end - part->start > 4))
            break;
        end += 2;
    }
    return end;
}

static bool is_particle(const qdx_tagging *tagging, uint32_t i)
{
    const qdx_token *t = at(tagging, i);
    return t->kind == QDX_TOKEN_WORD && (t->classes & QDX_WORD_PARTICLE) &&
           !(t->flags & QDX_TOKEN_CAPITAL);
}

static bool is_initial(const qdx_tagging *tagging, uint32_t i)
{
    const qdx_token *t = at(tagging, i);
    if (t->kind != QDX_TOKEN_WORD || !(t->flags & QDX_TOKEN_CAPITAL))
        return false;
    return (t->flags & QDX_TOKEN_INITIAL) ||
           ((t->flags & QDX_TOKEN_PERIODS) && t->end - t->start <= 6 && !(t->classes & QDX_WORD_ABBREVIATION_END)) ||
           (t->end - t->start == 1 && (t->flags & QDX_TOKEN_CAPITAL) && !t->classes);
}

/* A word that can be part of a person's name. */
static bool is_name_word(const qdx_tagging *tagging, uint32_t i)
{
    const qdx_token *t = at(tagging, i);
    if ((t->classes & QDX_WORD_SUFFIX) && !(t->flags & QDX_TOKEN_INITIAL) && t->end - t->start > 1)
        return false;
    if (is_initial(tagging, i))
        return true;
    return qdx_name_shape_is_capital(tagging, i) && !(t->classes & NEVER_IN_NAMES) &&
           !(t->classes & QDX_WORD_DEMONYM && !(t->classes & QDX_WORD_GIVEN)) &&
           t->end - t->start > 1;
}

static bool continues_line(const qdx_tagging *tagging, uint32_t i)
{
    const qdx_token *t = at(tagging, i);
    return (t->flags & QDX_TOKEN_SPACE) && !(t->flags & QDX_TOKEN_BLOCK);
}

/* The suffix of a generation after a name: "Jr.", ", Jr.", "III". Returns its end, or `end`. */
static uint32_t suffix_end(const qdx_tagging *tagging, uint32_t end, uint32_t limit)
{
    uint32_t i = end;
    if (is_mark(tagging, i, limit, QDX_MARK_COMMA))
        i++;
    if (i >= limit || at(tagging, i)->kind != QDX_TOKEN_WORD ||
        !(at(tagging, i)->classes & QDX_WORD_SUFFIX) ||
        !(at(tagging, i)->flags & QDX_TOKEN_CAPITAL) || at(tagging, i)->end - at(tagging, i)->start < 2)
        return end;
    i++;
    if (is_mark(tagging, i, limit, QDX_MARK_PERIOD) && !(at(tagging, i)->flags & QDX_TOKEN_SPACE) &&
        i + 1 < limit)
        i++;
    return i;
}

/* The run of name words from `first`; counts how many words (hyphened ones as one). */
static uint32_t person_run(const qdx_tagging *tagging, uint32_t first, uint32_t limit,
                           unsigned *words)
{
    uint32_t end = first;
    *words = 0;
    while (end < limit && *words < PERSON_WORDS) {
        uint32_t i = end;
        if (i > first && !continues_line(tagging, i))
            break;
        while (i > first && i + 1 < limit && is_particle(tagging, i) && i - end < 2)
            i++;
        if (i >= limit || !is_name_word(tagging, i))
            break;
        if (i > first && (at(tagging, i)->classes & (QDX_WORD_TITLE | QDX_WORD_ORG_HEAD)) &&
            !(at(tagging, i)->classes & QDX_WORD_GIVEN) &&
            (*words >= 2 || (at(tagging, i)->classes & QDX_WORD_ROLE)))
            break;
        end = hyphened_end(tagging, i, limit);
        (*words)++;
        if (is_mark(tagging, end, limit, QDX_MARK_PERIOD) && is_initial(tagging, end - 1))
            break;
    }
    return end;
}

static bool is_given(const qdx_tagging *tagging, uint32_t i)
{
    return (at(tagging, i)->classes & QDX_WORD_GIVEN) != 0;
}

/* "…, 45, …", "…, a lawyer", "… said": what follows a person. */
static bool followed_like_person(const qdx_tagging *tagging, uint32_t end, uint32_t limit)
{
    if (end >= limit)
        return false;
    const qdx_token *next = at(tagging, end);
    if (next->kind == QDX_TOKEN_WORD && (next->classes & QDX_WORD_SPEECH_VERB) &&
        !(next->flags & QDX_TOKEN_CAPITAL))
        return tagging->gazetteer->lexicon.words.items[next->word].strength >= 2;
    if (!is_mark(tagging, end, limit, QDX_MARK_COMMA) || end + 1 >= limit)
        return false;
    const qdx_token *after = at(tagging, end + 1);
    if (after->kind == QDX_TOKEN_NUMBER)
        return after->end - after->start == 2;
    if (after->kind != QDX_TOKEN_WORD || (after->flags & QDX_TOKEN_CAPITAL))
        return false;
    return (after->classes & (QDX_WORD_ROLE | QDX_WORD_DETERMINER)) ||
           (after->end - after->start == 3 &&
            memcmp(tagging->text->bytes + after->start, "who", 3) == 0);
}

/* "the Stanley Cup", "German Enlightenment": a given name that begins no person's name. */
static bool is_thing(const qdx_tagging *tagging, uint32_t first, const qdx_token *last)
{
    if ((at(tagging, first)->classes & QDX_WORD_DEMONYM) && (last->classes & QDX_WORD_COMMON))
        return true;
    if (first == 0 || (at(tagging, first)->flags & QDX_TOKEN_BLOCK))
        return false;
    const qdx_token *before = at(tagging, first - 1);
    return before->end - before->start == 3 &&
           strncasecmp(tagging->text->bytes + before->start, "the", 3) == 0;
}

qdx_name_shape qdx_name_shape_person(const qdx_tagging *tagging, uint32_t first, uint32_t limit,
                                     qdx_name_evidence evidence)
{
    qdx_name_shape none = {QDX_ENTITY_PERSON, first, first, "", 0};
    unsigned words;
    uint32_t end = person_run(tagging, first, limit, &words);
    if (words == 0 || is_initial(tagging, end - 1))
        return none;
    bool given = is_given(tagging, first) || is_initial(tagging, first);
    uint32_t full = suffix_end(tagging, end, limit);
    if (evidence == QDX_EVIDENCE_TITLE) {
        bool plain = words == 1 && (at(tagging, first)->classes & QDX_WORD_ORG_HEAD);
        return plain ? none
                     : (qdx_name_shape){QDX_ENTITY_PERSON, first, full, "title",
                                        words > 1 ? 0.93F : 0.85F};
    }
    if (words < 2)
        return none;
    const qdx_token *last = at(tagging, end - 1);
    if (last->classes & (QDX_WORD_ORG_HEAD | QDX_WORD_ORG_ENDING | QDX_WORD_PLACE_HEAD) &&
        !(given && words >= 2 && !(last->classes & QDX_WORD_COMMON)))
        return none;
    if (given && !(evidence == QDX_EVIDENCE_NONE && is_thing(tagging, first, last)))
        return (qdx_name_shape){QDX_ENTITY_PERSON, first, full, "given-name", 0.88F};
    if (evidence == QDX_EVIDENCE_ROLE)
        return (qdx_name_shape){QDX_ENTITY_PERSON, first, full, "role", 0.85F};
    bool common = (at(tagging, first)->classes & QDX_WORD_COMMON) && (last->classes & QDX_WORD_COMMON);
    if (words <= 3 && !common && !(at(tagging, first)->flags & QDX_TOKEN_UPPER) &&
        !(last->flags & QDX_TOKEN_UPPER) && followed_like_person(tagging, end, limit))
        return (qdx_name_shape){QDX_ENTITY_PERSON, first, full, "context", 0.7F};
    return none;
}

/* Words that link capitals inside an organization's name. */
static bool is_link(const qdx_tagging *tagging, uint32_t i, bool after_head)
{
    static const struct {
        char word[4];
        bool only_after_head;
    } links[] = {{"of", false}, {"for", true}, {"the", true}, {"on", true}, {"&", false}, {"de", false}};
    const qdx_token *t = at(tagging, i);
    for (size_t k = 0; k < sizeof links / sizeof links[0]; k++)
        if (t->end - t->start == strlen(links[k].word) &&
            memcmp(tagging->text->bytes + t->start, links[k].word, strlen(links[k].word)) == 0)
            return after_head || !links[k].only_after_head;
    return false;
}

static bool is_run_word(const qdx_tagging *tagging, uint32_t i)
{
    const qdx_token *t = at(tagging, i);
    return (t->kind == QDX_TOKEN_NUMBER && (t->flags & QDX_TOKEN_CAPITAL)) ||
           (qdx_name_shape_is_capital(tagging, i) && !(t->classes & NEVER_IN_NAMES));
}

/* "Secretary of State" in "Bush Secretary of State Powell": the run before it ends there. */
static bool begins_title(const qdx_tagging *tagging, uint32_t i, uint32_t limit)
{
    qdx_phrase_match matches[QDX_PHRASE_MATCHES];
    size_t n = qdx_phrases_match(&tagging->gazetteer->phrases, tagging->text, i, limit, matches);
    for (size_t k = 0; k < n; k++) {
        if (matches[k].phrase->kind != QDX_PHRASE_TITLE)
            continue;
        bool head = false;
        for (uint32_t j = i; j < matches[k].end; j++)
            head |= (at(tagging, j)->classes &
                     (QDX_WORD_ORG_HEAD | QDX_WORD_ORG_ENDING | QDX_WORD_PLACE_HEAD)) != 0;
        if (!head)
            return true;
    }
    return false;
}

qdx_name_shape qdx_name_shape_organization(const qdx_tagging *tagging, uint32_t first,
                                           uint32_t limit)
{
    qdx_name_shape none = {QDX_ENTITY_ORGANIZATION, first, first, "", 0};
    uint32_t best = first, end = first;
    unsigned words = 0, head_words = 0;
    bool head = false, linked = false, tail = false;
    const char *rule = "";
    while (end < limit && words < ORGANIZATION_WORDS) {
        uint32_t i = end;
        linked = false;
        while (i > first && i < limit && continues_line(tagging, i) && is_link(tagging, i, head) &&
               i - end < 2) {
            i++;
            linked = true;
        }
        if (i >= limit || !is_run_word(tagging, i) || (i > first && !continues_line(tagging, i)))
            break;
        if (linked && !head)
            break;
        const qdx_token *t = at(tagging, i);
        if (words > 0 && (t->classes & QDX_WORD_TITLE) && begins_title(tagging, i, limit))
            break;
        end = hyphened_end(tagging, i, limit);
        words++;
        bool is_head = (t->classes & QDX_WORD_ORG_HEAD) != 0;
        bool is_ending = (t->classes & QDX_WORD_ORG_ENDING) != 0;
        if (is_head || (is_ending && words > 1)) {
            head = true;
            head_words = words;
            best = end;
            rule = is_head ? "head" : "ending";
            if (is_ending && is_mark(tagging, end, limit, QDX_MARK_PERIOD) && end + 1 < limit &&
                !(at(tagging, end)->flags & QDX_TOKEN_SPACE) && !is_head)
                best = end = end + 1;
        } else if (head && linked) {
            best = end;
            tail = true;
        } else if (head && (tail || (words == head_words + 1 && head_words == 1))) {
            best = end; /* "Diocese of Sioux City", "Bank Indonesia" */
        }
    }
    if (!head || words < 2 || best <= first + 1)
        return none;
    return (qdx_name_shape){QDX_ENTITY_ORGANIZATION, first, best, rule, 0.75F};
}

qdx_name_shape qdx_name_shape_place(const qdx_tagging *tagging, uint32_t first, uint32_t limit)
{
    qdx_name_shape none = {QDX_ENTITY_PLACE, first, first, "", 0};
    uint32_t end = first, headed = first;
    unsigned words = 0;
    while (end < limit && words < PLACE_WORDS && is_run_word(tagging, end) &&
           (end == first || continues_line(tagging, end))) {
        const qdx_token *t = at(tagging, end);
        end = hyphened_end(tagging, end, limit);
        words++;
        if (words > 1 && (t->classes & QDX_WORD_PLACE_HEAD))
            headed = end;
    }
    bool of = headed == end && end < limit && at(tagging, end)->end - at(tagging, end)->start == 2 &&
              memcmp(tagging->text->bytes + at(tagging, end)->start, "of", 2) == 0;
    if (headed > first && !of) /* no "Hall of Fame" */
        return (qdx_name_shape){QDX_ENTITY_PLACE, first, headed, "head", 0.75F};
    if (words >= 2 && words < 5 && (at(tagging, first)->classes & QDX_WORD_PLACE_OPENING))
        return (qdx_name_shape){QDX_ENTITY_PLACE, first, end, "opening", 0.75F};
    return none;
}
