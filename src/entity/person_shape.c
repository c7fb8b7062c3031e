/*
 * People's names by shape: a run of name words, told by a title or a people noun before it, a given
 * name at its head, or what follows a person.
 */
#include <string.h>
#include <strings.h>

#include "entity/name_shape.h"
#include "entity/shape_tokens.h"

enum { PERSON_WORDS = 5, APPOSITION_WORDS = 4, SYLLABLE = 5 };

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
           ((t->flags & QDX_TOKEN_PERIODS) && t->end - t->start <= 6 &&
            !(t->classes & QDX_WORD_ABBREVIATION_END)) ||
           (t->end - t->start == 1 && (t->flags & QDX_TOKEN_CAPITAL) && !t->classes);
}

/* "April Tolland", not "in April Tolland": a given name that is a month, and a capital after it. */
static bool is_month_name(const qdx_tagging *tagging, uint32_t i)
{
    const qdx_token *t = at(tagging, i);
    if (!(t->classes & QDX_WORD_MONTH) || !(t->classes & QDX_WORD_GIVEN) ||
        (t->classes & QDX_WORD_AUXILIARY) || i + 1 >= tagging->text->tokens.count)
        return false;
    const qdx_token *next = at(tagging, i + 1);
    bool dated = i > 0 && !(t->flags & QDX_TOKEN_BLOCK) && !(t->flags & QDX_TOKEN_SENTENCE) &&
                 (at(tagging, i - 1)->classes & (QDX_WORD_PREPOSITION | QDX_WORD_COMMON));
    return !dated && next->kind == QDX_TOKEN_WORD &&
           (is_particle(tagging, i + 1) ||
            ((next->flags & QDX_TOKEN_CAPITAL) &&
             !(next->classes & (QDX_WORD_COMMON | NEVER_IN_NAMES | QDX_WORD_DEMONYM))));
}

/* A word that can be part of a person's name. */
static bool is_name_word(const qdx_tagging *tagging, uint32_t i)
{
    const qdx_token *t = at(tagging, i);
    if ((t->classes & QDX_WORD_SUFFIX) && !(t->flags & QDX_TOKEN_INITIAL) && t->end - t->start > 1)
        return false;
    if (is_initial(tagging, i))
        return true;
    bool never = (t->classes & NEVER_IN_NAMES) && !is_month_name(tagging, i);
    return qdx_name_shape_is_capital(tagging, i) && !never &&
           !(t->classes & QDX_WORD_DEMONYM && !(t->classes & QDX_WORD_GIVEN)) &&
           t->end - t->start > 1;
}

/* "Theresa May", "George Will": a surname that is a month or a verb, behind a given name. */
static bool is_surname_like_word(const qdx_tagging *tagging, uint32_t first, uint32_t i)
{
    static const char words[][QDX_TABLE_WORD] = {"April", "August", "June", "March", "May", "Will"};
    if (!(at(tagging, first)->classes & QDX_WORD_GIVEN) ||
        (at(tagging, first)->classes & (QDX_WORD_MONTH | QDX_WORD_AUXILIARY)) ||
        !IS_ONE_OF(tagging, i, words))
        return false;
    return i + 1 >= tagging->text->tokens.count ||
           at(tagging, i + 1)->kind != QDX_TOKEN_NUMBER; /* not "May 5" */
}

bool qdx_name_shape_is_elided(const qdx_tagging *tagging, uint32_t i)
{
    const qdx_token *t = at(tagging, i);
    const char *bytes = tagging->text->bytes + t->start;
    uint32_t size = t->end - t->start;
    if (t->kind != QDX_TOKEN_WORD || size < 5 || (bytes[0] != 'd' && bytes[0] != 'l'))
        return false;
    uint32_t capital = bytes[1] == '\'' ? 2 : memcmp(bytes + 1, "\xE2\x80\x99", 3) == 0 ? 4 : size;
    return capital < size && bytes[capital] >= 'A' && bytes[capital] <= 'Z';
}

/*
 * "Peter English", "Ann Bishop": a demonym, title or people noun that is a surname. A given name
 * that is nothing else stands before it, and what follows leads no title or adjective on.
 */
