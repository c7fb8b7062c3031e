/*
 * Columns. The packer of texts looks at one earlier place for each hash of four bytes and takes
 * what it finds; where nothing is found for long it looks less often. The unpacker believes
 * nothing.
 */
#include "index/pack.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "index/huffman.h"

enum {
    SHORTEST = 4,     /* bytes of a copy, at least */
    FARTHEST = 65535, /* bytes back */
    NIBBLE = 15,      /* a length in a token; more follows in the rests */
    LEAST_BITS = 8,   /* of hashes of four bytes, for small columns and for large ones */
    MOST_BITS = 14,
    PATIENCE_BITS = 5,  /* after 2^5 misses in a row every second byte is tried, and so on */
    SMALL = 24,         /* bytes of a column that is not worth a code */
    PARTS = 4,          /* columns of copies */
    RATIO = 8 * 8 * 255 /* of unpacked to packed bytes, at most: copies of codes */
};

void qdx_packer_release(qdx_packer *packer)
{
    qdx_buffer_release(&packer->literals);
    qdx_buffer_release(&packer->tokens);
    qdx_buffer_release(&packer->rests);
    qdx_buffer_release(&packer->distances);
}

static bool is_run(const unsigned char *bytes, size_t size)
{
    return size <= QDX_PACK_RUN_MAX && (size == 1 || memcmp(bytes, bytes + 1, size - 1) == 0);
}

/* Puts the size of what was appended since `start` before it. */
static void put_size_before(qdx_buffer *out, size_t start)
{
    size_t size = out->size - start, more = 1;
    for (size_t left = size; left >= 0x80; left >>= 7)
        more++;
    if (out->failed || !qdx_buffer_reserve(out, more))
        return;
    char *to = out->bytes + start;
    memmove(to + more, to, size + 1);
    out->size += more;
    for (; size >= 0x80; size >>= 7)
        *to++ = (char)(size | 0x80);
    *to = (char)size;
}

/* A column without copies. */
static void pack_plain(const unsigned char *bytes, size_t size, qdx_buffer *out)
{
    qdx_buffer_varint(out, size);
    if (!size)
        return;
    if (is_run(bytes, size)) {
        qdx_buffer_byte(out, QDX_PACK_RUN);
        qdx_buffer_byte(out, (char)bytes[0]);
        return;
    }
    qdx_buffer_byte(out, QDX_PACK_CODES);
    size_t start = out->size;
    if (size > SMALL && qdx_huffman_pack(bytes, size, size - 1, out)) {
        put_size_before(out, start);
        return;
    }
    if (out->failed)
        return;
    out->size = start - 1;
    qdx_buffer_byte(out, QDX_PACK_RAW);
    qdx_buffer_append(out, bytes, size);
}

static uint32_t load4(const unsigned char *p)
{
    uint32_t word;
    memcpy(&word, p, sizeof word);
    return word;
}

