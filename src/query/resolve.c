/*
 * Name resolution in order of certainty: id; whole name, folded; office; whole name, romanized;
 * persons who share a romanized surname and whose names agree with the one asked for.
 */
#include "query/resolution.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/decisions.h"
#include "index/form.h"
#include "index/words.h"
#include "query/typed_name.h"

static const float CONFIDENCE_SURE = 1.0f, CONFIDENCE_ALIAS = 0.99f, CONFIDENCE_OFFICE = 0.9f,
                   CONFIDENCE_BARE_OFFICE = 0.7f;

bool qdx_bearer_serves(const qdx_bearer *bearer, uint32_t date, bool only)
{
    if (!bearer->office)
        return true;
    if (!date)
        return only || !bearer->to;
    return (!bearer->from || qdx_date_ceiling(date) >= bearer->from) &&
           (!bearer->to || date <= qdx_date_ceiling(bearer->to));
}

bool qdx_resolution_add(qdx_resolution *r, qdx_bearer bearer)
{
    for (size_t i = r->first; i < r->bearers->count; i++) {
        qdx_bearer *old = &r->bearers->items[i];
        if (old->entity != bearer.entity || old->office || bearer.office)
            continue;
        if (old->confidence < bearer.confidence)
            *old = bearer;
        return true;
    }
    return qdx_vector_push(r->bearers, bearer);
}

void qdx_resolution_set_key(qdx_resolution *r, char kind, const char *text)
{
    qdx_buffer_clear(&r->key);
    qdx_buffer_byte(&r->key, kind);
    qdx_buffer_text(&r->key, text);
}

static bool key_is(const qdx_resolution *r, const char *name, qdx_buffer *key)
{
    qdx_buffer_clear(key);
    qdx_index_name_key(name, strlen(name), key);
    return key->size + 1 == r->key.size && memcmp(key->bytes, r->key.bytes + 1, key->size) == 0;
}

/* How the entity bears the whole name in r->key: as its own, or another; NULL when it does not,
 * which another key with the same hash has. */
static qdx_status find_whole(const qdx_resolution *r, uint32_t entity, const char **rule,
                             qdx_error *error)
{
    qdx_entity_row row;
    qdx_buffer key = {0};
    *rule = NULL;
    qdx_status status = qdx_entity_row_at(r->index, entity, &row, error);
    if (status != QDX_OK)
        return status;
    if (key_is(r, row.name, &key))
        *rule = "exact";
    for (uint64_t i = 0; i < row.alias_count && !*rule; i++)
        if (key_is(r, qdx_get_text(&row.aliases, NULL), &key))
            *rule = "alias";
    for (uint64_t i = 0; i < row.variant_count && !*rule; i++)
        if (key_is(r, qdx_entity_variant_next(&row, NULL), &key))
            *rule = "alias";
    status = qdx_buffer_status(&key, error);
    qdx_buffer_release(&key);
    return status;
}

/* When the entity held the office that a key names. */
static qdx_status find_term(const qdx_resolution *r, uint64_t number, qdx_bearer *bearer,
                            qdx_error *error)
{
    qdx_entity_row row;
    qdx_form_tenure tenure = {0};
    qdx_status status = qdx_entity_row_at(r->index, bearer->entity, &row, error);
    if (status != QDX_OK)
        return status;
    if (number >= row.tenure_count)
        return qdx_store_broken(QDX_STORE_NAME, bearer->entity, error);
    for (uint64_t i = 0; i <= number; i++)
        qdx_entity_tenure_next(&row, &tenure);
    bearer->office = true;
    bearer->from = tenure.from;
    bearer->to = tenure.to;
    return QDX_OK;
}

/* Adds everybody who stands under r->key; without a rule it is their name or an alias. */
static qdx_status add_key(qdx_resolution *r, const char *rule, float confidence, qdx_error *error)
{
    qdx_table_reader reader;
    uint64_t entity, tenure;
    qdx_status status = qdx_buffer_status(&r->key, error);
    if (status != QDX_OK || r->key.size < 2)
        return status;
    bool office = r->key.bytes[0] == QDX_KEY_OFFICE;
    status = qdx_table_find(r->index, QDX_STORE_NAME,
                            qdx_table_key(r->key.bytes, r->key.size, office), &reader, error);
    while (status == QDX_OK && qdx_table_reader_next(&reader, &entity, &tenure)) {
        const char *whole = rule;
        qdx_bearer bearer = {.entity = (uint32_t)entity, .rule = rule, .confidence = confidence};
        if (office)
            status = find_term(r, tenure, &bearer, error);
        else if (r->key.bytes[0] == QDX_KEY_FOLDED)
            status = find_whole(r, bearer.entity, &whole, error);
        if (status != QDX_OK || !whole)
            continue;
        if (!rule) {
            bearer.rule = whole;
            bearer.confidence = strcmp(whole, "exact") == 0 ? CONFIDENCE_SURE : CONFIDENCE_ALIAS;
        }
        if (!qdx_resolution_add(r, bearer))
            return qdx_error_memory(error);
    }
    if (status == QDX_OK && reader.values.failed)
        return qdx_store_broken(QDX_STORE_NAME, 0, error);
    return status == QDX_END ? QDX_OK : status;
}

