/* SPDX-License-Identifier: Apache-2.0 */
/* The test partition's half of x86. */
#ifndef OWN_H
#define OWN_H

#include <prtos.h>

#define OWN_FRAME 8        /* from the frame's address to the stack's at the call */
#define OWN_NS_PER_COUNT 1 /* of the counter, where an instruction is 1 ns */
#define OWN_CALLS 1        /* that are measured together */

struct regs {
    prtos_u32_t before[8]; /* ebx ecx edx esi edi ebp eax eflags */
    prtos_u32_t after[8];
};

/* Makes the call `eax` = before[6] with all registers of `before`, and shows what came back. */
void probe_call(struct regs *regs);

static __inline__ prtos_u64_t counter(void)
{
    prtos_u32_t low, up;

    __asm__ __volatile__("rdtsc" : "=a"(low), "=d"(up));
    return (prtos_u64_t)up << 32 | low;
}

#endif
