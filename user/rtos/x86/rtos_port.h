/* SPDX-License-Identifier: Apache-2.0 */
/* The port to 32-bit x86, what is inline. The control table of vCPU 0 has a fixed address. */
#ifndef RTOS_PORT_H
#define RTOS_PORT_H

#include <prtos.h>

#define PORT_PCT ((partition_control_table_t *)PRTOS_PCTRLTAB_ADDR)
#define PORT_BEGIN() ((void)0)
#define PORT_HERE(where) __asm__ __volatile__("movl $1f, %0\n1:" : "=r"(where))

static inline prtos_u64_t port_stamp(void)
{
    prtos_u32_t low, high;

    __asm__ __volatile__("rdtsc" : "=a"(low), "=d"(high)::"memory");
    return (prtos_u64_t)high << 32 | low;
}

#include "port_inline.h"

#endif
