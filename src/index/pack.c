/*
 * LZ4 blocks. The packer looks at one earlier place for each hash of four bytes
 * and takes what it finds; where nothing is found for long it looks less often.
 * The unpacker believes nothing.
 */
#include "index/pack.h"

#include <stdint.h>
#include <string.h>

enum {
    SHORTEST = 4,     /* bytes of a copy, at least */
    FARTHEST = 65535, /* bytes back */
    NIBBLE = 15,      /* a length in a token; more follows in bytes */
    HASH_BITS = 12,
    PATIENCE_BITS = 5, /* after 2^5 misses in a row every second byte is tried, and so on */
    TAIL = 5,          /* the last bytes are literals: a rule of the format */
};

static uint32_t load4(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static uint32_t hash4(uint32_t word)
{
    return word * 2654435761u >> (32 - HASH_BITS);
}

static unsigned char *put_length(unsigned char *to, size_t length)
{
    if (length < NIBBLE)
        return to;
    for (length -= NIBBLE; length >= 255; length -= 255)
        *to++ = 255;
    *to++ = (unsigned char)length;
    return to;
}

/* One token: `count` literals, then a copy of `length` bytes from `back` (0:
 * none, at the end). */
static unsigned char *put_sequence(unsigned char *to, const unsigned char *literals, size_t count,
                                   size_t length, size_t back)
{
    size_t more = back ? length - SHORTEST : 0;
    *to++ =
        (unsigned char)((count < NIBBLE ? count : NIBBLE) << 4 | (more < NIBBLE ? more : NIBBLE));
    to = put_length(to, count);
    if (count)
        memcpy(to, literals, count);
    to += count;
    if (!back)
        return to;
    *to++ = (unsigned char)back;
    *to++ = (unsigned char)(back >> 8);
    return put_length(to, more);
}

/* How far a copy reaches, `length` bytes of which are known to be equal. */
static size_t match_length(const unsigned char *from, size_t at, size_t length, size_t end,
                           size_t back)
{
    const unsigned char *p = from + at;
    size_t longest = end - at;
    while (longest - length >= 8 && memcmp(p + length, p + length - back, 8) == 0)
        length += 8;
    while (length < longest && p[length] == p[length - back])
        length++;
    return length;
}

static unsigned char *pack(const unsigned char *from, size_t size, unsigned char *to)
{
    uint32_t places[1 << HASH_BITS] = {0}; /* of the last bytes with this hash, + 1 */
    size_t at = 0, kept = 0, misses = 0;
    size_t limit = size > TAIL + SHORTEST && size < UINT32_MAX ? size - TAIL - SHORTEST : 0;
    while (at < limit) {
        uint32_t word = load4(from + at), *place = &places[hash4(word)];
        size_t there = *place;
        *place = (uint32_t)at + 1;
        if (!there || at + 1 - there > FARTHEST || load4(from + there - 1) != word) {
            at += 1 + (misses++ >> PATIENCE_BITS);
            continue;
        }
        size_t back = at + 1 - there, length = SHORTEST;
        while (at > kept && at > back && from[at - 1] == from[at - 1 - back]) {
            at--;
            length++;
        }
        length = match_length(from, at, length, size - TAIL, back);
        to = put_sequence(to, from + kept, at - kept, length, back);
        at += length;
        kept = at;
        misses = 0;
        if (at < limit)
            places[hash4(load4(from + at - 2))] = (uint32_t)at - 1;
    }
    return put_sequence(to, from + kept, size - kept, 0, 0);
}

void qdx_pack(const void *bytes, size_t size, qdx_buffer *out)
{
    if (!qdx_buffer_reserve(out, size + size / QDX_PACK_RATIO + 16))
        return;
    unsigned char *start = (unsigned char *)out->bytes + out->size;
    out->size += (size_t)(pack(bytes, size, start) - start);
    out->bytes[out->size] = '\0';
}

/* What is left on both sides while unpacking. */
typedef struct unpacking {
    const unsigned char *from, *from_end;
    unsigned char *start, *to, *end;
} unpacking;

/* Adds the bytes of a long length to `length`; false when they run out. */
static bool get_length(unpacking *u, size_t *length)
{
    unsigned char byte = 255;
    if (*length < NIBBLE)
        return true;
    while (byte == 255) {
        if (u->from == u->from_end)
            return false;
        byte = *u->from++;
        *length += byte;
    }
    return true;
}

static bool copy_back(unpacking *u, size_t length)
{
    if (u->from_end - u->from < 2)
        return false;
    size_t back = (size_t)u->from[0] | (size_t)u->from[1] << 8;
    u->from += 2;
    if (!get_length(u, &length))
        return false;
    length += SHORTEST;
    if (!back || back > (size_t)(u->to - u->start) || length > (size_t)(u->end - u->to))
        return false;
    const unsigned char *source = u->to - back;
    if (back >= length) {
        memcpy(u->to, source, length);
        u->to += length;
    } else {
        while (length--)
            *u->to++ = *source++;
    }
    return true;
}

bool qdx_unpack(const void *packed, size_t packed_size, void *bytes, size_t size)
{
    unpacking u = {packed, (const unsigned char *)packed + packed_size, bytes, bytes,
                   (unsigned char *)bytes + size};
    while (u.from < u.from_end) {
        unsigned token = *u.from++;
        size_t literals = token >> 4;
        if (!get_length(&u, &literals) || literals > (size_t)(u.from_end - u.from) ||
            literals > (size_t)(u.end - u.to))
            return false;
        if (literals)
            memcpy(u.to, u.from, literals);
        u.from += literals;
        u.to += literals;
        if (u.from == u.from_end)
            return u.to == u.end;
        if (!copy_back(&u, token & NIBBLE))
            return false;
    }
    return false;
}
