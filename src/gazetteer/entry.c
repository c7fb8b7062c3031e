/*
 * Entities, made from their images at their first use. One lock stands around making; finding one
 * that is made takes an atomic load. What a later image says of an id that an earlier one lists is
 * added to the earlier one's entity, and both numbers lead to it.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/filing.h"
#include "gazetteer/store.h"
#include "text/fold.h"

struct qdx_entry_table {
    pthread_mutex_t lock;
    qdx_arena arena;
    qdx_buffer id, storage; /* scratch, under the lock */
    atomic_bool starved;
    _Atomic(const qdx_entry *) made[]; /* by number */
};

static const qdx_entry nobody = {
    .entity = {.id = "", .name = "", .country = ""}, .number = UINT32_MAX, .kind = ""};

qdx_status qdx_store_make_entries(qdx_gazetteer *gazetteer, qdx_error *error)
{
    struct qdx_entry_table *table = calloc(
        1, sizeof *table + (size_t)gazetteer->entity_count * sizeof(_Atomic(const qdx_entry *)));
    if (!table)
        return qdx_error_memory(error);
    if (pthread_mutex_init(&table->lock, NULL) != 0) {
        free(table);
        return qdx_error_memory(error);
    }
    gazetteer->entries = table;
    return QDX_OK;
}

static void release_entries(struct qdx_entry_table *table)
{
    if (!table)
        return;
    pthread_mutex_destroy(&table->lock);
    qdx_arena_release(&table->arena);
    qdx_buffer_release(&table->id);
    qdx_buffer_release(&table->storage);
    free(table);
}

void qdx_store_release(qdx_gazetteer *gazetteer)
{
    release_entries(gazetteer->entries);
    for (size_t i = 0; i < gazetteer->layer_count; i++)
        qdx_qgz_close(&gazetteer->layers[i].image);
    free(gazetteer->layers);
    gazetteer->entries = NULL;
    gazetteer->layers = NULL;
    gazetteer->layer_count = 0;
}

/* --- one entity --------------------------------------------------------------------------- */

static qdx_date unpack_date(uint32_t packed)
{
    return (qdx_date){(int16_t)((int32_t)(packed >> 16) - 32768), (uint8_t)(packed >> 8),
                      (uint8_t)packed};
}

/* Where the lists of an entity stand in MORE. */
typedef struct entity_more {
    uint32_t id, kind, country, surname;
    uint32_t alias_count, tenure_count;
    uint64_t aliases, tenures;
} entity_more;

/* A count in MORE, no larger than what follows it. */
static uint32_t bounded_count(const qdx_qgz *image, uint64_t at, unsigned words)
{
    uint32_t count = qdx_qgz_more(image, at);
    if (at + 1 + (uint64_t)count * words <= image->parts[QDX_QGZ_MORE].count)
        return count;
    qdx_qgz_note_damage(image);
    return 0;
}

static entity_more read_more(const qdx_qgz *image, uint32_t place)
{
    entity_more more = {0};
    uint64_t at = place;
    uint32_t mask = place ? qdx_qgz_more(image, at++) : 0;
    if (mask & QDX_MORE_ID)
        more.id = qdx_qgz_more(image, at++);
    if (mask & QDX_MORE_KIND)
        more.kind = qdx_qgz_more(image, at++);
    if (mask & QDX_MORE_COUNTRY)
        more.country = qdx_qgz_more(image, at++);
    if (mask & QDX_MORE_SURNAME)
        more.surname = qdx_qgz_more(image, at++);
    if (mask & QDX_MORE_ALIASES) {
        more.alias_count = bounded_count(image, at, 1);
        more.aliases = at + 1;
        at += 1 + (uint64_t)more.alias_count;
    }
    if (mask & QDX_MORE_TENURES) {
        more.tenure_count = bounded_count(image, at, 5);
        more.tenures = at + 1;
    }
    return more;
}

/* What stands under one number. */
typedef struct listed_entity {
    const qdx_layer *layer;
    const qdx_qgz_entity *record;
    entity_more more;
} listed_entity;

static bool read_entity(const qdx_layer *layer, uint32_t local, listed_entity *listed)
{
    const qdx_qgz *image = &layer->image;
    listed->layer = layer;
    listed->record = qdx_qgz_record(image, QDX_QGZ_ENTITY, local, sizeof *listed->record);
    if (!listed->record || listed->record->type > QDX_ENTITY_PLACE ||
        listed->record->gender > QDX_GENDER_FEMALE) {
        qdx_qgz_note_damage(image);
        return false;
    }
    listed->more = read_more(image, listed->record->more);
    return true;
}

static const char *text_of(const listed_entity *listed, uint32_t offset)
{
    return qdx_qgz_text(&listed->layer->image, QDX_QGZ_TEXT, offset);
}

