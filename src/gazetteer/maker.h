/* What the functions that make the parts of an image share. Private to compiling. */
#ifndef QDX_GAZETTEER_MAKER_H
#define QDX_GAZETTEER_MAKER_H

#include "gazetteer/keyed.h"
#include "gazetteer/store.h"

/* What is being made. */
typedef struct qdx_maker {
    const qdx_gazetteer *gazetteer;
    const qdx_builder *builder;
    qdx_buffer *out;
    size_t start; /* of the image in out */
    qdx_qgz_header header;
    qdx_qgz_section sections[QDX_QGZ_PARTS];
    QDX_VECTOR(uint32_t) more;
    QDX_VECTOR(qdx_qgz_phrase) phrases;
    qdx_buffer scratch;
    qdx_error *error;
} qdx_maker;

typedef QDX_VECTOR(uint64_t) qdx_key_list;
typedef QDX_VECTOR(uint32_t) qdx_value_list;

/* Begins a part behind what there is, aligned, with `count` records of `size` bytes. */
void qdx_make_part(qdx_maker *m, qdx_qgz_part part, const void *records, size_t count, size_t size);

/* A part that is a table of keys in order. The functions below are false on failure. */
bool qdx_make_table(qdx_maker *m, qdx_qgz_part part, const qdx_key_list *keys,
                    const qdx_value_list *values, uint32_t *seed);

/* Phrases and their beginnings; the bitmaps that tell where none begins. */
bool qdx_make_phrases(qdx_maker *m);
bool qdx_make_bitmaps(qdx_maker *m);

/* People by what spellings share; who held which office. */
bool qdx_make_people(qdx_maker *m);
bool qdx_make_offices_held(qdx_maker *m);

#include "base/banned.h"
#endif
