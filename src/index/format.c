/*
 * The primitives of the index format: layouts, keys, texts, dates, shares and block checksums.
 * Nothing here knows of files or of what the records mean.
 */
#include "index/format.h"

#include <string.h>

#include "base/checksum.h"
#include "base/hash.h"

/* A byte above 127, the name, and line ends that a transfer in text mode would spoil. */
const unsigned char qdx_format_magic[8] = {0x8F, 'Q', 'D', 'X', '\r', '\n', 0x1A, '\n'};

#define BIT(column) (1u << (column))

const qdx_store_layout qdx_store_layouts[QDX_STORE_COUNT] = {
    [QDX_STORE_SOURCE] = {64, 2, BIT(QDX_SOURCE_TEXT), 0},
    [QDX_STORE_SKIPPED] = {64, 5, BIT(QDX_SKIPPED_PATH) | BIT(QDX_SKIPPED_REASON), 0},
    [QDX_STORE_DOCUMENT] = {128, 15,
                            BIT(QDX_DOCUMENT_PATH) | BIT(QDX_DOCUMENT_TITLE) |
                                BIT(QDX_DOCUMENT_URL) | BIT(QDX_DOCUMENT_OUTLET) |
                                BIT(QDX_DOCUMENT_READING),
                            BIT(QDX_DOCUMENT_HASH)},
    [QDX_STORE_SYMBOL] = {256, 3, BIT(QDX_SYMBOL_TEXT), 0},
    [QDX_STORE_ENTITY] = {128, 13,
                          BIT(QDX_ENTITY_ID) | BIT(QDX_ENTITY_NAME) | BIT(QDX_ENTITY_SPELLINGS) |
                              BIT(QDX_ENTITY_ALIASES) | BIT(QDX_ENTITY_OFFICES),
                          BIT(QDX_ENTITY_FLAGS) | BIT(QDX_ENTITY_COUNTRY)},
    [QDX_STORE_FORM] = {512, 3, BIT(QDX_FORM_BYTES), 0},
    [QDX_STORE_NAME] = {0, 4, 0, 0},
    [QDX_STORE_MENTION] = {128, 9, 0, 0},
    [QDX_STORE_QUOTE] = {256, 12, 0, 0},
    [QDX_STORE_SPEECH] = {1024, 2, BIT(QDX_SPEECH_WORDS) | BIT(QDX_SPEECH_NAMED), 0},
    [QDX_STORE_POSTING] = {256, 4, 0, 0},
    [QDX_STORE_WORD] = {0, 4, 0, 0},
};

uint64_t qdx_table_key(const void *bytes, size_t size, bool office)
{
    uint64_t hash = qdx_hash_bytes(bytes, size) >> (64 - QDX_KEY_BITS);
    return (hash & ~(uint64_t)1) | office;
}

unsigned qdx_bucket_bits(uint64_t keys)
{
    unsigned bits = 0;
    while (bits < QDX_KEY_BITS && keys >> bits > QDX_BUCKET)
        bits++;
    return bits;
}

uint32_t qdx_block_checksum(uint64_t build_id, uint64_t number, uint32_t bytes_sum)
{
    unsigned char summed[20];
    for (unsigned i = 0; i < 8; i++) {
        summed[i] = (unsigned char)(number >> (8 * i));
        summed[8 + i] = (unsigned char)(build_id >> (8 * i));
    }
    for (unsigned i = 0; i < 4; i++)
        summed[16 + i] = (unsigned char)(bytes_sum >> (8 * i));
    return qdx_crc32c(0, summed, sizeof summed);
}

void qdx_put_text(qdx_buffer *out, const char *bytes, size_t size)
{
    if (!qdx_buffer_reserve(out, size + 1))
        return;
    char *to = out->bytes + out->size;
    if (size)
        memcpy(to, bytes, size);
    to[size] = to[size + 1] = '\0';
    out->size += size + 1;
}

void qdx_put_string(qdx_buffer *out, const char *text)
{
    qdx_put_text(out, text, text ? strlen(text) : 0);
}

const char *qdx_get_text(qdx_cursor *cursor, size_t *size)
{
    const char *text = (const char *)cursor->at;
    const char *end = cursor->failed || !qdx_cursor_left(cursor)
                          ? NULL
                          : memchr(text, 0, qdx_cursor_left(cursor));
    if (size)
        *size = end ? (size_t)(end - text) : 0;
    if (!end) {
        cursor->failed = true;
        return "";
    }
    cursor->at += end - text + 1;
    return text;
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
