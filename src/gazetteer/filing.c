/*
 * Filing names: every name of a person under the romanized form of its surname, and under the
 * skeletons of its words. Who the people under one key are is for lookup.c to tell.
 */
#include "gazetteer/filing.h"

#include <string.h>

enum { LONGEST_POSTING = 10 /* bytes of a varint */ };

uint64_t qdx_filing_key(const char *romanized)
{
    return qdx_hash_bytes(romanized, strlen(romanized));
}

uint64_t qdx_filing_probe_key(const char *skeleton)
{
    char key[QDX_SKELETON_SIZE + 1] = "~";
    if (!*skeleton)
        return 0;
    memcpy(key + 1, skeleton, strlen(skeleton) + 1);
    return qdx_filing_key(key);
}

uint64_t qdx_filing_skeleton_key(const qdx_name_parts *parts, size_t i)
{
    if (parts->words[i].initial || qdx_name_is_particle(parts->words[i].folded))
        return 0;
    char skeleton[QDX_SKELETON_SIZE];
    qdx_name_skeleton(parts->words[i].romanized, skeleton);
    return qdx_filing_probe_key(skeleton);
}

size_t qdx_filing_keys(const qdx_name_parts *parts, bool family_first,
                       uint64_t keys[QDX_FILING_KEYS])
{
    size_t count = 0;
    if (!parts->count)
        return 0;
    keys[count++] = qdx_filing_key(parts->words[parts->count - 1].romanized);
    if (family_first && parts->count > 1)
        keys[count++] = qdx_filing_key(parts->words[0].romanized);
    for (size_t i = 0; i < parts->count; i++) {
        keys[count] = qdx_filing_skeleton_key(parts, i);
        count += keys[count] != 0;
    }
    return count;
}

static uint32_t letter_bit(char c)
{
    return c >= 'a' && c <= 'z' ? 1u << (c - 'a') : 1u << 26;
}

uint32_t qdx_filing_letters(const qdx_name_parts *parts)
{
    uint32_t letters = 0;
    for (size_t i = 0; i + 1 < parts->count; i++)
        letters |= letter_bit(parts->words[i].folded[0]) | letter_bit(parts->words[i].romanized[0]);
    return letters;
}

/* --- names taken apart -------------------------------------------------------------------- */

/* The terminated words of a name one after another, as the arena keeps them. */
static qdx_filed_name *pack(const qdx_name_parts *parts, qdx_arena *arena)
{
    size_t size = 0;
    for (size_t i = 0; i < parts->count; i++)
        size += strlen(parts->words[i].folded) + strlen(parts->words[i].romanized) +
                strlen(parts->words[i].marked) + 3;
    qdx_filed_name *item = qdx_arena_alloc(arena, sizeof *item + size);
    if (!item)
        return NULL;
    *item = (qdx_filed_name){.letters = qdx_filing_letters(parts),
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

qdx_filed_name *qdx_filing_take_apart(const char *name, bool family_first, qdx_arena *arena,
                                      qdx_buffer *storage)
{
    qdx_name_parts parts;
    qdx_name_split(name, strlen(name), storage, &parts);
    if (storage->failed || !parts.count)
        return NULL;
    qdx_filed_name *item = pack(&parts, arena);
    if (!item) {
        storage->failed = true;
        return NULL;
    }
    item->last_key = qdx_filing_key(parts.words[parts.count - 1].romanized);
    if (family_first && parts.count > 1)
        item->first_key = qdx_filing_key(parts.words[0].romanized);
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

/* --- people under a key ------------------------------------------------------------------- */

qdx_filing_walk qdx_filing_begin(const qdx_gazetteer *gazetteer, uint64_t key)
{
    return (qdx_filing_walk){.gazetteer = gazetteer, .key = key};
}

/* The next number of a posting list; checks the bytes it reads. */
static bool read_number(qdx_filing_walk *walk, const qdx_qgz *image, uint64_t *value)
{
    size_t room = (size_t)(walk->end - walk->at);
    *value = 0;
    if (!room || !qdx_qgz_check(image, walk->at, room < LONGEST_POSTING ? room : LONGEST_POSTING)) {
        qdx_qgz_note_damage(image);
        return false;
    }
    for (unsigned shift = 0; shift < 64 && walk->at < walk->end; shift += 7) {
        unsigned char byte = *walk->at++;
        *value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            return true;
    }
    qdx_qgz_note_damage(image);
    return false;
}

/* Moves on to the next layer that has the key. */
static bool next_layer(qdx_filing_walk *walk)
{
    const qdx_gazetteer *gazetteer = walk->gazetteer;
    while (walk->layer < gazetteer->layer_count) {
        const qdx_layer *layer = &gazetteer->layers[walk->layer++];
        const qdx_qgz *image = &layer->image;
        uint32_t place =
            layer->names ? qdx_qgz_find(image, QDX_QGZ_KEY, image->key_seed, walk->key) : 0;
        if (!place || place > image->parts[QDX_QGZ_POSTING].count)
            continue;
        walk->at = image->parts[QDX_QGZ_POSTING].at + (place - 1);
        walk->end = image->parts[QDX_QGZ_POSTING].at + image->parts[QDX_QGZ_POSTING].count;
        walk->number = 0;
        if (read_number(walk, image, &walk->left) && walk->left)
            return true;
    }
    return false;
}

const qdx_entry *qdx_filing_next(qdx_filing_walk *walk)
{
    uint64_t step;
    if (!walk->left && !next_layer(walk))
        return NULL;
    const qdx_layer *layer = &walk->gazetteer->layers[walk->layer - 1];
    if (!read_number(walk, &layer->image, &step) ||
        step > layer->image.parts[QDX_QGZ_ENTITY].count) {
        walk->left = 0;
        walk->layer = SIZE_MAX;
        return NULL;
    }
    walk->left--;
    walk->number += (uint32_t)step;
    return qdx_store_entry(walk->gazetteer, layer->first + walk->number);
}
