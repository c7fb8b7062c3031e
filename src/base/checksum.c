/*
 * CRC-32C by the processor's own instruction where it has one (SSE 4.2), else by eight tables
 * (slicing-by-8, Kounavis and Berry 2005), derived once at first use. Both give the same numbers.
 */
#include "base/checksum.h"

#include <pthread.h>
#include <stdbool.h>
#include <string.h>

enum { POLYNOMIAL_WORDS = 8 };
static const uint32_t POLYNOMIAL = 0x82F63B78u; /* reflected 0x1EDC6F41 */

static uint32_t tables[POLYNOMIAL_WORDS][256];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static bool has_instruction;

#if defined(__x86_64__) && defined(__GNUC__)
/* Whole words, then bytes. `crc` is inverted already. */
__attribute__((target("sse4.2"))) static uint32_t sum_by_instruction(uint32_t crc,
                                                                     const unsigned char *p,
                                                                     size_t size)
{
    uint64_t wide = crc;
    for (; size >= 8; size -= 8, p += 8) {
        uint64_t word;
        memcpy(&word, p, sizeof word);
        wide = __builtin_ia32_crc32di(wide, word);
    }
    crc = (uint32_t)wide;
    for (; size; size--, p++)
        crc = __builtin_ia32_crc32qi(crc, *p);
    return crc;
}

static bool find_instruction(void)
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("sse4.2");
}
#else
static uint32_t sum_by_instruction(uint32_t crc, const unsigned char *p, size_t size)
{
    (void)p;
    (void)size;
    return crc;
}

static bool find_instruction(void)
{
    return false;
}
#endif

static void make_tables(void)
{
    has_instruction = find_instruction();
    if (has_instruction)
        return;
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t crc = i;
        for (int bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ (crc & 1 ? POLYNOMIAL : 0);
        tables[0][i] = crc;
    }
    for (int t = 1; t < POLYNOMIAL_WORDS; t++)
        for (uint32_t i = 0; i < 256; i++)
            tables[t][i] = (tables[t - 1][i] >> 8) ^ tables[0][tables[t - 1][i] & 0xFF];
}

uint32_t qdx_crc32c(uint32_t crc, const void *bytes, size_t size)
{
    pthread_once(&once, make_tables);
    const unsigned char *p = bytes;
    crc = ~crc;
    if (has_instruction)
        return ~sum_by_instruction(crc, p, size);
    for (; size >= 8; size -= 8, p += 8) {
        uint32_t low = crc ^ ((uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
                              (uint32_t)p[3] << 24);
        crc = tables[7][low & 0xFF] ^ tables[6][(low >> 8) & 0xFF] ^ tables[5][(low >> 16) & 0xFF] ^
              tables[4][low >> 24] ^ tables[3][p[4]] ^ tables[2][p[5]] ^ tables[1][p[6]] ^
              tables[0][p[7]];
    }
    for (; size; size--, p++)
        crc = (crc >> 8) ^ tables[0][(crc ^ *p) & 0xFF];
    return ~crc;
}
