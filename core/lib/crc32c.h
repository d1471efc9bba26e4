/* SPDX-License-Identifier: Apache-2.0 */
/* CRC-32C (Castagnoli, reflected, RFC 3720 appendix B.4): the integrity sum of all images. */
#ifndef LIB_CRC32C_H
#define LIB_CRC32C_H

#include "lib/types.h"

#define CRC32C_START 0xffffffffu

/* Continues a sum over `length` bytes. Start with CRC32C_START, finish with crc32c_end(). */
u32 crc32c_update(u32 sum, const void *bytes, u32 length);

static inline u32 crc32c_end(u32 sum)
{
    return ~sum;
}

/* Sum over `length` bytes of which the 4 at `hole` (multiple of 4) count as zero. */
u32 crc32c_with_hole(const void *bytes, u32 length, u32 hole);

#endif