static bool is_surname_of_kind(const qdx_tagging *tagging, uint32_t first, uint32_t i)
{
    const uint32_t kinds = QDX_WORD_DEMONYM | QDX_WORD_TITLE | QDX_WORD_ROLE;
    const uint32_t other = kinds | QDX_WORD_MONTH | QDX_WORD_AUXILIARY;
    const uint32_t small = QDX_WORD_FUNCTION | QDX_WORD_SPEECH_VERB | QDX_WORD_ADVERB;
    const qdx_token *t = at(tagging, i), *given = at(tagging, first);
    if (!(t->classes & kinds) || (t->classes & (NEVER_IN_NAMES | QDX_WORD_ORG_HEAD)) ||
        !qdx_name_shape_is_capital(tagging, i) || (t->flags & QDX_TOKEN_UPPER) ||
        !(given->classes & QDX_WORD_GIVEN) || (given->classes & other) ||
        qdx_name_shape_is_listed_place(tagging, first))
        return false;
    if (i + 1 >= tagging->text->tokens.count)
        return true;
    const qdx_token *next = at(tagging, i + 1);
    if (next->kind == QDX_TOKEN_MARK)
        return next->mark != QDX_MARK_HYPHEN && next->mark != QDX_MARK_PERIOD;
    return !(next->flags & QDX_TOKEN_CAPITAL) &&
           (!(t->classes & QDX_WORD_DEMONYM) || (next->classes & small));
}

/* Words that stand in a name, but begin none. */
static bool continues_name(const qdx_tagging *tagging, uint32_t first, uint32_t i)
{
    return i > first &&
           (is_surname_like_word(tagging, first, i) || qdx_name_shape_is_elided(tagging, i) ||
            is_surname_of_kind(tagging, first, i));
}

/* The suffix of a generation after a name: "Jr.", ", Jr.", "III". Returns its end, or `end`. */
static uint32_t suffix_end(const qdx_tagging *tagging, uint32_t end, uint32_t limit)
{
    uint32_t i = end;
    if (is_mark(tagging, i, limit, QDX_MARK_COMMA))
        i++;
    if (i >= limit || at(tagging, i)->kind != QDX_TOKEN_WORD ||
        !(at(tagging, i)->classes & QDX_WORD_SUFFIX) ||
        !(at(tagging, i)->flags & QDX_TOKEN_CAPITAL) ||
        at(tagging, i)->end - at(tagging, i)->start < 2)
        return end;
    i++;
    if (is_mark(tagging, i, limit, QDX_MARK_PERIOD) && !(at(tagging, i)->flags & QDX_TOKEN_SPACE) &&
        i + 1 < limit)
        i++;
    return i;
}

/* "St." before a capital in a surname: the token after it, else i. */
static uint32_t after_saint(const qdx_tagging *tagging, uint32_t i, uint32_t limit)
{
    static const char saints[][QDX_TABLE_WORD] = {"St", "Ste", "Saint"};
    uint32_t next = i + 1;
    if (i >= limit || !IS_ONE_OF(tagging, i, saints))
        return i;
    if (is_mark(tagging, next, limit, QDX_MARK_PERIOD))
        next++;
    return next < limit && continues_line(tagging, next) && is_name_word(tagging, next) ? next : i;
}

/* The token after "van der" or "al-". */
static uint32_t after_particles(const qdx_tagging *tagging, uint32_t i, uint32_t limit)
{
    for (uint32_t k = 0; k < 3 && i + 1 < limit && is_particle(tagging, i); k++) {
        i++;
        if (is_mark(tagging, i, limit, QDX_MARK_HYPHEN) && i + 1 < limit)
            i++;
    }
    return i;
}

