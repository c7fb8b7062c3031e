/* Compiling: what a builder collected, as the bytes of an image (docs/qgz-format.md). */
#ifndef QDX_GAZETTEER_COMPILE_H
#define QDX_GAZETTEER_COMPILE_H

#include "gazetteer/store.h"

/*
 * Appends the image of the builder's names, with the word tables when `words`. The same rows in the
 * same order give the same bytes. Cost: sorting.
 */
qdx_status qdx_compile(const qdx_gazetteer *gazetteer, bool words, qdx_buffer *out,
                       qdx_error *error);

#include "base/banned.h"
#endif
