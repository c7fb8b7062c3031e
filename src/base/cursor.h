/*
 * Cursor: reading untrusted bytes without ever leaving them.
 *
 * A read past the end, or a malformed number, yields zero and sets `failed`; it stays set, so that
 * a sequence of reads is checked once at its end.
 */
#ifndef QDX_BASE_CURSOR_H
#define QDX_BASE_CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct qdx_cursor {
    const unsigned char *at;
    const unsigned char *end;
    bool failed;
} qdx_cursor;

void qdx_cursor_init(qdx_cursor *cursor, const void *bytes, size_t size);

static inline size_t qdx_cursor_left(const qdx_cursor *cursor)
{
    return (size_t)(cursor->end - cursor->at);
}

uint8_t qdx_cursor_u8(qdx_cursor *cursor);
uint32_t qdx_cursor_u32(qdx_cursor *cursor); /* little-endian */
uint64_t qdx_cursor_u64(qdx_cursor *cursor);

/* LEB128; fails on more than 64 bits and on over-long encodings. */
uint64_t qdx_cursor_varint(qdx_cursor *cursor);

/* The same with an upper bound: a larger value fails. */
uint64_t qdx_cursor_varint_max(qdx_cursor *cursor, uint64_t max);

/* `size` bytes, borrowed; NULL on failure. */
const unsigned char *qdx_cursor_bytes(qdx_cursor *cursor, uint64_t size);

/* A varint length and that many bytes, borrowed; NULL and *size 0 on failure. */
const char *qdx_cursor_string(qdx_cursor *cursor, size_t *size);

#include "base/banned.h"
#endif
