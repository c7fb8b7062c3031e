/*
 * Looking names up. Exact names go through the phrase table. For people, every name is filed under
 * the romanized form of its surname (a uthash table); the candidates filed there are compared with
 * the name asked for by qdx_name_compare, which also keeps apart those that contradict each other.
 */
#include "gazetteer/lookup.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gazetteer/table_hash.h"
#include "text/fold.h"
#include "text/name_distance.h"

/* One name of a person, taken apart once when it was filed. */
typedef struct filed_name {
    uint32_t entity;
    uint32_t letters; /* which letters its words but the last begin with */
    uint8_t count, surname;
    char generation;
    bool reversed;
    char words[]; /* folded and romanized form of each word, terminated */
} filed_name;

/* A name under one key. */
typedef struct surname_name {
    struct surname_name *next;
    const filed_name *name;
} surname_name;

struct qdx_surname_link {
    const char *key; /* romanized, terminated */
    surname_name *first, **last;
    UT_hash_handle hh;
};

static struct qdx_surname_link *find_link(const qdx_gazetteer *gazetteer, const char *key)
{
    qdx_hash_key uthash_key = gazetteer->hash_key;
    struct qdx_surname_link *link = NULL;
    HASH_FIND(hh, gazetteer->surnames, key, strlen(key), link);
    return link;
}

static struct qdx_surname_link *make_link(qdx_gazetteer *gazetteer, const char *key)
{
    qdx_hash_key uthash_key = gazetteer->hash_key;
    struct qdx_surname_link *link = find_link(gazetteer, key);
    if (link)
        return link;
    link = qdx_arena_alloc(&gazetteer->arena, sizeof *link);
    char *copy = qdx_arena_copy(&gazetteer->arena, key, strlen(key));
    if (!link || !copy)
        return NULL;
    memset(link, 0, sizeof *link);
    link->key = copy;
    link->last = &link->first;
    HASH_ADD_KEYPTR(hh, gazetteer->surnames, link->key, strlen(link->key), link);
    return link->hh.tbl ? link : NULL;
}

static uint32_t letter_bit(char c)
{
    return c >= 'a' && c <= 'z' ? 1u << (c - 'a') : 1u << 26;
}

/* The first letters, folded and romanized, of a name's words but the last. */
static uint32_t letters_of(const qdx_name_parts *parts)
{
    uint32_t letters = 0;
    for (size_t i = 0; i < parts->count; i++)
        if (i + 1 < parts->count)
            letters |= letter_bit(parts->words[i].folded[0]) |
                       letter_bit(parts->words[i].romanized[0]);
    return letters;
}

/* The terminated words of a name one after another, as the arena keeps them. */
static filed_name *pack(qdx_gazetteer *gazetteer, const qdx_name_parts *parts, uint32_t entity)
{
    size_t size = 0;
    for (size_t i = 0; i < parts->count; i++)
        size += strlen(parts->words[i].folded) + strlen(parts->words[i].romanized) + 2;
    filed_name *item = qdx_arena_alloc(&gazetteer->arena, sizeof *item + size);
    if (!item)
        return NULL;
    *item = (filed_name){.entity = entity,
                         .letters = letters_of(parts),
                         .count = (uint8_t)parts->count,
                         .surname = (uint8_t)parts->surname,
                         .generation = parts->generation,
                         .reversed = parts->reversed};
    char *at = item->words;
    for (size_t i = 0; i < parts->count; i++) {
        at = stpcpy(at, parts->words[i].folded) + 1;
        at = stpcpy(at, parts->words[i].romanized) + 1;
    }
    return item;
}

static void unpack(const filed_name *item, qdx_name_parts *parts)
{
    parts->count = item->count;
    parts->surname = item->surname;
    parts->generation = item->generation;
    parts->reversed = item->reversed;
    const char *at = item->words;
    for (size_t i = 0; i < item->count; i++) {
        parts->words[i].folded = at;
        size_t size = strlen(at);
        parts->words[i].initial = size == 1;
        at += size + 1;
        parts->words[i].romanized = at;
        at += strlen(at) + 1;
    }
}

