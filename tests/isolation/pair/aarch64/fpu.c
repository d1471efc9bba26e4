/* SPDX-License-Identifier: Apache-2.0 */
/* The state of the floating-point unit: hold() looks at its registers with the others. */
#include "observer.h"

extern prtos_u32_t held_fpu;

prtos_u32_t fpu_look(prtos_u32_t salt)
{
    prtos_u64_t control;

    __asm__ __volatile__("mrs %0, fpcr" : "=r"(control));
    __asm__ __volatile__("msr fpcr, %0" ::"r"((prtos_u64_t)(salt % 4) << 22));
    return held_fpu ^ (prtos_u32_t)control;
}
