/* SPDX-License-Identifier: Apache-2.0 */
/* A hypercall with every register given, and the virtual counter. */
#include "check.h"

#define NZCV_BIT 0 /* bit of the mask; x0 is the result */
#define SP_BIT 31

prtos_u32_t machine_call(prtos_u32_t nr, const prtos_word_t *args, prtos_s32_t *result)
{
    static prtos_u64_t turn;
    prtos_u32_t i, damage = 0;
    struct raw in, out;

    in.x[0] = nr;
    for (i = 1; i < 31; i++)
        in.x[i] = i <= 5 ? args[i - 1] : 0xbadcab1e00000000ull + i;
    in.nzcv = turn++ << 28 & 0xf0000000u;
    in.sp_moved = 0;
    raw_call(&in, &out);
    for (i = 1; i < 31; i++)
        if (in.x[i] != out.x[i])
            damage |= 1u << i;
    if (in.nzcv != out.nzcv || (prtos_u64_t)(prtos_s64_t)(prtos_s32_t)out.x[0] != out.x[0])
        damage |= 1u << NZCV_BIT;
    if (out.sp_moved)
        damage |= 1u << SP_BIT;
    *result = (prtos_s32_t)out.x[0];
    return damage;
}

prtos_u64_t machine_count(void)
{
    prtos_u64_t count;

    __asm__ __volatile__("isb\n\tmrs %0, cntvct_el0" : "=r"(count) : : "memory");
    return count;
}
