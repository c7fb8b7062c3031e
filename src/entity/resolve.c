/*
 * Short names. The document's people are filed by the fold hashes of surname and given name in a
 * small table; each capitalised word that no tag covers, and each place of one word, is looked up
 * there. A surname of the article outranks a place of that name unless the text supports the place.
 */
#include "entity/resolve.h"

#include <string.h>
#include <strings.h>

#include "entity/acronym.h"
#include "entity/figure.h"
#include "entity/join.h"
#include "entity/name_shape.h"
#include "entity/place_support.h"
#include "entity/short_form.h"
#include "gazetteer/lookup.h"

enum { SURNAME_REACH = 6 }; /* tokens */
enum { SALIENT = 1 };       /* times as many mentions */
enum { NAMESAKES = 32 };    /* people of one given name looked at */

static const qdx_token *at(const qdx_tagging *tagging, uint32_t i)
{
    return qdx_tagging_token(tagging, i);
}

static bool fits_title(const qdx_tagging *tagging, const qdx_entity *entity, const qdx_title *title)
{
    if (!title || title->office == QDX_NO_OFFICE)
        return false;
    return qdx_figure_held(entity, qdx_store_office_name(tagging->gazetteer, title->office), "",
                           tagging->document->date);
}

/* The one listed bearer of a surname that the title and date leave. */
static qdx_status listed_bearer(const qdx_tagging *tagging, uint32_t token, const qdx_title *title,
                                uint32_t *entry, qdx_error *error)
{
    const qdx_token *t = at(tagging, token);
    qdx_lookup_hit hits[QDX_LOOKUP_HITS];
    size_t count;
    *entry = QDX_NONE;
    qdx_status status = qdx_lookup_person(tagging->gazetteer, tagging->text->bytes + t->start,
                                          t->end - t->start, hits, &count, error);
    if (status != QDX_OK)
        return status;
    size_t fitting = 0, plain = 0;
    uint32_t by_title = QDX_NONE, alone = QDX_NONE;
    for (size_t i = 0; i < count; i++) {
        const qdx_entity *entity = qdx_store_entity(tagging->gazetteer, hits[i].entity);
        if (title && title->gender && entity->gender && title->gender != (uint32_t)entity->gender)
            continue;
        if (fits_title(tagging, entity, title) && !fitting++)
            by_title = hits[i].entity;
        if (entity->tenure_count && !plain++)
            alone = hits[i].entity;
    }
    if (fitting == 1)
        *entry = by_title;
    else if (!fitting && plain == 1 && count == 1 && (!title || title->office == QDX_NO_OFFICE))
        *entry = alone;
    return QDX_OK;
}

/* "His daughter, Ana Ives": introduced by whose relative she is. */
static bool is_relative(const qdx_tagging *tagging, const qdx_figure *figure)
{
    for (uint8_t i = 0; i < figure->role_count; i++) {
        const qdx_lexicon *lexicon = &tagging->gazetteer->lexicon;
        uint32_t kind = qdx_lexicon_at(lexicon, figure->roles[i])->role_kind;
        if (qdx_lexicon_says(lexicon, kind, "relative"))
            return true;
    }
    return false;
}

/* The document's bearer of a surname: named last, unless the first to come is named more often. */
static uint32_t bearer_of_surname(const qdx_tagging *tagging, uint64_t hash, qdx_gender gender,
                                  bool *ambiguous)
{
    uint32_t recent = qdx_figure_index_bearer(&tagging->index, hash, gender, ambiguous);
    uint32_t first = *ambiguous ? qdx_figure_index_first(&tagging->index, hash, gender) : recent;
    if (first == recent || first == QDX_NONE)
        return recent;
    const qdx_figure *one = &tagging->figures.items[first];
    const qdx_figure *other = &tagging->figures.items[recent];
    if (is_relative(tagging, one) != is_relative(tagging, other))
        return is_relative(tagging, other) ? first : recent;
    return one->mention_count > SALIENT * other->mention_count ? first : recent;
}

