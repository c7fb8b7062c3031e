/*
 * Columns of numbers made small. A column is how many numbers there are and, unless that is 0, one
 * of three methods:
 *
 *     fixed    as many bits for each
 *     run      one number, which all of them are
 *     codes    of each number the Huffman code of its class, and the bits that tell it from the
 *              others of the class: small numbers are classes of their own, larger ones share
 *              theirs with a quarter of an octave (Elias 1975, with codes fitted to the column)
 *
 * Equal numbers always pack to equal bytes.
 */
#ifndef QDX_INDEX_NUMBERS_H
#define QDX_INDEX_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/cursor.h"

typedef enum qdx_numbers_method {
    QDX_NUMBERS_FIXED,
    QDX_NUMBERS_RUN,
    QDX_NUMBERS_CODES,
} qdx_numbers_method;

enum { QDX_NUMBERS_RUN_MAX = 1 << 16 }; /* numbers that one may stand for */

/* Appends the column. Linear. */
void qdx_numbers_pack(const uint64_t *numbers, size_t count, qdx_buffer *out);

/*
 * How many numbers the column at the cursor has, which stays there. What it claims is bounded by
 * the bytes that are there, so it may be allocated.
 */
size_t qdx_numbers_count(const qdx_cursor *packed);

/* Unpacks the column, whose count is known, and moves on. The cursor fails on a malformed one. */
void qdx_numbers_unpack(qdx_cursor *packed, uint64_t *numbers, size_t count);

/* Moves on behind the column, of which nothing more is believed than how long it says it is. */
void qdx_numbers_skip(qdx_cursor *packed);

#include "base/banned.h"
#endif
