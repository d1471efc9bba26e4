/* SPDX-License-Identifier: Apache-2.0 */
/* A hypercall with every register given, and the time stamp counter. */
#include "check.h"

prtos_u32_t raw_ds = GUEST_DS_SEL, raw_es = GUEST_DS_SEL, raw_fs, raw_gs;

/* Flags of the caller change from call to call: arithmetic, DF, NT, AC, ID. */
static prtos_u32_t next_flags(void)
{
    static const prtos_u32_t flags[] = {0x202, 0xad7, 0x4202, 0x40602, 0x200202, 0x244ed7};
    static prtos_u32_t turn;

    return flags[turn++ % (sizeof(flags) / sizeof(flags[0]))];
}

prtos_u32_t machine_call(prtos_u32_t nr, const prtos_word_t *args, prtos_s32_t *result)
{
    struct raw in = {nr, args[0], args[1], args[2], args[3], args[4], 0xbadcab1e, 0, 0, 0, 0, 0, 0};
    const prtos_u32_t *before = &in.eax;
    prtos_u32_t i, damage = 0;
    struct raw out;

    in.eflags = next_flags();
    in.ds = raw_ds;
    in.es = raw_es;
    in.fs = raw_fs;
    in.gs = raw_gs;
    raw_call(&in, &out);
    for (i = 1; i < sizeof(in) / sizeof(prtos_u32_t); i++)
        if (before[i] != (&out.eax)[i])
            damage |= 1u << i;
    *result = (prtos_s32_t)out.eax;
    return damage;
}

prtos_u64_t machine_count(void)
{
    prtos_u32_t low, high;

    __asm__ __volatile__("rdtsc" : "=a"(low), "=d"(high));
    return (prtos_u64_t)high << 32 | low;
}