qdx_status qdx_resolve_surname(qdx_tagging *tagging, uint32_t token, const qdx_title *title,
                               uint32_t *figure, bool *ambiguous, qdx_error *error)
{
    *figure = bearer_of_surname(tagging, at(tagging, token)->hash,
                                title ? (qdx_gender)title->gender : QDX_GENDER_UNKNOWN, ambiguous);
    if (*figure != QDX_NONE)
        return QDX_OK;
    uint32_t entry;
    qdx_status status = listed_bearer(tagging, token, title, &entry, error);
    if (status != QDX_OK || entry == QDX_NONE)
        return status;
    *figure = qdx_figure_listed(tagging, entry);
    return *figure == QDX_NONE ? qdx_error_memory(error) : QDX_OK;
}

/* --- second pass -------------------------------------------------------------------------- */

static void remember_lower_words(qdx_tagging *tagging)
{
    memset(tagging->lower_words, 0, sizeof tagging->lower_words);
    for (size_t i = 0; i < tagging->text->tokens.count; i++) {
        const qdx_token *t = &tagging->text->tokens.items[i];
        if (t->kind == QDX_TOKEN_WORD && !(t->flags & QDX_TOKEN_CAPITAL))
            tagging->lower_words[(t->hash >> 20) & 1023] |= 1ull << ((t->hash >> 14) & 63);
    }
    tagging->knows_lower_words = true;
}

static bool seen_lower(qdx_tagging *tagging, const qdx_token *token)
{
    if (!tagging->knows_lower_words)
        remember_lower_words(tagging);
    return (tagging->lower_words[(token->hash >> 20) & 1023] >> ((token->hash >> 14) & 63)) & 1;
}

static bool is_capital_run(const qdx_tagging *tagging, uint32_t i, uint32_t count)
{
    return i < count && at(tagging, i)->kind == QDX_TOKEN_WORD &&
           (at(tagging, i)->flags & QDX_TOKEN_CAPITAL) &&
           (at(tagging, i)->flags & QDX_TOKEN_SPACE) &&
           !(at(tagging, i)->flags & (QDX_TOKEN_BLOCK | QDX_TOKEN_SENTENCE)) &&
           !(at(tagging, i)->classes & QDX_WORD_FUNCTION);
}

/* Does the text treat this word as somebody: a subject that speaks or acts, an owner? */
static bool acts_like_person(const qdx_tagging *tagging, uint32_t i)
{
    if (i + 1 >= tagging->text->tokens.count)
        return false;
    const qdx_token *next = at(tagging, i + 1);
    if (next->flags & QDX_TOKEN_POSSESSIVE)
        return true;
    return next->kind == QDX_TOKEN_WORD && !(next->flags & QDX_TOKEN_CAPITAL) &&
           (next->classes & (QDX_WORD_SPEECH_VERB | QDX_WORD_AUXILIARY));
}

/* "English said", "said English", but not "the English said". */
static bool acts_like_somebody(const qdx_tagging *tagging, uint32_t i)
{
    if (i == 0 || (at(tagging, i)->flags & QDX_TOKEN_BLOCK))
        return acts_like_person(tagging, i);
    const qdx_token *before = at(tagging, i - 1);
    if (before->classes & QDX_WORD_DETERMINER)
        return false;
    bool said = (before->classes & QDX_WORD_SPEECH_VERB) && before->kind == QDX_TOKEN_WORD &&
                i + 1 < tagging->text->tokens.count && at(tagging, i + 1)->kind == QDX_TOKEN_MARK;
    return said || acts_like_person(tagging, i);
}