/* An office of a city or a state is not the country's: the mayor of Paris is no French mayor. */
static bool is_of_place(const qdx_gazetteer *gazetteer, const char *organization)
{
    qdx_entity_type type;
    return *organization && qdx_store_find_type(gazetteer, organization, &type) &&
           type == QDX_ENTITY_PLACE;
}

static qdx_tenure read_tenure(const qdx_gazetteer *gazetteer, const listed_entity *listed,
                              uint32_t i)
{
    const qdx_qgz *image = &listed->layer->image;
    uint64_t at = listed->more.tenures + 5ull * i;
    const char *office = text_of(listed, qdx_qgz_more(image, at));
    uint32_t known = qdx_store_office(gazetteer, office);
    qdx_tenure tenure = {
        .office = known == QDX_NO_OFFICE ? office : qdx_store_office_name(gazetteer, known),
        .country = text_of(listed, qdx_qgz_more(image, at + 1)),
        .organization = text_of(listed, qdx_qgz_more(image, at + 2)),
        .from = unpack_date(qdx_qgz_more(image, at + 3)),
        .to = unpack_date(qdx_qgz_more(image, at + 4)),
    };
    if (is_of_place(gazetteer, tenure.organization))
        tenure.country = "";
    return tenure;
}

/* The country's code; two letters stand in the record itself. */
static const char *read_country(const listed_entity *listed, qdx_arena *arena)
{
    if (listed->more.country)
        return text_of(listed, listed->more.country);
    return listed->record->country[0] ? qdx_arena_copy(arena, listed->record->country, 2) : "";
}

/* All listings of one entity: its first, and those of the same id in other images. */
typedef struct listings {
    listed_entity items[QDX_LAYERS];
    size_t count;
} listings;

/* Names and offices of all listings, each name once. False without memory. */
static bool join_lists(const qdx_gazetteer *gazetteer, const listings *all, qdx_entry *entry,
                       qdx_arena *arena)
{
    size_t names = 0, offices = 0;
    for (size_t i = 0; i < all->count; i++) {
        names += all->items[i].more.alias_count + 1;
        offices += all->items[i].more.tenure_count;
    }
    const char **aliases = qdx_arena_array(arena, names, sizeof *aliases);
    qdx_tenure *tenures = qdx_arena_array(arena, offices, sizeof *tenures);
    if (!aliases || !tenures)
        return false;
    for (size_t i = 0; i < all->count; i++) {
        const listed_entity *listed = &all->items[i];
        const char *name = text_of(listed, listed->record->name);
        if (i && strcmp(name, entry->entity.name) != 0)
            aliases[entry->entity.alias_count++] = name;
        for (uint32_t a = 0; a < listed->more.alias_count; a++)
            aliases[entry->entity.alias_count++] =
                text_of(listed, qdx_qgz_more(&listed->layer->image, listed->more.aliases + a));
        for (uint32_t t = 0; t < listed->more.tenure_count; t++)
            tenures[entry->entity.tenure_count++] = read_tenure(gazetteer, listed, t);
    }
    entry->entity.aliases = aliases;
    entry->entity.tenures = tenures;
    return true;
}

/* What later listings only fill in. */
static bool join_facts(const listings *all, qdx_entry *entry, qdx_arena *arena)
{
    entry->entity.country = entry->kind = "";
    for (size_t i = 0; i < all->count; i++) {
        const listed_entity *listed = &all->items[i];
        if (listed->record->gender)
            entry->entity.gender = (qdx_gender)listed->record->gender;
        if (!*entry->entity.country)
            entry->entity.country = read_country(listed, arena);
        if (!*entry->kind)
            entry->kind = text_of(listed, listed->more.kind);
        if (!entry->surname && listed->more.surname)
            entry->surname = text_of(listed, listed->more.surname);
        if (!entry->entity.country)
            return false;
    }
    return true;
}

static uint64_t hash_word(const char *word)
{
    return qdx_fold_hash(word, strlen(word));
}

/* Hashes by which short mentions find a person. */
static bool set_hashes(qdx_entry *entry, qdx_buffer *storage)
{
    qdx_name_parts parts;
    qdx_name_split(entry->entity.name, strlen(entry->entity.name), storage, &parts);
    if (storage->failed || !parts.count)
        return !storage->failed;
    entry->sound_hash = hash_word(parts.words[parts.count - 1].romanized);
    entry->surname_hash = hash_word(parts.words[parts.count - 1].folded);
    entry->given_hash = parts.count > 1 ? hash_word(parts.words[0].folded) : 0;
    if (!entry->surname || parts.count < 2)
        return true;
    entry->given_hash = entry->surname_hash;
    qdx_name_split(entry->surname, strlen(entry->surname), storage, &parts);
    if (parts.count)
        entry->surname_hash = hash_word(parts.words[parts.count - 1].folded);
    return !storage->failed;
}

