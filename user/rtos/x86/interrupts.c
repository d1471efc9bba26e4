/* SPDX-License-Identifier: Apache-2.0 */
/* Interrupts that the program attaches, on 32-bit x86. */
#include "kernel.h"
#include "x86.h"

#define FIRST_EXT 32u

prtos_u32_t x86_attached;

static void work(trap_ctxt_t *ctxt)
{
    prtos_u32_t first_ext = BAIL_PRTOSEXT_TRAP(0);

    rtos_irq_run(ctxt->irq_nr >= first_ext ? ctxt->irq_nr - first_ext + FIRST_EXT
                                           : ctxt->irq_nr - PRTOS_HW_VECTOR_BASE);
}

static void on_irq(trap_ctxt_t *ctxt)
{
    x86_interrupt(ctxt, work);
}

int port_irq_is_kernels(prtos_u32_t irq)
{
    return irq == FIRST_EXT + PRTOS_VT_EXT_HW_TIMER || irq == FIRST_EXT + PRTOS_VT_EXT_EXEC_TIMER ||
           irq == FIRST_EXT + PRTOS_VT_EXT_CYCLIC_SLOT_START;
}

void port_irq_mask(prtos_u32_t irq, int masked)
{
    prtos_u32_t hw = irq < FIRST_EXT ? 1u << irq : 0;
    prtos_u32_t ext = irq < FIRST_EXT ? 0 : 1u << (irq - FIRST_EXT);

    if (masked)
        prtos_set_irqmask(hw, ext);
    else
        prtos_clear_irqmask(hw, ext);
}

static prtos_s32_t vector_of(prtos_u32_t irq)
{
    return (prtos_s32_t)(irq < FIRST_EXT ? PRTOS_HW_VECTOR_BASE + irq
                                         : BAIL_PRTOSEXT_TRAP(irq - FIRST_EXT));
}

void port_irq_open(prtos_u32_t irq)
{
    if (part_trap_handlers_table[vector_of(irq)] != on_irq)
        x86_attached++;
    install_trap_handler(vector_of(irq), on_irq);
    port_irq_mask(irq, 0);
}

void port_irq_close(prtos_u32_t irq)
{
    port_irq_mask(irq, 1);
    install_trap_handler(vector_of(irq), (trap_handler_t)0);
    x86_attached--;
}