/* May an ordinary word at a sentence's start be a name? Only before what follows a subject. */
static bool acts_like_name(qdx_tagging *tagging, uint32_t i, uint32_t count)
{
    const qdx_token *t = at(tagging, i);
    bool forced = (t->flags & (QDX_TOKEN_SENTENCE | QDX_TOKEN_BLOCK)) != 0;
    if ((t->classes & QDX_WORD_DEMONYM) && !(t->classes & QDX_WORD_GIVEN))
        return acts_like_somebody(tagging, i);
    if ((t->classes & (QDX_WORD_TITLE | QDX_WORD_ROLE)) && i > 0 &&
        (at(tagging, i - 1)->classes & QDX_WORD_DETERMINER))
        return false; /* "the Bishop" */
    if (!(t->classes & QDX_WORD_COMMON) || !forced)
        return true;
    if (i + 1 >= count)
        return false;
    const qdx_token *next = at(tagging, i + 1);
    if (next->flags & QDX_TOKEN_POSSESSIVE)
        return true;
    if (next->classes & (QDX_WORD_SPEECH_VERB | QDX_WORD_AUXILIARY | QDX_WORD_ADVERB))
        return true;
    return !seen_lower(tagging, t) &&
           (next->kind == QDX_TOKEN_WORD || next->mark == QDX_MARK_COMMA) &&
           !(next->classes & QDX_WORD_PREPOSITION);
}

/* Does a name end in these bytes, from the beginning of a word on? */
static bool ends_in(const char *name, const char *bytes, size_t size)
{
    size_t length = strlen(name);
    return length >= size && (length == size || name[length - size - 1] == ' ') &&
           strncasecmp(name + length - size, bytes, size) == 0;
}

/* Where the whole surname begins that ends with token i: "van der Tolle", "Tolland-Pell". */
static uint32_t surname_start(const qdx_tagging *tagging, uint32_t i, const char *name)
{
    uint32_t start = i, first = i;
    while (first > 0 && i - first < SURNAME_REACH &&
           !(at(tagging, first)->flags & QDX_TOKEN_BLOCK) &&
           qdx_tagging_tag_at(tagging, first - 1) == QDX_NONE) {
        const qdx_token *before = at(tagging, first - 1);
        bool hyphen =
            before->mark == QDX_MARK_HYPHEN || at(tagging, first)->mark == QDX_MARK_HYPHEN;
        bool heading = before->flags & QDX_TOKEN_UPPER; /* "PETER MOSSBECK" */
        if (!hyphen && !heading && !(before->classes & QDX_WORD_PARTICLE))
            break;
        first--;
        const char *bytes = tagging->text->bytes + before->start;
        if (ends_in(name, bytes, at(tagging, i)->end - before->start))
            start = first;
    }
    return start;
}

static qdx_status add_short(qdx_tagging *tagging, uint32_t i, uint32_t figure, const char *rule,
                            float confidence, qdx_error *error)
{
    const qdx_entity *entity = &tagging->figures.items[figure].entity;
    uint32_t first =
        entity->type == QDX_ENTITY_PERSON ? surname_start(tagging, i, entity->name) : i;
    qdx_tag tag = {.first = first,
                   .end = i + 1,
                   .figure = figure,
                   .rule = rule,
                   .confidence = confidence,
                   .title_first = first};
    uint32_t number = (uint32_t)tagging->tags.count;
    if (!qdx_arena_push(tagging->arena, &tagging->tags, tag))
        return qdx_error_memory(error);
    for (uint32_t k = first; k <= i; k++)
        tagging->tag_of_token.items[k] = number;
    tagging->figures.items[figure].mention_count++;
    qdx_figure_mentioned(tagging, figure, i);
    return QDX_OK;
}

/* The document's person of this given name, when it is the only one. */
static uint32_t bearer_of_given(const qdx_tagging *tagging, uint64_t hash)
{
    uint32_t found = QDX_NONE;
    uint32_t number = qdx_figure_index_find(&tagging->index, QDX_KEY_GIVEN, hash);
    for (int i = 0; i < NAMESAKES && number != QDX_NONE; i++) {
        const qdx_figure *figure = &tagging->figures.items[number];
        if (figure->mention_count) {
            if (found != QDX_NONE)
                return QDX_NONE;
            found = number;
        }
        number = figure->next_given;
    }
    return found;
}

/* A surname in a heading whose capitals say nothing: no ordinary word, of somebody named in full.
 */
