/* Bounds-checked reading; the only code that takes numbers out of untrusted bytes. */
#include "base/cursor.h"

void qdx_cursor_init(qdx_cursor *cursor, const void *bytes, size_t size)
{
    cursor->at = bytes;
    cursor->end = size ? cursor->at + size : cursor->at;
    cursor->failed = false;
}

const unsigned char *qdx_cursor_bytes(qdx_cursor *cursor, uint64_t size)
{
    if (cursor->failed || size > qdx_cursor_left(cursor)) {
        cursor->failed = true;
        return NULL;
    }
    const unsigned char *bytes = cursor->at;
    cursor->at += size;
    return bytes;
}

static uint64_t read_little_endian(qdx_cursor *cursor, unsigned size)
{
    const unsigned char *bytes = qdx_cursor_bytes(cursor, size);
    uint64_t value = 0;
    if (bytes)
        for (unsigned i = 0; i < size; i++)
            value |= (uint64_t)bytes[i] << (8 * i);
    return value;
}

uint32_t qdx_cursor_u32(qdx_cursor *cursor)
{
    return (uint32_t)read_little_endian(cursor, 4);
}

uint64_t qdx_cursor_u64(qdx_cursor *cursor)
{
    return read_little_endian(cursor, 8);
}

uint64_t qdx_cursor_varint_long(qdx_cursor *cursor)
{
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (cursor->failed || cursor->at == cursor->end)
            break;
        uint8_t byte = *cursor->at++;
        if (shift == 63 && byte > 1)
            break;
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            if (byte == 0 && shift > 0)
                break;
            return value;
        }
    }
    cursor->failed = true;
    return 0;
}

const char *qdx_cursor_string(qdx_cursor *cursor, size_t *size)
{
    uint64_t length = qdx_cursor_varint(cursor);
    const unsigned char *bytes = qdx_cursor_bytes(cursor, length);
    *size = bytes ? (size_t)length : 0;
    return (const char *)bytes;
}
