/* SPDX-License-Identifier: Apache-2.0 */
/* The test partition's half of AArch64. */
#ifndef OWN_H
#define OWN_H

#include <prtos.h>

#define OWN_FRAME 0
#define OWN_NS_PER_COUNT 16 /* of the counter, where an instruction is 1 ns */
#define OWN_CALLS 64        /* that are measured together: the counter is coarse */

static __inline__ prtos_u64_t counter(void)
{
    prtos_u64_t count;

    __asm__ __volatile__("isb\n\tmrs %0, cntvct_el0" : "=r"(count) : : "memory");
    return count;
}

/* Makes the call with patterns in all other registers, floating point too, and NZCV set; a bit for
 * each of x3..x30 that changed, and in *floating for each of q0..q31; bit 0: NZCV. */
prtos_u32_t probe_call(prtos_u32_t nr, prtos_u32_t a, prtos_u32_t b, prtos_u32_t *floating);

#endif
