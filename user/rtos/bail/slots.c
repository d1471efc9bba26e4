/* SPDX-License-Identifier: Apache-2.0 */
/* The execution clock, its timer, and slots. */
#include "kernel.h"
#include "bail_port.h"

rtos_time_t port_executed(void)
{
    return port_clock_read(port_clock(), __builtin_offsetof(struct prtos_clock, exec_ns));
}

void port_slice_arm(rtos_time_t moment)
{
    prtos_set_timer(PRTOS_EXEC_CLOCK, (moment + PORT_US - 1) / PORT_US, 0);
}

prtos_u64_t port_stamp_rate(void)
{
    return (prtos_u64_t)PORT_PCT->cpu_khz * 1000;
}

/* The hypervisor does not say when a slot began. When it gave the vCPU the processor is that
 * moment, unless the slot before was the vCPU's too or interrupts were off: then now is, which
 * is later. */
#define NEAR 20000

rtos_time_t port_slot_began(void)
{
    rtos_time_t now = port_now();
    rtos_time_t dispatched =
        (rtos_time_t)((const volatile struct prtos_clock *)port_clock())->base_ns;

    return now - dispatched < NEAR ? dispatched : now;
}

rtos_time_t port_slot_length(void)
{
    return (rtos_time_t)PORT_PCT->cyclic_sched_info.slot_duration * PORT_US;
}

prtos_u32_t port_slot_index(void)
{
    return PORT_PCT->cyclic_sched_info.num_of_slots;
}
