/*
 * Writes the dictionary of names: every key under which an entity can be asked for, sorted. What
 * the kinds of keys are for is said in format.h.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/collection.h"
#include "index/name_words.h"
#include "index/sort.h"
#include "index/words.h"

enum { KNOWN_NAMES = 8 }; /* of a person, against which spellings are held */

/* A key without its kind, and whom it names; dates only for offices. */
typedef struct name_entry {
    const char *key;
    uint32_t size, entity, from, to;
    char kind;
} name_entry;

typedef struct name_table {
    qdx_arena arena;
    qdx_buffer scratch, payload;
    qdx_name_words words;
    qdx_name_sounds known[KNOWN_NAMES]; /* of the person whose spellings are added */
    QDX_VECTOR(name_entry) list;        /* all keys but those of words */
    qdx_pair_list persons;              /* word, person */
    bool failed;
} name_table;

static void add_entry(name_table *table, name_entry entry)
{
    if (!table->failed && entry.size && !qdx_vector_push(&table->list, entry))
        table->failed = true;
}

/* Adds what stands in scratch. */
static void add_scratch(name_table *table, char kind, uint32_t entity, uint32_t from, uint32_t to)
{
    const qdx_buffer *key = &table->scratch;
    table->failed |= key->failed;
    if (table->failed || !key->size)
        return;
    const char *copy = qdx_arena_copy(&table->arena, key->bytes, key->size);
    table->failed |= !copy;
    add_entry(table, (name_entry){copy, (uint32_t)key->size, entity, from, to, kind});
}

/* Does scratch say the same as the whole name before it? */
static bool is_known(const name_table *table)
{
    const name_entry *last = table->list.count ? &table->list.items[table->list.count - 1] : NULL;
    return last && !table->scratch.failed && last->kind == QDX_KEY_FOLDED &&
           last->size == table->scratch.size &&
           memcmp(last->key, table->scratch.bytes, last->size) == 0;
}

/* Each word of a person's name as it sounds. */
static void add_words(name_table *table, const qdx_name_sounds *sounds, uint32_t entity)
{
    for (size_t i = 0; i < sounds->count && !table->failed; i++) {
        qdx_pair pair = {sounds->words[i].sound, entity};
        if (!sounds->words[i].initial && !qdx_vector_push(&table->persons, pair))
            table->failed = true;
    }
}

/* The whole name romanized, where that makes a difference; for persons each
 * word of it instead. */
static void add_romanized(name_table *table, const char *name, size_t size, bool person,
                          uint32_t entity)
{
    qdx_name_sounds sounds;
    if (!table->failed && !qdx_name_words_split(&table->words, name, size, &sounds))
        table->failed = true;
    if (table->failed)
        return;
    if (person) {
        add_words(table, &sounds, entity);
        return;
    }
    qdx_buffer_clear(&table->scratch);
    for (size_t i = 0; i < sounds.count; i++) {
        const qdx_interned *word = &table->words.sounds.items[sounds.words[i].sound];
        if (i)
            qdx_buffer_byte(&table->scratch, ' ');
        qdx_buffer_append(&table->scratch, word->bytes, word->size);
    }
    if (!is_known(table))
        add_scratch(table, QDX_KEY_ROMANIZED, entity, 0, 0);
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
        qdx_index_name_key(name, size, &table->scratch);
        add_scratch(table, QDX_KEY_FOLDED, entity, 0, 0);
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
            qdx_index_name_key(phrase, size, &table->scratch);
            add_scratch(table, QDX_KEY_OFFICE, number, tenure->from, tenure->to);
        }
    }
}

static bool share_word(const qdx_name_sounds *a, const qdx_name_sounds *b)
{
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < b->count; k++)
            if (!a->words[i].initial && a->words[i].sound == b->words[k].sound)
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
        table->failed |=
            !qdx_name_words_split(&table->words, name, strlen(name), &table->known[count++]);
    }
    return count;
}

