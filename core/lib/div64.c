/* SPDX-License-Identifier: Apache-2.0 */
/* Division of 64-bit numbers by schoolbook digits of 32 bits, without the compiler's helpers. */
#include "lib/digit.h"
#include "lib/div64.h"

u64 div64_32(u64 n, u32 d, u32 *rest)
{
    u32 high = (u32)(n >> 32);
    u32 r = 0;
    u32 q_high = 0;
    u32 q_low;

    if (high >= d)
        q_high = div_digit(0, high, d, &r);
    else
        r = high;
    q_low = div_digit(r, (u32)n, d, &r);
    if (rest)
        *rest = r;
    return (u64)q_high << 32 | q_low;
}

u64 div64(u64 n, u64 d)
{
    u32 shift = 0;
    u64 q;

    if (!(d >> 32))
        return div64_32(n, (u32)d, 0);
    if (d > n)
        return 0;
    /* The quotient fits 32 bits. Estimate it with the top 32 bits of d: at most one too large
     * when n is halved to keep the digit in range (Warren, Hacker's Delight, 9-4). */
    shift = (u32)__builtin_clz((u32)(d >> 32));
    {
        u32 top = (u32)((d << shift) >> 32);
        u64 half = n >> 1;
        u32 rest;

        q = div_digit((u32)(half >> 32), (u32)half, top, &rest);
        q = (q << shift) >> 31;
    }
    if (q)
        q--;
    if (n - q * d >= d)
        q++;
    return q;
}
