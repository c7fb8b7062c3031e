/*
 * Columns of numbers. Both ways one pass over the bits, a word at a time; a first pass over the
 * numbers counts their classes. The unpacker believes nothing.
 */
#include "index/numbers.h"

#include <string.h>

#include "base/bits.h"
#include "index/huffman.h"

enum {
    OWN_BITS = 4, /* numbers of so many bits are classes of their own */
    OWN = 1 << OWN_BITS,
    SHARES = 4,   /* classes of each further octave; there are 256 in all */
    FEW = 8,      /* numbers that no code is worth */
    AT_ONCE = 56, /* bits that one word takes whatever was left over */
};

static inline unsigned class_of(uint64_t number)
{
    if (number < OWN)
        return (unsigned)number;
    unsigned top = 63 - (unsigned)__builtin_clzll(number);
    return OWN + SHARES * (top - OWN_BITS) + (unsigned)(number >> (top - 2) & (SHARES - 1));
}

/* How many bits tell a number from the others of its class. */
static inline unsigned extra_bits(unsigned class)
{
    return class < OWN ? 0 : (class - OWN) / SHARES + OWN_BITS - 2;
}

/* The least number of a class. */
static inline uint64_t class_base(unsigned class)
{
    return class < OWN ? class : (uint64_t)(SHARES | class % SHARES) << extra_bits(class);
}

static inline uint64_t low_bits(uint64_t bits, unsigned count)
{
    return bits & ~(~(uint64_t)0 << count); /* of fewer than 64 */
}

typedef struct bit_writer {
    unsigned char *to;
    uint64_t bits;
    unsigned count; /* of bits not yet counted as written: below 8 */
} bit_writer;

/* At most AT_ONCE bits; up to seven bytes past them are written, too. */
static inline void put_bits(bit_writer *w, uint64_t bits, unsigned count)
{
    w->bits |= bits << w->count;
    w->count += count;
    qdx_store_u64(w->to, w->bits);
    w->to += w->count / 8;
    w->bits >>= w->count & ~7u;
    w->count &= 7;
}

static void put_wide(bit_writer *w, uint64_t bits, unsigned count)
{
    const unsigned half = 32;
    if (count > half) {
        put_bits(w, low_bits(bits, half), half);
        bits >>= half;
        count -= half;
    }
    put_bits(w, bits, count);
}

static void put_codes(const uint64_t *numbers, size_t count, const qdx_huffman_code *code,
                      unsigned char *to)
{
    bit_writer w = {to, 0, 0};
    for (size_t i = 0; i < count; i++) {
        uint64_t number = numbers[i];
        unsigned class = class_of(number), length = code->lengths[class];
        if (number < OWN) {
            put_bits(&w, code->codes[class], length);
            continue;
        }
        unsigned extra = extra_bits(class);
        number = low_bits(number, extra);
        if (length + extra <= AT_ONCE) {
            put_bits(&w, code->codes[class] | number << length, length + extra);
        } else {
            put_bits(&w, code->codes[class], length);
            put_wide(&w, number, extra);
        }
    }
}

static void put_fixed(const uint64_t *numbers, size_t count, unsigned width, qdx_buffer *out)
{
    size_t size = count / 8 * width + (count % 8 * width + 7) / 8;
    qdx_buffer_byte(out, QDX_NUMBERS_FIXED);
    qdx_buffer_byte(out, (char)width);
    if (!qdx_buffer_reserve(out, size + 8))
        return;
    bit_writer w = {(unsigned char *)out->bytes + out->size, 0, 0};
    for (size_t i = 0; i < count; i++)
        put_wide(&w, numbers[i], width);
    out->size += size;
    out->bytes[out->size] = '\0';
}

