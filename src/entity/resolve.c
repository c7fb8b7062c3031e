/*
 * Short names. The document's people are filed by the fold hashes of surname and given name in a
 * small table; each capitalised word that no tag covers, and each place of one word, is looked up
 * there. A surname of the article outranks a place of that name unless the text supports the place.
 */
#include "entity/resolve.h"

#include <string.h>

#include "entity/figure.h"
#include "entity/name_shape.h"
#include "gazetteer/lookup.h"

static const qdx_token *at(const qdx_tagging *tagging, uint32_t i)
{
    return qdx_tagging_token(tagging, i);
}

static bool gender_contradicts(const qdx_figure *figure, const qdx_title *title)
{
    return title && title->gender != QDX_GENDER_UNKNOWN && figure->gender != QDX_GENDER_UNKNOWN &&
           title->gender != figure->gender;
}

/* The tag nearest before a token that mentions this figure; QDX_NONE when there is none. */
static uint32_t last_mention_before(const qdx_tagging *tagging, uint32_t figure, uint32_t token)
{
    uint32_t last = QDX_NONE;
    for (size_t i = 0; i < tagging->tags.count; i++)
        if (tagging->tags.items[i].figure == figure && tagging->tags.items[i].first < token &&
            (last == QDX_NONE || tagging->tags.items[i].first > last))
            last = tagging->tags.items[i].first;
    return last;
}

/* Of the document's bearers of a surname, the one most recently named. */
static uint32_t bearer_in_document(const qdx_tagging *tagging, uint32_t token,
                                   const qdx_title *title, bool *ambiguous)
{
    uint64_t hash = at(tagging, token)->hash;
    uint32_t best = QDX_NONE, best_mention = QDX_NONE;
    *ambiguous = false;
    for (size_t i = 0; i < tagging->figures.count; i++) {
        const qdx_figure *figure = &tagging->figures.items[i];
        if (figure->entity.type != QDX_ENTITY_PERSON || figure->surname != hash ||
            gender_contradicts(figure, title))
            continue;
        uint32_t mention = last_mention_before(tagging, (uint32_t)i, token);
        if (best != QDX_NONE)
            *ambiguous = true;
        if (best == QDX_NONE || (mention != QDX_NONE && (best_mention == QDX_NONE || mention > best_mention))) {
            best = (uint32_t)i;
            best_mention = mention;
        }
    }
    return best;
}

