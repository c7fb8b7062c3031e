/*
 * The primitives of the index format: texts, dates, shares and block checksums, in both directions.
 * Nothing here knows of files or of what the records mean.
 */
#include "index/format.h"

#include <string.h>

#include "base/checksum.h"

/* A byte above 127, the name, and line ends that a transfer in text mode would spoil. */
const unsigned char qdx_format_magic[8] = {0x8F, 'Q', 'D', 'X', '\r', '\n', 0x1A, '\n'};

const qdx_store_layout qdx_store_layouts[QDX_STORE_COUNT] = {
    [QDX_STORE_SYMBOL] = {16, false},       [QDX_STORE_ENTITY] = {32, true},
    [QDX_STORE_NAME] = {1, false},          [QDX_STORE_POSTING] = {16, false},
    [QDX_STORE_DOCUMENT] = {32, true},      [QDX_STORE_MENTION] = {128, true},
    [QDX_STORE_QUOTE] = {256, true},        [QDX_STORE_WORD] = {1, false},
    [QDX_STORE_WORD_POSTING] = {16, false}, [QDX_STORE_SKIPPED] = {32, true},
};

uint32_t qdx_block_checksum(uint64_t build_id, uint64_t number, const void *bytes, size_t size)
{
    unsigned char seed[16];
    for (unsigned i = 0; i < 8; i++) {
        seed[i] = (unsigned char)(number >> (8 * i));
        seed[8 + i] = (unsigned char)(build_id >> (8 * i));
    }
    return qdx_crc32c(qdx_crc32c(0, seed, sizeof seed), bytes, size);
}

/* Length, bytes and NUL; the bytes' place in the buffer, NULL when it failed. */
static inline char *put_counted(qdx_buffer *out, const char *bytes, size_t size)
{
    if (!qdx_buffer_reserve(out, size + 11))
        return NULL;
    char *to = out->bytes + out->size;
    uint64_t left = size;
    for (; left >= 0x80; left >>= 7)
        *to++ = (char)(left | 0x80);
    *to++ = (char)left;
    if (size)
        memcpy(to, bytes, size);
    to[size] = to[size + 1] = '\0';
    out->size = (size_t)(to + size + 1 - out->bytes);
    return to;
}

void qdx_put_text(qdx_buffer *out, const char *bytes, size_t size)
{
    char *at = put_counted(out, bytes, size);
    for (char *end = at ? at + size : at; at != end && (at = memchr(at, 0, (size_t)(end - at)));)
        *at++ = ' ';
}

void qdx_put_string(qdx_buffer *out, const char *text)
{
    put_counted(out, text ? text : "", text ? strlen(text) : 0);
}

void qdx_put_terminated(qdx_buffer *out, const char *text, size_t size)
{
    put_counted(out, text, size);
}

const char *qdx_get_text(qdx_cursor *cursor, size_t *size)
{
    size_t length;
    const char *text = qdx_cursor_string(cursor, &length);
    if (qdx_cursor_u8(cursor) != 0 || !text || memchr(text, 0, length))
        cursor->failed = true;
    if (cursor->failed)
        length = 0;
    if (size)
        *size = length;
    return cursor->failed ? "" : text;
}

uint64_t qdx_get_count(qdx_cursor *cursor)
{
    uint64_t count = qdx_cursor_varint(cursor);
    if (!cursor->failed && count <= qdx_cursor_left(cursor))
        return count;
    cursor->failed = true;
    return 0;
}

uint32_t qdx_date_pack(qdx_date date)
{
    if (date.year <= 0)
        return 0;
    return (uint32_t)date.year << 16 | (uint32_t)date.month << 8 | date.day;
}

qdx_date qdx_date_unpack(uint32_t packed)
{
    return (qdx_date){(int16_t)(packed >> 16 & 0x7FFF), (uint8_t)(packed >> 8), (uint8_t)packed};
}

uint32_t qdx_date_ceiling(uint32_t packed)
{
    if (packed && !(packed & 0xFF00))
        packed |= 12u << 8;
    if (packed && !(packed & 0xFF))
        packed |= 31u;
    return packed;
}

uint32_t qdx_per_mille(float share)
{
    if (!(share > 0))
        return 0;
    return share >= 1 ? QDX_PER_MILLE : (uint32_t)((double)share * QDX_PER_MILLE + 0.5);
}
