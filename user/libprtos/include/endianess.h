/* SPDX-License-Identifier: Apache-2.0 */
/* Byte order: values of the system's files are little endian, those of networks big endian. */
#ifndef LIBPRTOS_ENDIANESS_H
#define LIBPRTOS_ENDIANESS_H

#define PRTOS_SWAP16(v) ((prtos_u16_t)((((v)&0xff) << 8) | (((v) >> 8) & 0xff)))
#define PRTOS_SWAP32(v)                                                                            \
    ((((v)&0xffU) << 24) | (((v)&0xff00U) << 8) | (((v) >> 8) & 0xff00U) | (((v) >> 24) & 0xffU))
#define PRTOS_SWAP64(v)                                                                            \
    (((prtos_u64_t)PRTOS_SWAP32((prtos_u32_t)(v)) << 32) |                                         \
     PRTOS_SWAP32((prtos_u32_t)((prtos_u64_t)(v) >> 32)))

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define PRTOS_LE16(v) ((prtos_u16_t)(v))
#define PRTOS_LE32(v) ((prtos_u32_t)(v))
#define PRTOS_LE64(v) ((prtos_u64_t)(v))
#define PRTOS_BE16(v) PRTOS_SWAP16(v)
#define PRTOS_BE32(v) PRTOS_SWAP32(v)
#define PRTOS_BE64(v) PRTOS_SWAP64(v)
#else
#define PRTOS_LE16(v) PRTOS_SWAP16(v)
#define PRTOS_LE32(v) PRTOS_SWAP32(v)
#define PRTOS_LE64(v) PRTOS_SWAP64(v)
#define PRTOS_BE16(v) ((prtos_u16_t)(v))
#define PRTOS_BE32(v) ((prtos_u32_t)(v))
#define PRTOS_BE64(v) ((prtos_u64_t)(v))
#endif

#endif
