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
    RUN = 15,       /* of zeros, told in one nibble; more follows in two */
    SHARE = 1 << 11 /* what all codes have to divide between them: 2^-length each */
};

/* Symbols in use, the rarest first; equally rare ones by value. */
static size_t sort_symbols(const uint32_t counts[SYMBOLS], uint64_t sorted[SYMBOLS])
{
    static const size_t gaps[] = {57, 23, 10, 4, 1}; /* Ciura 2001 */
    size_t n = 0;
    for (uint64_t s = 0; s < SYMBOLS; s++)
        if (counts[s])
            sorted[n++] = (uint64_t)counts[s] << 8 | s;
    for (size_t g = 0; g < sizeof gaps / sizeof gaps[0]; g++)
        for (size_t i = gaps[g]; i < n; i++) {
            uint64_t item = sorted[i];
            size_t k = i;
            for (; k >= gaps[g] && sorted[k - gaps[g]] > item; k -= gaps[g])
                sorted[k] = sorted[k - gaps[g]];
            sorted[k] = item;
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

/* The codes of given lengths in order of length and value, first bit lowest. False when they do not
 * divide the whole. */
static bool assign_codes(const unsigned char lengths[SYMBOLS], uint16_t codes[SYMBOLS])
{
    unsigned counts[LONGEST + 1] = {0}, next[LONGEST + 1] = {0}, code = 0;
    size_t share = 0;
    for (unsigned s = 0; s < SYMBOLS; s++)
        counts[lengths[s]]++;
    counts[0] = 0;
    for (unsigned length = 1; length <= LONGEST; length++) {
        code = (code + counts[length - 1]) << 1;
        next[length] = code;
        share += (size_t)counts[length] * ((size_t)SHARE >> length);
    }
    for (unsigned s = 0; s < SYMBOLS; s++) {
        unsigned length = lengths[s], value = length ? next[length]++ : 0, turned = 0;
        for (unsigned bit = 0; bit < length; bit++)
            turned |= (value >> bit & 1) << (length - 1 - bit);
        codes[s] = (uint16_t)turned;
    }
    return share == SHARE;
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

static void put_codes(const unsigned char *bytes, size_t size, const uint16_t codes[SYMBOLS],
                      const unsigned char lengths[SYMBOLS], unsigned char *to)
{
    uint64_t bits = 0;
    unsigned count = 0;
    for (size_t i = 0; i < size; i++) {
        bits |= (uint64_t)codes[bytes[i]] << count;
        count += lengths[bytes[i]];
        if (count >= 48) {
            for (; count >= 8; count -= 8, bits >>= 8)
                *to++ = (unsigned char)bits;
        }
    }
    for (unsigned left = (count + 7) / 8; left; left--, bits >>= 8)
        *to++ = (unsigned char)bits;
}

bool qdx_huffman_pack(const unsigned char *bytes, size_t size, size_t limit, qdx_buffer *out)
{
    uint32_t counts[SYMBOLS] = {0};
    uint64_t sorted[SYMBOLS], total = 0;
    unsigned depths[SYMBOLS];
    unsigned char lengths[SYMBOLS] = {0};
    uint16_t codes[SYMBOLS];
    nibbles head = {.count = 0};
    for (size_t i = 0; i < size; i++)
        counts[bytes[i]]++;
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
#define NIBBLE(i) ((packed[(i) / 2] >> ((i) % 2 * 4)) & 15u)
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

/* For each possible next 11 bits the symbol they begin with and its length. */
static bool make_table(const unsigned char lengths[SYMBOLS], uint16_t table[SHARE])
{
    uint16_t codes[SYMBOLS];
    if (!assign_codes(lengths, codes))
        return false;
    for (unsigned s = 0; s < SYMBOLS; s++)
        for (unsigned at = codes[s]; lengths[s] && at < SHARE; at += 1u << lengths[s])
            table[at] = (uint16_t)(s << 4 | lengths[s]);
    return true;
}

bool qdx_huffman_unpack(const unsigned char *packed, size_t packed_size, unsigned char *bytes,
                        size_t size)
{
    unsigned char lengths[SYMBOLS] = {0};
    uint16_t table[SHARE];
    size_t head = packed_size ? packed[0] : 0;
    if (head == 0 || head >= packed_size || !get_lengths(packed + 1, head, lengths) ||
        !make_table(lengths, table))
        return false;
    const unsigned char *at = packed + 1 + head, *end = packed + packed_size;
    uint64_t bits = 0;
    unsigned count = 0;
    for (size_t i = 0; i < size; i++) {
        while (count < LONGEST && at < end) {
            bits |= (uint64_t)*at++ << count;
            count += 8;
        }
        uint16_t entry = table[bits & (SHARE - 1)];
        unsigned length = entry & 15u;
        if (length > count)
            return false;
        bytes[i] = (unsigned char)(entry >> 4);
        bits >>= length;
        count -= length;
    }
    return at == end && count < 8 && bits == 0;
}
