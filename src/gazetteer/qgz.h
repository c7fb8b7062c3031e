/*
 * Image: the compiled form of a gazetteer, mapped from a file or made in memory.
 *
 * Every byte is under a checksum of its block, and no block is believed before it was checked: at
 * its first use, or all at once (qdx_qgz_verify). What is read from a damaged block, or past the
 * end of a part, is empty, and the image remembers it (qdx_qgz_status), so that a caller asks once
 * at its end. An image never changes; any number of threads may read it.
 */
#ifndef QDX_GAZETTEER_QGZ_H
#define QDX_GAZETTEER_QGZ_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/file.h"
#include "gazetteer/key_table.h"
#include "gazetteer/qgz_format.h"

/* What changes in a shared image: which blocks are known to be good. */
typedef struct qdx_qgz_state {
    atomic_bool whole;   /* all of them */
    atomic_bool damaged; /* something was not as it must be */
    atomic_bool starved; /* there was no memory to compare with */
    atomic_uchar good[]; /* for each block */
} qdx_qgz_state;

typedef struct qdx_qgz {
    const unsigned char *bytes;
    uint64_t data_size;
    struct {
        const unsigned char *at;
        uint64_t count;
    } parts[QDX_QGZ_PARTS];
    const unsigned char *sums;
    qdx_qgz_state *state;
    qdx_file_map map; /* of a file */
    qdx_buffer own;   /* of one made in memory */
    uint32_t prefix_seed, key_seed, office_seed, name_groups, first_shift, pair_shift;
    uint64_t name_count;
    bool overrides;
    char path[512];
} qdx_qgz;

/* Does the file begin as a compiled gazetteer does? False also when it cannot be read. */
bool qdx_qgz_is_file(const char *path);

/*
 * Maps a file. QDX_ERR_DAMAGED when its length, header or checksums contradict each other,
 * QDX_ERR_VERSION when it is of a newer version or another hash.
 */
qdx_status qdx_qgz_open(qdx_qgz *image, const char *path, qdx_error *error);

/* The same of bytes that were just made, which it takes over; they are believed. */
qdx_status qdx_qgz_take(qdx_qgz *image, qdx_buffer *bytes, qdx_error *error);
void qdx_qgz_close(qdx_qgz *image);

/* Checks every block not yet checked. Cost: reading the file once. */
qdx_status qdx_qgz_verify(const qdx_qgz *image, qdx_error *error);

/* QDX_OK, QDX_ERR_DAMAGED when something read so far was not as it must be, or QDX_ERR_MEMORY. */
qdx_status qdx_qgz_status(const qdx_qgz *image, qdx_error *error);

/* Checks the blocks of a range; false, and remembered, when one is damaged. */
bool qdx_qgz_check_slow(const qdx_qgz *image, const void *at, size_t size);

static inline bool qdx_qgz_check(const qdx_qgz *image, const void *at, size_t size)
{
    return atomic_load_explicit(&image->state->whole, memory_order_relaxed) ||
           qdx_qgz_check_slow(image, at, size);
}

static inline void qdx_qgz_note_damage(const qdx_qgz *image)
{
    atomic_store_explicit(&image->state->damaged, true, memory_order_relaxed);
}

/* Record i of a part with records of `size` bytes; NULL when there is none or it is damaged. */
static inline const void *qdx_qgz_record(const qdx_qgz *image, qdx_qgz_part part, uint64_t i,
                                         size_t size)
{
    if (i >= image->parts[part].count) {
        qdx_qgz_note_damage(image);
        return NULL;
    }
    const unsigned char *at = image->parts[part].at + i * size;
    return qdx_qgz_check(image, at, size) ? at : NULL;
}

const char *qdx_qgz_text_slow(const qdx_qgz *image, qdx_qgz_part part, uint32_t offset);

/* A text of QDX_QGZ_TEXT or QDX_QGZ_WORD_TEXT; "" when there is none. */
static inline const char *qdx_qgz_text(const qdx_qgz *image, qdx_qgz_part part, uint32_t offset)
{
    /* In a part that ends as a text does, each text ends, once every block was checked. */
    uint64_t size = image->parts[part].count;
    const unsigned char *texts = image->parts[part].at;
    if (offset < size && atomic_load_explicit(&image->state->whole, memory_order_relaxed) &&
        texts[size - 1] == '\0')
        return (const char *)texts + offset;
    return qdx_qgz_text_slow(image, part, offset);
}

/* A word of MORE; 0 past its end. */
uint32_t qdx_qgz_more(const qdx_qgz *image, uint64_t i);

/* The value of a key, 0 when there is none. */
static inline uint32_t qdx_qgz_find(const qdx_qgz *image, qdx_qgz_part part, uint32_t seed,
                                    uint64_t key)
{
    uint64_t count = image->parts[part].count;
    if (!count)
        return 0;
    const qdx_key_slot *slots = (const void *)image->parts[part].at;
    qdx_key_place place = qdx_key_place_of(key, seed, count);
    bool whole = atomic_load_explicit(&image->state->whole, memory_order_relaxed);
    for (uint64_t at = place.home, probes = 0; probes < QDX_KEY_PROBES; probes++) {
        if (!whole && !qdx_qgz_check_slow(image, &slots[at], sizeof slots[at]))
            return 0;
        if (slots[at].check == place.check)
            return slots[at].value;
        if (!slots[at].check)
            return 0;
        at = at + 1 == count ? 0 : at + 1;
    }
    return 0;
}

/* The entity with this id, or UINT32_MAX. */
uint32_t qdx_qgz_find_id(const qdx_qgz *image, const char *id);

/* Appends an entity's id, made from its name where none is stored. */
void qdx_qgz_entity_id(const qdx_qgz *image, const qdx_qgz_entity *entity, qdx_buffer *out);

/* Where the id table keeps an entity, and how it is marked there; `count` slots. */
typedef struct qdx_id_place {
    uint64_t home;
    uint32_t mark, number_mask; /* the mark stands in the bits above the number's */
} qdx_id_place;
qdx_id_place qdx_qgz_id_place(const char *id, uint64_t slot_count, uint64_t entity_count);

#include "base/banned.h"
#endif
