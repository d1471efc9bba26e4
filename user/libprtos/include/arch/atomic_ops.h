/* SPDX-License-Identifier: Apache-2.0 */
/* Bits of bitmaps that are shared with the hypervisor, such as the one of ports with news. */
#ifndef LIBPRTOS_ARCH_ATOMIC_OPS_H
#define LIBPRTOS_ARCH_ATOMIC_OPS_H

#ifndef __ASSEMBLER__

#include <prtos_inc/arch/atomic.h>

#define PRTOS_WORD_BITS_ (1U << PRTOS_LOG2_WORD_SZ)
#define PRTOS_WORD_OF_(bm, bp) ((bm) + ((bp) >> PRTOS_LOG2_WORD_SZ))
#define PRTOS_BIT_OF_(bp) ((prtos_word_t)1 << ((bp) & (PRTOS_WORD_BITS_ - 1)))

static __inline__ void prtos_set_bit(prtos_word_t *bm, prtos_u32_t bp, prtos_u32_t max)
{
    if (bp < max)
        prtos_atomic_or_word(PRTOS_WORD_OF_(bm, bp), PRTOS_BIT_OF_(bp));
}

static __inline__ void prtos_clear_bit(prtos_word_t *bm, prtos_u32_t bp, prtos_u32_t max)
{
    if (bp < max)
        prtos_atomic_and_word(PRTOS_WORD_OF_(bm, bp), ~PRTOS_BIT_OF_(bp));
}

/* -1 within the end, else 0 or 1. */
static __inline__ prtos_s32_t prtos_is_bit_set(prtos_word_t *bm, prtos_u32_t bp, prtos_u32_t max)
{
    if (bp >= max)
        return -1;
    return (*(volatile prtos_word_t *)PRTOS_WORD_OF_(bm, bp) & PRTOS_BIT_OF_(bp)) != 0;
}

static __inline__ void prtos_clear_bitmap(prtos_word_t *bm, prtos_u32_t max)
{
    prtos_u32_t bp;

    for (bp = 0; bp < max; bp += PRTOS_WORD_BITS_) {
        prtos_word_t within =
            max - bp < PRTOS_WORD_BITS_ ? PRTOS_BIT_OF_(max) - 1 : ~(prtos_word_t)0;

        prtos_atomic_and_word(PRTOS_WORD_OF_(bm, bp), ~within);
    }
}

static __inline__ void prtos_set_bitmap(prtos_word_t *bm, prtos_u32_t max)
{
    prtos_u32_t bp;

    for (bp = 0; bp < max; bp += PRTOS_WORD_BITS_) {
        prtos_word_t within =
            max - bp < PRTOS_WORD_BITS_ ? PRTOS_BIT_OF_(max) - 1 : ~(prtos_word_t)0;

        prtos_atomic_or_word(PRTOS_WORD_OF_(bm, bp), within);
    }
}

#endif

#endif
