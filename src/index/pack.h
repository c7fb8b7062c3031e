/*
 * Packing: columns of records made small, each by itself. A column is its size and, unless that is
 * 0, one of four methods:
 *
 *     raw      the bytes
 *     run      one byte, which all of them are
 *     codes    Huffman codes (index/huffman.h)
 *     copies   literals and copies of earlier bytes, after LZ77 (Ziv and Lempel 1977), as four
 *              columns: literals, tokens, rests of long lengths, distances
 *
 * Equal bytes always pack to equal bytes.
 */
#ifndef QDX_INDEX_PACK_H
#define QDX_INDEX_PACK_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/cursor.h"

typedef enum qdx_pack_method {
    QDX_PACK_RAW,
    QDX_PACK_RUN,
    QDX_PACK_CODES,
    QDX_PACK_COPIES,
} qdx_pack_method;

enum { QDX_PACK_RUN_MAX = 1 << 20 }; /* bytes that one byte may stand for */

/* Room that packing texts needs, used again and again. An all-zero value is valid and empty. */
typedef struct qdx_packer {
    qdx_buffer literals, tokens, rests, distances;
} qdx_packer;

void qdx_packer_release(qdx_packer *packer);

/* Appends the column of `size` bytes; copies are looked for when it is `text`. Linear. */
void qdx_pack(qdx_packer *packer, const void *bytes, size_t size, bool text, qdx_buffer *out);

/*
 * The size of the column at the cursor, which stays there. What it claims is bounded by the bytes
 * that are there, so it may be allocated.
 */
size_t qdx_pack_size(const qdx_cursor *packed);

/* Unpacks the column, whose size is known, and moves on. The cursor fails on a malformed one, and
 * when memory runs out (*no_memory). */
void qdx_unpack(qdx_cursor *packed, void *bytes, size_t size, bool *no_memory);

/* Moves on behind the column, of which nothing more is believed than how long it says it is. */
void qdx_pack_skip(qdx_cursor *packed);

#include "base/banned.h"
#endif