static bool file_under(qdx_gazetteer *gazetteer, const char *key, const filed_name *name)
{
    struct qdx_surname_link *link = make_link(gazetteer, key);
    surname_name *item = link ? qdx_arena_alloc(&gazetteer->arena, sizeof *item) : NULL;
    if (!item)
        return false;
    *item = (surname_name){.name = name};
    *link->last = item;
    link->last = &item->next;
    return true;
}

/* The key of a skeleton; never that of a romanized word. */
static bool skeleton_key(const qdx_name_parts *parts, size_t i, char key[QDX_SKELETON_SIZE + 1])
{
    key[0] = '~';
    qdx_name_skeleton(parts->words[i].romanized, key + 1);
    return !parts->words[i].initial && !qdx_name_is_particle(parts->words[i].folded) && key[1];
}

/* Under the skeletons of all its words, for spellings that no other key joins. */
static bool file_skeletons(qdx_gazetteer *gazetteer, const qdx_name_parts *parts,
                           const filed_name *name)
{
    bool ok = true;
    for (size_t i = 0; ok && i < parts->count; i++) {
        char key[QDX_SKELETON_SIZE + 1];
        if (skeleton_key(parts, i, key))
            ok = file_under(gazetteer, key, name);
    }
    return ok;
}

/* Files a name under its last word, and under its first where the family name comes first. */
static bool file_name(qdx_gazetteer *gazetteer, const char *name, uint32_t entity,
                      qdx_buffer *storage)
{
    qdx_name_parts parts;
    qdx_name_split(name, strlen(name), storage, &parts);
    if (storage->failed)
        return false;
    if (!parts.count)
        return true;
    const filed_name *filed = pack(gazetteer, &parts, entity);
    if (!filed || !file_under(gazetteer, parts.words[parts.count - 1].romanized, filed) ||
        !file_skeletons(gazetteer, &parts, filed))
        return false;
    bool family_first = gazetteer->entries.items[entity].surname && parts.count > 1;
    return !family_first || file_under(gazetteer, parts.words[0].romanized, filed);
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

static int compare_holders(const void *a, const void *b)
{
    const qdx_holder *x = a, *y = b;
    if (x->office != y->office)
        return x->office < y->office ? -1 : 1;
    return x->entry < y->entry ? -1 : x->entry > y->entry;
}

/* The people of each office, so that a description need not look at everybody. */
static bool collect_holders(qdx_gazetteer *gazetteer)
{
    for (size_t e = 0; e < gazetteer->entries.count; e++) {
        const qdx_entry *entry = &gazetteer->entries.items[e];
        for (size_t t = 0; t < entry->tenures.count; t++) {
            qdx_holder holder = {qdx_store_office(gazetteer, entry->tenures.items[t].office),
                                 (uint32_t)e};
            if (entry->entity.type == QDX_ENTITY_PERSON && holder.office != QDX_NO_OFFICE &&
                !qdx_vector_push(&gazetteer->holders, holder))
                return false;
        }
    }
    if (gazetteer->holders.count)
        qsort(gazetteer->holders.items, gazetteer->holders.count,
              sizeof gazetteer->holders.items[0], compare_holders);
    return true;
}

size_t qdx_lookup_holders(const qdx_gazetteer *gazetteer, uint32_t office,
                          const qdx_holder **holders)
{
    size_t low = 0, high = gazetteer->holders.count, count = 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (gazetteer->holders.items[middle].office < office)
            low = middle + 1;
        else
            high = middle;
    }
    *holders = gazetteer->holders.items + low;
    while (low + count < gazetteer->holders.count &&
           gazetteer->holders.items[low + count].office == office)
        count++;
    return count;
}

