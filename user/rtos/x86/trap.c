/* SPDX-License-Identifier: Apache-2.0 */
/* Traps of the processor on 32-bit x86. */
#include "kernel.h"
#include "x86.h"

static void judge(trap_ctxt_t *ctxt)
{
    port_trap_judge(ctxt->irq_nr, ctxt->ip);
}

void port_trap(trap_ctxt_t *ctxt)
{
    port_lock();
    if (rtos_kernel.current && !kernel_in_irq())
        x86_on_stack(judge, ctxt, rtos_kernel.stack);
    else
        judge(ctxt);
}

/* Those that an instruction of a partition can cause. */
#define TRAPS                                                                                      \
    (1u << DIVIDE_ERROR | 1u << DEBUG_EXCEPTION | 1u << BREAKPOINT_EXCEPTION |                     \
     1u << OVERFLOW_EXCEPTION | 1u << BOUNDS_EXCEPTION | 1u << INVALID_OPCODE |                    \
     1u << DEVICE_NOT_AVAILABLE | 1u << STACK_SEGMENT_FAULT | 1u << GENERAL_PROTECTION_FAULT |     \
     1u << PAGE_FAULT | 1u << FLOATING_POINT_ERROR | 1u << ALIGNMENT_CHECK)

int port_trap_is_ours(prtos_u32_t trap)
{
    return TRAPS >> trap & 1;
}
