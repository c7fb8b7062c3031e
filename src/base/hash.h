/*
 * Hashes. qdx_hash_bytes is fast and fixed: equal on every machine, so it may be stored in files,
 * but anyone can craft collisions. qdx_hash_keyed is SipHash-1-3 with a random key of the process:
 * for tables that hold words of untrusted articles, and never stored.
 */
#ifndef QDX_BASE_HASH_H
#define QDX_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

uint64_t qdx_hash_bytes(const void *bytes, size_t size);

/* Joins two hashes, order matters. */
static inline uint64_t qdx_hash_mix(uint64_t a, uint64_t b)
{
    uint64_t x = (a ^ (b + 0x9E3779B97F4A7C15u + (a << 6) + (a >> 2))) * 0xFF51AFD7ED558CCDu;
    return x ^ (x >> 32);
}

typedef struct qdx_hash_key {
    uint64_t k0, k1;
} qdx_hash_key;

/* A key from the system's random numbers. */
qdx_hash_key qdx_hash_key_random(void);

uint64_t qdx_hash_keyed(qdx_hash_key key, const void *bytes, size_t size);

#include "base/banned.h"
#endif
