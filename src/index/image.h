/*
 * The content of an index while it is made: one growing buffer a section, and the builders of
 * stores and dictionaries that fill them.
 */
#ifndef QDX_INDEX_IMAGE_H
#define QDX_INDEX_IMAGE_H

#include "index/format.h"

typedef struct qdx_image {
    qdx_buffer sections[QDX_SECTION_COUNT];
    uint64_t counts[QDX_SECTION_COUNT];
    qdx_buffer
        groups[QDX_STORE_COUNT];    /* of packed stores: the records of the group being filled */
    size_t begins[QDX_STORE_COUNT]; /* of the record being written, in its group or in the
                                       section; 0: none */
    qdx_index_info info;            /* counts and dates; the file's own fields are filled
                                       when written */
} qdx_image;

/* Begins every store; sections are empty. */
void qdx_image_init(qdx_image *image);
void qdx_image_release(qdx_image *image);

/* The next record of a store, to be appended to; then qdx_image_end ends it. */
qdx_buffer *qdx_image_record(qdx_image *image, qdx_store store);
void qdx_image_end(qdx_image *image, qdx_store store);

/* After the last record of all stores. */
void qdx_image_finish(qdx_image *image);

/* QDX_ERR_MEMORY when any append failed. */
qdx_status qdx_image_status(const qdx_image *image, qdx_error *error);

/* Lays header, checksums and sections out in the file at `path`, replacing it as a whole. */
qdx_status qdx_image_write(qdx_image *image, const char *path, qdx_error *error);

/* The same into memory, for tests. */
qdx_status qdx_image_render(qdx_image *image, qdx_buffer *out, qdx_error *error);

/* A dictionary being filled in ascending order of keys (bytewise, none twice).
 */
typedef struct qdx_dictionary_builder {
    qdx_image *image;
    qdx_store store;
    qdx_buffer previous;
    unsigned in_group;
    uint64_t count;
} qdx_dictionary_builder;

void qdx_dictionary_add(qdx_dictionary_builder *builder, const char *key, size_t size,
                        const qdx_buffer *payload);
/* Ends the last group and releases the builder. */
void qdx_dictionary_finish(qdx_dictionary_builder *builder);

#include "base/banned.h"
#endif
