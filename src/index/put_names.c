/*
 * Writes the dictionary of names: every key under which an entity can be asked for, sorted. What
 * the kinds of keys are for is said in format.h.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/collection.h"
#include "index/words.h"
#include "text/name_key.h"

enum { KNOWN_NAMES = 8 }; /* of a person, against which spellings are held */

/* A key and whom it names; dates only for offices. */
typedef struct name_entry {
    uint64_t prefix; /* of the key: its first bytes as a number, which decides
                        most comparisons */
    const char *key;
    uint32_t size, entity, from, to;
} name_entry;

typedef struct name_table {
    qdx_arena arena;
    qdx_buffer scratch, words, known_words[KNOWN_NAMES];
    qdx_name_parts known[KNOWN_NAMES]; /* of the person whose spellings are added */
    QDX_VECTOR(name_entry) list;
    bool failed;
} name_table;

/* Does the key in scratch say the same as the one before it, but for its kind?
 */
static bool is_known(const name_table *table)
{
    const name_entry *last = table->list.count ? &table->list.items[table->list.count - 1] : NULL;
    return last && !table->scratch.failed && last->key[0] == QDX_KEY_FOLDED &&
           last->size == table->scratch.size &&
           memcmp(last->key + 1, table->scratch.bytes + 1, last->size - 1) == 0;
}

/* Adds what stands in scratch. */
static void add_key(name_table *table, uint32_t entity, uint32_t from, uint32_t to)
{
    table->failed |= table->scratch.failed;
    if (table->failed || table->scratch.size < 2)
        return;
    name_entry entry = {qdx_bytes_prefix(table->scratch.bytes, table->scratch.size),
                        qdx_arena_copy(&table->arena, table->scratch.bytes, table->scratch.size),
                        (uint32_t)table->scratch.size,
                        entity,
                        from,
                        to};
    if (!entry.key || !qdx_vector_push(&table->list, entry))
        table->failed = true;
}

static void add_text(name_table *table, char kind, const char *text, uint32_t entity)
{
    qdx_buffer_clear(&table->scratch);
    qdx_buffer_byte(&table->scratch, kind);
    qdx_buffer_text(&table->scratch, text);
    add_key(table, entity, 0, 0);
}

/* The whole name romanized, where that makes a difference; for persons each
 * word of it instead. */
static void add_romanized(name_table *table, const char *name, size_t size, bool person,
                          uint32_t entity)
{
    qdx_name_parts parts;
    qdx_name_split(name, size, &table->words, &parts);
    table->failed |= table->words.failed;
    if (table->failed)
        return;
    if (person) {
        for (size_t i = 0; i < parts.count; i++)
            if (!parts.words[i].initial)
                add_text(table, QDX_KEY_WORD, parts.words[i].romanized, entity);
        return;
    }
    qdx_buffer_clear(&table->scratch);
    qdx_buffer_byte(&table->scratch, QDX_KEY_ROMANIZED);
    for (size_t i = 0; i < parts.count; i++) {
        if (i)
            qdx_buffer_byte(&table->scratch, ' ');
        qdx_buffer_text(&table->scratch, parts.words[i].romanized);
    }
    if (!is_known(table))
        add_key(table, entity, 0, 0);
}

/*
 * A name in full. A single word met in the text says little of a person: it is found as a word, so
 * that a surname leads to all its bearers.
 */
static void add_name(name_table *table, const char *name, size_t size, bool whole, bool person,
                     uint32_t entity)
{
    if (whole) {
        qdx_buffer_clear(&table->scratch);
        qdx_buffer_byte(&table->scratch, QDX_KEY_FOLDED);
        qdx_index_name_key(name, size, &table->scratch);
        add_key(table, entity, 0, 0);
    }
    add_romanized(table, name, size, person, entity);
}

static void add_offices(name_table *table, const qdx_collected_entity *entity, uint32_t number)
{
    for (size_t i = 0; i < entity->tenures.count; i++) {
        const qdx_form_tenure *tenure = &entity->tenures.items[i];
        qdx_cursor phrases = tenure->phrases;
        for (uint64_t k = 0; k < tenure->phrase_count; k++) {
            size_t size;
            const char *phrase = qdx_get_text(&phrases, &size);
            qdx_buffer_clear(&table->scratch);
            qdx_buffer_byte(&table->scratch, QDX_KEY_OFFICE);
            qdx_index_name_key(phrase, size, &table->scratch);
            add_key(table, number, tenure->from, tenure->to);
        }
    }
}

static bool parts_share_word(const qdx_name_parts *a, const qdx_name_parts *b)
{
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < b->count; k++)
            if (!a->words[i].initial && strcmp(a->words[i].romanized, b->words[k].romanized) == 0)
                return true;
    return false;
}

/* Takes apart the names and aliases of a person, as many as there is room for.
 */
static size_t split_known(name_table *table, const qdx_collected_entity *entity)
{
    size_t count = 0;
    for (size_t i = 0; i <= entity->aliases.count && count < KNOWN_NAMES; i++) {
        const char *name = i ? entity->aliases.items[i - 1] : entity->name;
        qdx_name_split(name, strlen(name), &table->known_words[count], &table->known[count]);
        table->failed |= table->known_words[count++].failed;
    }
    return count;
}

