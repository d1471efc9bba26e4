/* SPDX-License-Identifier: Apache-2.0 */
/* Division of 64-bit numbers: the processor has it. In place of core/lib/div64.c. */
#include "lib/div64.h"

u64 div64_32(u64 n, u32 d, u32 *rest)
{
    if (rest)
        *rest = (u32)(n % d);
    return n / d;
}

u64 div64(u64 n, u64 d)
{
    return n / d;
}