/* The token after a nickname in quotation marks, where a capital follows; else i. */
static uint32_t after_nickname(const qdx_tagging *tagging, uint32_t i, uint32_t limit)
{
    uint32_t close = i + 2;
    if (close + 1 >= limit || !(at(tagging, i + 1)->flags & QDX_TOKEN_CAPITAL) ||
        (at(tagging, close)->flags & QDX_TOKEN_SPACE) ||
        !(at(tagging, close + 1)->flags & QDX_TOKEN_CAPITAL) || !continues_line(tagging, close + 1))
        return i;
    bool marked = is_mark(tagging, i, limit, QDX_MARK_QUOTATION) &&
                  is_mark(tagging, close, limit, QDX_MARK_QUOTATION);
    marked |= is_mark(tagging, i, limit, QDX_MARK_SINGLE) &&
              is_mark(tagging, close, limit, QDX_MARK_SINGLE);
    return marked ? close + 1 : i;
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
        i = after_saint(tagging, i, limit);
        if (i == end && i > first)
            i = after_particles(tagging, after_nickname(tagging, i, limit), limit);
        if (i >= limit || !(is_name_word(tagging, i) || continues_name(tagging, first, i)))
            break;
        if (i > first && (at(tagging, i)->classes & (QDX_WORD_TITLE | QDX_WORD_ORG_HEAD)) &&
            !(at(tagging, i)->classes & QDX_WORD_GIVEN) &&
            (*words >= 2 || (at(tagging, i)->classes & QDX_WORD_ROLE)) &&
            !is_surname_of_kind(tagging, first, i))
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

/* "Tolland, Maria" of the lists: one capital, a comma, a given name, and the name ends. */
static uint32_t reversed_end(const qdx_tagging *tagging, uint32_t first, uint32_t limit)
{
    uint32_t given = first + 2;
    if (given >= limit || !is_mark(tagging, first + 1, limit, QDX_MARK_COMMA) ||
        is_given(tagging, first) || !is_given(tagging, given) ||
        !qdx_name_shape_is_capital(tagging, given))
        return first;
    uint32_t end = given + 1;
    bool ends = end >= limit || at(tagging, end)->kind == QDX_TOKEN_MARK;
    return ends && !is_mark(tagging, end, limit, QDX_MARK_HYPHEN) ? end : first;
}

uint32_t qdx_name_shape_reversed(const qdx_tagging *tagging, uint32_t first, uint32_t limit)
{
    uint32_t end = reversed_end(tagging, first, limit);
    return end > first && is_name_word(tagging, first) ? end : first;
}

/* "lawyer", "national treasurer", "deputy fire chief": ordinary words up to a people noun. */
static bool leads_to_role(const qdx_tagging *tagging, uint32_t i, uint32_t limit)
{
    for (uint32_t k = i; k < limit && k < i + APPOSITION_WORDS; k++) {
        const qdx_token *t = at(tagging, k);
        if (t->kind != QDX_TOKEN_WORD || (t->flags & (QDX_TOKEN_CAPITAL | QDX_TOKEN_POSSESSIVE)))
            return false;
        if (t->classes & QDX_WORD_ROLE)
            return qdx_lexicon_word(&tagging->gazetteer->lexicon, t)->number != QDX_NUMBER_PLURAL;
        if (t->classes & (QDX_WORD_FUNCTION | QDX_WORD_SPEECH_VERB))
            return false;
    }
    return false;
}

/* "…, 45, …", "…, a lawyer", "… said": what follows a person. */
static bool followed_like_person(const qdx_tagging *tagging, uint32_t end, uint32_t limit)
{
    if (end >= limit)
        return false;
    const qdx_token *next = at(tagging, end);
    if (next->kind == QDX_TOKEN_WORD && (next->classes & QDX_WORD_SPEECH_VERB) &&
        !(next->flags & QDX_TOKEN_CAPITAL))
        return qdx_lexicon_word(&tagging->gazetteer->lexicon, next)->strength >= 2;
    if (!is_mark(tagging, end, limit, QDX_MARK_COMMA) || end + 1 >= limit)
        return false;
    const qdx_token *after = at(tagging, end + 1);
    if (after->kind == QDX_TOKEN_NUMBER)
        return after->end - after->start == 2;
    if (after->kind != QDX_TOKEN_WORD || (after->flags & QDX_TOKEN_CAPITAL))
        return false;
    static const char relatives[][QDX_TABLE_WORD] = {"who", "whose"};
    return (after->classes & QDX_WORD_DETERMINER) || IS_ONE_OF(tagging, end + 1, relatives) ||
           leads_to_role(tagging, end + 1, limit);
}

/* "Tom Woods": a given name before what may also be a landform, where a person must stand. */
static bool is_surname_of_land(const qdx_token *last)
{
    return (last->classes & QDX_WORD_PLACE_HEAD) &&
           !(last->classes & (QDX_WORD_ORG_HEAD | QDX_WORD_ORG_ENDING));
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

/* "Dr. St": an abbreviation that leads to no name. */
static bool is_saint_alone(const qdx_tagging *tagging, uint32_t first, uint32_t end)
{
    static const char saints[][QDX_TABLE_WORD] = {"St", "Ste"};
    return end == first + 1 && IS_ONE_OF(tagging, first, saints);
}

uint32_t qdx_name_shape_after_particles(const qdx_tagging *tagging, uint32_t i, uint32_t limit)
{
    uint32_t after = after_saint(tagging, after_particles(tagging, i, limit), limit);
    return after < limit && after > i && is_name_word(tagging, after) ? after : i;
}

bool qdx_name_shape_family_first(const qdx_tagging *tagging, uint32_t first, uint32_t end)
{
    const qdx_token *family = at(tagging, first);
    if (end < first + 2 || family->kind != QDX_TOKEN_WORD ||
        at(tagging, first + 1)->kind != QDX_TOKEN_WORD)
        return false;
    if (end == first + 4 && is_given_of_syllables(tagging, first + 1, end))
        return true;
    return (family->classes & QDX_WORD_FAMILY) && !(family->classes & QDX_WORD_GIVEN) &&
           (end > first + 2 || !(at(tagging, end - 1)->classes & QDX_WORD_FAMILY));
}

/* "Chen Guangli": a family name and what is no ordinary word; a nation or a place is no family. */
static bool is_family_first(const qdx_tagging *tagging, uint32_t first, uint32_t end)
{
    if (!qdx_name_shape_family_first(tagging, first, end) ||
        (at(tagging, first)->classes & (QDX_WORD_DEMONYM | QDX_WORD_TITLE | QDX_WORD_ROLE)) ||
        ((at(tagging, first)->flags | at(tagging, first + 1)->flags) & QDX_TOKEN_UPPER) ||
        qdx_name_shape_is_listed_place(tagging, first))
        return false;
    if (is_given_of_syllables(tagging, first + 1, end))
        return true;
    if (at(tagging, first)->classes & QDX_WORD_COMMON)
        return false;
    unsigned words = 0, ordinary = 0; /* "Kang Young Joong": a syllable may be a word */
    for (uint32_t i = first + 1; i < end; i++) {
        const qdx_token *t = at(tagging, i);
        if (t->kind != QDX_TOKEN_WORD)
            continue;
        words++;
        if (t->classes & QDX_WORD_COMMON)
            ordinary += t->end - t->start > SYLLABLE ? 2 : 1;
    }
    return ordinary == 0 || (words == 2 && ordinary == 1);
}

/* "Private Equity Fund" behind a title: ordinary words alone are nobody. */
static bool is_ordinary(const qdx_tagging *tagging, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (at(tagging, i)->kind == QDX_TOKEN_WORD &&
            (!(at(tagging, i)->classes & QDX_WORD_COMMON) ||
             (at(tagging, i)->classes & QDX_WORD_GIVEN)))
            return false;
    return true;
}

qdx_name_shape qdx_name_shape_person(const qdx_tagging *tagging, uint32_t first, uint32_t limit,
                                     qdx_name_evidence evidence)
{
    qdx_name_shape none = {QDX_ENTITY_PERSON, first, first, "", 0};
    unsigned words;
    uint32_t begin = first;
    if (evidence == QDX_EVIDENCE_TITLE)
        begin = qdx_name_shape_after_particles(tagging, first, limit);
    uint32_t end = person_run(tagging, begin, limit, &words);
    if (words == 0 || is_initial(tagging, end - 1))
        return none;
    bool given = is_given(tagging, first) || is_initial(tagging, first);
    uint32_t full = suffix_end(tagging, end, limit);
    if (evidence == QDX_EVIDENCE_TITLE) {
        if (is_saint_alone(tagging, first, end))
            return none;
        bool plain = words == 1 && (at(tagging, first)->classes & QDX_WORD_ORG_HEAD);
        plain |= words > 1 && is_ordinary(tagging, first, end);
        return plain ? none
                     : (qdx_name_shape){QDX_ENTITY_PERSON, first, full, "title",
                                        words > 1 ? 0.93F : 0.85F};
    }
    const qdx_token *last = at(tagging, end - 1);
    if (words < 2)
        return none;
    bool placed = evidence != QDX_EVIDENCE_NONE || followed_like_person(tagging, end, limit);
    if (last->classes & (QDX_WORD_ORG_HEAD | QDX_WORD_ORG_ENDING | QDX_WORD_PLACE_HEAD) &&
        !(given && (!(last->classes & QDX_WORD_COMMON) || (placed && is_surname_of_land(last)))))
        return none;
    if (given && !(evidence == QDX_EVIDENCE_NONE && is_thing(tagging, first, last)))
        return (qdx_name_shape){QDX_ENTITY_PERSON, first, full, "given-name", 0.88F};
    if (words <= 4 && is_family_first(tagging, first, end))
        return (qdx_name_shape){QDX_ENTITY_PERSON, first, full, "family-name", 0.8F};
    if (evidence == QDX_EVIDENCE_ROLE)
        return (qdx_name_shape){QDX_ENTITY_PERSON, first, full, "role", 0.85F};
    bool common =
        (at(tagging, first)->classes & QDX_WORD_COMMON) && (last->classes & QDX_WORD_COMMON);
    if (words <= 3 && !common && !(at(tagging, first)->flags & QDX_TOKEN_UPPER) &&
        !(last->flags & QDX_TOKEN_UPPER) && !(last->classes & QDX_WORD_TITLE) && placed)
        return (qdx_name_shape){QDX_ENTITY_PERSON, first, full, "context", 0.7F};
    return none;
}
