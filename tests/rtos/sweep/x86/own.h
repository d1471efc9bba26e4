/* SPDX-License-Identifier: Apache-2.0 */
/* A walk through instructions that do nothing on 32-bit x86. */
#ifndef SWEEP_OWN_H
#define SWEEP_OWN_H

#include <prtos.h>

/* `length` of them, 512 at most. */
static __inline__ void walk(prtos_u32_t length)
{
    __asm__ __volatile__(
        "movl $1f, %%eax\n subl %0, %%eax\n jmp *%%eax\n .rept 512\n nop\n .endr\n1:"
        :
        : "r"(length)
        : "eax");
}

#endif
