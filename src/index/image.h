/*
 * The index on its way to bytes: stores are filled column by column, one after another, and each
 * goes to the file as soon as it is complete. Every append is checked at the end, by
 * qdx_image_finish.
 */
#ifndef QDX_INDEX_IMAGE_H
#define QDX_INDEX_IMAGE_H

#include "base/file.h"
#include "base/vector.h"
#include "index/format.h"
#include "index/pack.h"

/* A store being filled. */
typedef struct qdx_image_store {
    qdx_buffer columns[QDX_COLUMNS]; /* of the group */
    qdx_buffer data, offsets;
    uint64_t count;    /* records */
    unsigned in_group; /* of them, in the group */
} qdx_image_store;

typedef struct qdx_image {
    qdx_index_info info; /* filled in by whoever knows; build id and size by finish */
    qdx_image_store stores[QDX_STORE_COUNT];
    qdx_packer packer;
    qdx_file_writer *file; /* where to, or: */
    qdx_buffer *out;
    uint64_t size; /* bytes written */
    struct {
        uint64_t offset, size, count, hash;
    } sections[QDX_SECTION_COUNT];
    uint64_t symbols[QDX_SYMBOL_CLASSES]; /* of each class */
    unsigned done;                        /* stores written */
    QDX_VECTOR(uint32_t) sums;
    qdx_status status; /* of writing; the first failure stays */
    qdx_error *error;
} qdx_image;

/* Begins with an open file, or with an empty buffer and no file. */
void qdx_image_init(qdx_image *image, qdx_file_writer *file, qdx_buffer *out, qdx_error *error);
void qdx_image_release(qdx_image *image);

/* A column of texts or bytes of the store's record; several can be written at once. */
static inline qdx_buffer *qdx_image_column(qdx_image *image, qdx_store store, unsigned column)
{
    return &image->stores[store].columns[column];
}

/* Appends a number to a column of numbers. */
static inline void qdx_image_put(qdx_image *image, qdx_store store, unsigned column,
                                 uint64_t number)
{
    qdx_buffer *numbers = &image->stores[store].columns[column];
    if (!qdx_buffer_reserve(numbers, sizeof number))
        return;
    memcpy(numbers->bytes + numbers->size, &number, sizeof number);
    numbers->size += sizeof number;
}

/* Ends the record; for a table, the bucket. True when the next one begins a group. */
bool qdx_image_end(qdx_image *image, qdx_store store);

/* Is the next record the first of a group? */
static inline bool qdx_image_begins(const qdx_image *image, qdx_store store)
{
    return image->stores[store].in_group == 0;
}

/* No more records of this store come: it is written and its memory freed. In the order of stores.
 */
void qdx_image_done(qdx_image *image, qdx_store store);

/* Checksums and header, when all stores are done. The file is still to be committed. */
qdx_status qdx_image_finish(qdx_image *image, qdx_error *error);

#include "base/banned.h"
#endif