/* Is the spelling a form of the person's name, and not a description such as an
 * office? */
static bool is_name_of(name_table *table, const qdx_variant *variant, size_t known)
{
    qdx_name_sounds written;
    bool shared = false;
    table->failed |= !qdx_name_words_split(&table->words, variant->text, variant->size, &written);
    for (size_t i = 0; i < known && !shared && !table->failed; i++)
        shared = share_word(&written, &table->known[i]);
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
    uint32_t id_size = (uint32_t)strlen(entity->id);
    add_entry(table, (name_entry){entity->id, id_size, number, 0, 0, QDX_KEY_ID});
    add_entry(table, (name_entry){entity->key, entity->key_size, number, 0, 0, QDX_KEY_FOLDED});
    add_romanized(table, entity->name, strlen(entity->name), person, number);
    for (size_t i = 0; i < entity->aliases.count; i++)
        add_name(table, entity->aliases.items[i], strlen(entity->aliases.items[i]), true, person,
                 number);
    add_variants(table, entity, number);
    add_offices(table, entity, number);
}

/* Same kind, which the callers see to. */
static int compare_keys(const name_entry *x, const name_entry *y)
{
    int order = memcmp(x->key, y->key, x->size < y->size ? x->size : y->size);
    return order ? order : (x->size > y->size) - (x->size < y->size);
}

