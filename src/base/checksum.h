/* CRC-32C (Castagnoli, RFC 3720 appendix B.4): finds every change of up to 5 bits in a 64 KiB
 * block. */
#ifndef QDX_BASE_CHECKSUM_H
#define QDX_BASE_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/* Continues from `crc`; begin with 0. */
uint32_t qdx_crc32c(uint32_t crc, const void *bytes, size_t size);

#include "base/banned.h"
#endif
