/* SPDX-License-Identifier: Apache-2.0 */
/* Basic types of the fake architecture: 64-bit words and addresses, as the host has them. */
#ifndef PRTOS_INC_ARCH_TYPES_H
#define PRTOS_INC_ARCH_TYPES_H

#define PRTOS_LOG2_WORD_SZ 6

typedef unsigned char prtos_u8_t;
typedef char prtos_s8_t;
typedef unsigned short prtos_u16_t;
typedef short prtos_s16_t;
typedef unsigned int prtos_u32_t;
typedef int prtos_s32_t;
typedef unsigned long long prtos_u64_t;
typedef long long prtos_s64_t;
typedef long prtos_long_t;

typedef prtos_s64_t prtos_time_t; /* in us */

typedef prtos_u64_t prtos_word_t;
typedef prtos_u32_t prtos_id_t;
typedef prtos_u64_t prtos_address_t;
typedef prtos_u64_t prtos_u_size_t;
typedef prtos_s64_t prtos_s_size_t;

#endif