/* Adds the entities with this id, one of each type. */
static qdx_status add_id(qdx_resolution *r, const char *id, qdx_error *error)
{
    uint64_t number;
    qdx_status status = *id ? qdx_entity_find(r->index, id, 0, &number, error) : QDX_END;
    while (status == QDX_OK) {
        qdx_entity_row row;
        qdx_bearer bearer = {
            .entity = (uint32_t)number, .rule = "id", .confidence = CONFIDENCE_SURE};
        status = qdx_entity_row_at(r->index, number, &row, error);
        if (status != QDX_OK || !qdx_resolution_add(r, bearer))
            return status != QDX_OK ? status : qdx_error_memory(error);
        status = qdx_entity_find(r->index, id, row.type + 1u, &number, error);
    }
    return status == QDX_END ? QDX_OK : status;
}

static int compare_bearers(const void *a, const void *b)
{
    const qdx_bearer *x = a, *y = b;
    if (x->confidence < y->confidence || x->confidence > y->confidence)
        return x->confidence > y->confidence ? -1 : 1;
    if (x->entity != y->entity)
        return x->entity < y->entity ? -1 : 1;
    return (x->from > y->from) - (x->from < y->from);
}

/* Of a full name's matches the best kind stays: whole, else parts of the name, else surnames. */
static void keep_best(qdx_resolution *r)
{
    size_t count = r->bearers->count - r->first, kept = 0;
    if (count == 0)
        return;
    qdx_bearer *items = r->bearers->items + r->first;
    qsort(items, count, sizeof *items, compare_bearers);
    float best = items[0].confidence, surname = qdx_relation_confidence[QDX_NAME_SURNAME];
    float least = best >= QDX_WHOLE_NAME ? QDX_WHOLE_NAME
                  : best > surname       ? qdx_relation_confidence[QDX_NAME_INITIALS]
                                         : 0;
    if (r->parts.count < 2)
        least = 0;
    while (kept < count && items[kept].confidence >= least)
        kept++;
    r->bearers->count = r->first + kept;
}

static void set_romanized_key(qdx_resolution *r)
{
    qdx_resolution_set_key(r, QDX_KEY_ROMANIZED, "");
    for (size_t i = 0; i < r->parts.count; i++) {
        if (i)
            qdx_buffer_byte(&r->key, ' ');
        qdx_buffer_text(&r->key, r->parts.words[i].romanized);
    }
}

/* By the whole name, and as an office. */
static qdx_status resolve_whole(qdx_resolution *r, const char *name, qdx_error *error)
{
    qdx_resolution_set_key(r, QDX_KEY_FOLDED, "");
    qdx_index_name_key(name, strlen(name), &r->key);
    qdx_status status = add_key(r, NULL, CONFIDENCE_SURE, error);
    if (status == QDX_OK && r->key.size) {
        r->key.bytes[0] = QDX_KEY_OFFICE;
        status = add_key(r, "office", CONFIDENCE_OFFICE, error);
    }
    return status;
}

/* By spellings and parts of the name. */
static qdx_status resolve_parts(qdx_resolution *r, const char *name, qdx_error *error)
{
    qdx_name_split(name, strlen(name), &r->words, &r->parts);
    qdx_status status = qdx_buffer_status(&r->words, error);
    if (status != QDX_OK || r->parts.count == 0)
        return status;
    set_romanized_key(r);
    status = add_key(r, "romanization", qdx_relation_confidence[QDX_NAME_ROMANIZATION], error);
    if (status == QDX_OK && r->key.size) {
        r->key.bytes[0] = QDX_KEY_FOLDED; /* names that are no different when romanized */
        status = add_key(r, "romanization", qdx_relation_confidence[QDX_NAME_ROMANIZATION], error);
    }
    return status == QDX_OK ? qdx_resolve_persons(r, error) : status;
}

/* In order of certainty, with titles before the name passed over as long as nobody is found. */
static qdx_status resolve_name(qdx_resolution *r, const char *name, qdx_error *error)
{
    qdx_status status = add_id(r, name, error);
    if (status != QDX_OK || r->bearers->count > r->first)
        return status;
    const char *rest = name;
    do {
        name = rest;
        status = resolve_whole(r, name, error);
        rest = qdx_typed_after_title(name);
    } while (rest && status == QDX_OK && r->bearers->count == r->first);
    return status == QDX_OK ? resolve_parts(r, name, error) : status;
}

