/* SPDX-License-Identifier: Apache-2.0 */
/* Interrupts that the program attaches, by vectors of BAIL. */
#include "kernel.h"
#include "bail_port.h"

#define FIRST_EXT 32u

prtos_u32_t port_attached;

static void work(trap_ctxt_t *ctxt)
{
    prtos_u32_t vector = (prtos_u32_t)ctxt->irq_nr;

    rtos_irq_run(vector >= BAIL_PRTOSEXT_TRAP(0) ? vector - BAIL_PRTOSEXT_TRAP(0) + FIRST_EXT
                                                 : vector - BAIL_PRTOSHW_TRAP(0));
}

static void on_irq(trap_ctxt_t *ctxt)
{
    port_interrupt(ctxt, work);
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
    return (prtos_s32_t)(irq < FIRST_EXT ? BAIL_PRTOSHW_TRAP(irq)
                                         : BAIL_PRTOSEXT_TRAP(irq - FIRST_EXT));
}

void port_irq_open(prtos_u32_t irq)
{
    if (part_trap_handlers_table[vector_of(irq)] != on_irq)
        port_attached++;
    install_trap_handler(vector_of(irq), on_irq);
    port_irq_mask(irq, 0);
}

void port_irq_close(prtos_u32_t irq)
{
    port_irq_mask(irq, 1);
    install_trap_handler(vector_of(irq), (trap_handler_t)0);
    port_attached--;
}
