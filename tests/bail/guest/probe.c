/* SPDX-License-Identifier: Apache-2.0 */
/* Registers around a trap, and costs in counts (instructions, when QEMU counts them). */
#include "probe.h"

void probe_call(struct regs *regs)
{
    static struct regs *kept;

    kept = regs;
    __asm__ __volatile__(
        "pushl %%ebx; pushl %%ebp\n\t"
        "pushl 28(%0); popfl\n\t"
        "movl 0(%0), %%ebx; movl 4(%0), %%ecx; movl 8(%0), %%edx\n\t"
        "movl 16(%0), %%edi; movl 20(%0), %%ebp; movl 24(%0), %%eax\n\t"
        "movl 12(%0), %%esi\n\t" TO_STR(
            __PRTOS_HC) "\n\t"
                        "pushl %%eax; pushfl; movl %1, %%eax\n\t"
                        "movl %%ebx, 32(%%eax); movl %%ecx, 36(%%eax); movl %%edx, 40(%%eax)\n\t"
                        "movl %%esi, 44(%%eax); movl %%edi, 48(%%eax); movl %%ebp, 52(%%eax)\n\t"
                        "popl 60(%%eax); popl 56(%%eax); cld\n\t"
                        "popl %%ebp; popl %%ebx"
        :
        : "S"(regs), "m"(kept)
        : "eax", "ecx", "edx", "edi", "memory", "cc");
}

static prtos_s32_t nothing(prtos_u32_t a, prtos_u32_t b)
{
    return (prtos_s32_t)(a + b) & 0;
}

static prtos_u32_t least(prtos_s32_t (*volatile function)(prtos_u32_t, prtos_u32_t), prtos_u32_t a,
                         prtos_u32_t b)
{
    prtos_u32_t best = ~0U;
    prtos_u32_t i;

    for (i = 0; i < 32; i++) {
        prtos_u32_t from = (prtos_u32_t)counter();
        prtos_u32_t cost;

        function(a, b);
        cost = (prtos_u32_t)counter() - from;
        if (cost < best)
            best = cost;
    }
    return best;
}

prtos_u32_t probe_cost(prtos_s32_t (*function)(prtos_u32_t, prtos_u32_t), prtos_u32_t a,
                       prtos_u32_t b)
{
    /* nothing() itself takes up to 4: loads, add, ret; what is more stays in the figure */
    return least(function, a, b) - least(nothing, a, b);
}
