/* SPDX-License-Identifier: Apache-2.0 */
/* One digit of a long division: `divl`, SDM vol. 2A. In front of core/lib/digit.h. */
#ifndef LIB_DIGIT_H
#define LIB_DIGIT_H

#include "lib/types.h"

/* (high:low) / d and the remainder; high < d, so that the quotient fits. */
static inline u32 div_digit(u32 high, u32 low, u32 d, u32 *rest)
{
    u32 q;

    __asm__("divl %4" : "=a"(q), "=d"(*rest) : "a"(low), "d"(high), "rm"(d));
    return q;
}

#endif
