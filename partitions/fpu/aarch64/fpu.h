/* SPDX-License-Identifier: Apache-2.0 */
/* AArch64: every partition has the FPU, with registers of its own. What this one left in one of
 * them in its last slot is still there, and nothing of the others. */
#ifndef FPU_FPU_H
#define FPU_FPU_H

#include <prtos.h>

#define FPU_RESULT "the FPU is mine, too: %d of %d times its register was as I left it"

#define PATTERN 0x0123456789abcdefull

static prtos_u64_t fpu_left;

static __inline__ void fpu_write(prtos_u64_t value)
{
    __asm__ __volatile__("fmov d8, %0" : : "r"(value));
    fpu_left = value;
}

static __inline__ void fpu_prepare(void)
{
    fpu_write(PATTERN);
    prtos_idle_self();
}

/* Whether this try was as it should be. */
static __inline__ prtos_s32_t fpu_try(void)
{
    prtos_u64_t value, left = fpu_left;

    __asm__ __volatile__("fmov %0, d8" : "=r"(value));
    fpu_write(left * 5 + 1);
    return value == left;
}

#endif
