/*
 * Filing names: every name of a person under the romanized form of its surname (a uthash table),
 * and under the skeletons of its words. Who the names filed under one key are is for lookup.c to
 * tell.
 */
#include "gazetteer/filing.h"

#include <stdlib.h>
#include <string.h>

#include "gazetteer/lookup.h"
#include "gazetteer/table_hash.h"
#include "text/fold.h"
#include "text/name_distance.h"

struct qdx_surname_link {
    const char *key; /* romanized, terminated */
    qdx_filed_link *first, **last;
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

const qdx_filed_link *qdx_filing_find(const qdx_gazetteer *gazetteer, const char *key)
{
    const struct qdx_surname_link *link = find_link(gazetteer, key);
    return link ? link->first : NULL;
}

static uint32_t letter_bit(char c)
{
    return c >= 'a' && c <= 'z' ? 1u << (c - 'a') : 1u << 26;
}

/* The first letters, folded and romanized, of a name's words but the last. */
uint32_t qdx_filing_letters(const qdx_name_parts *parts)
{
    uint32_t letters = 0;
    for (size_t i = 0; i < parts->count; i++)
        if (i + 1 < parts->count)
            letters |=
                letter_bit(parts->words[i].folded[0]) | letter_bit(parts->words[i].romanized[0]);
    return letters;
}

/* The terminated words of a name one after another, as the arena keeps them. */
static qdx_filed_name *pack(qdx_gazetteer *gazetteer, const qdx_name_parts *parts, uint32_t entity)
{
    size_t size = 0;
    for (size_t i = 0; i < parts->count; i++)
        size += strlen(parts->words[i].folded) + strlen(parts->words[i].romanized) +
                strlen(parts->words[i].marked) + 3;
    qdx_filed_name *item = qdx_arena_alloc(&gazetteer->arena, sizeof *item + size);
    if (!item)
        return NULL;
    *item = (qdx_filed_name){.entity = entity,
                             .letters = qdx_filing_letters(parts),
                             .count = (uint8_t)parts->count,
                             .surname = (uint8_t)parts->surname,
                             .generation = parts->generation,
                             .reversed = parts->reversed};
    char *at = item->words;
    for (size_t i = 0; i < parts->count; i++) {
        at = stpcpy(at, parts->words[i].folded) + 1;
        at = stpcpy(at, parts->words[i].romanized) + 1;
        bool same = parts->words[i].marked == parts->words[i].romanized;
        at = stpcpy(at, same ? "" : parts->words[i].marked) + 1;
    }
    return item;
}

void qdx_filed_name_parts(const qdx_filed_name *item, qdx_name_parts *parts)
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
        parts->words[i].marked = *at ? at : parts->words[i].romanized;
        at += strlen(at) + 1;
    }
}

static bool file_under(qdx_gazetteer *gazetteer, const char *key, const qdx_filed_name *name)
{
    struct qdx_surname_link *link = make_link(gazetteer, key);
    qdx_filed_link *item = link ? qdx_arena_alloc(&gazetteer->arena, sizeof *item) : NULL;
    if (!item)
        return false;
    *item = (qdx_filed_link){.name = name};
    *link->last = item;
    link->last = &item->next;
    return true;
}

/* The key of a skeleton; never that of a romanized word. */
bool qdx_filing_skeleton_key(const qdx_name_parts *parts, size_t i, char key[QDX_SKELETON_SIZE + 1])
{
    key[0] = '~';
    qdx_name_skeleton(parts->words[i].romanized, key + 1);
    return !parts->words[i].initial && !qdx_name_is_particle(parts->words[i].folded) && key[1];
}

/* Under the skeletons of all its words, for spellings that no other key joins. */
static bool file_skeletons(qdx_gazetteer *gazetteer, const qdx_name_parts *parts,
                           const qdx_filed_name *name)
{
    bool ok = true;
    for (size_t i = 0; ok && i < parts->count; i++) {
        char key[QDX_SKELETON_SIZE + 1];
        if (qdx_filing_skeleton_key(parts, i, key))
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
    const qdx_filed_name *filed = pack(gazetteer, &parts, entity);
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