static bool is_heading_name(const qdx_tagging *tagging, uint32_t i, uint32_t figure)
{
    return !(at(tagging, i)->classes & QDX_WORD_COMMON) && tagging->figures.items[figure].full_name;
}

/* A mention of a place or organization becomes one of the person. */
static void take_over(qdx_tagging *tagging, uint32_t number, uint32_t figure, uint32_t token,
                      const char *rule)
{
    qdx_tag *tag = &tagging->tags.items[number];
    tagging->figures.items[tag->figure].mention_count--;
    tag->weak = true;
    tag->figure = figure;
    tag->rule = rule;
    tag->confidence = 0.85F;
    tagging->figures.items[figure].mention_count++;
    qdx_figure_mentioned(tagging, figure, token);
}

/* "Gary", a city by the lists, is the article's Gary Pike; a country keeps its name. */
static uint32_t namesake_of_city(const qdx_tagging *tagging, uint32_t covering, uint32_t i,
                                 uint32_t count)
{
    const qdx_figure *city = &tagging->figures.items[tagging->tags.items[covering].figure];
    if (!(at(tagging, i)->classes & QDX_WORD_GIVEN) || city->entity.type != QDX_ENTITY_PLACE ||
        city->listed == QDX_NONE || is_capital_run(tagging, i + 1, count) ||
        strcmp(qdx_store_entry(tagging->gazetteer, city->listed)->kind, "city") != 0)
        return QDX_NONE;
    uint32_t figure = bearer_of_given(tagging, at(tagging, i)->hash);
    return figure != QDX_NONE && tagging->figures.items[figure].full_name ? figure : QDX_NONE;
}

static qdx_status resolve_token(qdx_tagging *tagging, uint32_t i, uint32_t count, bool shouting,
                                qdx_error *error)
{
    const qdx_token *t = at(tagging, i);
    uint32_t covering = qdx_tagging_tag_at(tagging, i);
    bool covered = covering != QDX_NONE && !tagging->tags.items[covering].weak;
    if (covered && !qdx_place_gives_way(tagging, covering))
        return QDX_OK;
    bool ambiguous = false;
    uint32_t figure = tagging->index.bearers.count
                          ? bearer_of_surname(tagging, t->hash, QDX_GENDER_UNKNOWN, &ambiguous)
                          : QDX_NONE;
    bool name = figure != QDX_NONE && acts_like_name(tagging, i, count) &&
                qdx_name_shape_stands_alone(tagging, i, i + 1);
    if (figure != QDX_NONE && shouting)
        name |= is_heading_name(tagging, i, figure);
    if (name) {
        if (covered) {
            take_over(tagging, covering, figure, i, "surname");
            return QDX_OK;
        }
        return add_short(tagging, i, figure, ambiguous ? "surname-ambiguous" : "surname",
                         ambiguous ? 0.6F : 0.92F, error);
    }
    if (figure == QDX_NONE && !covered && covering == QDX_NONE && !shouting) {
        figure = qdx_figure_index_find(&tagging->index, QDX_KEY_MIDDLE, t->hash);
        if (figure != QDX_NONE && acts_like_person(tagging, i) &&
            qdx_name_shape_stands_alone(tagging, i, i + 1))
            return add_short(tagging, i, figure, "first-surname", 0.8F, error);
    }
    figure = covered ? namesake_of_city(tagging, covering, i, count) : QDX_NONE;
    if (figure != QDX_NONE)
        take_over(tagging, covering, figure, i, "given-name");
    if (covered || covering != QDX_NONE ||
        (t->classes & QDX_WORD_COMMON && t->flags & QDX_TOKEN_SENTENCE))
        return QDX_OK;
    bool dated = (t->classes & QDX_WORD_MONTH) && i > 0 &&
                 (at(tagging, i - 1)->classes & QDX_WORD_PREPOSITION);
    if ((t->classes & QDX_WORD_GIVEN) && !(t->classes & QDX_WORD_DEMONYM) && !dated &&
        !is_capital_run(tagging, i + 1, count)) {
        figure = bearer_of_given(tagging, t->hash);
        if (figure != QDX_NONE)
            return add_short(tagging, i, figure, "given-name", 0.75F, error);
    }
    return QDX_OK;
}