static int compare_entries(const name_entry *x, const name_entry *y)
{
    int order = compare_keys(x, y);
    if (order)
        return order;
    if (x->entity != y->entity)
        return x->entity < y->entity ? -1 : 1;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

static int compare_items(const void *a, const void *b, void *context)
{
    const name_entry *entries = context;
    return compare_entries(&entries[((const qdx_sort_item *)a)->number],
                           &entries[((const qdx_sort_item *)b)->number]);
}

/* Writes a key of the dictionary with what stands in `payload`. */
static void put_key(name_table *table, char kind, const char *key, size_t size,
                    qdx_dictionary_builder *builder)
{
    qdx_buffer_clear(&table->scratch);
    qdx_buffer_byte(&table->scratch, kind);
    qdx_buffer_append(&table->scratch, key, size);
    table->failed |= table->scratch.failed;
    if (!table->failed)
        qdx_dictionary_add(builder, table->scratch.bytes, table->scratch.size, &table->payload);
}

/* The entries of one key: entities in steps, dates after each where the key is an office. */
static void put_entries(const name_entry *entries, const qdx_sort_item *items, size_t count,
                        qdx_buffer *out)
{
    uint32_t last = 0;
    size_t distinct = 0;
    qdx_buffer_clear(out);
    for (size_t i = 0; i < count; i++)
        distinct += i == 0 || compare_items(&items[i - 1], &items[i], (void *)entries) != 0;
    qdx_buffer_varint(out, distinct);
    for (size_t i = 0; i < count; i++) {
        const name_entry *entry = &entries[items[i].number];
        if (i && compare_items(&items[i - 1], &items[i], (void *)entries) == 0)
            continue;
        qdx_buffer_varint(out, entry->entity - last);
        last = entry->entity;
        if (entry->kind == QDX_KEY_OFFICE) {
            qdx_buffer_varint(out, entry->from);
            qdx_buffer_varint(out, entry->to);
        }
    }
}

static void put_list(name_table *table, qdx_dictionary_builder *builder)
{
    name_entry *entries = table->list.items;
    size_t count = table->list.count;
    qdx_sort_item *items = malloc((count + 1) * sizeof *items);
    table->failed |= !items;
    for (uint32_t i = 0; !table->failed && i < count; i++) {
        uint64_t kind = (unsigned char)entries[i].kind;
        items[i] =
            (qdx_sort_item){kind << 56 | qdx_bytes_prefix(entries[i].key, entries[i].size) >> 8, i};
    }
    if (!table->failed && !qdx_sort_items_by(items, count, compare_items, entries))
        table->failed = true;
    for (size_t i = 0, next; !table->failed && i < count; i = next) {
        const name_entry *entry = &entries[items[i].number];
        for (next = i + 1; next < count && items[next].key == items[i].key; next++)
            if (compare_keys(entry, &entries[items[next].number]) != 0)
                break;
        put_entries(entries, &items[i], next - i, &table->payload);
        put_key(table, entry->kind, entry->key, entry->size, builder);
    }
    free(items);
}

/* The persons who have one word, from *at on. */
static void put_persons(const qdx_pair_list *persons, size_t begin, size_t end, qdx_buffer *out)
{
    uint32_t last = 0;
    qdx_buffer_clear(out);
    qdx_buffer_varint(out, end - begin);
    for (size_t i = begin; i < end; i++) {
        qdx_buffer_varint(out, persons->items[i].value - last);
        last = persons->items[i].value;
    }
}

/* Where the pairs of each word begin; NULL without memory. */
static size_t *find_begins(const qdx_pair_list *persons, size_t words)
{
    size_t *begins = calloc(words + 1, sizeof *begins);
    for (size_t i = 0; begins && i < persons->count; i++)
        begins[persons->items[i].key + 1]++;
    for (size_t i = 0; begins && i < words; i++)
        begins[i + 1] += begins[i];
    return begins;
}

static int compare_sounds(const void *a, const void *b, void *context)
{
    const qdx_interned *sounds = context;
    const qdx_interned *x = &sounds[((const qdx_sort_item *)a)->number];
    const qdx_interned *y = &sounds[((const qdx_sort_item *)b)->number];
    int order = memcmp(x->bytes, y->bytes, x->size < y->size ? x->size : y->size);
    return order ? order : (x->size > y->size) - (x->size < y->size);
}

/* The last kind of keys: words of persons' names. */
static void put_sounds(name_table *table, qdx_dictionary_builder *builder)
{
    const qdx_intern *sounds = &table->words.sounds;
    qdx_sort_item *items = calloc((size_t)sounds->count + 1, sizeof *items);
    size_t *begins = NULL;
    table->failed = table->failed || !items || !qdx_pairs_group(&table->persons, sounds->count) ||
                    !(begins = find_begins(&table->persons, sounds->count));
    for (uint32_t i = 0; !table->failed && i < sounds->count; i++)
        items[i] =
            (qdx_sort_item){qdx_bytes_prefix(sounds->items[i].bytes, sounds->items[i].size), i};
    if (!table->failed && !qdx_sort_items_by(items, sounds->count, compare_sounds, sounds->items))
        table->failed = true;
    for (uint32_t i = 0; !table->failed && i < sounds->count; i++) {
        uint32_t word = items[i].number;
        if (begins[word] == begins[word + 1] || !sounds->items[word].size)
            continue;
        put_persons(&table->persons, begins[word], begins[word + 1], &table->payload);
        put_key(table, QDX_KEY_WORD, sounds->items[word].bytes, sounds->items[word].size, builder);
    }
    free(items);
    free(begins);
}

qdx_status qdx_collection_put_names(const qdx_collection *collection, qdx_image *image,
                                    qdx_error *error)
{
    name_table table = {0};
    qdx_dictionary_builder builder = {.image = image, .store = QDX_STORE_NAME};
    qdx_name_words_init(&table.words);
    for (uint32_t i = 0; i < collection->entities.count; i++)
        add_entity(&table, &collection->entities.items[i], i);
    put_list(&table, &builder);
    put_sounds(&table, &builder);
    qdx_dictionary_finish(&builder);
    qdx_arena_release(&table.arena);
    qdx_buffer_release(&table.scratch);
    qdx_buffer_release(&table.payload);
    qdx_name_words_release(&table.words);
    qdx_vector_release(&table.list);
    qdx_vector_release(&table.persons);
    return table.failed ? qdx_error_memory(error) : qdx_image_status(image, error);
}
