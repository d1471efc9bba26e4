/* SPDX-License-Identifier: Apache-2.0 */
/* Positions of bits in a 32-bit word. */
#ifndef PRTOS_INC_BITWISE_H
#define PRTOS_INC_BITWISE_H

#include <prtos_inc/arch/arch_types.h>

#define PRTOS_BIT(n) (1U << (n))

#ifndef __ASSEMBLER__

/* Lowest bit that is set, or -1. */
static __inline__ prtos_s32_t prtos_first_bit(prtos_u32_t word)
{
    return __builtin_ffs((int)word) - 1;
}

/* Highest bit that is set, or -1. */
static __inline__ prtos_s32_t prtos_last_bit(prtos_u32_t word)
{
    return word ? 31 - __builtin_clz(word) : -1;
}

#endif

#endif
