/*
 * The last look at unexplained capitals. Each rule asks for positive evidence (a preposition of
 * place, a place after the comma, the look of an acronym, a given name); a word that one rule made
 * a name is that name wherever else it stands alone in the document.
 */
#include "entity/context.h"

#include <string.h>

#include "entity/figure.h"
#include "entity/name_shape.h"
#include "entity/shape_tokens.h"
#include "entity/short_form.h"

enum { RUN_WORDS = 3 };

/* "I've", "@Tolland", "#Tolland": a pronoun, or a name on some network. */
static bool is_handle_or_pronoun(const qdx_tagging *tagging, uint32_t i)
{
    const qdx_token *t = at(tagging, i);
    const char *bytes = tagging->text->bytes + t->start;
    if (bytes[0] == 'I' && (bytes[1] == '\'' || (unsigned char)bytes[1] == 0xE2))
        return true;
    return i > 0 && !(t->flags & QDX_TOKEN_SPACE) && at(tagging, i - 1)->mark == QDX_MARK_OTHER &&
           (bytes[-1] == '@' || bytes[-1] == '#');
}

/* A capitalised word that is no ordinary one and that nothing explains yet. */
static bool is_unexplained(const qdx_tagging *tagging, uint32_t i)
{
    const qdx_token *t = at(tagging, i);
    return qdx_tagging_tag_at(tagging, i) == QDX_NONE && qdx_name_shape_is_capital(tagging, i) &&
           !(t->flags & (QDX_TOKEN_SENTENCE | QDX_TOKEN_BLOCK | QDX_TOKEN_INITIAL)) &&
           !(t->classes & (QDX_WORD_COMMON | QDX_WORD_MONTH | QDX_WORD_WEEKDAY | QDX_WORD_DEMONYM |
                           QDX_WORD_TITLE | QDX_WORD_ROLE | QDX_WORD_SUFFIX)) &&
           t->end - t->start > 2 && !is_handle_or_pronoun(tagging, i) &&
           !(i > 0 && !(t->flags & QDX_TOKEN_SPACE) && at(tagging, i - 1)->mark == QDX_MARK_HYPHEN);
}

/* The end of a run of unexplained words from `first`; `first` when words go on that are none. */
static uint32_t run_end(const qdx_tagging *tagging, uint32_t first, uint32_t count)
{
    uint32_t end = first;
    while (end < count && end - first < RUN_WORDS && is_unexplained(tagging, end) &&
           (end == first || (at(tagging, end)->flags & QDX_TOKEN_SPACE)))
        end++;
    if (end == first || end >= count)
        return end;
    const qdx_token *next = at(tagging, end);
    bool goes_on = (next->flags & QDX_TOKEN_CAPITAL) && (next->flags & QDX_TOKEN_SPACE) &&
                   !(next->flags & (QDX_TOKEN_SENTENCE | QDX_TOKEN_BLOCK)) &&
                   !(next->classes & (QDX_WORD_MONTH | QDX_WORD_WEEKDAY));
    return goes_on || next->mark == QDX_MARK_HYPHEN ? first : end;
}

static bool after_preposition_of_place(const qdx_tagging *tagging, uint32_t i)
{
    static const char words[][QDX_TABLE_WORD] = {"in", "near", "outside", "at", "around"};
    if (i == 0 || (at(tagging, i)->flags & QDX_TOKEN_BLOCK))
        return false;
    return IS_ONE_OF(tagging, i - 1, words);
}

/* "the town of Coleman". */
static bool after_place_of(const qdx_tagging *tagging, uint32_t i)
{
    static const char nouns[][QDX_TABLE_WORD] = {
        "town",      "village", "city",      "county",       "province",   "district",  "region",
        "port",      "island",  "suburb",    "municipality", "hamlet",     "villages",  "towns",
        "cities",    "parish",  "river",     "commune",      "prefecture", "oblast",    "borough",
        "peninsula", "state",   "enclave",   "valley",       "republic",   "outskirts", "suburbs",
        "north",     "south",   "east",      "west",         "northeast",  "northwest", "southeast",
        "southwest", "mayor",   "residents", "governor",     "coast",      "capital",   "border",
    };
    static const char of[][QDX_TABLE_WORD] = {"of"};
    if (i < 2 || !IS_ONE_OF(tagging, i - 1, of) || (at(tagging, i)->flags & QDX_TOKEN_BLOCK))
        return false;
    return IS_ONE_OF(tagging, i - 2, nouns);
}

