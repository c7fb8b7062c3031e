/*
 * Persons by parts of their names: everybody in whose name a word of the same sound occurs,
 * compared name by name with the one asked for.
 */
#include <string.h>

#include "base/error.h"
#include "index/form.h"
#include "index/words.h"
#include "query/resolution.h"
#include "text/name_mark.h"

const float qdx_relation_confidence[] = {
    [QDX_NAME_DIFFERENT] = 0,  [QDX_NAME_SURNAME] = 0.7f,      [QDX_NAME_INITIALS] = 0.8f,
    [QDX_NAME_SUBSET] = 0.85f, [QDX_NAME_ROMANIZATION] = 0.9f, [QDX_NAME_EXACT] = 0.99f,
};

/* Raises *best to the relation of the name asked for to this one. */
static void compare_name(qdx_resolution *r, const char *name, bool known_in_full,
                         qdx_name_relation *best)
{
    qdx_name_parts other;
    qdx_name_split(name, strlen(name), &r->other_words, &other);
    r->failed |= r->other_words.failed;
    /* A surname met in an article proves nothing about somebody whose full name we know. */
    if (other.count < 2 && known_in_full && r->parts.count > 1)
        return;
    qdx_name_relation relation = qdx_name_compare(&r->parts, &other);
    if (relation > QDX_NAME_SURNAME && r->parts.count == 1 && known_in_full)
        relation = QDX_NAME_SURNAME;
    if (relation > *best)
        *best = relation;
}

static qdx_status compare_entity(qdx_resolution *r, uint32_t entity, qdx_error *error)
{
    qdx_entity_row row;
    qdx_name_relation best = QDX_NAME_DIFFERENT;
    qdx_status status = qdx_entity_row_at(r->index, entity, &row, error);
    if (status != QDX_OK)
        return status;
    bool in_full = strchr(row.name, ' ') != NULL;
    compare_name(r, row.name, in_full, &best);
    for (uint64_t i = 0; i < row.alias_count; i++)
        compare_name(r, qdx_get_text(&row.aliases, NULL), in_full, &best);
    for (uint64_t i = 0; i < row.variant_count; i++) {
        compare_name(r, qdx_entity_variant_next(&row, NULL), in_full, &best);
    }
    qdx_bearer bearer = {.entity = entity,
                         .rule = qdx_name_relation_name(best),
                         .confidence = qdx_relation_confidence[best]};
    if (!r->failed && (best == QDX_NAME_DIFFERENT || qdx_resolution_add(r, bearer)))
        return QDX_OK;
    return qdx_error_memory(error);
}

/* Compares everybody in whose name a word of this sound occurs. */
static qdx_status compare_sound(qdx_resolution *r, const char *sound, qdx_error *error)
{
    qdx_table_reader reader;
    uint64_t entity;
    qdx_resolution_set_key(r, QDX_KEY_WORD, sound);
    qdx_status status = qdx_buffer_status(&r->key, error);
    if (status == QDX_OK && r->key.size < 2)
        return QDX_OK;
    if (status == QDX_OK)
        status = qdx_table_find(r->index, QDX_STORE_NAME,
                                qdx_table_key(r->key.bytes, r->key.size, false), &reader, error);
    while (status == QDX_OK && qdx_table_reader_next(&reader, &entity, NULL))
        status = compare_entity(r, (uint32_t)entity, error);
    if (status == QDX_OK && reader.values.failed)
        return qdx_store_broken(QDX_STORE_NAME, 0, error);
    return status == QDX_END ? QDX_OK : status;
}

/* Tavrashin is asked for as written, Tavrašin with and without the sound of its mark. */
static qdx_status compare_word(qdx_resolution *r, size_t word, qdx_error *error)
{
    const char *romanized = r->parts.words[word].romanized, *marked = r->parts.words[word].marked;
    qdx_status status = compare_sound(r, romanized, error);
    if (status == QDX_OK && marked != romanized)
        status = compare_sound(r, marked, error);
    if (status != QDX_OK)
        return status;
    qdx_buffer plain = {0};
    qdx_name_drop_marks(romanized, &plain);
    qdx_buffer_append(&plain, "", 1);
    status = qdx_buffer_status(&plain, error);
    if (status == QDX_OK && strcmp(plain.bytes, romanized) != 0)
        status = compare_sound(r, plain.bytes, error);
    qdx_buffer_release(&plain);
    return status;
}

qdx_status qdx_resolve_persons(qdx_resolution *r, qdx_error *error)
{
    qdx_status status = QDX_OK;
    size_t before = r->bearers->count;
    for (size_t i = r->parts.surname; i < r->parts.count && status == QDX_OK; i++)
        if (!r->parts.words[i].initial)
            status = compare_word(r, i, error);
    if (status == QDX_OK && r->bearers->count == before && r->parts.surname > 0 &&
        !r->parts.words[0].initial)
        status = compare_word(r, 0, error);
    return status;
}
