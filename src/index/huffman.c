/*
 * Huffman blocks. Lengths are found by merging the two rarest again and again, and where one
 * becomes too long, by taking it from those that can spare it; which code has which length is all
 * that is written, as nibbles with runs of zeros.
 */
#include "index/huffman.h"

#include <stdint.h>
#include <string.h>

enum {
    SYMBOLS = 256,
    LONGEST = 11,   /* bits of a code */
    AT_ONCE = 5,    /* codes that 56 bits hold whatever their lengths */
    RUN = 15,       /* of zeros, told in one nibble; more follows in two */
    RARE = 64,      /* symbols of fewer uses are sorted by counting */
    SHARE = 1 << 11 /* what all codes have to divide between them: 2^-length each */
};

/* Puts an item in its place behind those sorted so far. */
static void insert(uint64_t sorted[SYMBOLS], size_t count, uint64_t item)
{
    for (; count > 0 && sorted[count - 1] > item; count--)
        sorted[count] = sorted[count - 1];
    sorted[count] = item;
}

/* Symbols in use, the rarest first; equally rare ones by value. Most are rare: those are counted
 * into their places, the others follow one by one. */
static size_t sort_symbols(const uint32_t counts[SYMBOLS], uint64_t sorted[SYMBOLS])
{
    uint16_t places[RARE + 1] = {0};
    unsigned used[SYMBOLS];
    size_t n = 0, rare = 0;
    for (unsigned s = 0; s < SYMBOLS; s++)
        if (counts[s]) {
            used[n++] = s;
            places[counts[s] < RARE ? counts[s] : RARE]++;
        }
    for (unsigned count = 1; count <= RARE; count++) {
        size_t here = places[count];
        places[count] = (uint16_t)rare;
        rare += count < RARE ? here : 0;
    }
    for (size_t i = 0, end = rare; i < n; i++) {
        unsigned s = used[i];
        uint64_t item = (uint64_t)counts[s] << 8 | s;
        if (counts[s] < RARE)
            sorted[places[counts[s]]++] = item;
        else
            insert(sorted + rare, end++ - rare, item);
    }
    return n;
}

/* The lengths of n >= 2 codes, rarest first, without a limit (two queues, Van Leeuwen 1976). */
static void find_depths(const uint64_t sorted[SYMBOLS], size_t n, unsigned depths[SYMBOLS])
{
    uint64_t weights[SYMBOLS];
    uint16_t parents[2 * SYMBOLS];
    unsigned levels[SYMBOLS];
    size_t leaf = 0, node = 0;
    for (size_t made = 0; made + 1 < n; made++) {
        weights[made] = 0;
        for (unsigned side = 0; side < 2; side++) {
            if (leaf < n && (node >= made || sorted[leaf] >> 8 <= weights[node])) {
                weights[made] += sorted[leaf] >> 8;
                parents[leaf++] = (uint16_t)made;
            } else {
                weights[made] += weights[node];
                parents[n + node++] = (uint16_t)made;
            }
        }
    }
    levels[n - 2] = 0;
    for (size_t i = n - 2; i-- > 0;)
        levels[i] = levels[parents[n + i]] + 1;
    for (size_t i = 0; i < n; i++)
        depths[i] = levels[parents[i]] + 1;
}

/* Shortens what is too long and makes room for it among the rarest of the others. */
static void limit_depths(unsigned depths[SYMBOLS], size_t n)
{
    size_t share = 0;
    for (size_t i = 0; i < n; i++) {
        if (depths[i] > LONGEST)
            depths[i] = LONGEST;
        share += (size_t)SHARE >> depths[i];
    }
    for (size_t i = 0; share > SHARE; i = i + 1 < n ? i + 1 : 0)
        while (share > SHARE && depths[i] < LONGEST) {
            share -= (size_t)SHARE >> (depths[i] + 1);
            depths[i]++;
        }
    for (size_t i = n; i-- > 0;)
        while (depths[i] > 1 && share + ((size_t)SHARE >> depths[i]) <= SHARE) {
            share += (size_t)SHARE >> depths[i];
            depths[i]--;
        }
}

/* Sixteen bits, the last one first. */
static unsigned turn(unsigned bits)
{
    bits = (bits & 0x5555) << 1 | (bits >> 1 & 0x5555);
    bits = (bits & 0x3333) << 2 | (bits >> 2 & 0x3333);
    bits = (bits & 0x0F0F) << 4 | (bits >> 4 & 0x0F0F);
    return (bits & 0x00FF) << 8 | (bits >> 8 & 0x00FF);
}

/* The codes of given lengths, which divide the whole, in order of length and value; first bit
 * lowest. */
static void assign_codes(const unsigned char lengths[SYMBOLS], uint16_t codes[SYMBOLS])
{
    unsigned counts[LONGEST + 1] = {0}, next[LONGEST + 1] = {0}, code = 0;
    for (unsigned s = 0; s < SYMBOLS; s++)
        counts[lengths[s]]++;
    counts[0] = 0;
    for (unsigned length = 1; length <= LONGEST; length++) {
        code = (code + counts[length - 1]) << 1;
        next[length] = code;
    }
    for (unsigned s = 0; s < SYMBOLS; s++) {
        unsigned length = lengths[s];
        codes[s] = (uint16_t)(length ? turn(next[length]++) >> (16 - length) : 0);
    }
}

