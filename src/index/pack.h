/*
 * Packing: groups of records made small, each by itself, in the LZ4 block
 * format (literals and copies from at most 65,535 bytes back). Equal bytes
 * always pack to equal bytes.
 */
#ifndef QDX_INDEX_PACK_H
#define QDX_INDEX_PACK_H

#include <stdbool.h>

#include "base/buffer.h"

/* No packed byte stands for more than this many. */
enum { QDX_PACK_RATIO = 255 };

/* Appends `size` bytes, packed; at most a few bytes more than they were.
 * Linear. */
void qdx_pack(const void *bytes, size_t size, qdx_buffer *out);

/* Unpacks exactly `size` bytes; false when the packed ones are malformed or
 * mean another number. */
bool qdx_unpack(const void *packed, size_t packed_size, void *bytes, size_t size);

#include "base/banned.h"
#endif
