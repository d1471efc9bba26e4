/* SPDX-License-Identifier: Apache-2.0 */
/* What a call must keep of floating point on AArch64: the low halves of v8 to v15, FPCR, FPSR. All
 * else is dead where a thread calls the kernel; where an interrupt took it away BAIL's frame has
 * all of it. */
#include <rtos/fpu.h>

#include "kernel.h"

int port_fpu_exists(void)
{
    return (PORT_PCT->flags & PRTOS_PART_FP) != 0;
}

void port_fpu_init(struct rtos_fpu *room)
{
    __builtin_memset(room, 0, sizeof(*room));
}

void port_fpu_save(struct rtos_fpu *room)
{
    __asm__ __volatile__(".arch_extension fp\n\t"
                         "stp d8, d9, [%1]\n\tstp d10, d11, [%1, #16]\n\t"
                         "stp d12, d13, [%1, #32]\n\tstp d14, d15, [%1, #48]\n\t"
                         "mrs x2, fpcr\n\tmrs x3, fpsr\n\tstp x2, x3, [%1, #64]"
                         : "=m"(*room)
                         : "r"(room)
                         : "x2", "x3");
}

void port_fpu_load(const struct rtos_fpu *room)
{
    __asm__ __volatile__(".arch_extension fp\n\t"
                         "ldp d8, d9, [%1]\n\tldp d10, d11, [%1, #16]\n\t"
                         "ldp d12, d13, [%1, #32]\n\tldp d14, d15, [%1, #48]\n\t"
                         "ldp x2, x3, [%1, #64]\n\tmsr fpcr, x2\n\tmsr fpsr, x3"
                         :
                         : "m"(*room), "r"(room)
                         : "x2", "x3");
}