typedef struct nibbles {
    unsigned char bytes[SYMBOLS + 8];
    size_t count;
} nibbles;

static void put_nibble(nibbles *to, unsigned value)
{
    if (to->count % 2)
        to->bytes[to->count / 2] |= (unsigned char)(value << 4);
    else
        to->bytes[to->count / 2] = (unsigned char)value;
    to->count++;
}

/* Lengths up to the last symbol in use; a zero is followed by how many more follow it. */
static void put_lengths(const unsigned char lengths[SYMBOLS], nibbles *to)
{
    unsigned end = SYMBOLS;
    while (!lengths[end - 1])
        end--;
    for (unsigned s = 0; s < end; s++) {
        put_nibble(to, lengths[s]);
        if (lengths[s])
            continue;
        unsigned more = 0;
        while (!lengths[s + 1]) {
            more++;
            s++;
        }
        put_nibble(to, more < RUN ? more : RUN);
        if (more >= RUN) {
            put_nibble(to, (more - RUN) & 15);
            put_nibble(to, (more - RUN) >> 4);
        }
    }
}

/* Eight bytes, the first one lowest. */
static inline void store8(unsigned char *to, uint64_t bits)
{
    for (unsigned i = 0; i < 8; i++)
        to[i] = (unsigned char)(bits >> (8 * i));
}

/* Writes up to seven bytes past the last code: four codes at a time, all of the word each time. */
static void put_codes(const unsigned char *bytes, size_t size, const uint16_t codes[SYMBOLS],
                      const unsigned char lengths[SYMBOLS], unsigned char *to)
{
    uint64_t bits = 0;
    unsigned count = 0; /* of bits not yet counted as written: below 8 */
    size_t i = 0;
    for (; size - i >= 4; i += 4) {
        for (size_t k = 0; k < 4; k++) {
            bits |= (uint64_t)codes[bytes[i + k]] << count;
            count += lengths[bytes[i + k]];
        }
        store8(to, bits);
        to += count / 8;
        bits >>= count & ~7u;
        count &= 7;
    }
    for (; i < size; i++) {
        bits |= (uint64_t)codes[bytes[i]] << count;
        count += lengths[bytes[i]];
    }
    store8(to, bits);
}

static void count_symbols(const unsigned char *bytes, size_t size, uint32_t counts[SYMBOLS])
{
    size_t i = 0;
    for (; size - i >= 4; i += 4) {
        counts[bytes[i]]++;
        counts[bytes[i + 1]]++;
        counts[bytes[i + 2]]++;
        counts[bytes[i + 3]]++;
    }
    for (; i < size; i++)
        counts[bytes[i]]++;
}

bool qdx_huffman_pack(const unsigned char *bytes, size_t size, size_t limit, qdx_buffer *out)
{
    uint32_t counts[SYMBOLS] = {0};
    uint64_t sorted[SYMBOLS], total = 0;
    unsigned depths[SYMBOLS];
    unsigned char lengths[SYMBOLS] = {0};
    uint16_t codes[SYMBOLS];
    nibbles head = {.count = 0};
    count_symbols(bytes, size, counts);
    size_t n = sort_symbols(counts, sorted);
    if (n < 2)
        return false;
    find_depths(sorted, n, depths);
    limit_depths(depths, n);
    for (size_t i = 0; i < n; i++) {
        lengths[sorted[i] & 0xFF] = (unsigned char)depths[i];
        total += (sorted[i] >> 8) * depths[i];
    }
    put_lengths(lengths, &head);
    size_t head_size = (head.count + 1) / 2 + 1, all = head_size + (size_t)((total + 7) / 8);
    if (all >= limit || !qdx_buffer_reserve(out, all + 8))
        return false;
    unsigned char *to = (unsigned char *)out->bytes + out->size;
    *to = (unsigned char)(head_size - 1);
    memcpy(to + 1, head.bytes, head_size - 1);
    assign_codes(lengths, codes);
    put_codes(bytes, size, codes, lengths, to + head_size);
    out->size += all;
    out->bytes[out->size] = '\0';
    return true;
}

/* False when the nibbles say more than there are symbols. */
static bool get_lengths(const unsigned char *packed, size_t size, unsigned char lengths[SYMBOLS])
{
    unsigned s = 0;
    size_t count = 2 * size;
#define NIBBLE(i) ((unsigned)(packed[(i) / 2] >> ((i) % 2 * 4)) & 15u)
    for (size_t i = 0; i < count; i++) {
        unsigned length = NIBBLE(i);
        if (length > LONGEST || s == SYMBOLS)
            return length == 0 && s == SYMBOLS && i + 1 == count;
        lengths[s++] = (unsigned char)length;
        if (length)
            continue;
        if (i + 1 == count)
            return true; /* the second half of the last byte */
        unsigned more = NIBBLE(i + 1);
        i++;
        if (more == RUN) {
            if (count - i <= 2)
                return false;
            more += NIBBLE(i + 1) | NIBBLE(i + 2) << 4;
            i += 2;
        }
        if (more > SYMBOLS - s)
            return false;
        s += more;
    }
#undef NIBBLE
    return true;
}

