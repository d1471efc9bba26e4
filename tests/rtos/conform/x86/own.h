/* SPDX-License-Identifier: Apache-2.0 */
/* What is 32-bit x86's own: traps of fault_operand() and of a store outside of all areas; floating
 * point registers. */
#ifndef CONFORM_OWN_H
#define CONFORM_OWN_H

#define OPERAND_TRAP DIVIDE_ERROR
#define NOWHERE_TRAP PAGE_FAULT

#include <prtos.h>

/* All registers get numbers from `seed` on. */
static __inline__ void fpu_fill(prtos_u32_t seed)
{
    prtos_s32_t i, number;

    __asm__ __volatile__("fninit");
    for (i = 0; i < 8; i++) {
        number = (prtos_s32_t)(seed + (prtos_u32_t)i);
        __asm__ __volatile__("fildl %0" : : "m"(number));
    }
}

/* How many do not have it any more; empties them. `called`: the kernel was, or any function. */
static __inline__ prtos_u32_t fpu_wrong(prtos_u32_t seed, int called)
{
    prtos_u32_t wrong = 0;
    prtos_s32_t i, number;

    (void)called;
    for (i = 7; i >= 0; i--) {
        number = 0;
        __asm__ __volatile__("fistpl %0" : "=m"(number));
        wrong += number != (prtos_s32_t)(seed + (prtos_u32_t)i);
    }
    return wrong;
}

#endif
