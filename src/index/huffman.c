/*
 * Huffman blocks. Lengths are found by merging the two rarest again and again, and where one
 * becomes too long, by taking it from those that can spare it; which code has which length is all
 * that is written, as nibbles with runs of zeros.
 */
#include "index/huffman.h"

#include <stdint.h>
#include <string.h>

#include "base/bits.h"

enum {
    SYMBOLS = QDX_HUFFMAN_SYMBOLS,
    LONGEST = QDX_HUFFMAN_LONGEST,
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

/* The symbols in use, ascending. */
static size_t list_symbols(const uint32_t counts[SYMBOLS], unsigned char used[SYMBOLS])
{
    size_t n = 0;
    for (unsigned s = 0; s < SYMBOLS; s += 2) {
        uint64_t two;
        memcpy(&two, counts + s, sizeof two);
        if (!two)
            continue;
        if (counts[s])
            used[n++] = (unsigned char)s;
        if (counts[s + 1])
            used[n++] = (unsigned char)(s + 1);
    }
    return n;
}

/* Symbols in use, the rarest first; equally rare ones by value. Most are rare: those are counted
 * into their places, the others follow one by one. */
static void sort_symbols(const uint32_t counts[SYMBOLS], const unsigned char *used, size_t n,
                         uint64_t sorted[SYMBOLS])
{
    uint16_t places[RARE + 1] = {0};
    size_t rare = 0;
    for (size_t i = 0; i < n; i++)
        places[counts[used[i]] < RARE ? counts[used[i]] : RARE]++;
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

/* The codes of the lengths, which divide the whole, in order of length and value; first bit lowest.
 */
static void assign_codes(const unsigned char *used, size_t n, qdx_huffman_code *code)
{
    unsigned counts[LONGEST + 1] = {0}, next[LONGEST + 1] = {0}, last = 0;
    for (size_t i = 0; i < n; i++)
        counts[code->lengths[used[i]]]++;
    for (unsigned length = 1; length <= LONGEST; length++) {
        last = (last + counts[length - 1]) << 1;
        next[length] = last;
    }
    for (size_t i = 0; i < n; i++) {
        unsigned length = code->lengths[used[i]];
        code->codes[used[i]] = (uint16_t)(turn(next[length]++) >> (16 - length));
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
static void put_lengths(const unsigned char lengths[SYMBOLS], const unsigned char *used, size_t n,
                        nibbles *to)
{
    unsigned next = 0; /* symbol */
    for (size_t i = 0; i < n; i++) {
        if (used[i] > next) {
            unsigned more = used[i] - next - 1;
            put_nibble(to, 0);
            put_nibble(to, more < RUN ? more : RUN);
            if (more >= RUN) {
                put_nibble(to, (more - RUN) & 15);
                put_nibble(to, (more - RUN) >> 4);
            }
        }
        put_nibble(to, lengths[used[i]]);
        next = used[i] + 1u;
    }
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
        qdx_store_u64(to, bits);
        to += count / 8;
        bits >>= count & ~7u;
        count &= 7;
    }
    for (; i < size; i++) {
        bits |= (uint64_t)codes[bytes[i]] << count;
        count += lengths[bytes[i]];
    }
    qdx_store_u64(to, bits);
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

uint64_t qdx_huffman_make(const uint32_t counts[SYMBOLS], qdx_huffman_code *code)
{
    uint64_t sorted[SYMBOLS], total = 0;
    unsigned depths[SYMBOLS];
    unsigned char used[SYMBOLS];
    size_t n = list_symbols(counts, used);
    if (n < 2)
        return 0;
    sort_symbols(counts, used, n, sorted);
    memset(code->lengths, 0, sizeof code->lengths);
    find_depths(sorted, n, depths);
    limit_depths(depths, n);
    for (size_t i = 0; i < n; i++) {
        code->lengths[sorted[i] & 0xFF] = (unsigned char)depths[i];
        total += (sorted[i] >> 8) * depths[i];
    }
    nibbles head = {.count = 0};
    put_lengths(code->lengths, used, n, &head);
    code->head_size = (head.count + 1) / 2 + 1;
    code->head[0] = (unsigned char)(code->head_size - 1);
    memcpy(code->head + 1, head.bytes, code->head_size - 1);
    assign_codes(used, n, code);
    return total;
}

bool qdx_huffman_pack(const unsigned char *bytes, size_t size, size_t limit, qdx_buffer *out)
{
    uint32_t counts[SYMBOLS] = {0};
    qdx_huffman_code code;
    count_symbols(bytes, size, counts);
    uint64_t bits = qdx_huffman_make(counts, &code);
    size_t all = bits ? code.head_size + (size_t)((bits + 7) / 8) : limit;
    if (all >= limit || !qdx_buffer_reserve(out, all + 8))
        return false;
    unsigned char *to = (unsigned char *)out->bytes + out->size;
    memcpy(to, code.head, code.head_size);
    put_codes(bytes, size, code.codes, code.lengths, to + code.head_size);
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
 * The table grows with the lengths: at each it is doubled, and then every code of the length has
 * one place.
 */
static bool make_table(const unsigned char lengths[SYMBOLS], qdx_huffman_table *table)
{
    unsigned counts[LONGEST + 1] = {0}, code = 0, done = 0, all = 0;
    unsigned char order[SYMBOLS];
    if (!order_symbols(lengths, counts, order))
        return false;
    for (unsigned length = 1; length <= LONGEST; length++)
        all += counts[length];
    table->entries[0] = 0;
    table->width = 0;
    for (unsigned length = 1; done < all; length++) {
        size_t half = (size_t)1 << (length - 1);
        memcpy(table->entries + half, table->entries, half * sizeof *table->entries);
        for (unsigned i = 0; i < counts[length]; i++, code = next_code(code, length))
            table->entries[code] = (uint16_t)((unsigned)order[done++] << 4 | length);
        table->width = length;
    }
    return true;
}

bool qdx_huffman_read(const unsigned char *packed, size_t size, qdx_huffman_table *table,
                      size_t *head_size)
{
    unsigned char lengths[SYMBOLS] = {0};
    size_t head = size ? packed[0] : 0;
    *head_size = head + 1;
    return head != 0 && head < size && get_lengths(packed + 1, head, lengths) &&
           make_table(lengths, table);
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
        bits |= qdx_load_u64(at) << count;
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
    qdx_huffman_table table;
    size_t head;
    if (!qdx_huffman_read(packed, packed_size, &table, &head))
        return false;
    bit_reader r = {packed + head, packed + packed_size, 0, 0};
    const uint64_t mask = ((uint64_t)1 << table.width) - 1;
    for (size_t i = unpack_many(&r, table.entries, table.width, bytes, size); i < size; i++) {
        while (r.count < LONGEST && r.at < r.end) {
            r.bits |= (uint64_t)*r.at++ << r.count;
            r.count += 8;
        }
        uint16_t entry = table.entries[r.bits & mask];
        unsigned length = entry & 15u;
        if (length > r.count)
            return false;
        bytes[i] = (unsigned char)(entry >> 4);
        r.bits >>= length;
        r.count -= length;
    }
    return r.at == r.end && r.count < 8 && r.bits == 0;
}