static const qdx_entry *make_entry(const qdx_gazetteer *gazetteer, const listings *all,
                                   uint32_t number, const char *id)
{
    struct qdx_entry_table *table = gazetteer->entries;
    const listed_entity *first = &all->items[0];
    qdx_entry *entry = qdx_arena_alloc(&table->arena, sizeof *entry);
    char *kept = entry ? qdx_arena_copy(&table->arena, id, strlen(id)) : NULL;
    if (!kept)
        return NULL;
    *entry = (qdx_entry){.entity = {.id = kept,
                                    .name = text_of(first, first->record->name),
                                    .type = (qdx_entity_type)first->record->type,
                                    .listed = true},
                         .number = number};
    bool person = entry->entity.type == QDX_ENTITY_PERSON;
    if (!join_facts(all, entry, &table->arena) ||
        !join_lists(gazetteer, all, entry, &table->arena) ||
        (person && !set_hashes(entry, &table->storage)))
        return NULL;
    return entry;
}

/* --- all of them -------------------------------------------------------------------------- */

static const qdx_layer *layer_of(const qdx_gazetteer *gazetteer, uint32_t number)
{
    size_t i = gazetteer->layer_count;
    while (i > 1 && gazetteer->layers[i - 1].first > number)
        i--;
    return &gazetteer->layers[i - 1];
}