static bool is_part(const qdx_tagging *tagging, uint32_t i)
{
    const qdx_token *t = at(tagging, i);
    return t->kind == QDX_TOKEN_WORD && (t->classes & QDX_WORD_ORG_PART) &&
           (!(t->flags & QDX_TOKEN_CAPITAL) || (t->flags & QDX_TOKEN_SENTENCE));
}

/* "shares of Tarvex", "an analyst at Tarvex", "the Tarvex chief executive". */
static bool beside_part(const qdx_tagging *tagging, uint32_t first, uint32_t end, uint32_t count)
{
    if (first > 0 && (at(tagging, first - 1)->flags & QDX_TOKEN_CAPITAL) &&
        !(at(tagging, first - 1)->classes & QDX_WORD_FUNCTION))
        return false; /* "Range Rover executives" */
    static const char links[][QDX_TABLE_WORD] = {"at", "for", "of", "with"};
    static const char chief[][QDX_TABLE_WORD] = {"chief"};
    if (first > 1 && continues_line(tagging, first) && IS_ONE_OF(tagging, first - 1, links) &&
        is_part(tagging, first - 2))
        return true;
    if (end >= count || !continues_line(tagging, end))
        return false;
    return is_part(tagging, end) ||
           (end + 1 < count && IS_ONE_OF(tagging, end, chief) && is_part(tagging, end + 1));
}

static bool is_place_at(const qdx_tagging *tagging, uint32_t i)
{
    uint32_t tag = qdx_tagging_tag_at(tagging, i);
    return tag != QDX_NONE &&
           tagging->figures.items[tagging->tags.items[tag].figure].entity.type == QDX_ENTITY_PLACE;
}

/* "Bicholim, Goa". */
static bool before_comma_and_place(const qdx_tagging *tagging, uint32_t end, uint32_t count)
{
    return end + 1 < count && at(tagging, end)->mark == QDX_MARK_COMMA &&
           !(at(tagging, end + 1)->flags & QDX_TOKEN_BLOCK) && is_place_at(tagging, end + 1);
}

/* "in Harrison", "Harrison, Varnia": a place even where the word is also a given name. */
static bool is_surely_place(const qdx_tagging *tagging, uint32_t i, uint32_t count)
{
    static const char words[][QDX_TABLE_WORD] = {"in", "near", "outside"};
    return (i > 0 && !(at(tagging, i)->flags & QDX_TOKEN_BLOCK) &&
            IS_ONE_OF(tagging, i - 1, words)) ||
           after_place_of(tagging, i) || before_comma_and_place(tagging, i + 1, count);
}

/* Acronyms that name nobody. */
static bool is_thing(const qdx_tagging *tagging, uint32_t i)
{
    static const char words[][QDX_TABLE_WORD] = {
        "AIDS", "AM",  "ATM", "CD",  "CEO", "CET", "DJ",   "DNA", "DUI", "DVD", "EDT",
        "EP",   "EST", "ET",  "FAQ", "FM",  "GDP", "GMT",  "GPS", "HIV", "HQ",  "HTML",
        "ICBM", "ID",  "IPO", "IQ",  "IT",  "KO",  "LGBT", "LP",  "MPP", "MVP", "OK",
        "PC",   "PDF", "PDT", "PM",  "PR",  "PST", "PTSD", "Q&A", "RBI", "RNA", "SMS",
        "SUV",  "TV",  "UAV", "UFO", "URL", "UTC", "VIP",  "VR",  "WMD",
    };
    char last = tagging->text->bytes[at(tagging, i)->end - 1];
    if (last >= '0' && last <= '9')
        return true; /* a model, a road, a vitamin */
    return IS_ONE_OF(tagging, i, words);
}

/* "DAB's", "of the DAB": an ordinary word in capitals is a name only so. */
static bool acts_like_organization(const qdx_tagging *tagging, uint32_t i, uint32_t count)
{
    if (i + 1 < count && (at(tagging, i + 1)->flags & QDX_TOKEN_POSSESSIVE))
        return true;
    return i > 0 && (at(tagging, i - 1)->classes & QDX_WORD_PREPOSITION) &&
           !(at(tagging, i)->flags & QDX_TOKEN_BLOCK);
}

