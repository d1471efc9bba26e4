/* SPDX-License-Identifier: Apache-2.0 */
/* Basic types of AArch64. Every compilation of a partition reads this file second; in assembly
 * it defines macros only. */
#ifndef PRTOS_INC_ARCH_TYPES_H
#define PRTOS_INC_ARCH_TYPES_H

#define PRTOS_LOG2_WORD_SZ 6
#define PRNT_ADDR_FMT "l"

#ifndef __ASSEMBLER__

typedef unsigned char prtos_u8_t;
typedef char prtos_s8_t;
typedef unsigned short prtos_u16_t;
typedef short prtos_s16_t;
typedef unsigned int prtos_u32_t;
typedef int prtos_s32_t;
typedef unsigned long long prtos_u64_t;
typedef long long prtos_s64_t;
typedef long prtos_long_t;

/* In us. */
typedef prtos_s64_t prtos_time_t;

typedef prtos_u64_t prtos_word_t;
typedef prtos_u64_t prtos_id_t;
typedef prtos_u64_t prtos_address_t;
typedef prtos_u64_t prtos_io_address_t;
typedef prtos_u64_t prtos_u_size_t;
typedef prtos_s64_t prtos_s_size_t;

#define MAX_U8 0xFF
#define MAX_S8 0x7F
#define MAX_U16 0xFFFF
#define MAX_S16 0x7FFF
#define MAX_U32 0xFFFFFFFFU
#define MAX_S32 0x7FFFFFFF
#define MAX_U64 0xFFFFFFFFFFFFFFFFULL
#define MAX_S64 0x7FFFFFFFFFFFFFFFLL
#define MAX_PRTOSTIME MAX_S64

#define PTR2ADDR(x) ((prtos_address_t)(x))
#define ADDR2PTR(x) ((void *)((prtos_address_t)(x)))

#endif

#endif