/* The same on every machine: it decides what is found. */
static uint32_t hash4(const unsigned char *p, unsigned bits)
{
    uint32_t word =
        (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
    return word * 2654435761u >> (32 - bits);
}

static void put_rest(qdx_buffer *rests, size_t length)
{
    if (length < NIBBLE)
        return;
    for (length -= NIBBLE; length >= 255; length -= 255)
        qdx_buffer_byte(rests, (char)255);
    qdx_buffer_byte(rests, (char)length);
}

/* `count` literals, then a copy of `length` bytes from `back` (0: none, at the end). */
static void put_sequence(qdx_packer *packer, const unsigned char *literals, size_t count,
                         size_t length, size_t back)
{
    size_t more = back ? length - SHORTEST : 0;
    qdx_buffer_byte(&packer->tokens, (char)((count < NIBBLE ? count : NIBBLE) << 4 |
                                            (more < NIBBLE ? more : NIBBLE)));
    put_rest(&packer->rests, count);
    qdx_buffer_append(&packer->literals, literals, count);
    if (!back)
        return;
    put_rest(&packer->rests, more);
    qdx_buffer_byte(&packer->distances, (char)back);
    qdx_buffer_byte(&packer->distances, (char)(back >> 8));
}

/* How far a copy reaches, `length` bytes of which are known to be equal. */
static size_t match_length(const unsigned char *p, size_t length, size_t longest, size_t back)
{
    while (longest - length >= 8 && memcmp(p + length, p + length - back, 8) == 0)
        length += 8;
    while (length < longest && p[length] == p[length - back])
        length++;
    return length;
}

static void find_copies(qdx_packer *packer, const unsigned char *from, size_t size)
{
    uint32_t places[1 << MOST_BITS]; /* of the last bytes with this hash, + 1 */
    unsigned bits = LEAST_BITS;
    while (bits < MOST_BITS && size >> bits)
        bits++;
    memset(places, 0, sizeof *places << bits);
    size_t at = 0, kept = 0, misses = 0, limit = size < UINT32_MAX ? size - SHORTEST : 0;
    while (at < limit) {
        uint32_t *place = &places[hash4(from + at, bits)];
        size_t there = *place;
        *place = (uint32_t)at + 1;
        if (!there || at + 1 - there > FARTHEST || load4(from + there - 1) != load4(from + at)) {
            at += 1 + (misses++ >> PATIENCE_BITS);
            continue;
        }
        size_t back = at + 1 - there, length = SHORTEST;
        while (at > kept && at > back && from[at - 1] == from[at - 1 - back]) {
            at--;
            length++;
        }
        length = match_length(from + at, length, size - at, back);
        put_sequence(packer, from + kept, at - kept, length, back);
        at += length;
        kept = at;
        misses = 0;
        if (at < limit)
            places[hash4(from + at - 2, bits)] = (uint32_t)at - 1;
    }
    put_sequence(packer, from + kept, size - kept, 0, 0);
}

static void pack_buffer(const qdx_buffer *part, qdx_buffer *out)
{
    out->failed |= part->failed;
    pack_plain((const unsigned char *)part->bytes, part->size, out);
}

/* A column with copies; false, and nothing appended, when there are none. */
static bool pack_copies(qdx_packer *packer, const unsigned char *bytes, size_t size,
                        qdx_buffer *out)
{
    qdx_buffer_clear(&packer->literals);
    qdx_buffer_clear(&packer->tokens);
    qdx_buffer_clear(&packer->rests);
    qdx_buffer_clear(&packer->distances);
    find_copies(packer, bytes, size);
    if (!packer->distances.size && !packer->distances.failed)
        return false;
    qdx_buffer_varint(out, size);
    qdx_buffer_byte(out, QDX_PACK_COPIES);
    size_t start = out->size;
    pack_buffer(&packer->literals, out);
    pack_buffer(&packer->tokens, out);
    pack_buffer(&packer->rests, out);
    pack_buffer(&packer->distances, out);
    put_size_before(out, start);
    return true;
}

void qdx_pack(qdx_packer *packer, const void *bytes, size_t size, bool text, qdx_buffer *out)
{
    if (text && size > SMALL && pack_copies(packer, bytes, size, out))
        return;
    pack_plain(bytes, size, out);
}

size_t qdx_pack_size(const qdx_cursor *packed)
{
    qdx_cursor c = *packed;
    uint64_t size = qdx_cursor_varint(&c);
    uint8_t method = size ? qdx_cursor_u8(&c) : 0;
    uint64_t left = qdx_cursor_left(&c);
    uint64_t most = method == QDX_PACK_RUN ? QDX_PACK_RUN_MAX : method ? left * RATIO : left;
    return c.failed || size > most ? 0 : (size_t)size;
}

/* The bytes of codes or copies, which their number precedes. */
static qdx_cursor get_inner(qdx_cursor *c)
{
    size_t size;
    qdx_cursor inner;
    const char *bytes = qdx_cursor_string(c, &size);
    qdx_cursor_init(&inner, bytes, size);
    inner.failed = c->failed;
    return inner;
}

static void unpack_plain(qdx_cursor *c, unsigned method, unsigned char *bytes, size_t size)
{
    if (method == QDX_PACK_RUN) {
        memset(bytes, qdx_cursor_u8(c), size);
        c->failed |= size > QDX_PACK_RUN_MAX;
    } else if (method == QDX_PACK_CODES) {
        qdx_cursor inner = get_inner(c);
        if (c->failed || !qdx_huffman_unpack(inner.at, qdx_cursor_left(&inner), bytes, size))
            c->failed = true;
    } else {
        const unsigned char *raw = qdx_cursor_bytes(c, size);
        if (raw && method == QDX_PACK_RAW)
            memcpy(bytes, raw, size);
        else
            c->failed = true;
    }
}

static bool get_length(qdx_cursor *rests, size_t *length)
{
    uint8_t byte = 255;
    if (*length < NIBBLE)
        return true;
    while (byte == 255 && !rests->failed) {
        byte = qdx_cursor_u8(rests);
        *length += byte;
    }
    return !rests->failed;
}

/* Follows the tokens; parts as in the format. False when they do not make exactly `size` bytes. */
static bool make_copies(qdx_cursor parts[PARTS], unsigned char *to, size_t size)
{
    unsigned char *start = to, *end = to + size;
    qdx_cursor *literals = &parts[0], *tokens = &parts[1], *rests = &parts[2];
    while (qdx_cursor_left(tokens)) {
        unsigned token = qdx_cursor_u8(tokens);
        size_t count = token >> 4, length = token & NIBBLE;
        const unsigned char *kept =
            get_length(rests, &count) ? qdx_cursor_bytes(literals, count) : NULL;
        if (!kept || count > (size_t)(end - to))
            return false;
        memcpy(to, kept, count);
        to += count;
        if (!qdx_cursor_left(tokens))
            break;
        size_t back = qdx_cursor_u8(&parts[3]);
        back |= (size_t)qdx_cursor_u8(&parts[3]) << 8;
        if (!get_length(rests, &length) || !back || back > (size_t)(to - start) ||
            length + SHORTEST > (size_t)(end - to))
            return false;
        length += SHORTEST;
        if (back >= length) {
            memcpy(to, to - back, length);
            to += length;
        } else {
            for (; length; length--, to++)
                *to = *(to - back);
        }
    }
    for (unsigned i = 0; i < PARTS; i++)
        if (parts[i].failed || qdx_cursor_left(&parts[i]))
            return false;
    return to == end;
}

/* Memory for the parts lives only here. */
static void unpack_copies(qdx_cursor *c, unsigned char *bytes, size_t size, bool *no_memory)
{
    qdx_cursor inner = get_inner(c), parts[PARTS];
    unsigned char *rooms[PARTS] = {NULL};
    for (unsigned i = 0; i < PARTS && !inner.failed; i++) {
        size_t room = qdx_pack_size(&inner);
        rooms[i] = malloc(room + 1);
        *no_memory |= !rooms[i];
        uint64_t claimed = qdx_cursor_varint(&inner);
        uint8_t method = claimed ? qdx_cursor_u8(&inner) : 0;
        inner.failed |= !rooms[i] || claimed != room || method > QDX_PACK_CODES;
        if (room && !inner.failed)
            unpack_plain(&inner, method, rooms[i], room);
        qdx_cursor_init(&parts[i], rooms[i], room);
    }
    if (inner.failed || qdx_cursor_left(&inner) || !make_copies(parts, bytes, size))
        c->failed = true;
    for (unsigned i = 0; i < PARTS; i++)
        free(rooms[i]);
}

void qdx_unpack(qdx_cursor *c, void *bytes, size_t size, bool *no_memory)
{
    uint64_t claimed = qdx_cursor_varint(c);
    uint8_t method = claimed ? qdx_cursor_u8(c) : 0;
    if (claimed != size || method > QDX_PACK_COPIES)
        c->failed = true;
    if (c->failed || !size)
        return;
    if (method == QDX_PACK_COPIES)
        unpack_copies(c, bytes, size, no_memory);
    else
        unpack_plain(c, method, bytes, size);
}

void qdx_pack_skip(qdx_cursor *c)
{
    uint64_t claimed = qdx_cursor_varint(c);
    uint8_t method = claimed ? qdx_cursor_u8(c) : 0;
    if (method > QDX_PACK_COPIES)
        c->failed = true;
    else if (method == QDX_PACK_RAW)
        qdx_cursor_bytes(c, claimed);
    else if (method == QDX_PACK_RUN)
        qdx_cursor_u8(c);
    else
        get_inner(c);
}