/* Letters in capitals that are no ordinary word, no number and no part of a code. */
static bool is_acronym(const qdx_tagging *tagging, uint32_t i, uint32_t count)
{
    const qdx_token *t = at(tagging, i);
    uint32_t size = t->end - t->start;
    if (t->kind != QDX_TOKEN_WORD || !(t->flags & QDX_TOKEN_UPPER) || size < 2 || size > 7 ||
        (t->flags & (QDX_TOKEN_INITIAL | QDX_TOKEN_MULTIBYTE | QDX_TOKEN_ADDRESS)) ||
        ((t->classes & QDX_WORD_COMMON) && !acts_like_organization(tagging, i, count)) ||
        (t->classes &
         (QDX_WORD_FUNCTION | QDX_WORD_SUFFIX | QDX_WORD_TITLE | QDX_WORD_ROLE | QDX_WORD_MONTH |
          QDX_WORD_DEMONYM | QDX_WORD_GIVEN | QDX_WORD_ABBREVIATION | QDX_WORD_ABBREVIATION_END)) ||
        strspn(tagging->text->bytes + t->start, "IVXLCM") >= size)
        return false;
    if (size == 2 && !(t->flags & QDX_TOKEN_PERIODS) && i > 0 &&
        at(tagging, i - 1)->mark == QDX_MARK_COMMA)
        return false; /* a state's letters */
    bool joined = (i > 0 && at(tagging, i - 1)->mark == QDX_MARK_HYPHEN) ||
                  (i + 1 < count && at(tagging, i + 1)->mark == QDX_MARK_HYPHEN);
    if (!qdx_name_shape_stands_alone(tagging, i, i + 1) || is_thing(tagging, i) ||
        is_handle_or_pronoun(tagging, i))
        return false;
    bool counted = i + 1 < count && at(tagging, i + 1)->kind == QDX_TOKEN_NUMBER &&
                   (at(tagging, i + 1)->flags & QDX_TOKEN_SPACE);
    return !joined && !counted;
}

static qdx_status add(qdx_tagging *tagging, uint32_t first, uint32_t end, uint32_t figure,
                      const char *rule, float confidence, qdx_error *error)
{
    qdx_tag tag = {.first = first,
                   .end = end,
                   .figure = figure,
                   .rule = rule,
                   .confidence = confidence,
                   .title_first = first};
    uint32_t number = (uint32_t)tagging->tags.count;
    if (figure == QDX_NONE || !qdx_arena_push(tagging->arena, &tagging->tags, tag))
        return qdx_error_memory(error);
    for (uint32_t i = first; i < end; i++)
        tagging->tag_of_token.items[i] = number;
    tagging->figures.items[figure].mention_count++;
    return QDX_OK;
}

/* A name found here; a name of one word is remembered for the rest of the document. */
static qdx_status found(qdx_tagging *tagging, qdx_entity_type type, uint32_t first, uint32_t end,
                        const char *rule, float confidence, qdx_error *error)
{
    uint32_t figure = qdx_figure_named(tagging, type, first, end);
    if (figure != QDX_NONE && end - first == 1 && type != QDX_ENTITY_PERSON &&
        !qdx_figure_index_put(&tagging->index, QDX_KEY_ALONE, at(tagging, first)->hash, figure))
        return qdx_error_memory(error);
    return add(tagging, first, end, figure, rule, confidence, error);
}

static bool follows_the(const qdx_tagging *tagging, uint32_t i)
{
    static const char the[][QDX_TABLE_WORD] = {"the", "The"};
    return i > 0 && IS_ONE_OF(tagging, i - 1, the);
}

static bool is_acronym_like(const qdx_tagging *tagging, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (at(tagging, i)->flags & QDX_TOKEN_UPPER)
            return true;
    return false;
}

/* A capital inside a word, as in names of products and firms; not McKay or DeLuca. */
static bool has_inner_capital(const qdx_tagging *tagging, uint32_t i)
{
    const qdx_token *t = at(tagging, i);
    const char *bytes = tagging->text->bytes + t->start;
    if (t->flags & QDX_TOKEN_UPPER)
        return false;
    for (uint32_t k = 4; k < t->end - t->start; k++)
        if (bytes[k] >= 'A' && bytes[k] <= 'Z' && bytes[k - 1] >= 'a' && bytes[k - 1] <= 'z')
            return true;
    return false;
}

/* An unknown name of one word that speaks: people are introduced by their full names. */
static bool speaks(const qdx_tagging *tagging, uint32_t end, uint32_t count)
{
    if (end >= count)
        return false;
    const qdx_token *next = at(tagging, end);
    return (next->classes & QDX_WORD_SPEECH_VERB) && !(next->flags & QDX_TOKEN_CAPITAL) &&
           qdx_lexicon_word(&tagging->gazetteer->lexicon, next)->strength >= 2;
}

