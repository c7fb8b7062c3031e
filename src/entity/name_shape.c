/*
 * Shapes over runs of capitalised words. A run breaks at marks other than hyphens, at line ends of
 * headings, and at words that never stand in names. What the words mean comes from the lexicon; how
 * far a run reaches comes from here.
 */
#include "entity/name_shape.h"

#include <string.h>

#include "entity/shape_tokens.h"
#include "text/fold.h"

enum {
    ORGANIZATION_WORDS = 10,
    PLACE_WORDS = 6,
    LONGER_WORDS = 3,
    LONGEST_LINK = 3,
    KIND_WORDS = 4
};

const char qdx_name_shape_team[] = "longer-name";

static bool is_loose_capital(const qdx_tagging *tagging, uint32_t i)
{
    const qdx_token *t = at(tagging, i);
    return qdx_tagging_tag_at(tagging, i) == QDX_NONE && qdx_name_shape_is_capital(tagging, i) &&
           !(t->flags & (QDX_TOKEN_SENTENCE | QDX_TOKEN_BLOCK | QDX_TOKEN_INITIAL)) &&
           !(t->classes & (QDX_WORD_MONTH | QDX_WORD_WEEKDAY | QDX_WORD_TITLE | QDX_WORD_ROLE |
                           QDX_WORD_DEMONYM));
}

/* "Jeffersons" behind a city: a team of a name nobody lists. */
static bool is_unknown_plural(const qdx_tagging *tagging, uint32_t i)
{
    const qdx_token *t = at(tagging, i);
    const char *end = tagging->text->bytes + t->end;
    return t->end - t->start >= 5 && !t->classes && end[-1] == 's' && !memchr("sui'", end[-2], 4) &&
           !(t->flags & (QDX_TOKEN_UPPER | QDX_TOKEN_MULTIBYTE));
}