qdx_status qdx_lookup_build(qdx_gazetteer *gazetteer, qdx_error *error)
{
    qdx_buffer storage;
    qdx_buffer_init(&storage);
    bool ok = collect_holders(gazetteer);
    for (size_t e = 0; ok && e < gazetteer->entries.count; e++) {
        qdx_entry *entry = &gazetteer->entries.items[e];
        if (entry->entity.type != QDX_ENTITY_PERSON)
            continue;
        ok = set_hashes(entry, &storage) &&
             file_name(gazetteer, entry->entity.name, (uint32_t)e, &storage);
        for (size_t a = 0; ok && a < entry->aliases.count; a++)
            ok = file_name(gazetteer, entry->aliases.items[a], (uint32_t)e, &storage);
    }
    qdx_buffer_release(&storage);
    return ok ? QDX_OK : qdx_error_memory(error);
}

void qdx_lookup_release(qdx_gazetteer *gazetteer)
{
    HASH_CLEAR(hh, gazetteer->surnames);
    qdx_vector_release(&gazetteer->holders);
}

/* --- comparing ---------------------------------------------------------------------------- */

static const qdx_word *word_of(const qdx_gazetteer *gazetteer, const char *folded)
{
    uint32_t number = qdx_lexicon_find(&gazetteer->lexicon, qdx_fold_hash(folded, strlen(folded)));
    return number ? &gazetteer->lexicon.words.items[number] : NULL;
}

/* Bill and William: two given names in one group of the lexicon. */
static bool equivalent(const qdx_gazetteer *gazetteer, const char *a, const char *b)
{
    const qdx_word *x = word_of(gazetteer, a), *y = word_of(gazetteer, b);
    if (!x || !y)
        return false;
    for (size_t i = 0; i < QDX_NAME_GROUPS; i++)
        for (size_t j = 0; j < QDX_NAME_GROUPS; j++)
            if (x->name_groups[i] && x->name_groups[i] == y->name_groups[j])
                return true;
    return false;
}

static bool nickname_fits(const qdx_gazetteer *gazetteer, const qdx_name_parts *a,
                          const qdx_name_parts *b)
{
    if (a->surname == 0 || b->surname == 0 || a->generation != b->generation ||
        strcmp(a->words[a->count - 1].romanized, b->words[b->count - 1].romanized) != 0)
        return false;
    return equivalent(gazetteer, a->words[0].folded, b->words[0].folded);
}

/* A family name that comes first, asked for alone. */
static bool is_family_name(const qdx_entry *entry, const qdx_name_parts *asked, qdx_buffer *storage)
{
    if (!entry->surname || asked->count != 1)
        return false;
    qdx_name_parts surname;
    qdx_name_split(entry->surname, strlen(entry->surname), storage, &surname);
    return surname.count == 1 &&
           strcmp(surname.words[0].romanized, asked->words[0].romanized) == 0;
}

static void keep_hit(qdx_lookup_hit hit, qdx_lookup_hit *hits, size_t *count)
{
    size_t i = 0;
    while (i < *count && hits[i].entity != hit.entity)
        i++;
    if (i < *count) {
        if (hits[i].relation < hit.relation)
            hits[i] = hit;
    } else if (*count < QDX_LOOKUP_HITS) {
        hits[(*count)++] = hit;
    }
}

static bool has_equivalents(const qdx_gazetteer *gazetteer, const char *folded)
{
    const qdx_word *word = word_of(gazetteer, folded);
    return word && word->name_groups[0];
}

/* Compares the name asked for with every name filed under its word `filing`. */
static void compare_filed(const qdx_gazetteer *gazetteer, const qdx_name_parts *asked,
                          size_t filing, qdx_buffer *storage, qdx_lookup_hit *hits, size_t *count)
{
    struct qdx_surname_link *link = find_link(gazetteer, asked->words[filing].romanized);
    bool any = asked->count == 1 || has_equivalents(gazetteer, asked->words[0].folded);
    any |= filing + 1 != asked->count;
    uint32_t letters = any ? UINT32_MAX : letters_of(asked);
    for (surname_name *item = link ? link->first : NULL; item; item = item->next) {
        const filed_name *name = item->name;
        if (name->letters && !(name->letters & letters))
            continue;
        const qdx_entry *entry = &gazetteer->entries.items[name->entity];
        qdx_name_parts parts;
        unpack(name, &parts);
        qdx_lookup_hit hit = {name->entity, qdx_name_compare(asked, &parts), false, 0};
        if (hit.relation == QDX_NAME_DIFFERENT && nickname_fits(gazetteer, asked, &parts))
            hit = (qdx_lookup_hit){name->entity, QDX_NAME_SUBSET, true, 0};
        if (entry->surname && asked->count == 1 && parts.count > 1)
            hit.relation = is_family_name(entry, asked, storage) ? QDX_NAME_SURNAME
                                                                 : QDX_NAME_DIFFERENT;
        if (hit.relation != QDX_NAME_DIFFERENT)
            keep_hit(hit, hits, count);
    }
}

