/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the test partition share. Each result is a line "name value"; the test on the
 * host judges the values. */
#ifndef PROBE_H
#define PROBE_H

#include <prtos.h>
#include <irqs.h>
#include <stdio.h>

#define SHOW(name, value) printf("= " name " %lld\n", (long long)(value))

struct regs {
    prtos_u32_t before[8]; /* ebx ecx edx esi edi ebp eax eflags */
    prtos_u32_t after[8];
};

/* Makes the call `eax` = before[6] with all registers of `before`, and shows what came back. */
void probe_call(struct regs *regs);

/* Counts of the time stamp counter for one call of `function(a, b)`, the least of some tries. */
prtos_u32_t probe_cost(prtos_s32_t (*function)(prtos_u32_t, prtos_u32_t), prtos_u32_t a,
                       prtos_u32_t b);

static __inline__ prtos_u64_t counter(void)
{
    prtos_u32_t low, up;

    __asm__ __volatile__("rdtsc" : "=a"(low), "=d"(up));
    return (prtos_u64_t)up << 32 | low;
}

void test_clock(void);
void test_irqs(void);
void test_text(void);

#endif