/* The symbols in use by length and value, and how many have each length. False when their codes do
 * not divide the whole. */
static bool order_symbols(const unsigned char lengths[SYMBOLS], unsigned counts[LONGEST + 1],
                          unsigned char order[SYMBOLS])
{
    unsigned starts[LONGEST + 2] = {0};
    size_t share = 0;
    for (unsigned s = 0; s < SYMBOLS; s++)
        counts[lengths[s]]++;
    counts[0] = 0;
    for (unsigned length = 1; length <= LONGEST; length++) {
        starts[length + 1] = starts[length] + counts[length];
        share += (size_t)counts[length] * ((size_t)SHARE >> length);
    }
    for (unsigned s = 0; s < SYMBOLS; s++)
        if (lengths[s])
            order[starts[lengths[s]]++] = (unsigned char)s;
    return share == SHARE;
}

/* The code that follows in order, first bit lowest: one more, carried towards the low bits. */
static unsigned next_code(unsigned code, unsigned length)
{
    unsigned bit = 1u << (length - 1);
    for (; code & bit; bit >>= 1)
        code ^= bit;
    return code | bit;
}

/*
 * For each possible next bits the symbol they begin with and its length. The table grows with the
 * lengths: at each it is doubled, and then every code of the length has one place. *width is how
 * many bits the longest code has.
 */
static bool make_table(const unsigned char lengths[SYMBOLS], uint16_t table[SHARE], unsigned *width)
{
    unsigned counts[LONGEST + 1] = {0}, code = 0, done = 0, all = 0;
    unsigned char order[SYMBOLS];
    if (!order_symbols(lengths, counts, order))
        return false;
    for (unsigned length = 1; length <= LONGEST; length++)
        all += counts[length];
    table[0] = 0;
    *width = 0;
    for (unsigned length = 1; done < all; length++) {
        size_t half = (size_t)1 << (length - 1);
        memcpy(table + half, table, half * sizeof *table);
        for (unsigned i = 0; i < counts[length]; i++, code = next_code(code, length))
            table[code] = (uint16_t)((unsigned)order[done++] << 4 | length);
        *width = length;
    }
    return true;
}

static uint64_t load8(const unsigned char *bytes)
{
    uint64_t word = 0;
    for (unsigned i = 0; i < 8; i++)
        word |= (uint64_t)bytes[i] << 8 * i;
    return word;
}

/* Bits not yet used, the next lowest. */
typedef struct bit_reader {
    const unsigned char *at, *end;
    uint64_t bits;
    unsigned count;
} bit_reader;

/* Symbols while eight more bytes are there: five fit into the bits of one look. Returns how many.
 */
static size_t unpack_many(bit_reader *r, const uint16_t *table, unsigned width,
                          unsigned char *bytes, size_t size)
{
    const uint64_t mask = ((uint64_t)1 << width) - 1;
    const unsigned char *at = r->at;
    uint64_t bits = 0;
    unsigned count = 0;
    size_t i = 0;
    while (size - i >= AT_ONCE && r->end - at >= 8) {
        bits |= load8(at) << count;
        at += (63 - count) / 8;
        count |= 56;
        for (unsigned k = 0; k < AT_ONCE; k++) {
            uint16_t entry = table[bits & mask];
            bytes[i++] = (unsigned char)(entry >> 4);
            bits >>= entry & 15u;
            count -= entry & 15u;
        }
    }
    r->at = at;
    r->bits = bits & (((uint64_t)1 << count) - 1); /* above are bits of bytes not taken yet */
    r->count = count;
    return i;
}

bool qdx_huffman_unpack(const unsigned char *packed, size_t packed_size, unsigned char *bytes,
                        size_t size)
{
    unsigned char lengths[SYMBOLS] = {0};
    uint16_t table[SHARE];
    unsigned width;
    size_t head = packed_size ? packed[0] : 0;
    if (head == 0 || head >= packed_size || !get_lengths(packed + 1, head, lengths) ||
        !make_table(lengths, table, &width))
        return false;
    bit_reader r = {packed + 1 + head, packed + packed_size, 0, 0};
    for (size_t i = unpack_many(&r, table, width, bytes, size); i < size; i++) {
        while (r.count < LONGEST && r.at < r.end) {
            r.bits |= (uint64_t)*r.at++ << r.count;
            r.count += 8;
        }
        uint16_t entry = table[r.bits & (((uint64_t)1 << width) - 1)];
        unsigned length = entry & 15u;
        if (length > r.count)
            return false;
        bytes[i] = (unsigned char)(entry >> 4);
        r.bits >>= length;
        r.count -= length;
    }
    return r.at == r.end && r.count < 8 && r.bits == 0;
}