/* The id that the user says an id is the same as, or itself. Chains end after a few steps. */
static const char *joined_id(const qdx_gazetteer *gazetteer, const char *id)
{
    enum { STEPS = 8 };
    for (int step = 0; step < STEPS && gazetteer->same.count; step++) {
        size_t low = 0, high = gazetteer->same.count;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (strcmp(gazetteer->same.items[middle].id, id) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        if (low == gazetteer->same.count || strcmp(gazetteer->same.items[low].id, id) != 0)
            break;
        id = gazetteer->same.items[low].other;
    }
    return id;
}

/* Adds the listings of an id in all images, in their order; the number of the first. */
static uint32_t add_listings(const qdx_gazetteer *gazetteer, const char *id, listings *all)
{
    uint32_t number = UINT32_MAX;
    for (size_t i = 0; i < gazetteer->layer_count && all->count < QDX_LAYERS; i++) {
        const qdx_layer *layer = &gazetteer->layers[i];
        uint32_t local = layer->names ? qdx_qgz_find_id(&layer->image, id) : UINT32_MAX;
        listed_entity listed;
        if (local == UINT32_MAX || !read_entity(layer, local, &listed) ||
            (all->count && listed.record->type != all->items[0].record->type))
            continue;
        if (number == UINT32_MAX)
            number = layer->first + local;
        all->items[all->count++] = listed;
    }
    return number;
}

/* All that is said of an id, and of the ids that the user says are the same. */
static uint32_t collect_listings(const qdx_gazetteer *gazetteer, const char *id, listings *all)
{
    all->count = 0;
    uint32_t number = add_listings(gazetteer, id, all);
    for (size_t i = 0; all->count && i < gazetteer->same.count; i++)
        if (strcmp(joined_id(gazetteer, gazetteer->same.items[i].id), id) == 0)
            add_listings(gazetteer, gazetteer->same.items[i].id, all);
    return number;
}

/* Makes the entity of a number, under the lock. NULL without memory or when it is damaged. */
static const qdx_entry *make(const qdx_gazetteer *gazetteer, uint32_t number)
{
    struct qdx_entry_table *table = gazetteer->entries;
    const qdx_layer *layer = layer_of(gazetteer, number);
    listings all = {.count = 1};
    if (!read_entity(layer, number - layer->first, &all.items[0]))
        return &nobody;
    qdx_buffer_clear(&table->id);
    qdx_qgz_entity_id(&layer->image, all.items[0].record, &table->id);
    if (table->id.failed)
        return NULL;
    const char *id = table->id.size ? table->id.bytes : "", *joined = joined_id(gazetteer, id);
    uint32_t known = number;
    if (!gazetteer->plain) {
        listed_entity self = all.items[0];
        known = collect_listings(gazetteer, joined, &all);
        if (known == UINT32_MAX || all.items[0].record->type != self.record->type) {
            known = number;
            joined = id;
            all.items[0] = self;
            all.count = 1;
        }
    }
    const qdx_entry *entry = atomic_load(&table->made[known]);
    if (!entry)
        entry = make_entry(gazetteer, &all, known, joined);
    if (entry)
        atomic_store_explicit(&table->made[known], entry, memory_order_release);
    return entry;
}

const qdx_entry *qdx_store_entry(const qdx_gazetteer *gazetteer, uint32_t number)
{
    struct qdx_entry_table *table = gazetteer->entries;
    if (number >= gazetteer->entity_count)
        return &nobody;
    const qdx_entry *entry = atomic_load_explicit(&table->made[number], memory_order_acquire);
    if (entry)
        return entry;
    pthread_mutex_lock(&table->lock);
    entry = atomic_load(&table->made[number]);
    if (!entry) {
        entry = make(gazetteer, number);
        if (entry)
            atomic_store_explicit(&table->made[number], entry, memory_order_release);
        else
            atomic_store(&table->starved, true);
    }
    pthread_mutex_unlock(&table->lock);
    return entry ? entry : &nobody;
}

/* The names of a person as a list, its own name first. False without memory. */
static bool take_names_apart(struct qdx_entry_table *table, const qdx_entry *entry,
                             const qdx_filed_name **names)
{
    for (size_t i = entry->entity.alias_count + 1; i-- > 0;) {
        const char *name = i ? entry->entity.aliases[i - 1] : entry->entity.name;
        qdx_filed_name *item =
            qdx_filing_take_apart(name, entry->surname, &table->arena, &table->storage);
        if (!item && table->storage.failed) {
            atomic_store(&table->starved, true);
            *names = NULL;
            return false;
        }
        if (!item)
            continue;
        item->next = *names;
        *names = item;
    }
    return true;
}

const qdx_filed_name *qdx_filing_names(const qdx_gazetteer *gazetteer, const qdx_entry *entry)
{
    struct qdx_entry_table *table = gazetteer->entries;
    const qdx_filed_name *names = atomic_load_explicit(&entry->filed, memory_order_acquire);
    if (names || entry == &nobody)
        return names;
    pthread_mutex_lock(&table->lock);
    names = atomic_load(&entry->filed);
    if (!names && take_names_apart(table, entry, &names))
        atomic_store_explicit(&((qdx_entry *)(uintptr_t)entry)->filed, names, memory_order_release);
    pthread_mutex_unlock(&table->lock);
    return names;
}

uint32_t qdx_store_find(const qdx_gazetteer *gazetteer, const char *id)
{
    for (size_t i = 0; i < gazetteer->layer_count; i++) {
        const qdx_layer *layer = &gazetteer->layers[i];
        uint32_t local = layer->names ? qdx_qgz_find_id(&layer->image, id) : UINT32_MAX;
        if (local != UINT32_MAX)
            return qdx_store_entry(gazetteer, layer->first + local)->number;
    }
    return UINT32_MAX;
}

bool qdx_store_find_type(const qdx_gazetteer *gazetteer, const char *id, qdx_entity_type *type)
{
    for (size_t i = 0; i < gazetteer->layer_count; i++) {
        const qdx_layer *layer = &gazetteer->layers[i];
        uint32_t local = layer->names ? qdx_qgz_find_id(&layer->image, id) : UINT32_MAX;
        listed_entity listed;
        if (local == UINT32_MAX || !read_entity(layer, local, &listed))
            continue;
        *type = (qdx_entity_type)listed.record->type;
        return true;
    }
    return false;
}

uint32_t qdx_store_demonym_place(const qdx_gazetteer *gazetteer, uint32_t demonym)
{
    _Atomic uint32_t *place = &gazetteer->demonym_places[demonym];
    uint32_t known = atomic_load_explicit(place, memory_order_relaxed);
    if (!known) {
        const char *id =
            qdx_lexicon_text(&gazetteer->lexicon, gazetteer->words.demonyms.items[demonym].place);
        uint32_t entity = qdx_store_find(gazetteer, id ? id : "");
        known = entity == UINT32_MAX ? 1 : entity + 2;
        atomic_store_explicit(place, known, memory_order_relaxed);
    }
    return known == 1 ? UINT32_MAX : known - 2;
}

qdx_status qdx_store_status(const qdx_gazetteer *gazetteer, qdx_error *error)
{
    if (gazetteer->entries &&
        atomic_load_explicit(&gazetteer->entries->starved, memory_order_relaxed))
        return qdx_error_memory(error);
    for (size_t i = 0; i < gazetteer->layer_count; i++) {
        qdx_status status = qdx_qgz_status(&gazetteer->layers[i].image, error);
        if (status != QDX_OK)
            return status;
    }
    return QDX_OK;
}

qdx_status qdx_store_verify(const qdx_gazetteer *gazetteer, qdx_error *error)
{
    for (size_t i = 0; i < gazetteer->layer_count; i++) {
        qdx_status status = qdx_qgz_verify(&gazetteer->layers[i].image, error);
        if (status != QDX_OK)
            return status;
    }
    return QDX_OK;
}
