/* SPDX-License-Identifier: Apache-2.0 */
/* What is AArch64's own: traps of fault_operand() and of a store outside of all areas; floating
 * point registers. */
#ifndef CONFORM_OWN_H
#define CONFORM_OWN_H

#define OPERAND_TRAP AARCH64_DATA_ABORT
#define NOWHERE_TRAP AARCH64_LOAD_PAGE_FAULT

#include <prtos.h>

#define FPU_EACH(text)                                                                             \
    ".irp "                                                                                        \
    "n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,"        \
    "31\n" text "\n.endr"

/* All registers get numbers from `seed` on. */
static __inline__ void fpu_fill(prtos_u32_t seed)
{
    prtos_u64_t number = seed;

    __asm__ __volatile__(FPU_EACH("dup v\\n\\().2d, %0\n add %0, %0, #1") : "+r"(number));
}

/* How many do not have it any more. `called`: the kernel was, or any function. */
static __inline__ prtos_u32_t fpu_wrong(prtos_u32_t seed, int called)
{
    prtos_u64_t found[32][2], *to = found[0];
    prtos_u32_t wrong = 0, i;

    __asm__ __volatile__(FPU_EACH("str q\\n, [%0], #16") : "+r"(to) : : "memory");
    for (i = called ? 8 : 0; i < (called ? 16 : 32); i++) {
        wrong += found[i][0] != (prtos_u64_t)seed + i;
        wrong += !called && found[i][1] != (prtos_u64_t)seed + i;
    }
    return wrong;
}

#endif
