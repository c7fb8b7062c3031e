/*
 * Dictionaries: sorted keys, front-coded in groups of QDX_GROUP_KEYS, each with a payload. A
 * look-up reads the first key of about log2(n / 16) groups and then one group.
 */
#ifndef QDX_INDEX_DICTIONARY_H
#define QDX_INDEX_DICTIONARY_H

#include "index/reader.h"

/* A walk over the keys in order. Release when done; an all-zero value is valid. */
typedef struct qdx_dictionary_walk {
    const qdx_index *index;
    qdx_store store;
    uint64_t group, groups; /* of the current key; in all */
    uint64_t ordinal;       /* of the current key among all keys */
    unsigned in_group;
    qdx_cursor cursor;
    qdx_buffer key;
    qdx_cursor payload;
} qdx_dictionary_walk;

void qdx_dictionary_walk_release(qdx_dictionary_walk *walk);

/* Goes to the first key that is not less than `key`. Call next to read it. */
qdx_status qdx_dictionary_walk_seek(qdx_dictionary_walk *walk, const qdx_index *index,
                                    qdx_store store, const char *key, size_t size,
                                    qdx_error *error);

/* Reads the next key into walk->key. QDX_END after the last. */
qdx_status qdx_dictionary_walk_next(qdx_dictionary_walk *walk, qdx_error *error);

/* The payload and number of one key; QDX_END when it is not there. */
qdx_status qdx_dictionary_find(const qdx_index *index, qdx_store store, const char *key,
                               size_t size, qdx_cursor *payload, uint64_t *ordinal,
                               qdx_error *error);

#include "base/banned.h"
#endif
