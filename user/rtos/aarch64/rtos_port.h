/* SPDX-License-Identifier: Apache-2.0 */
/* The port to AArch64, what is inline. The control table of vCPU 0 has a fixed address; that it is
 * one stays hidden from the compiler, which would make each member an address of its own. */
#ifndef RTOS_PORT_H
#define RTOS_PORT_H

#include <prtos.h>

static inline partition_control_table_t *aarch64_pct(void)
{
    partition_control_table_t *pct = (partition_control_table_t *)(prtos_u64_t)PRTOS_PCTRLTAB_ADDR;

    __asm__("" : "+r"(pct));
    return pct;
}

#define PORT_PCT aarch64_pct()
#define PORT_BEGIN() __asm__ __volatile__("msr daifclr, #1" ::: "memory") /* see context.c */
#define PORT_HERE(where) __asm__ __volatile__("adr %0, ." : "=r"(where))

/* The counter may not be read ahead of what stands before. */
static inline prtos_u64_t port_stamp(void)
{
    prtos_u64_t count;

    __asm__ __volatile__("isb\n\tmrs %0, cntvct_el0" : "=r"(count) : : "memory");
    return count;
}

#include "port_inline.h"

#endif