/* False, and nothing appended, when codes take as much as `limit` bytes. */
static bool put_coded(const uint64_t *numbers, size_t count, size_t limit, qdx_buffer *out)
{
    uint32_t counts[QDX_HUFFMAN_SYMBOLS] = {0};
    qdx_huffman_code code;
    for (size_t i = 0; i < count; i++)
        counts[class_of(numbers[i])]++;
    uint64_t bits = qdx_huffman_make(counts, &code);
    if (!bits)
        return false;
    for (unsigned class = OWN; class < QDX_HUFFMAN_SYMBOLS; class ++)
        bits += (uint64_t)counts[class] * extra_bits(class);
    size_t size = code.head_size + (size_t)((bits + 7) / 8);
    if (size >= limit)
        return false;
    qdx_buffer_byte(out, QDX_NUMBERS_CODES);
    qdx_buffer_varint(out, size);
    if (!qdx_buffer_reserve(out, size + 8))
        return true;
    unsigned char *to = (unsigned char *)out->bytes + out->size;
    memcpy(to, code.head, code.head_size);
    put_codes(numbers, count, &code, to + code.head_size);
    out->size += size;
    out->bytes[out->size] = '\0';
    return true;
}

void qdx_numbers_pack(const uint64_t *numbers, size_t count, qdx_buffer *out)
{
    uint64_t all = 0, different = 0;
    qdx_buffer_varint(out, count);
    if (!count)
        return;
    for (size_t i = 0; i < count; i++) {
        all |= numbers[i];
        different |= numbers[i] ^ numbers[0];
    }
    if (!different && count <= QDX_NUMBERS_RUN_MAX) {
        qdx_buffer_byte(out, QDX_NUMBERS_RUN);
        qdx_buffer_varint(out, numbers[0]);
        return;
    }
    unsigned width = all ? 64 - (unsigned)__builtin_clzll(all) : 1;
    size_t fixed = count / 8 * width + (count % 8 * width + 7) / 8;
    if (count <= FEW || !put_coded(numbers, count, fixed, out))
        put_fixed(numbers, count, width, out);
}

size_t qdx_numbers_count(const qdx_cursor *packed)
{
    qdx_cursor c = *packed;
    uint64_t count = qdx_cursor_varint(&c);
    uint8_t method = count ? qdx_cursor_u8(&c) : 0;
    uint64_t most = method == QDX_NUMBERS_RUN ? QDX_NUMBERS_RUN_MAX : qdx_cursor_left(&c) * 8;
    return c.failed || count > most ? 0 : (size_t)count;
}

typedef struct bit_reader {
    const unsigned char *bytes;
    size_t size, at; /* at: in bits */
    size_t there;    /* bytes that may be looked at: what follows the column is no harm */
} bit_reader;

/* The next bits, AT_ONCE of them at least; 0 past the end. */
static uint64_t look_carefully(const bit_reader *r)
{
    uint64_t word = 0;
    size_t byte = r->at / 8;
    for (unsigned i = 0; i < 8 && byte + i < r->size; i++)
        word |= (uint64_t)r->bytes[byte + i] << 8 * i;
    return word >> r->at % 8;
}

static inline uint64_t look(const bit_reader *r)
{
    return qdx_load_u64(r->bytes + r->at / 8) >> r->at % 8;
}

static uint64_t get_wide(bit_reader *r, unsigned count)
{
    const unsigned half = 32;
    unsigned first = count < half ? count : half;
    uint64_t bits = low_bits(look_carefully(r), first);
    r->at += first;
    if (count > half) {
        bits |= low_bits(look_carefully(r), count - half) << half;
        r->at += count - half;
    }
    return bits;
}

/* Was all read, and is what is left of the last byte zero? */
static bool is_done(const bit_reader *r)
{
    size_t end = r->size * 8;
    return r->at <= end && end - r->at < 8 && !look_carefully(r);
}

