/*
 * The table of names: every key under which an entity can be asked for, hashed. What the kinds of
 * keys are for is said in format.h.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/form.h"
#include "index/join.h"
#include "index/name_words.h"
#include "index/sort.h"
#include "index/words.h"

enum { KNOWN_NAMES = 8 }; /* of a person, against which spellings are held */

/* Whom a key names; for offices also in which tenure. */
typedef struct name_entry {
    uint32_t entity, tenure;
} name_entry;

struct qdx_name_table {
    qdx_buffer scratch;
    qdx_name_words words;
    qdx_name_sounds known[KNOWN_NAMES]; /* of the person whose spellings are added */
    QDX_VECTOR(uint64_t) sound_keys;    /* of each romanized word, 0: not made yet */
    QDX_VECTOR(qdx_sort_item) keys;     /* and the number of the entry */
    QDX_VECTOR(name_entry) entries;
    uint64_t last; /* key of the whole name added last */
    bool failed;
};

qdx_name_table *qdx_name_table_new(qdx_error *error)
{
    qdx_name_table *table = calloc(1, sizeof *table);
    if (table)
        qdx_name_words_init(&table->words);
    else
        qdx_error_memory(error);
    return table;
}

void qdx_name_table_free(qdx_name_table *table)
{
    if (!table)
        return;
    qdx_buffer_release(&table->scratch);
    qdx_name_words_release(&table->words);
    qdx_vector_release(&table->sound_keys);
    qdx_vector_release(&table->keys);
    qdx_vector_release(&table->entries);
    free(table);
}

static void add_key(qdx_name_table *table, uint64_t key, uint32_t entity, uint32_t tenure)
{
    qdx_sort_item item = {key, (uint32_t)table->entries.count};
    name_entry entry = {entity, tenure};
    if (table->failed || !qdx_vector_push(&table->keys, item) ||
        !qdx_vector_push(&table->entries, entry))
        table->failed = true;
}

static void begin_key(qdx_name_table *table, char kind)
{
    qdx_buffer_clear(&table->scratch);
    qdx_buffer_byte(&table->scratch, kind);
}

/* The key that stands in scratch, 0 when it is nothing but its kind. */
static uint64_t scratch_key(qdx_name_table *table)
{
    table->failed |= table->scratch.failed;
    if (table->failed || table->scratch.size < 2)
        return 0;
    return qdx_table_key(table->scratch.bytes, table->scratch.size, false);
}

/* A name in full. */
static void add_whole(qdx_name_table *table, const char *name, size_t size, uint32_t entity)
{
    begin_key(table, QDX_KEY_FOLDED);
    qdx_index_name_key(name, size, &table->scratch);
    table->last = scratch_key(table);
    if (table->last)
        add_key(table, table->last, entity, 0);
}

static uint64_t sound_key(qdx_name_table *table, uint32_t sound)
{
    while (!table->failed && table->sound_keys.count <= sound)
        table->failed |= !qdx_vector_push(&table->sound_keys, (uint64_t)0);
    if (table->failed)
        return 0;
    uint64_t *key = &table->sound_keys.items[sound];
    if (!*key) {
        const qdx_interned *word = &table->words.sounds.items[sound];
        begin_key(table, QDX_KEY_WORD);
        qdx_buffer_append(&table->scratch, word->bytes, word->size);
        *key = scratch_key(table);
    }
    return *key;
}

/* Each word of a person's name as it sounds. */
static void add_words(qdx_name_table *table, const qdx_name_sounds *sounds, uint32_t entity)
{
    for (size_t i = 0; i < sounds->count && !table->failed; i++) {
        uint64_t key = sounds->words[i].initial ? 0 : sound_key(table, sounds->words[i].sound);
        if (key)
            add_key(table, key, entity, 0);
    }
}

/*
 * The whole name romanized, where that makes a difference; for persons each word of it instead, so
 * that a surname leads to all its bearers.
 */
static void add_romanized(qdx_name_table *table, const char *name, size_t size, bool person,
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
    begin_key(table, QDX_KEY_FOLDED);
    for (size_t i = 0; i < sounds.count; i++) {
        const qdx_interned *word = &table->words.sounds.items[sounds.words[i].sound];
        if (i)
            qdx_buffer_byte(&table->scratch, ' ');
        qdx_buffer_append(&table->scratch, word->bytes, word->size);
    }
    uint64_t key = scratch_key(table);
    if (!key || key == table->last)
        return;
    table->scratch.bytes[0] = QDX_KEY_ROMANIZED;
    add_key(table, scratch_key(table), entity, 0);
}