uint32_t qdx_name_shape_longer(const qdx_tagging *tagging, uint32_t end, uint32_t limit)
{
    uint32_t i = end;
    while (i < limit && i < end + LONGER_WORDS && (at(tagging, i)->flags & QDX_TOKEN_SPACE) &&
           is_loose_capital(tagging, i) && (at(tagging, i)->classes & QDX_WORD_COMMON) &&
           !(at(tagging, i)->classes & QDX_WORD_GIVEN))
        i++;
    if (i == end && i < limit && (at(tagging, i)->flags & QDX_TOKEN_SPACE) &&
        is_loose_capital(tagging, i) && is_unknown_plural(tagging, i) &&
        !(i + 1 < limit && (at(tagging, i + 1)->flags & QDX_TOKEN_CAPITAL)))
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

/* Words that link capitals inside an organization's name. */
static bool is_link(const qdx_tagging *tagging, uint32_t i, bool after_head)
{
    static const struct {
        char word[4];
        bool only_after_head;
    } links[] = {{"of", false}, {"for", true}, {"the", true},
                 {"on", true},  {"&", false},  {"de", false}};
    const qdx_token *t = at(tagging, i);
    for (size_t k = 0; k < sizeof links / sizeof links[0]; k++)
        if (t->end - t->start == strlen(links[k].word) &&
            memcmp(tagging->text->bytes + t->start, links[k].word, strlen(links[k].word)) == 0)
            return after_head || !links[k].only_after_head;
    return false;
}

/* "for" and "on" lead to what an organization is about, seldom to a name. */
static bool is_purpose_link(const qdx_tagging *tagging, uint32_t i)
{
    static const char words[][QDX_TABLE_WORD] = {"for", "on"};
    return IS_ONE_OF(tagging, i, words);
}

/* "Mondays" */
static bool is_weekdays(const qdx_tagging *tagging, const qdx_token *token)
{
    const char *bytes = tagging->text->bytes + token->start;
    size_t size = token->end - token->start;
    if (size < 7 || bytes[size - 1] != 's' || bytes[size - 2] != 'y')
        return false;
    const qdx_lexicon *lexicon = &tagging->gazetteer->lexicon;
    uint32_t word = qdx_lexicon_find(lexicon, qdx_fold_hash(bytes, size - 1));
    return (qdx_lexicon_at(lexicon, word)->classes & QDX_WORD_WEEKDAY) != 0;
}

/* The end of the longest listed name of a type that begins at i; i for none. */
static uint32_t listed_end(const qdx_tagging *tagging, uint32_t i, uint32_t limit,
                           bool (*fits)(const qdx_entity *))
{
    qdx_phrase_match matches[QDX_PHRASE_MATCHES];
    size_t n = qdx_phrases_match(tagging->gazetteer, tagging->text, i, limit, matches);
    while (n-- > 0)
        if (matches[n].kind == QDX_PHRASE_NAME &&
            fits(qdx_store_entity(tagging->gazetteer, matches[n].value)))
            return matches[n].end;
    return i;
}

static bool is_any(const qdx_entity *entity)
{
    (void)entity;
    return true;
}

static bool is_place(const qdx_entity *entity)
{
    return entity->type == QDX_ENTITY_PLACE;
}

bool qdx_name_shape_is_listed(const qdx_tagging *tagging, uint32_t i)
{
    return listed_end(tagging, i, i + 1, is_any) > i;
}

bool qdx_name_shape_is_listed_place(const qdx_tagging *tagging, uint32_t i)
{
    return listed_end(tagging, i, i + 1, is_place) > i;
}

/*
 * "&" between names, and "and" in "Pellman and Tolland Inc.": one name with a legal form after it.
 * `first` and `i` are where the name and the link begin.
 */
static bool joins_partners(const qdx_tagging *tagging, uint32_t first, uint32_t i, uint32_t limit)
{
    const qdx_token *t = at(tagging, i);
    const char *bytes = tagging->text->bytes + t->start;
    if (t->end - t->start == 1 && bytes[0] == '&')
        return true;
    return t->end - t->start == 3 && memcmp(bytes, "and", 3) == 0 && i == first + 1 &&
           i + 2 < limit && (at(tagging, i + 1)->flags & QDX_TOKEN_CAPITAL) &&
           (at(tagging, i + 2)->flags & QDX_TOKEN_CAPITAL) &&
           !((at(tagging, first)->classes | at(tagging, i + 1)->classes) & QDX_WORD_ORG_ENDING) &&
           (at(tagging, i + 2)->classes & QDX_WORD_ORG_ENDING) &&
           !qdx_name_shape_is_listed(tagging, first);
}

static bool is_run_word(const qdx_tagging *tagging, uint32_t i)
{
    const qdx_token *t = at(tagging, i);
    return (t->kind == QDX_TOKEN_NUMBER && (t->flags & QDX_TOKEN_CAPITAL)) ||
           (qdx_name_shape_is_capital(tagging, i) && !(t->classes & NEVER_IN_NAMES) &&
            !is_weekdays(tagging, t));
}

/* "St." of saints, "Mt.", "Ft.": an abbreviation that begins a name. */
static bool is_short_opening(const qdx_tagging *tagging, uint32_t i)
{
    static const char words[][QDX_TABLE_WORD] = {"Ft", "Mt", "St", "Ste"};
    return IS_ONE_OF(tagging, i, words);
}

/*
 * The end of a word in a run past what joins it to the next: the period of "St.", and the 's of a
 * saint or of people in general ("St. John's College", "People's Party").
 */
static uint32_t joined_end(const qdx_tagging *tagging, uint32_t i, uint32_t end, uint32_t limit)
{
    static const char owners[][QDX_TABLE_WORD] = {"Children", "Men", "People", "Women"};
    if (end + 1 >= limit || (at(tagging, end)->flags & QDX_TOKEN_SPACE) ||
        !is_run_word(tagging, end + 1) || !continues_line(tagging, end + 1))
        return end;
    if (is_mark(tagging, end, limit, QDX_MARK_PERIOD))
        return is_short_opening(tagging, i) ? end + 1 : end;
    if (!(at(tagging, end)->flags & QDX_TOKEN_POSSESSIVE))
        return end;
    bool saint = i > 1 && is_short_opening(tagging, i - 2);
    return saint || IS_ONE_OF(tagging, i, owners) ? end + 1 : end;
}

/* "Secretary of State" in "Bush Secretary of State Powell": the run before it ends there. */
static bool begins_title(const qdx_tagging *tagging, uint32_t i, uint32_t limit)
{
    qdx_phrase_match matches[QDX_PHRASE_MATCHES];
    size_t n = qdx_phrases_match(tagging->gazetteer, tagging->text, i, limit, matches);
    for (size_t k = 0; k < n; k++) {
        if (matches[k].kind != QDX_PHRASE_TITLE)
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

/* "Metropolitan" in "Tolland Metropolitan Transit Authority": a head follows, and no given name. */
static bool leads_to_head(const qdx_tagging *tagging, uint32_t i, uint32_t limit)
{
    for (uint32_t k = i + 1; k < limit && k <= i + LONGER_WORDS; k++) {
        const qdx_token *t = at(tagging, k);
        if (!is_run_word(tagging, k) || !continues_line(tagging, k) ||
            (t->classes & (QDX_WORD_GIVEN | QDX_WORD_TITLE)))
            return false;
        if (t->classes & QDX_WORD_ORG_HEAD)
            return true;
    }
    return false;
}

/* The token after the words that link names at `end`; `linked` unless they link partners alone. */
static uint32_t after_links(const qdx_tagging *tagging, uint32_t first, uint32_t end,
                            uint32_t limit, bool head, bool *linked)
{
    uint32_t i = end;
    *linked = false;
    if (i == first)
        return i;
    if (i < limit && continues_line(tagging, i) && joins_partners(tagging, first, i, limit))
        i++;
    bool purpose = false;
    for (; i < limit && i - end < 2 && continues_line(tagging, i) && is_link(tagging, i, head);
         i++) {
        purpose |= is_purpose_link(tagging, i);
        *linked = true;
    }
    /* "Institute for Peace", but "the League for Tolland City" ends before "for" */
    bool named =
        purpose && i < limit &&
        !(at(tagging, i)->classes & (QDX_WORD_COMMON | QDX_WORD_DEMONYM | QDX_WORD_ORG_HEAD));
    return named ? limit : i;
}

/* "FC Tolland", "Dynamo Tolland": the end of a club's name that begins so; `first` for none. */
static uint32_t club_end(const qdx_tagging *tagging, uint32_t first, uint32_t limit)
{
    static const char letters[][QDX_TABLE_WORD] = {"AC", "AFC", "CF", "FC",  "FK",
                                                   "SC", "SK",  "SV", "VfB", "VfL"};
    static const char words[][QDX_TABLE_WORD] = {
        "Atletico", "Borussia", "CSKA",      "Dinamo",    "Dynamo",   "Fortuna", "Hapoel",
        "Inter",    "Maccabi",  "Lokomotiv", "Olympique", "Partizan", "Racing",  "Real",
        "Shakhtar", "Spartak",  "Sporting",  "Steaua",    "Torpedo",  "Zenit",
    };
    uint32_t next = first + 1;
    if (next >= limit || !continues_line(tagging, next) || !is_run_word(tagging, next))
        return first;
    bool lettered = IS_ONE_OF(tagging, first, letters);
    if (!lettered && !IS_ONE_OF(tagging, first, words))
        return first;
    uint32_t place = listed_end(tagging, next, limit, is_place);
    if (place > next)
        return hyphened_end(tagging, place - 1, limit);
    bool club = lettered && !(at(tagging, next)->classes & (QDX_WORD_COMMON | QDX_WORD_GIVEN));
    return club ? hyphened_end(tagging, next, limit) : first;
}

bool qdx_name_shape_may_go_on(const qdx_tagging *tagging, uint32_t first, uint32_t limit)
{
    uint32_t end = hyphened_end(tagging, first, limit);
    if (end < limit && !(at(tagging, end)->flags & QDX_TOKEN_SPACE))
        end = joined_end(tagging, first, end, limit);
    if (end >= limit || !continues_line(tagging, end))
        return false;
    const qdx_token *t = at(tagging, end);
    return (t->flags & QDX_TOKEN_CAPITAL) || (t->classes & QDX_WORD_PARTICLE) ||
           t->kind == QDX_TOKEN_MARK || t->end - t->start <= LONGEST_LINK ||
           qdx_name_shape_is_elided(tagging, end);
}

/* "Air Force": does word i, with the word before it in the run, make a head of two words? */
static bool has_head_of_two(const qdx_tagging *tagging, uint32_t i, unsigned words)
{
    const qdx_token *t = at(tagging, i);
    if (!(t->classes & QDX_WORD_HEAD_END) || words < 2 ||
        at(tagging, i - 1)->kind != QDX_TOKEN_WORD)
        return false;
    uint32_t start = at(tagging, i - 1)->start;
    const qdx_lexicon *lexicon = &tagging->gazetteer->lexicon;
    uint32_t word =
        qdx_lexicon_find(lexicon, qdx_fold_hash(tagging->text->bytes + start, t->end - start));
    return (qdx_lexicon_at(lexicon, word)->classes & QDX_WORD_ORG_HEAD) != 0;
}

/* Does a name go on after a place in it: "Bank of Tolland Trust", "University of Tolland Press"? */
static bool goes_on_in_words(const qdx_tagging *tagging, uint32_t end, uint32_t limit)
{
    return end < limit && is_run_word(tagging, end) && continues_line(tagging, end) &&
           (at(tagging, end)->classes &
            (QDX_WORD_COMMON | QDX_WORD_ORG_HEAD | QDX_WORD_ORG_ENDING));
}

/* "Former Rovers captain": a word of a description, which no name begins with. */
static bool begins_description(const qdx_tagging *tagging, uint32_t i)
{
    static const char words[][QDX_TABLE_WORD] = {"Ex", "Fellow", "Former", "Longtime", "Onetime"};
    return IS_ONE_OF(tagging, i, words);
}

/* "Bank of Tolland", "Tolland Trust Inc.": a run of capitals around a head or before an ending. */
static qdx_name_shape headed_shape(const qdx_tagging *tagging, uint32_t first, uint32_t limit)
{
    qdx_name_shape none = {QDX_ENTITY_ORGANIZATION, first, first, "", 0};
    uint32_t best = first, end = first;
    unsigned words = 0, head_words = 0;
    bool head = false, linked = false, tail = false;
    const char *rule = "";
    while (end < limit && words < ORGANIZATION_WORDS) {
        uint32_t i = after_links(tagging, first, end, limit, head, &linked);
        if (i >= limit || !is_run_word(tagging, i) || (i > first && !continues_line(tagging, i)))
            break;
        if (linked && !head)
            break;
        const qdx_token *t = at(tagging, i);
        if (words > 0 && (t->classes & QDX_WORD_TITLE) && begins_title(tagging, i, limit) &&
            !leads_to_head(tagging, i, limit))
            break;
        end = joined_end(tagging, i, hyphened_end(tagging, i, limit), limit);
        words++;
        bool is_head = (t->classes & QDX_WORD_ORG_HEAD) || has_head_of_two(tagging, i, words);
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
            uint32_t place = listed_end(tagging, i, limit, is_place);
            best = end = place > end ? place : end;
            tail = true;
            if (place > i && !goes_on_in_words(tagging, best, limit))
                break; /* "University of Tolland Anna Berg" */
        } else if (head && (tail || (words == head_words + 1 && head_words == 1))) {
            best = end; /* "Diocese of Sioux City", "Bank Indonesia" */
        }
    }
    return head && words >= 2 && best > first + 1
               ? (qdx_name_shape){QDX_ENTITY_ORGANIZATION, first, best, rule, 0.75F}
               : none;
}

qdx_name_shape qdx_name_shape_organization(const qdx_tagging *tagging, uint32_t first,
                                           uint32_t limit, uint32_t classes)
{
    qdx_name_shape shape = {QDX_ENTITY_ORGANIZATION, first, first, "", 0};
    if (begins_description(tagging, first))
        return shape;
    if (classes & (QDX_WORD_ORG_HEAD | QDX_WORD_ORG_ENDING | QDX_WORD_HEAD_END))
        shape = headed_shape(tagging, first, limit);
    if (shape.end > first)
        return shape;
    uint32_t end = club_end(tagging, first, limit);
    return end > first ? (qdx_name_shape){QDX_ENTITY_ORGANIZATION, first, end, "club", 0.7F}
                       : shape;
}

static bool follows_kind(const qdx_tagging *tagging, uint32_t i)
{
    if (i == 0 || !continues_line(tagging, i))
        return false;
    const qdx_token *before = at(tagging, i - 1);
    return before->kind == QDX_TOKEN_WORD && (before->classes & QDX_WORD_ORG_KIND) &&
           !(before->flags & QDX_TOKEN_CAPITAL);
}

qdx_name_shape qdx_name_shape_of_kind(const qdx_tagging *tagging, uint32_t first, uint32_t limit)
{
    qdx_name_shape none = {QDX_ENTITY_ORGANIZATION, first, first, "", 0};
    const uint32_t never = QDX_WORD_TITLE | QDX_WORD_DEMONYM | NEVER_IN_NAMES;
    if (!follows_kind(tagging, first) || (at(tagging, first)->classes & QDX_WORD_GIVEN))
        return none;
    uint32_t end = first;
    for (unsigned words = 0; words < KIND_WORDS && end < limit; words++) {
        uint32_t i = end > first ? qdx_name_shape_after_particles(tagging, end, limit) : first;
        if (!is_run_word(tagging, i) || (i > first && !continues_line(tagging, i)) ||
            (at(tagging, i)->classes & never))
            break;
        end = hyphened_end(tagging, i, limit);
    }
    return end > first ? (qdx_name_shape){QDX_ENTITY_ORGANIZATION, first, end, "kind", 0.7F} : none;
}

qdx_name_shape qdx_name_shape_place(const qdx_tagging *tagging, uint32_t first, uint32_t limit,
                                    uint32_t classes)
{
    qdx_name_shape none = {QDX_ENTITY_PLACE, first, first, "", 0};
    if (!(classes & (QDX_WORD_PLACE_HEAD | QDX_WORD_PLACE_OPENING)))
        return none;
    uint32_t end = first, headed = first;
    unsigned words = 0;
    while (end < limit && words < PLACE_WORDS && is_run_word(tagging, end) &&
           (end == first || continues_line(tagging, end))) {
        const qdx_token *t = at(tagging, end);
        end = joined_end(tagging, end, hyphened_end(tagging, end, limit), limit);
        words++;
        if (words > 1 && (t->classes & QDX_WORD_PLACE_HEAD))
            headed = end;
    }
    bool of = (headed == end || words == 1) && end < limit &&
              at(tagging, end)->end - at(tagging, end)->start == 2 &&
              memcmp(tagging->text->bytes + at(tagging, end)->start, "of", 2) == 0;
    if (of && headed > first) /* "Tolland District of Varnia", but no "Hall of Fame" */
        of = listed_end(tagging, end + 1, limit, is_place) == end + 1;
    if (headed > first && !of)
        return (qdx_name_shape){QDX_ENTITY_PLACE, first, headed, "head", 0.75F};
    if (of && words == 1) { /* "Gulf of Tolland" */
        uint32_t i = end + 1;
        while (i < limit && i < end + 4 && is_run_word(tagging, i) && continues_line(tagging, i))
            i++;
        if (i > end + 1 && !(at(tagging, end + 1)->classes & QDX_WORD_COMMON) &&
            (at(tagging, first)->classes & (QDX_WORD_PLACE_OPENING | QDX_WORD_PLACE_HEAD)))
            return (qdx_name_shape){QDX_ENTITY_PLACE, first, i, "opening", 0.75F};
    }
    if (is_short_opening(tagging, first) && words > 2)
        return none; /* "St. Tolland Rovers" */
    if (words >= 2 && words < 5 && (at(tagging, first)->classes & QDX_WORD_PLACE_OPENING))
        return (qdx_name_shape){QDX_ENTITY_PLACE, first, end, "opening", 0.75F};
    return none;
}
