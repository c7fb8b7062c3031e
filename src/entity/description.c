/*
 * Reading descriptions: an office or people noun, a country before it or after "of". Resolving asks
 * the document first, since articles introduce whom they describe; then the lists, by date.
 */
#include "entity/description.h"

#include <string.h>

#include "entity/figure.h"
#include "gazetteer/tenure.h"

enum { REACH = 256 }; /* mentions looked at on either side of a description */

static const qdx_token *at(const qdx_tagging *tagging, uint32_t i)
{
    return qdx_tagging_token(tagging, i);
}

static void read_phrase(const qdx_tagging *tagging, const qdx_phrase_match *phrase, uint32_t length,
                        uint32_t *office_length, qdx_description *description)
{
    const qdx_gazetteer *gazetteer = tagging->gazetteer;
    if (phrase->kind == QDX_PHRASE_OFFICE && length > *office_length) {
        description->office = phrase->value;
        *office_length = length;
    }
    if (phrase->kind == QDX_PHRASE_DEMONYM &&
        qdx_store_demonym_place(gazetteer, phrase->value) != QDX_NONE)
        description->country =
            qdx_store_entity(gazetteer, qdx_store_demonym_place(gazetteer, phrase->value))->country;
    if (phrase->kind == QDX_PHRASE_NAME &&
        qdx_store_entity(gazetteer, phrase->value)->type == QDX_ENTITY_PLACE &&
        strcmp(qdx_store_entry(gazetteer, phrase->value)->kind, "country") == 0)
        description->country = qdx_store_entity(gazetteer, phrase->value)->country;
}

qdx_description qdx_description_read(const qdx_tagging *tagging, uint32_t first, uint32_t end)
{
    qdx_description description = {.office = QDX_NO_OFFICE, .country = ""};
    uint32_t office_length = 0;
    for (uint32_t i = first; i < end; i++) {
        const qdx_token *t = at(tagging, i);
        if (t->kind == QDX_TOKEN_MARK)
            continue;
        qdx_phrase_match matches[QDX_PHRASE_MATCHES];
        size_t n = qdx_phrases_match(tagging->gazetteer, tagging->text, i, end, matches);
        for (size_t k = 0; k < n; k++)
            read_phrase(tagging, &matches[k], matches[k].end - i, &office_length, &description);
        if (t->classes & QDX_WORD_ROLE) {
            const qdx_word *word = qdx_lexicon_word(&tagging->gazetteer->lexicon, t);
            description.role = t->word;
            description.plural = word->number == QDX_NUMBER_PLURAL;
            if (word->gender)
                description.gender = (qdx_gender)word->gender;
        }
    }
    return description;
}

/* "the minister" is the foreign minister of whom the article tells. */
static bool is_kind_of(const char *office, const char *asked)
{
    size_t n = strlen(office), m = strlen(asked);
    if (n == m)
        return strcmp(office, asked) == 0;
    return n > m && office[n - m - 1] == ' ' && strcmp(office + n - m, asked) == 0;
}

static bool figure_has_office(const qdx_tagging *tagging, const qdx_figure *figure,
                              const qdx_description *description)
{
    const qdx_gazetteer *gazetteer = tagging->gazetteer;
    const char *asked = qdx_store_office_name(gazetteer, description->office);
    for (uint8_t i = 0; i < figure->office_count; i++)
        if (is_kind_of(qdx_store_office_name(gazetteer, figure->offices[i]), asked) &&
            (!*description->country || !*figure->entity.country ||
             strcmp(figure->entity.country, description->country) == 0))
            return true;
    return qdx_figure_held(&figure->entity, asked, description->country, tagging->document->date);
}

static bool figure_has_role(const qdx_figure *figure, uint32_t role)
{
    for (uint8_t i = 0; i < figure->role_count; i++)
        if (figure->roles[i] == role)
            return true;
    return false;
}

static bool fits(const qdx_tagging *tagging, const qdx_figure *figure,
                 const qdx_description *description)
{
    if (figure->entity.type != QDX_ENTITY_PERSON || !figure->mention_count)
        return false;
    if (description->gender && figure->gender && description->gender != figure->gender)
        return false;
    if (description->office != QDX_NO_OFFICE)
        return figure_has_office(tagging, figure, description);
    return description->role && figure_has_role(figure, description->role);
}

/* The first tag at or after a token. */
static size_t tag_from(const qdx_tagging *tagging, uint32_t token)
{
    size_t low = 0, high = tagging->tags.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (tagging->tags.items[middle].first < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The fitting figure named nearest before `position`, else first after it; not too far away. */
static uint32_t nearest_fitting(const qdx_tagging *tagging, const qdx_description *description,
                                uint32_t position)
{
    size_t here = tag_from(tagging, position);
    size_t first = here > REACH ? here - REACH : 0;
    for (size_t i = here; i-- > first;)
        if (fits(tagging, &tagging->figures.items[tagging->tags.items[i].figure], description))
            return tagging->tags.items[i].figure;
    if (description->office == QDX_NO_OFFICE)
        return QDX_NONE;
    for (size_t i = here; i < tagging->tags.count && i < here + REACH; i++)
        if (fits(tagging, &tagging->figures.items[tagging->tags.items[i].figure], description))
            return tagging->tags.items[i].figure;
    return QDX_NONE;
}

/* The listed holder at the document's date; QDX_NONE without a date, a country, or a single one. */
static uint32_t listed_holder(const qdx_tagging *tagging, const qdx_description *description)
{
    if (description->office == QDX_NO_OFFICE || !*description->country ||
        !tagging->document->date.year)
        return QDX_NONE;
    const char *office = qdx_store_office_name(tagging->gazetteer, description->office);
    qdx_holder_walk walk = {.gazetteer = tagging->gazetteer, .office = description->office};
    uint32_t found = QDX_NONE, holder;
    while (qdx_tenure_next_holder(&walk, &holder)) {
        if (holder == found ||
            !qdx_figure_held(qdx_store_entity(tagging->gazetteer, holder), office,
                             description->country, tagging->document->date))
            continue;
        if (found != QDX_NONE)
            return QDX_NONE;
        found = holder;
    }
    return found;
}

qdx_status qdx_description_resolve(qdx_tagging *tagging, const qdx_description *description,
                                   uint32_t position, uint32_t *figure, qdx_error *error)
{
    *figure = QDX_NONE;
    if (description->plural || (description->office == QDX_NO_OFFICE && !description->role))
        return QDX_OK;
    *figure = nearest_fitting(tagging, description, position);
    if (*figure != QDX_NONE)
        return QDX_OK;
    uint32_t holder = listed_holder(tagging, description);
    if (holder == QDX_NONE)
        return QDX_OK;
    *figure = qdx_figure_listed(tagging, holder);
    return *figure == QDX_NONE ? qdx_error_memory(error) : QDX_OK;
}