/* Other ways to read a name that nobody bears as it stands. */
static qdx_status resolve_reread(qdx_resolution *r, const char *name, qdx_error *error)
{
    qdx_buffer other = {0};
    size_t size = qdx_typed_possessive(name);
    qdx_status status = QDX_OK;
    if (size)
        qdx_buffer_append(&other, name, size);
    else if (!strchr(name, ',') && (size = qdx_typed_initials(name)) > 0) {
        qdx_buffer_append(&other, name, size);
        qdx_buffer_byte(&other, ',');
        qdx_buffer_text(&other, name + size);
    }
    if (size) {
        status = qdx_buffer_status(&other, error);
        if (status == QDX_OK)
            status = resolve_name(r, other.bytes, error);
    }
    qdx_buffer_release(&other);
    return status;
}

/* Adds an entity for each of its terms in the office of which r->key is the bare name. */
static qdx_status add_terms(qdx_resolution *r, uint32_t entity, qdx_buffer *key, qdx_error *error)
{
    qdx_entity_row row;
    qdx_form_tenure tenure;
    qdx_status status = qdx_entity_row_at(r->index, entity, &row, error);
    for (uint64_t i = 0; status == QDX_OK && i < row.tenure_count; i++) {
        qdx_entity_tenure_next(&row, &tenure);
        qdx_bearer bearer = {.entity = entity,
                             .rule = "office",
                             .confidence = CONFIDENCE_BARE_OFFICE,
                             .office = true,
                             .from = tenure.from,
                             .to = tenure.to};
        if (key_is(r, tenure.office, key) && !qdx_resolution_add(r, bearer))
            status = qdx_error_memory(error);
    }
    return status;
}

/* "Foreign minister": whoever held such an office anywhere. Looks at every entity, so it is asked
 * last. */
static qdx_status resolve_bare_office(qdx_resolution *r, const char *name, qdx_error *error)
{
    qdx_buffer key = {0};
    uint64_t count = qdx_store_count(r->index, QDX_STORE_ENTITY);
    qdx_resolution_set_key(r, QDX_KEY_FOLDED, "");
    qdx_index_name_key(name, strlen(name), &r->key);
    qdx_status status = qdx_buffer_status(&r->key, error);
    for (uint64_t i = 0; i < count && status == QDX_OK; i++)
        status = add_terms(r, (uint32_t)i, &key, error);
    if (status == QDX_OK)
        status = qdx_buffer_status(&key, error);
    qdx_buffer_release(&key);
    return status;
}

/* By closeness, titles and a possessive ending passed over. */
static qdx_status resolve_spelling(qdx_resolution *r, const char *name, qdx_error *error)
{
    qdx_buffer bare = {0};
    for (const char *rest = name; rest; rest = qdx_typed_after_title(rest))
        name = rest;
    size_t size = qdx_typed_possessive(name);
    qdx_buffer_append(&bare, name, size ? size : strlen(name));
    qdx_status status = qdx_buffer_status(&bare, error);
    if (status == QDX_OK)
        status = qdx_name_resolve_close(r->index, bare.bytes, r->bearers, error);
    qdx_buffer_release(&bare);
    return status;
}

/* Entities that a person said are one are meant together, by what they stand for. */
static qdx_status add_decided(qdx_resolution *r, qdx_error *error)
{
    const qdx_decisions *decisions = qdx_index_decisions(r->index);
    size_t count = r->bearers->count;
    for (size_t i = r->first; decisions && decisions->same && i < count; i++) {
        uint32_t one = qdx_decided_entity(r->index, r->bearers->items[i].entity);
        r->bearers->items[i].entity = one;
        for (size_t k = 0; k < 2 * decisions->pair_count; k++) {
            const qdx_decided_pair *pair = &decisions->pairs[k / 2];
            qdx_bearer other = r->bearers->items[i];
            other.entity = k % 2 ? pair->entity : pair->other;
            if (other.entity != one && qdx_decided_entity(r->index, other.entity) == one &&
                !qdx_resolution_add(r, other))
                return qdx_error_memory(error);
        }
    }
    return QDX_OK;
}

qdx_status qdx_name_resolve(const qdx_index *index, const char *name, qdx_bearer_list *bearers,
                            qdx_error *error)
{
    qdx_resolution r = {.index = index, .bearers = bearers, .first = bearers->count};
    qdx_status status = resolve_name(&r, name, error);
    if (status == QDX_OK && bearers->count == r.first)
        status = resolve_reread(&r, name, error);
    if (status == QDX_OK)
        keep_best(&r);
    if (status == QDX_OK && bearers->count == r.first)
        status = resolve_bare_office(&r, name, error);
    if (status == QDX_OK && bearers->count == r.first)
        status = resolve_spelling(&r, name, error);
    if (status == QDX_OK)
        status = add_decided(&r, error);
    qdx_buffer_release(&r.key);
    qdx_buffer_release(&r.words);
    qdx_buffer_release(&r.other_words);
    return status;
}
