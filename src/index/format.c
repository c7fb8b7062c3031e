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

void qdx_put_text(qdx_buffer *out, const char *bytes, size_t size)
{
    qdx_buffer_varint(out, size);
    if (!qdx_buffer_reserve(out, size + 1))
        return;
    size_t start = out->size;
    qdx_buffer_append(out, bytes, size);
    if (!out->failed)
        for (char *nul = out->bytes + start;
             (nul = memchr(nul, 0, start + size - (size_t)(nul - out->bytes)));)
            *nul = ' ';
    qdx_buffer_byte(out, '\0');
}

void qdx_put_string(qdx_buffer *out, const char *text)
{
    qdx_put_text(out, text ? text : "", text ? strlen(text) : 0);
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
