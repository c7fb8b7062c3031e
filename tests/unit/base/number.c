/* Numbers in bytes: cursor and varints both ways, checksum, hashes. */
#include <stdint.h>

#include "base/buffer.h"
#include "base/checksum.h"
#include "base/cursor.h"
#include "base/hash.h"
#include "check.h"

static const uint64_t values[] = {
    0, 1, 127, 128, 255, 300, 16383, 16384, UINT32_MAX, 1ull << 62, 1ull << 63, UINT64_MAX,
};

static void test_round_trip(void)
{
    qdx_buffer buffer = {0};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        qdx_buffer_varint(&buffer, values[i]);
        qdx_buffer_u64(&buffer, values[i]);
        qdx_buffer_u32(&buffer, (uint32_t)values[i]);
    }
    qdx_buffer_string(&buffer, "text", 4);
    qdx_buffer_string(&buffer, NULL, 0);
    qdx_cursor cursor;
    qdx_cursor_init(&cursor, buffer.bytes, buffer.size);
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        CHECK(qdx_cursor_varint(&cursor) == values[i]);
        CHECK(qdx_cursor_u64(&cursor) == values[i]);
        CHECK(qdx_cursor_u32(&cursor) == (uint32_t)values[i]);
    }
    size_t size;
    const char *text = qdx_cursor_string(&cursor, &size);
    CHECK(text && size == 4 && memcmp(text, "text", 4) == 0);
    CHECK(qdx_cursor_string(&cursor, &size) != NULL && size == 0);
    CHECK(!cursor.failed && qdx_cursor_left(&cursor) == 0);
    CHECK(qdx_cursor_u8(&cursor) == 0 && cursor.failed);
    qdx_buffer_release(&buffer);
}

static bool varint_fails(const char *bytes, size_t size)
{
    qdx_cursor cursor;
    qdx_cursor_init(&cursor, bytes, size);
    return qdx_cursor_varint(&cursor) == 0 && cursor.failed;
}

static void test_malformed(void)
{
    CHECK(varint_fails("", 0));
    CHECK(varint_fails("\x80", 1));                                          /* cut */
    CHECK(varint_fails("\x80\x00", 2));                                      /* over-long */
    CHECK(varint_fails("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02", 10));     /* 65 bits */
    CHECK(varint_fails("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01", 11)); /* 11 bytes */
    qdx_cursor cursor;
    qdx_cursor_init(&cursor, "\x05", 1);
    CHECK(qdx_cursor_varint_max(&cursor, 4) == 0 && cursor.failed);
    qdx_cursor_init(&cursor, "\x05zz", 3);
    size_t size = 9;
    CHECK(qdx_cursor_string(&cursor, &size) == NULL && size == 0 && cursor.failed);
    qdx_cursor_init(&cursor, "abc", 3);
    CHECK(qdx_cursor_bytes(&cursor, UINT64_MAX) == NULL && cursor.failed);
    CHECK(qdx_cursor_u8(&cursor) == 0); /* failure stays */
    qdx_cursor_init(&cursor, NULL, 0);
    CHECK(qdx_cursor_left(&cursor) == 0 && qdx_cursor_bytes(&cursor, 0) == NULL && !cursor.failed);
}

/* RFC 3720, appendix B.4, and the usual check value. */
static void test_checksum(void)
{
    unsigned char zeros[32] = {0}, ones[32], rising[32];
    memset(ones, 0xFF, sizeof ones);
    for (unsigned char i = 0; i < 32; i++)
        rising[i] = i;
    CHECK(qdx_crc32c(0, zeros, 32) == 0x8A9136AAu);
    CHECK(qdx_crc32c(0, ones, 32) == 0x62A8AB43u);
    CHECK(qdx_crc32c(0, rising, 32) == 0x46DD794Eu);
    CHECK(qdx_crc32c(0, "123456789", 9) == 0xE3069283u);
    CHECK(qdx_crc32c(0, "", 0) == 0);
    for (size_t cut = 0; cut <= 32; cut++)
        CHECK(qdx_crc32c(qdx_crc32c(0, rising, cut), rising + cut, 32 - cut) == 0x46DD794Eu);
}

/* SipHash-1-3 with key 00..0f over 00 01 02 …: same for a text wherever it lies in memory. */
static void test_hashes(void)
{
    char shifted[64];
    qdx_hash_key key = {0x0706050403020100u, 0x0F0E0D0C0B0A0908u}, other = {1, 2};
    for (size_t size = 0; size < 40; size++) {
        char bytes[40];
        for (size_t i = 0; i < size; i++)
            bytes[i] = (char)i;
        memcpy(shifted + 3, bytes, size);
        CHECK(qdx_hash_bytes(bytes, size) == qdx_hash_bytes(shifted + 3, size));
        CHECK(qdx_hash_keyed(key, bytes, size) == qdx_hash_keyed(key, shifted + 3, size));
        CHECK(qdx_hash_keyed(key, bytes, size) != qdx_hash_keyed(other, bytes, size));
        if (size)
            CHECK(qdx_hash_bytes(bytes, size) != qdx_hash_bytes(bytes, size - 1));
    }
    CHECK(qdx_hash_mix(1, 2) != qdx_hash_mix(2, 1));
    qdx_hash_key a = qdx_hash_key_random(), b = qdx_hash_key_random();
    CHECK(a.k0 != b.k0 || a.k1 != b.k1);
}

int main(void)
{
    test_round_trip();
    test_malformed();
    test_checksum();
    test_hashes();
    return check_report();
}
