/*
 * Hashing. The fixed hash multiplies 8-byte words (the folded-multiply scheme of wyhash); the keyed
 * one is SipHash-1-3 (Aumasson and Bernstein 2012).
 */
#include "base/hash.h"

#include <string.h>
#include <sys/random.h>
#include <time.h>

static uint64_t load(const unsigned char *p, size_t size)
{
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++)
        value |= (uint64_t)p[i] << (8 * i);
    return value;
}

static uint64_t load8(const unsigned char *p)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint64_t value;
    memcpy(&value, p, sizeof value);
    return value;
#else
    return load(p, 8);
#endif
}

static uint64_t multiply_fold(uint64_t a, uint64_t b)
{
    __extension__ typedef unsigned __int128 wide;
    wide product = (wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

uint64_t qdx_hash_bytes(const void *bytes, size_t size)
{
    const unsigned char *p = bytes;
    uint64_t hash = 0xA0761D6478BD642Fu ^ size;
    for (; size >= 8; size -= 8, p += 8)
        hash = multiply_fold(hash ^ load8(p), 0xE7037ED1A0B428DBu);
    hash = multiply_fold(hash ^ load(p, size), 0x8EBC6AF09C88C6E3u);
    return multiply_fold(hash, 0x589965CC75374CC3u);
}

qdx_hash_key qdx_hash_key_random(void)
{
    qdx_hash_key key;
    if (getrandom(&key, sizeof key, GRND_NONBLOCK) != (ssize_t)sizeof key) {
        /* No entropy yet, at boot: addresses and clocks are the best there is. */
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        key.k0 = (uint64_t)now.tv_nsec ^ (uint64_t)(uintptr_t)&key;
        key.k1 = (uint64_t)now.tv_sec * 0x9E3779B97F4A7C15u;
    }
    return key;
}

static uint64_t rotate(uint64_t x, unsigned bits)
{
    return x << bits | x >> (64 - bits);
}

static void sip_round(uint64_t v[4])
{
    v[0] += v[1];
    v[1] = rotate(v[1], 13) ^ v[0];
    v[0] = rotate(v[0], 32);
    v[2] += v[3];
    v[3] = rotate(v[3], 16) ^ v[2];
    v[0] += v[3];
    v[3] = rotate(v[3], 21) ^ v[0];
    v[2] += v[1];
    v[1] = rotate(v[1], 17) ^ v[2];
    v[2] = rotate(v[2], 32);
}

uint64_t qdx_hash_keyed(qdx_hash_key key, const void *bytes, size_t size)
{
    const unsigned char *p = bytes;
    uint64_t v[4] = {key.k0 ^ 0x736F6D6570736575u, key.k1 ^ 0x646F72616E646F6Du,
                     key.k0 ^ 0x6C7967656E657261u, key.k1 ^ 0x7465646279746573u};
    size_t left = size;
    for (; left >= 8; left -= 8, p += 8) {
        uint64_t word = load8(p);
        v[3] ^= word;
        sip_round(v);
        v[0] ^= word;
    }
    uint64_t last = load(p, left) | (uint64_t)size << 56;
    v[3] ^= last;
    sip_round(v);
    v[0] ^= last;
    v[2] ^= 0xFF;
    for (int i = 0; i < 3; i++)
        sip_round(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}
