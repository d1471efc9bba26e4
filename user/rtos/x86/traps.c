/* SPDX-License-Identifier: Apache-2.0 */
/* Traps of the processor on 32-bit x86; the partition's health monitor table must propagate
 * them. */
#include <trace.h>

#include "kernel.h"
#include "x86.h"

/* Those that an instruction of a partition can cause. */
#define TRAPS                                                                                      \
    (1u << DIVIDE_ERROR | 1u << DEBUG_EXCEPTION | 1u << BREAKPOINT_EXCEPTION |                     \
     1u << OVERFLOW_EXCEPTION | 1u << BOUNDS_EXCEPTION | 1u << INVALID_OPCODE |                    \
     1u << DEVICE_NOT_AVAILABLE | 1u << STACK_SEGMENT_FAULT | 1u << GENERAL_PROTECTION_FAULT |     \
     1u << PAGE_FAULT | 1u << FLOATING_POINT_ERROR | 1u << ALIGNMENT_CHECK)

static void judge(trap_ctxt_t *ctxt)
{
    rtos_fault_trap(ctxt->irq_nr, ctxt->ip);
}

/* If it comes back nobody is to account for it, and the health monitor let the partition go on. */
static void on_trap(trap_ctxt_t *ctxt)
{
    port_lock();
    if (rtos_kernel.current && !kernel_in_irq())
        x86_on_kernel_stack(judge, ctxt);
    else
        judge(ctxt);
    prtos_halt_partition(PRTOS_PARTITION_SELF);
}

void port_traps_open(void)
{
    prtos_s32_t trap;

    for (trap = 0; trap < NO_TRAPS; trap++)
        if (TRAPS >> trap & 1)
            install_trap_handler(trap, on_trap);
}

void port_partition_error(prtos_u32_t trap, rtos_size_t address)
{
    prtos_trace_event_t event;

    __builtin_memset(&event, 0, sizeof(event));
    event.op_code_hi = PRTOS_TRACE_UNRECOVERABLE << TRACE_OPCODE_CRIT_BIT;
    event.payload[0] = trap;
    event.payload[1] = address;
    prtos_trace_event(TRACE_BM_ALWAYS, &event);
}