static void add_offices(qdx_name_table *table, const qdx_form *form, uint32_t entity)
{
    for (uint32_t i = 0; i < form->tenure_count; i++) {
        const unsigned char *at = form->tenures[i].phrases;
        for (uint32_t k = 0; k < form->tenures[i].phrase_count; k++) {
            uint64_t key = 0;
            for (unsigned b = 0; b < QDX_HASH_SIZE; b++)
                key = key << 8 | *at++;
            add_key(table, key, entity, i);
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

/* Takes apart the names and aliases of a person, as many as there is room for. */
static size_t split_known(qdx_name_table *table, const qdx_form *form)
{
    size_t count = 0;
    for (uint32_t i = 0; i <= form->alias_count && count < KNOWN_NAMES; i++) {
        const char *name = i ? form->aliases[i - 1] : form->name;
        table->failed |=
            !qdx_name_words_split(&table->words, name, strlen(name), &table->known[count++]);
    }
    return count;
}

/* Is the spelling a form of the person's name, and not a description such as an office? */
static bool is_name_of(qdx_name_table *table, const qdx_bytes *spelling, size_t known)
{
    qdx_name_sounds written;
    bool shared = false;
    table->failed |= !qdx_name_words_split(&table->words, spelling->at, spelling->size, &written);
    for (size_t i = 0; i < known && !shared && !table->failed; i++)
        shared = share_word(&written, &table->known[i]);
    return shared;
}

static bool is_text(const qdx_bytes *bytes, const char *text)
{
    return strncmp(text, bytes->at, bytes->size) == 0 && !text[bytes->size];
}

static bool is_listed_name(const qdx_form *form, const qdx_bytes *spelling)
{
    bool listed = is_text(spelling, form->name);
    for (uint32_t i = 0; i < form->alias_count && !listed; i++)
        listed = is_text(spelling, form->aliases[i]);
    return listed;
}

static void add_spellings(qdx_name_table *table, const qdx_form *form, uint32_t entity,
                          const qdx_bytes *spellings, size_t count)
{
    bool person = form->type == QDX_ENTITY_PERSON;
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        const qdx_bytes *spelling = &spellings[i];
        bool whole = !person || memchr(spelling->at, ' ', spelling->size);
        if (is_listed_name(form, spelling))
            continue;
        if (person && whole && !known)
            known = split_known(table, form);
        if (person && whole && !is_name_of(table, spelling, known))
            continue;
        if (whole)
            add_whole(table, spelling->at, spelling->size, entity);
        add_romanized(table, spelling->at, spelling->size, person, entity);
    }
}

/* Most ids are made of the name's words and found by these. */
static void add_id(qdx_name_table *table, const qdx_form *form, bool own_id, uint32_t entity)
{
    if (!own_id && !strchr(form->name, '`'))
        return;
    begin_key(table, QDX_KEY_ID);
    qdx_buffer_text(&table->scratch, form->id);
    uint64_t key = scratch_key(table);
    if (key)
        add_key(table, key, entity, 0);
}

bool qdx_name_table_add(qdx_name_table *table, uint32_t entity, const qdx_form *form, bool own_id,
                        const qdx_bytes *spellings, size_t count)
{
    bool person = form->type == QDX_ENTITY_PERSON;
    for (uint32_t i = 0; i <= form->alias_count; i++) {
        const char *name = i ? form->aliases[i - 1] : form->name;
        add_whole(table, name, strlen(name), entity);
        add_romanized(table, name, strlen(name), person, entity);
    }
    add_spellings(table, form, entity, spellings, count);
    add_offices(table, form, entity);
    add_id(table, form, own_id, entity);
    return !table->failed;
}

/* Drops what stands twice; entries of one key are in order of entities and tenures. */
static bool order_entries(qdx_name_table *table)
{
    size_t kept = 0;
    if (!qdx_sort_items(table->keys.items, table->keys.count))
        return false;
    for (size_t i = 0; i < table->keys.count; i++) {
        const qdx_sort_item *item = &table->keys.items[i];
        const qdx_sort_item *last = kept ? &table->keys.items[kept - 1] : NULL;
        if (last && last->key == item->key &&
            memcmp(&table->entries.items[last->number], &table->entries.items[item->number],
                   sizeof(name_entry)) == 0)
            continue;
        table->keys.items[kept++] = *item;
    }
    table->keys.count = kept;
    return true;
}

qdx_status qdx_name_table_write(qdx_name_table *table, qdx_image *image, qdx_error *error)
{
    const qdx_store store = QDX_STORE_NAME;
    if (table->failed || (table->keys.count && !order_entries(table)))
        return qdx_error_memory(error);
    const qdx_sort_item *items = table->keys.items;
    size_t count = table->keys.count, distinct = 0;
    for (size_t i = 0; i < count; i++)
        distinct += !i || items[i].key != items[i - 1].key;
    qdx_table_writer writer;
    qdx_table_writer_init(&writer, image, store, distinct);
    for (size_t i = 0, next; i < count; i = next) {
        uint32_t last = 0;
        for (next = i + 1; next < count && items[next].key == items[i].key;)
            next++;
        qdx_table_writer_key(&writer, items[i].key, next - i);
        for (size_t k = i; k < next; k++) {
            const name_entry *entry = &table->entries.items[items[k].number];
            qdx_image_put(image, store, QDX_TABLE_VALUES, entry->entity - last);
            if (items[k].key & 1)
                qdx_image_put(image, store, QDX_TABLE_DETAILS, entry->tenure);
            last = entry->entity;
        }
    }
    qdx_table_writer_finish(&writer);
    return image->status;
}
