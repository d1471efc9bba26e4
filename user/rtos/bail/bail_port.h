/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the ports to partitions share, and what an architecture gives them. */
#ifndef RTOS_BAIL_PORT_H
#define RTOS_BAIL_PORT_H

#include <irqs.h>
#include <rtos/types.h>

/* The hypervisor's timers count in us. */
#define PORT_US 1000

/* How many interrupts the program has attached; absent if it attaches none. */
extern __attribute__((weak)) prtos_u32_t port_attached;

/* Around `work` in a handler of BAIL: on the kernel's stack, and at the end the most urgent
 * thread. */
INTERNAL void port_interrupt(trap_ctxt_t *ctxt, void (*work)(trap_ctxt_t *ctxt));

/* The handler of a trap that an instruction of the partition caused: port_trap_judge() with
 * interrupts off, on the kernel's stack if a thread did it. Whether a trap is of that kind. */
void port_trap(trap_ctxt_t *ctxt);
void port_trap_judge(prtos_u32_t trap, rtos_size_t address);
int port_trap_is_ours(prtos_u32_t trap);

/* ns by a clock page, from the base at that place in it; no trap. */
rtos_time_t port_clock_read(const struct prtos_clock *page, prtos_u32_t base);

static inline const struct prtos_clock *port_clock(void)
{
    return (const struct prtos_clock *)((char *)PORT_PCT + PORT_PCT->clock_offset);
}

void port_idle(void) __attribute__((noreturn));

#endif
