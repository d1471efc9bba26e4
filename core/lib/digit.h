/* SPDX-License-Identifier: Apache-2.0 */
/* One digit of a long division. An architecture whose processor divides 64 by 32 bits has its own
 * lib/digit.h in front of this one in the include path. */
#ifndef LIB_DIGIT_H
#define LIB_DIGIT_H

#include "lib/types.h"

/* (high:low) / d and the remainder; high < d, so that the quotient fits. */
static inline u32 div_digit(u32 high, u32 low, u32 d, u32 *rest)
{
    u64 n = (u64)high << 32 | low;

    *rest = (u32)(n % d);
    return (u32)(n / d);
}

#endif
