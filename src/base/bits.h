/* Eight bytes as a number, the first byte lowest, on any machine and at any place. */
#ifndef QDX_BASE_BITS_H
#define QDX_BASE_BITS_H

#include <endian.h>
#include <stdint.h>
#include <string.h>

static inline uint64_t qdx_load_u64(const void *bytes)
{
    uint64_t number;
    memcpy(&number, bytes, sizeof number);
    return le64toh(number);
}

static inline void qdx_store_u64(void *bytes, uint64_t number)
{
    number = htole64(number);
    memcpy(bytes, &number, sizeof number);
}

#include "base/banned.h"
#endif
