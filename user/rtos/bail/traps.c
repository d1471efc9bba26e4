/* SPDX-License-Identifier: Apache-2.0 */
/* Traps of the processor; the partition's health monitor table must propagate them. */
#include <trace.h>

#include "kernel.h"
#include "bail_port.h"

/* If it comes back nobody is to account for it, and the health monitor let the partition go on. */
void port_trap_judge(prtos_u32_t trap, rtos_size_t address)
{
    rtos_fault_trap(trap, address);
    prtos_halt_partition(PRTOS_PARTITION_SELF);
}

void port_traps_open(void)
{
    prtos_u32_t trap;

    for (trap = 0; trap < NO_TRAPS; trap++)
        if (port_trap_is_ours(trap))
            install_trap_handler((prtos_s32_t)trap, port_trap);
}

void port_partition_error(prtos_u32_t trap, rtos_size_t address)
{
    prtos_trace_event_t event;

    __builtin_memset(&event, 0, sizeof(event));
    event.op_code_hi = PRTOS_TRACE_UNRECOVERABLE << TRACE_OPCODE_CRIT_BIT;
    event.payload[0] = trap;
    event.payload[1] = (prtos_u32_t)address;
    prtos_trace_event(TRACE_BM_ALWAYS, &event);
}
