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

/* The hypervisor may change it between two loads. */
static rtos_time_t moment(const volatile prtos_u64_t *place)
{
    prtos_u64_t value;

    do
        value = *place;
    while (value != *place);
    return (rtos_time_t)value;
}

rtos_time_t port_slot_end(void)
{
    return moment(&port_clock()->slot_end);
}

rtos_time_t port_slot_next(void)
{
    return moment(&port_clock()->slot_end) + (rtos_time_t)port_clock()->slot_gap * PORT_US;
}

rtos_time_t port_slot_began(void)
{
    return port_slot_end() - port_slot_length();
}

rtos_time_t port_slot_length(void)
{
    return (rtos_time_t)PORT_PCT->cyclic_sched_info.slot_duration * PORT_US;
}

prtos_u32_t port_slot_index(void)
{
    return PORT_PCT->cyclic_sched_info.num_of_slots;
}
