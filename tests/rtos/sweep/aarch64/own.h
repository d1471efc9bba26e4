/* SPDX-License-Identifier: Apache-2.0 */
/* A walk through instructions that do nothing on AArch64. */
#ifndef SWEEP_OWN_H
#define SWEEP_OWN_H

#include <prtos.h>

/* `length` of them, 512 at most. */
static __inline__ void walk(prtos_u32_t length)
{
    prtos_u64_t place;

    __asm__ __volatile__(
        "adr %0, 1f\n sub %0, %0, %1, uxtw #2\n br %0\n .rept 512\n nop\n .endr\n1:"
        : "=&r"(place)
        : "r"(length));
}

#endif
