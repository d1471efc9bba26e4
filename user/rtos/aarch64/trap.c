/* SPDX-License-Identifier: Apache-2.0 */
/* Traps of the processor on AArch64. */
#include "kernel.h"
#include "aarch64.h"

static int judge(trap_ctxt_t *ctxt, void (*work)(trap_ctxt_t *ctxt), struct rtos_thread *was)
{
    prtos_u64_t pc = ctxt->ip == PTR2ADDR(aarch64_again) ? aarch64_put_off[INSTANCE].pc : ctxt->ip;

    (void)work;
    if (was) {
        /* Another trap may follow, in the handler of faults. */
        rtos_kernel.nesting += NESTING_IRQ;
        aarch64_irq_end();
        port_lock();
        rtos_kernel.nesting -= NESTING_IRQ;
    }
    port_trap_judge((prtos_u32_t)ctxt->irq_nr, pc);
    return 0;
}

void port_trap(trap_ctxt_t *ctxt)
{
    struct rtos_thread *was = kernel_in_irq() ? (struct rtos_thread *)0 : rtos_kernel.current;

    port_lock();
    if (was)
        aarch64_on_stack(ctxt, 0, was, rtos_kernel.stack, judge);
    else
        judge(ctxt, 0, was);
}

/* Those that an instruction of a partition can cause. */
#define TRAPS                                                                                      \
    (1u << AARCH64_UNDEFINED_INSTR | 1u << AARCH64_SVC_TRAP | 1u << AARCH64_PREFETCH_ABORT |       \
     1u << AARCH64_DATA_ABORT | 1u << AARCH64_INSTR_PAGE_FAULT | 1u << AARCH64_LOAD_PAGE_FAULT)

int port_trap_is_ours(prtos_u32_t trap)
{
    return TRAPS >> trap & 1;
}
