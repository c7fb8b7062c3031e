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

static inline uint8_t qdx_cursor_u8(qdx_cursor *cursor)
{
    if (!cursor->failed && cursor->at < cursor->end)
        return *cursor->at++;
    cursor->failed = true;
    return 0;
}

uint32_t qdx_cursor_u32(qdx_cursor *cursor); /* little-endian */
uint64_t qdx_cursor_u64(qdx_cursor *cursor);

uint64_t qdx_cursor_varint_long(qdx_cursor *cursor); /* for the next function alone */

/* LEB128; fails on more than 64 bits and on over-long encodings. */
static inline uint64_t qdx_cursor_varint(qdx_cursor *cursor)
{
    if (!cursor->failed && cursor->at < cursor->end && *cursor->at < 0x80)
        return *cursor->at++;
    return qdx_cursor_varint_long(cursor);
}

/* The same with an upper bound: a larger value fails. */
static inline uint64_t qdx_cursor_varint_max(qdx_cursor *cursor, uint64_t max)
{
    uint64_t value = qdx_cursor_varint(cursor);
    if (value <= max)
        return value;
    cursor->failed = true;
    return 0;
}

/* `size` bytes, borrowed; NULL on failure. */
const unsigned char *qdx_cursor_bytes(qdx_cursor *cursor, uint64_t size);

/* A varint length and that many bytes, borrowed; NULL and *size 0 on failure. */
const char *qdx_cursor_string(qdx_cursor *cursor, size_t *size);

#include "base/banned.h"
#endif
