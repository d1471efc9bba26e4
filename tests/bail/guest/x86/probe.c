/* SPDX-License-Identifier: Apache-2.0 */
/* Registers around a trap. */
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