/* "Ana said": a given name that begins a sentence, as its subject. */
static bool is_given_name_acting(const qdx_tagging *tagging, uint32_t i, uint32_t count)
{
    const qdx_token *t = at(tagging, i);
    if (!(t->flags & QDX_TOKEN_SENTENCE) || !(t->classes & QDX_WORD_GIVEN) || i + 1 >= count ||
        (t->classes & (QDX_WORD_COMMON | QDX_WORD_MONTH | QDX_WORD_DEMONYM | QDX_WORD_TITLE)) ||
        !qdx_name_shape_is_capital(tagging, i))
        return false;
    const qdx_token *next = at(tagging, i + 1);
    return (next->flags & QDX_TOKEN_POSSESSIVE) ||
           (next->kind == QDX_TOKEN_WORD && !(next->flags & QDX_TOKEN_CAPITAL) &&
            (next->classes & (QDX_WORD_SPEECH_VERB | QDX_WORD_AUXILIARY | QDX_WORD_ADVERB)));
}

static qdx_status look_at(qdx_tagging *tagging, uint32_t i, uint32_t count, uint32_t *next,
                          qdx_error *error)
{
    *next = i + 1;
    if (is_acronym(tagging, i, count))
        return found(tagging, QDX_ENTITY_ORGANIZATION, i, i + 1, "acronym-form", 0.55F, error);
    if (is_given_name_acting(tagging, i, count))
        return found(tagging, QDX_ENTITY_PERSON, i, i + 1, "given-name-alone", 0.55F, error);
    uint32_t end = run_end(tagging, i, count);
    if (end == i)
        return QDX_OK;
    uint32_t known = qdx_short_form_find(tagging, i, end);
    if (known != QDX_NONE) {
        *next = end;
        return add(tagging, i, end, known, "repeated", 0.6F, error);
    }
    if (beside_part(tagging, i, end, count) && !(at(tagging, i)->classes & QDX_WORD_GIVEN)) {
        *next = end;
        return found(tagging, QDX_ENTITY_ORGANIZATION, i, end, "part", 0.6F, error);
    }
    bool place = after_preposition_of_place(tagging, i) || after_place_of(tagging, i) ||
                 before_comma_and_place(tagging, end, count);
    bool given = (at(tagging, i)->classes & QDX_WORD_GIVEN) != 0;
    if (place && (!given || (end == i + 1 && is_surely_place(tagging, i, count)))) {
        *next = end;
        return found(tagging, QDX_ENTITY_PLACE, i, end, "context", 0.6F, error);
    }
    if (end - i == 2 && !follows_the(tagging, i) && !is_acronym_like(tagging, i, end))
        return found(tagging, QDX_ENTITY_PERSON, i, end, "capitals", 0.5F, error);
    if (end - i == 1 && !(at(tagging, i)->classes & QDX_WORD_GIVEN) &&
        (has_inner_capital(tagging, i) || speaks(tagging, end, count)))
        return found(tagging, QDX_ENTITY_ORGANIZATION, i, end, "agent", 0.5F, error);
    if (end - i == 1 && (at(tagging, i)->classes & QDX_WORD_GIVEN) &&
        qdx_name_shape_stands_alone(tagging, i, i + 1))
        return found(tagging, QDX_ENTITY_PERSON, i, end, "given-name-alone", 0.55F, error);
    return QDX_OK;
}

/* The words that became names, wherever else they stand alone. */
static qdx_status repeat(qdx_tagging *tagging, qdx_error *error)
{
    for (size_t k = 0; k < tagging->openings.count; k++) {
        const uint32_t i = tagging->openings.items[k].token;
        if (!tagging->openings.items[k].capital || qdx_tagging_tag_at(tagging, i) != QDX_NONE)
            continue;
        uint32_t figure = qdx_short_form_find(tagging, i, i + 1);
        if (figure == QDX_NONE || !qdx_name_shape_stands_alone(tagging, i, i + 1))
            continue;
        qdx_status status = add(tagging, i, i + 1, figure, "repeated", 0.55F, error);
        if (status != QDX_OK)
            return status;
    }
    return QDX_OK;
}

qdx_status qdx_context_tag(qdx_tagging *tagging, qdx_error *error)
{
    uint32_t count = (uint32_t)tagging->text->tokens.count, next = 0;
    if (qdx_short_forms_collect(tagging, error) != QDX_OK)
        return QDX_ERR_MEMORY;
    for (size_t k = 0; k < tagging->openings.count; k++) {
        const qdx_opening *opening = &tagging->openings.items[k];
        if (opening->token < next || tagging->shouting.items[opening->block] ||
            qdx_tagging_tag_at(tagging, opening->token) != QDX_NONE ||
            !(at(tagging, opening->token)->flags & QDX_TOKEN_CAPITAL))
            continue;
        qdx_status status = look_at(tagging, opening->token, count, &next, error);
        if (status != QDX_OK)
            return status;
    }
    return repeat(tagging, error);
}
