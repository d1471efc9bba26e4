/* SPDX-License-Identifier: Apache-2.0 */
/* What the compiler calls for 64-bit arithmetic on 32-bit x86; there is no libgcc for it. */
#include <prtos_inc/arch/arch_types.h>

prtos_u64_t __udivmoddi4(prtos_u64_t n, prtos_u64_t d, prtos_u64_t *rest);
prtos_s64_t __divmoddi4(prtos_s64_t n, prtos_s64_t d, prtos_s64_t *rest);
prtos_u64_t __udivdi3(prtos_u64_t n, prtos_u64_t d);
prtos_u64_t __umoddi3(prtos_u64_t n, prtos_u64_t d);
prtos_s64_t __divdi3(prtos_s64_t n, prtos_s64_t d);
prtos_s64_t __moddi3(prtos_s64_t n, prtos_s64_t d);
prtos_s64_t __muldi3(prtos_s64_t a, prtos_s64_t b);
prtos_u64_t __ashldi3(prtos_u64_t v, int by);
prtos_u64_t __lshrdi3(prtos_u64_t v, int by);
prtos_s64_t __ashrdi3(prtos_s64_t v, int by);
int __clzdi2(prtos_u64_t v);
int __ctzdi2(prtos_u64_t v);
int __ffsdi2(prtos_u64_t v);
int __popcountsi2(prtos_u32_t v);
int __popcountdi2(prtos_u64_t v);

static prtos_u32_t high(prtos_u64_t v)
{
    return (prtos_u32_t)(v >> 32);
}

static prtos_u64_t join(prtos_u32_t up, prtos_u32_t low)
{
    return (prtos_u64_t)up << 32 | low;
}

/* up:low / d where up < d. */
static prtos_u32_t divide(prtos_u32_t up, prtos_u32_t low, prtos_u32_t d, prtos_u32_t *rest)
{
    prtos_u32_t quotient;

    __asm__("divl %4" : "=a"(quotient), "=d"(*rest) : "0"(low), "1"(up), "rm"(d) : "cc");
    return quotient;
}

/* A divisor of more than 32 bits: the quotient of the halved numerator and the divisor's top 32
 * bits is the right one or one too big; made one too small at most, then corrected. */
static prtos_u64_t divide_big(prtos_u64_t n, prtos_u64_t d, prtos_u64_t *rest)
{
    int shift = __builtin_clz(high(d));
    prtos_u64_t half = n >> 1;
    prtos_u32_t ignored;
    prtos_u32_t estimate =
        divide(high(half), (prtos_u32_t)half, high(d << shift), &ignored) >> (31 - shift);
    prtos_u64_t quotient = estimate ? estimate - 1 : 0;

    *rest = n - quotient * d;
    if (*rest >= d) {
        *rest -= d;
        quotient++;
    }
    return quotient;
}

prtos_u64_t __udivmoddi4(prtos_u64_t n, prtos_u64_t d, prtos_u64_t *rest)
{
    prtos_u32_t divisor = (prtos_u32_t)d;
    prtos_u64_t quotient;
    prtos_u32_t up;
    prtos_u32_t r = 0;

    if (high(d)) {
        prtos_u64_t big = 0;

        quotient = divide_big(n, d, &big);
        if (rest)
            *rest = big;
        return quotient;
    }
    up = divide(0, high(n), divisor, &r);
    quotient = join(up, divide(r, (prtos_u32_t)n, divisor, &r));
    if (rest)
        *rest = r;
    return quotient;
}

static prtos_u64_t magnitude(prtos_s64_t v)
{
    return v < 0 ? -(prtos_u64_t)v : (prtos_u64_t)v;
}

prtos_s64_t __divmoddi4(prtos_s64_t n, prtos_s64_t d, prtos_s64_t *rest)
{
    prtos_u64_t r = 0;
    prtos_u64_t quotient = __udivmoddi4(magnitude(n), magnitude(d), &r);

    if (rest)
        *rest = (prtos_s64_t)(n < 0 ? -r : r);
    return (prtos_s64_t)((n < 0) != (d < 0) ? -quotient : quotient);
}

prtos_u64_t __udivdi3(prtos_u64_t n, prtos_u64_t d)
{
    return __udivmoddi4(n, d, 0);
}

prtos_u64_t __umoddi3(prtos_u64_t n, prtos_u64_t d)
{
    prtos_u64_t rest = 0;

    __udivmoddi4(n, d, &rest);
    return rest;
}

prtos_s64_t __divdi3(prtos_s64_t n, prtos_s64_t d)
{
    return __divmoddi4(n, d, 0);
}

prtos_s64_t __moddi3(prtos_s64_t n, prtos_s64_t d)
{
    prtos_s64_t rest = 0;

    __divmoddi4(n, d, &rest);
    return rest;
}

prtos_s64_t __muldi3(prtos_s64_t a, prtos_s64_t b)
{
    prtos_u32_t a_low = (prtos_u32_t)a;
    prtos_u32_t b_low = (prtos_u32_t)b;
    prtos_u32_t cross = high((prtos_u64_t)a) * b_low + a_low * high((prtos_u64_t)b);

    return (prtos_s64_t)((prtos_u64_t)a_low * b_low + join(cross, 0));
}

prtos_u64_t __ashldi3(prtos_u64_t v, int by)
{
    prtos_u32_t low = (prtos_u32_t)v;

    if (by >= 32)
        return join(low << (by - 32), 0);
    return by ? join(high(v) << by | low >> (32 - by), low << by) : v;
}

prtos_u64_t __lshrdi3(prtos_u64_t v, int by)
{
    prtos_u32_t up = high(v);

    if (by >= 32)
        return up >> (by - 32);
    return by ? join(up >> by, (prtos_u32_t)v >> by | up << (32 - by)) : v;
}

prtos_s64_t __ashrdi3(prtos_s64_t v, int by)
{
    prtos_u64_t shifted = __lshrdi3((prtos_u64_t)v, by);

    if (v < 0 && by)
        shifted |= ~__lshrdi3(~0ULL, by);
    return (prtos_s64_t)shifted;
}

int __clzdi2(prtos_u64_t v)
{
    return high(v) ? __builtin_clz(high(v)) : 32 + __builtin_clz((prtos_u32_t)v);
}

int __ctzdi2(prtos_u64_t v)
{
    return (prtos_u32_t)v ? __builtin_ctz((prtos_u32_t)v) : 32 + __builtin_ctz(high(v));
}

int __ffsdi2(prtos_u64_t v)
{
    return v ? __ctzdi2(v) + 1 : 0;
}

int __popcountsi2(prtos_u32_t v)
{
    v -= v >> 1 & 0x55555555;
    v = (v & 0x33333333) + (v >> 2 & 0x33333333);
    v = (v + (v >> 4)) & 0x0f0f0f0f;
    return (int)(v * 0x01010101 >> 24);
}

int __popcountdi2(prtos_u64_t v)
{
    return __popcountsi2((prtos_u32_t)v) + __popcountsi2(high(v));
}