/* Is the spelling a form of the person's name, and not a description such as an
 * office? */
static bool is_name_of(name_table *table, const qdx_variant *variant, size_t known)
{
    qdx_name_parts written;
    bool shared = false;
    qdx_name_split(variant->text, variant->size, &table->words, &written);
    table->failed |= table->words.failed;
    for (size_t i = 0; i < known && !shared && !table->failed; i++)
        shared = parts_share_word(&written, &table->known[i]);
    return shared;
}

static bool is_listed_name(const qdx_collected_entity *entity, const qdx_variant *variant)
{
    if (strcmp(variant->text, entity->name) == 0)
        return true;
    for (size_t i = 0; i < entity->aliases.count; i++)
        if (strcmp(variant->text, entity->aliases.items[i]) == 0)
            return true;
    return false;
}

static void add_variants(name_table *table, const qdx_collected_entity *entity, uint32_t number)
{
    bool person = entity->type == QDX_ENTITY_PERSON;
    size_t known = 0;
    for (size_t i = 0; i < entity->variants.count; i++) {
        const qdx_variant *variant = &entity->variants.items[i];
        bool whole = !person || memchr(variant->text, ' ', variant->size);
        if (is_listed_name(entity, variant))
            continue;
        if (person && whole && !known)
            known = split_known(table, entity);
        if (!person || !whole || is_name_of(table, variant, known))
            add_name(table, variant->text, variant->size, whole, person, number);
    }
}

static void add_entity(name_table *table, const qdx_collected_entity *entity, uint32_t number)
{
    bool person = entity->type == QDX_ENTITY_PERSON;
    add_text(table, QDX_KEY_ID, entity->id, number);
    add_name(table, entity->name, strlen(entity->name), true, person, number);
    for (size_t i = 0; i < entity->aliases.count; i++)
        add_name(table, entity->aliases.items[i], strlen(entity->aliases.items[i]), true, person,
                 number);
    add_variants(table, entity, number);
    add_offices(table, entity, number);
}

static int compare_keys(const name_entry *x, const name_entry *y)
{
    if (x->prefix != y->prefix)
        return x->prefix < y->prefix ? -1 : 1;
    int order = memcmp(x->key, y->key, x->size < y->size ? x->size : y->size);
    return order ? order : (x->size > y->size) - (x->size < y->size);
}

static int compare_entries(const void *a, const void *b)
{
    const name_entry *x = a, *y = b;
    int order = compare_keys(x, y);
    if (order)
        return order;
    if (x->entity != y->entity)
        return x->entity < y->entity ? -1 : 1;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

/* The entries of one key: entities in steps, dates after each where the key is an office. */
static void put_entries(const name_entry *entries, size_t count, qdx_buffer *out)
{
    uint32_t last = 0;
    size_t distinct = 0;
    qdx_buffer_clear(out);
    for (size_t i = 0; i < count; i++)
        distinct += i == 0 || compare_entries(&entries[i - 1], &entries[i]) != 0;
    qdx_buffer_varint(out, distinct);
    for (size_t i = 0; i < count; i++) {
        if (i && compare_entries(&entries[i - 1], &entries[i]) == 0)
            continue;
        qdx_buffer_varint(out, entries[i].entity - last);
        last = entries[i].entity;
        if (entries[i].key[0] == QDX_KEY_OFFICE) {
            qdx_buffer_varint(out, entries[i].from);
            qdx_buffer_varint(out, entries[i].to);
        }
    }
}

static void put_table(name_table *table, qdx_image *image)
{
    qdx_dictionary_builder builder = {.image = image, .store = QDX_STORE_NAME};
    name_entry *entries = table->list.items;
    if (table->list.count)
        qsort(entries, table->list.count, sizeof *entries, compare_entries);
    for (size_t i = 0, next; i < table->list.count; i = next) {
        for (next = i + 1; next < table->list.count; next++)
            if (compare_keys(&entries[i], &entries[next]) != 0)
                break;
        put_entries(&entries[i], next - i, &table->scratch);
        qdx_dictionary_add(&builder, entries[i].key, entries[i].size, &table->scratch);
    }
    qdx_dictionary_finish(&builder);
}

qdx_status qdx_collection_put_names(const qdx_collection *collection, qdx_image *image,
                                    qdx_error *error)
{
    name_table table = {0};
    for (uint32_t i = 0; i < collection->entities.count; i++)
        add_entity(&table, &collection->entities.items[i], i);
    bool failed = table.failed;
    if (!failed)
        put_table(&table, image);
    qdx_arena_release(&table.arena);
    qdx_buffer_release(&table.scratch);
    qdx_buffer_release(&table.words);
    for (size_t i = 0; i < KNOWN_NAMES; i++)
        qdx_buffer_release(&table.known_words[i]);
    qdx_vector_release(&table.list);
    return failed ? qdx_error_memory(error) : qdx_image_status(image, error);
}
