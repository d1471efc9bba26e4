/* SPDX-License-Identifier: Apache-2.0 */
/* The hardware clock and its timer on 32-bit x86. The hypervisor's timers count in us: they are
 * armed a little late, never early. */
#include "kernel.h"
#include "x86.h"

rtos_time_t port_now(void)
{
    return x86_clock_read(__builtin_offsetof(struct prtos_clock, base_ns));
}

void port_timer_arm(rtos_time_t moment)
{
    prtos_set_timer(PRTOS_HW_CLOCK, (rtos_time_t)(((prtos_u64_t)moment + X86_US - 1) / X86_US), 0);
}