static bool fits_title(const qdx_tagging *tagging, const qdx_entity *entity, const qdx_title *title)
{
    if (!title || title->office == QDX_NO_OFFICE)
        return false;
    return qdx_figure_held(entity, tagging->gazetteer->offices.items[title->office].name, "",
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
    qdx_status status =
        qdx_lookup_person(tagging->gazetteer, tagging->text->bytes + t->start, t->end - t->start,
                          hits, &count, error);
    if (status != QDX_OK)
        return status;
    size_t fitting = 0, plain = 0;
    uint32_t by_title = QDX_NONE, alone = QDX_NONE;
    for (size_t i = 0; i < count; i++) {
        const qdx_entity *entity = qdx_store_entity(tagging->gazetteer, hits[i].entity);
        if (title && title->gender && entity->gender && title->gender != entity->gender)
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

qdx_status qdx_resolve_surname(qdx_tagging *tagging, uint32_t token, const qdx_title *title,
                               uint32_t *figure, bool *ambiguous, qdx_error *error)
{
    *figure = bearer_in_document(tagging, token, title, ambiguous);
    if (*figure != QDX_NONE)
        return QDX_OK;
    uint32_t entry;
    qdx_status status = listed_bearer(tagging, token, title, &entry, error);
    if (status != QDX_OK || entry == QDX_NONE)
        return status;
    *figure = qdx_figure_listed(tagging, entry);
    return *figure == QDX_NONE ? qdx_error_memory(error) : QDX_OK;
}

/* --- titles before full names ------------------------------------------------------------- */

/*
 * "Mr. Ives" made a figure of a surname alone; the full name came later. Those tags move to the
 * bearer with the full name.
 */
static void join_lone_surnames(qdx_tagging *tagging)
{
    for (size_t i = 0; i < tagging->figures.count; i++) {
        qdx_figure *lone = &tagging->figures.items[i];
        if (lone->entity.type != QDX_ENTITY_PERSON || lone->full_name || lone->listed != QDX_NONE)
            continue;
        uint32_t bearer = QDX_NONE;
        for (size_t k = 0; k < tagging->figures.count && bearer == QDX_NONE; k++) {
            const qdx_figure *other = &tagging->figures.items[k];
            if (k != i && other->entity.type == QDX_ENTITY_PERSON && other->full_name &&
                other->surname == lone->surname &&
                !(lone->gender && other->gender && lone->gender != other->gender))
                bearer = (uint32_t)k;
        }
        if (bearer == QDX_NONE)
            continue;
        for (size_t t = 0; t < tagging->tags.count; t++)
            if (tagging->tags.items[t].figure == i)
                tagging->tags.items[t].figure = bearer;
        tagging->figures.items[bearer].mention_count += lone->mention_count;
        if (!tagging->figures.items[bearer].gender)
            tagging->figures.items[bearer].gender = lone->gender;
        lone->mention_count = 0;
        lone->surname = lone->given = 0;
    }
}

/* --- second pass -------------------------------------------------------------------------- */

static bool seen_lower(const qdx_tagging *tagging, const qdx_token *token)
{
    return (tagging->lower_words[(token->hash >> 20) & 1023] >> ((token->hash >> 14) & 63)) & 1;
}

static bool is_preposition_of_place(const qdx_tagging *tagging, uint32_t i)
{
    static const char *const words[] = {"in", "at", "near", "outside", "from", "to"};
    const qdx_token *t = at(tagging, i);
    for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
        if (t->end - t->start == strlen(words[k]) &&
            memcmp(tagging->text->bytes + t->start, words[k], strlen(words[k])) == 0)
            return k < 4; /* "from" and "to" go with people as well */
    return false;
}

/* "in Lincoln", "Lincoln, Nebraska", a dateline: the text means the place. */
static bool place_is_supported(const qdx_tagging *tagging, const qdx_tag *tag)
{
    if (tag->first > 0 && is_preposition_of_place(tagging, tag->first - 1))
        return true;
    if (at(tagging, tag->first)->flags & QDX_TOKEN_BLOCK)
        return (at(tagging, tag->first)->flags & QDX_TOKEN_UPPER) != 0;
    if (tag->end + 1 < tagging->text->tokens.count && at(tagging, tag->end)->mark == QDX_MARK_COMMA) {
        uint32_t next = qdx_tagging_tag_at(tagging, tag->end + 1);
        return next != QDX_NONE &&
               tagging->figures.items[tagging->tags.items[next].figure].entity.type ==
                   QDX_ENTITY_PLACE;
    }
    return false;
}

static bool is_capital_run(const qdx_tagging *tagging, uint32_t i, uint32_t count)
{
    return i < count && at(tagging, i)->kind == QDX_TOKEN_WORD &&
           (at(tagging, i)->flags & QDX_TOKEN_CAPITAL) && (at(tagging, i)->flags & QDX_TOKEN_SPACE) &&
           !(at(tagging, i)->flags & (QDX_TOKEN_BLOCK | QDX_TOKEN_SENTENCE)) &&
           !(at(tagging, i)->classes & QDX_WORD_FUNCTION);
}

/* May an ordinary word at a sentence's start be a name? Only before what follows a subject. */
static bool acts_like_name(const qdx_tagging *tagging, uint32_t i, uint32_t count)
{
    const qdx_token *t = at(tagging, i);
    bool forced = (t->flags & (QDX_TOKEN_SENTENCE | QDX_TOKEN_BLOCK)) != 0;
    if (!(t->classes & QDX_WORD_COMMON) || !forced)
        return true;
    if (i + 1 >= count)
        return false;
    const qdx_token *next = at(tagging, i + 1);
    if (next->flags & QDX_TOKEN_POSSESSIVE)
        return true;
    if (next->classes & (QDX_WORD_SPEECH_VERB | QDX_WORD_AUXILIARY | QDX_WORD_ADVERB))
        return true;
    return !seen_lower(tagging, t) && (next->kind == QDX_TOKEN_WORD || next->mark == QDX_MARK_COMMA) &&
           !(next->classes & QDX_WORD_PREPOSITION);
}

static qdx_status add_short(qdx_tagging *tagging, uint32_t i, uint32_t figure, const char *rule,
                            float confidence, qdx_error *error)
{
    qdx_tag tag = {.first = i,
                   .end = i + 1,
                   .figure = figure,
                   .rule = rule,
                   .confidence = confidence,
                   .title_first = i};
    uint32_t number = (uint32_t)tagging->tags.count;
    if (!qdx_vector_push(&tagging->tags, tag))
        return qdx_error_memory(error);
    tagging->tag_of_token.items[i] = number;
    tagging->figures.items[figure].mention_count++;
    return QDX_OK;
}

/* The document's person of this given name, when it is the only one. */
static uint32_t bearer_of_given(const qdx_tagging *tagging, uint64_t hash)
{
    uint32_t found = QDX_NONE;
    for (size_t i = 0; i < tagging->figures.count; i++) {
        const qdx_figure *figure = &tagging->figures.items[i];
        if (figure->entity.type != QDX_ENTITY_PERSON || figure->given != hash ||
            !figure->mention_count)
            continue;
        if (found != QDX_NONE)
            return QDX_NONE;
        found = (uint32_t)i;
    }
    return found;
}

/* A place or organization of one word that is a surname of the article. */
static bool gives_way(const qdx_tagging *tagging, uint32_t number)
{
    const qdx_tag *tag = &tagging->tags.items[number];
    if (tag->end - tag->first != 1)
        return false;
    const qdx_figure *figure = &tagging->figures.items[tag->figure];
    return figure->entity.type != QDX_ENTITY_PERSON && !place_is_supported(tagging, tag);
}

static qdx_status resolve_token(qdx_tagging *tagging, uint32_t i, uint32_t count, qdx_error *error)
{
    const qdx_token *t = at(tagging, i);
    uint32_t covering = qdx_tagging_tag_at(tagging, i);
    bool covered = covering != QDX_NONE && !tagging->tags.items[covering].weak;
    if (covered && !gives_way(tagging, covering))
        return QDX_OK;
    bool ambiguous;
    uint32_t figure = bearer_in_document(tagging, i, NULL, &ambiguous);
    if (figure != QDX_NONE && acts_like_name(tagging, i, count)) {
        if (covered) {
            tagging->figures.items[tagging->tags.items[covering].figure].mention_count--;
            tagging->tags.items[covering].weak = true;
            tagging->tags.items[covering].figure = figure;
            tagging->tags.items[covering].rule = "surname";
            tagging->tags.items[covering].confidence = 0.85F;
            tagging->figures.items[figure].mention_count++;
            return QDX_OK;
        }
        return add_short(tagging, i, figure, ambiguous ? "surname-ambiguous" : "surname",
                         ambiguous ? 0.6F : 0.92F, error);
    }
    if (covered || covering != QDX_NONE || (t->classes & QDX_WORD_COMMON && t->flags & QDX_TOKEN_SENTENCE))
        return QDX_OK;
    if ((t->classes & QDX_WORD_GIVEN) && !is_capital_run(tagging, i + 1, count)) {
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
        (t->flags & QDX_TOKEN_UPPER))
        return QDX_OK;
    uint32_t entry;
    qdx_status status = listed_bearer(tagging, i, NULL, &entry, error);
    if (status != QDX_OK || entry == QDX_NONE)
        return status;
    uint32_t figure = qdx_figure_listed(tagging, entry);
    if (figure == QDX_NONE)
        return qdx_error_memory(error);
    return add_short(tagging, i, figure, "unique-surname", 0.7F, error);
}

/* --- acronyms ----------------------------------------------------------------------------- */

typedef struct acronym {
    uint64_t hash;
    uint32_t figure;
} acronym;

typedef QDX_VECTOR(acronym) acronym_list;

/* "Free Miners' Union (FMU)": the acronym in parentheses right after an organization. */
static bool collect_acronyms(const qdx_tagging *tagging, acronym_list *list)
{
    uint32_t count = (uint32_t)tagging->text->tokens.count;
    for (size_t i = 0; i < tagging->tags.count; i++) {
        const qdx_tag *tag = &tagging->tags.items[i];
        uint32_t open = tag->end;
        if (tagging->figures.items[tag->figure].entity.type != QDX_ENTITY_ORGANIZATION ||
            open + 2 >= count || at(tagging, open)->mark != QDX_MARK_OPEN ||
            at(tagging, open + 2)->mark != QDX_MARK_CLOSE)
            continue;
        const qdx_token *t = at(tagging, open + 1);
        acronym found = {t->hash, tag->figure};
        if (t->kind == QDX_TOKEN_WORD && (t->flags & QDX_TOKEN_UPPER) && t->end - t->start >= 2 &&
            !qdx_vector_push(list, found))
            return false;
    }
    return true;
}

static uint32_t find_acronym(const acronym_list *list, const qdx_token *token)
{
    if (!(token->flags & QDX_TOKEN_UPPER))
        return QDX_NONE;
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].hash == token->hash)
            return list->items[i].figure;
    return QDX_NONE;
}

qdx_status qdx_resolve_short_names(qdx_tagging *tagging, qdx_error *error)
{
    join_lone_surnames(tagging);
    acronym_list acronyms = {0};
    qdx_status status = collect_acronyms(tagging, &acronyms) ? QDX_OK : qdx_error_memory(error);
    uint32_t count = (uint32_t)tagging->text->tokens.count;
    uint32_t block = 0;
    for (uint32_t i = 0; i < count && status == QDX_OK; i++) {
        while (block + 1 < tagging->text->blocks.count && tagging->text->blocks.items[block].end <= i)
            block++;
        if (!qdx_name_shape_is_capital(tagging, i))
            continue;
        uint32_t figure = find_acronym(&acronyms, at(tagging, i));
        if (figure != QDX_NONE && qdx_tagging_tag_at(tagging, i) == QDX_NONE)
            status = add_short(tagging, i, figure, "acronym", 0.9F, error);
        else
            status = resolve_token(tagging, i, count, error);
        if (status == QDX_OK && qdx_tagging_tag_at(tagging, i) == QDX_NONE &&
            !tagging->shouting.items[block])
            status = resolve_unintroduced(tagging, i, error);
    }
    qdx_vector_release(&acronyms);
    return status;
}