/* Numbers while enough bytes are there; returns how many. */
static size_t get_many(bit_reader *reader, const qdx_huffman_table *table, uint64_t *numbers,
                       size_t count)
{
    const uint64_t mask = ((uint64_t)1 << table->width) - 1;
    bit_reader r = *reader;
    size_t i = 0;
    for (; i < count && r.at / 8 + sizeof(uint64_t) <= r.there; i++) {
        uint64_t bits = look(&r);
        unsigned entry = table->entries[bits & mask], length = entry & 15, class = entry >> 4;
        r.at += length;
        if (class < OWN) {
            numbers[i] = class;
            continue;
        }
        unsigned extra = extra_bits(class);
        uint64_t base = (uint64_t)(SHARES | class % SHARES) << extra;
        if (length + extra <= AT_ONCE) {
            numbers[i] = base | low_bits(bits >> length, extra);
            r.at += extra;
        } else {
            numbers[i] = base | get_wide(&r, extra);
        }
    }
    *reader = r;
    return i;
}

/* `there`: bytes from `packed` on that may be looked at. */
static bool get_codes(const unsigned char *packed, size_t size, size_t there, uint64_t *numbers,
                      size_t count)
{
    qdx_huffman_table table;
    size_t head;
    if (!qdx_huffman_read(packed, size, &table, &head))
        return false;
    const uint64_t mask = ((uint64_t)1 << table.width) - 1;
    bit_reader r = {packed + head, size - head, 0, there - head};
    size_t i = get_many(&r, &table, numbers, count);
    for (; i < count && r.at / 8 < r.size; i++) {
        unsigned entry = table.entries[look_carefully(&r) & mask], class = entry >> 4;
        r.at += entry & 15;
        numbers[i] = class_base(class) | get_wide(&r, extra_bits(class));
    }
    return i == count && is_done(&r);
}

static void get_fixed(qdx_cursor *c, uint64_t *numbers, size_t count)
{
    unsigned width = qdx_cursor_u8(c);
    uint64_t size = (uint64_t)count / 8 * width + (count % 8 * width + 7) / 8;
    bit_reader r = {qdx_cursor_bytes(c, size), (size_t)size, 0, (size_t)size};
    if (!r.bytes || !width || width > 64) {
        c->failed = true;
        return;
    }
    for (size_t i = 0; i < count; i++)
        numbers[i] = get_wide(&r, width);
    c->failed |= !is_done(&r);
}

void qdx_numbers_unpack(qdx_cursor *c, uint64_t *numbers, size_t count)
{
    uint64_t claimed = qdx_cursor_varint(c);
    uint8_t method = claimed ? qdx_cursor_u8(c) : 0;
    if (claimed != count || method > QDX_NUMBERS_CODES)
        c->failed = true;
    if (c->failed || !count)
        return;
    if (method == QDX_NUMBERS_FIXED) {
        get_fixed(c, numbers, count);
    } else if (method == QDX_NUMBERS_RUN) {
        uint64_t number = qdx_cursor_varint(c);
        c->failed |= count > QDX_NUMBERS_RUN_MAX;
        for (size_t i = 0; i < count && !c->failed; i++)
            numbers[i] = number;
    } else {
        size_t size;
        const char *bytes = qdx_cursor_string(c, &size);
        size_t there = size + qdx_cursor_left(c);
        if (c->failed || !get_codes((const unsigned char *)bytes, size, there, numbers, count))
            c->failed = true;
    }
}

void qdx_numbers_skip(qdx_cursor *c)
{
    size_t size;
    uint64_t count = qdx_cursor_varint(c);
    uint8_t method = count ? qdx_cursor_u8(c) : QDX_NUMBERS_RUN;
    if (method == QDX_NUMBERS_FIXED) {
        unsigned width = qdx_cursor_u8(c);
        if (width && count > UINT64_MAX / 8 / width)
            c->failed = true;
        qdx_cursor_bytes(c, count / 8 * width + (count % 8 * width + 7) / 8);
    } else if (method == QDX_NUMBERS_RUN) {
        if (count)
            qdx_cursor_varint(c);
    } else if (method == QDX_NUMBERS_CODES) {
        qdx_cursor_string(c, &size);
    } else {
        c->failed = true;
    }
}
