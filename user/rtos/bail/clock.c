/* SPDX-License-Identifier: Apache-2.0 */
/* The hardware clock and its timer. The hypervisor's timers count in us: they are armed a little
 * late, never early. */
#include "kernel.h"
#include "bail_port.h"

rtos_time_t port_now(void)
{
    return port_clock_read(port_clock(), __builtin_offsetof(struct prtos_clock, base_ns));
}

void port_timer_arm(rtos_time_t moment)
{
    prtos_set_timer(PRTOS_HW_CLOCK, (rtos_time_t)(((prtos_u64_t)moment + PORT_US - 1) / PORT_US),
                    0);
}
