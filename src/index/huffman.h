/*
 * Canonical Huffman codes of bytes, at most 11 bits long (Huffman 1952; canonical form after
 * Schwartz and Kallick 1964). A block is the lengths of the codes, then the codes, the lowest bit
 * of each byte first. Equal bytes always give equal blocks.
 */
#ifndef QDX_INDEX_HUFFMAN_H
#define QDX_INDEX_HUFFMAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

/*
 * Appends the block for `size` bytes when that takes less than `limit` bytes; false, and nothing
 * appended, when it does not. The bytes must not all be equal. Linear.
 */
bool qdx_huffman_pack(const unsigned char *bytes, size_t size, size_t limit, qdx_buffer *out);

/* Unpacks exactly `size` bytes; false when the block is malformed. */
bool qdx_huffman_unpack(const unsigned char *packed, size_t packed_size, unsigned char *bytes,
                        size_t size);

#include "base/banned.h"
#endif