static bool is_closer(const qdx_lookup_hit *a, const qdx_lookup_hit *b)
{
    return a->distance != b->distance ? a->distance < b->distance : a->relation > b->relation;
}

/* Stable: closest first, order of listing kept. */
static void sort_hits(qdx_lookup_hit *hits, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        qdx_lookup_hit hit = hits[i];
        size_t j = i;
        for (; j > 0 && is_closer(&hit, &hits[j - 1]); j--)
            hits[j] = hits[j - 1];
        hits[j] = hit;
    }
}

qdx_status qdx_lookup_person(const qdx_gazetteer *gazetteer, const char *name, size_t size,
                             qdx_lookup_hit hits[QDX_LOOKUP_HITS], size_t *count, qdx_error *error)
{
    qdx_buffer asked_storage, storage;
    qdx_buffer_init(&asked_storage);
    qdx_buffer_init(&storage);
    qdx_name_parts asked;
    *count = 0;
    qdx_name_split(name, size, &asked_storage, &asked);
    if (asked.count) {
        compare_filed(gazetteer, &asked, asked.count - 1, &storage, hits, count);
        if (asked.count > 1)
            compare_filed(gazetteer, &asked, 0, &storage, hits, count);
    }
    sort_hits(hits, *count);
    bool failed = asked_storage.failed || storage.failed;
    qdx_buffer_release(&asked_storage);
    qdx_buffer_release(&storage);
    return failed ? qdx_error_memory(error) : QDX_OK;
}

static void keep_closest(qdx_lookup_hit hit, qdx_lookup_hit *hits, size_t *count)
{
    size_t i = 0, furthest = 0;
    for (; i < *count && hits[i].entity != hit.entity; i++)
        if (hits[i].distance > hits[furthest].distance)
            furthest = i;
    if (i < *count || *count == QDX_LOOKUP_HITS) {
        i = i < *count ? i : furthest;
        if (hit.distance < hits[i].distance)
            hits[i] = hit;
    } else {
        hits[(*count)++] = hit;
    }
}

qdx_status qdx_lookup_close(const qdx_gazetteer *gazetteer, const char *name, size_t size,
                            qdx_lookup_hit hits[QDX_LOOKUP_HITS], size_t *count, qdx_error *error)
{
    qdx_buffer storage;
    qdx_buffer_init(&storage);
    qdx_name_parts asked, parts;
    *count = 0;
    qdx_name_split(name, size, &storage, &asked);
    for (size_t i = 0; i < asked.count; i++) {
        char key[QDX_SKELETON_SIZE + 1];
        if (!skeleton_key(&asked, i, key))
            continue;
        struct qdx_surname_link *link = find_link(gazetteer, key);
        for (surname_name *item = link ? link->first : NULL; item; item = item->next) {
            unpack(item->name, &parts);
            qdx_lookup_hit hit = {.entity = item->name->entity};
            hit.relation = qdx_name_compare_close(&asked, &parts, &hit.distance);
            if (hit.relation != QDX_NAME_DIFFERENT)
                keep_closest(hit, hits, count);
        }
    }
    sort_hits(hits, *count);
    bool failed = storage.failed;
    qdx_buffer_release(&storage);
    return failed ? qdx_error_memory(error) : QDX_OK;
}
