/*
 * Canonical Huffman codes of up to 256 symbols, at most 11 bits long (Huffman 1952; canonical form
 * after Schwartz and Kallick 1964). A block is the lengths of the codes, then the codes, the lowest
 * bit of each byte first. Equal bytes always give equal blocks.
 */
#ifndef QDX_INDEX_HUFFMAN_H
#define QDX_INDEX_HUFFMAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

enum {
    QDX_HUFFMAN_SYMBOLS = 256,
    QDX_HUFFMAN_LONGEST = 11,   /* bits of a code */
    QDX_HUFFMAN_HEAD_MAX = 272, /* bytes of a head, at most */
};

/* A code for writing: of each symbol its bits, the first lowest; `head` is how it is written. */
typedef struct qdx_huffman_code {
    uint16_t codes[QDX_HUFFMAN_SYMBOLS];
    unsigned char lengths[QDX_HUFFMAN_SYMBOLS]; /* 0: not in use */
    unsigned char head[QDX_HUFFMAN_HEAD_MAX];
    size_t head_size;
} qdx_huffman_code;

/* The code for symbols that occur so often; the bits all of them take, 0 when fewer than two are in
 * use (there is no code then). */
uint64_t qdx_huffman_make(const uint32_t counts[QDX_HUFFMAN_SYMBOLS], qdx_huffman_code *code);

/* A code for reading: for each possible next `width` bits the symbol they begin with * 16 + its
 * length. */
typedef struct qdx_huffman_table {
    uint16_t entries[1 << QDX_HUFFMAN_LONGEST];
    unsigned width;
} qdx_huffman_table;

/* Reads the head that `packed` begins with; the codes follow it. False when malformed. */
bool qdx_huffman_read(const unsigned char *packed, size_t size, qdx_huffman_table *table,
                      size_t *head_size);

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