/* A surname nobody introduced, of one listed official and nobody else, not an ordinary word. */
static qdx_status resolve_unintroduced(qdx_tagging *tagging, uint32_t i, qdx_error *error)
{
    const qdx_token *t = at(tagging, i);
    if (t->classes & ~(uint32_t)QDX_WORD_SUFFIX || t->end - t->start < 4 ||
        (t->flags & QDX_TOKEN_UPPER) || !acts_like_person(tagging, i) ||
        !qdx_name_shape_stands_alone(tagging, i, i + 1))
        return QDX_OK;
    uint32_t asked = qdx_figure_index_find(&tagging->index, QDX_KEY_LISTED, t->hash);
    uint32_t entry = asked == QDX_NONE ? QDX_NONE : asked - 1;
    if (asked == QDX_NONE) {
        qdx_status status = listed_bearer(tagging, i, NULL, &entry, error);
        if (status != QDX_OK)
            return status;
        /* 0 stands for nobody */
        if (!qdx_figure_index_put(&tagging->index, QDX_KEY_LISTED, t->hash, entry + 1))
            return qdx_error_memory(error);
    }
    if (entry == QDX_NONE)
        return QDX_OK;
    uint32_t figure = qdx_figure_listed(tagging, entry);
    if (figure == QDX_NONE)
        return qdx_error_memory(error);
    return add_short(tagging, i, figure, "unique-surname", 0.7F, error);
}

/* --- the walk ----------------------------------------------------------------------------- */

/* First-pass mentions as the second walk comes to them. False without memory. */
static bool pass_tags(qdx_tagging *tagging, size_t count, uint32_t token, size_t *next)
{
    for (; *next < count && tagging->tags.items[*next].first <= token; ++*next) {
        const qdx_tag *tag = &tagging->tags.items[*next];
        qdx_figure_mentioned(tagging, tag->figure, tag->first);
        if (!qdx_short_form_pass(tagging, tag))
            return false;
    }
    return true;
}

/* A word that is no surname: an acronym, a head word, somebody's name whom the lists know alone. */
static qdx_status resolve_rest(qdx_tagging *tagging, uint32_t i, qdx_error *error)
{
    uint32_t figure = qdx_short_form_head(tagging, i);
    if (figure != QDX_NONE)
        return add_short(tagging, i, figure, "head-alone", 0.6F, error);
    return resolve_unintroduced(tagging, i, error);
}

qdx_status qdx_resolve_short_names(qdx_tagging *tagging, qdx_error *error)
{
    qdx_join_short_names(tagging);
    qdx_figure_index_rewind(&tagging->index);
    bool acronyms;
    size_t first_pass = tagging->tags.count, passed = 0;
    qdx_status status = qdx_acronyms_collect(tagging, &acronyms, error);
    uint32_t count = (uint32_t)tagging->text->tokens.count;
    for (size_t k = 0; k < tagging->openings.count && status == QDX_OK; k++) {
        const qdx_opening *opening = &tagging->openings.items[k];
        const uint32_t i = opening->token;
        if (!opening->capital)
            continue;
        bool shouting = tagging->shouting.items[opening->block];
        if (!pass_tags(tagging, first_pass, i > 0 ? i - 1 : 0, &passed))
            return qdx_error_memory(error);
        const char *rule;
        uint32_t figure = acronyms ? qdx_acronym_find(tagging, i, shouting, &rule) : QDX_NONE;
        if (figure != QDX_NONE && qdx_tagging_tag_at(tagging, i) == QDX_NONE)
            status = add_short(tagging, i, figure, rule, 0.9F, error);
        else
            status = resolve_token(tagging, i, count, shouting, error);
        if (status == QDX_OK && qdx_tagging_tag_at(tagging, i) == QDX_NONE && !shouting)
            status = resolve_rest(tagging, i, error);
    }
    return status;
}
