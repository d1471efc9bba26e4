/* SPDX-License-Identifier: Apache-2.0 */
/* Masks, pending bits, routes and the order of delivery of hardware interrupts. */
#include <irqs.h>
#include "../../system/guest/check.h"

static volatile prtos_u32_t order, n;

static void handler(trap_ctxt_t *ctxt)
{
    order = order << 8 | ctxt->irq_nr;
    n++;
}

static prtos_u32_t taken(void)
{
    prtos_u32_t was = order;

    order = n = 0;
    return was;
}

void partition_main(void)
{
    volatile partition_control_table_t *pct = prtos_get_pct();
    prtos_part_status_t status;
    prtos_u32_t i;

    for (i = 0x20; i < 0x40; i++)
        install_trap_handler((prtos_s32_t)i, handler);
    install_trap_handler(0x61, handler);
    install_trap_handler(BAIL_PRTOSEXT_TRAP(24), handler);
    check_word("owned", 1u << 5 | 1u << 9 | 1u << 11, pct->hw_irqs);
    check_word("masked", ~0u, pct->hw_irqs_mask);
    check("pend", PRTOS_OK, call(set_irqpend_nr, 1u << 5 | 1u << 6 | 1u << 8, 0, 0, 0, 0));
    check_word("pend.owned", 1u << 5, pct->hw_irqs_pend);
    hw_sti();
    check_word("masked.nothing", 0, taken());
    check("unmask", PRTOS_OK, call(clear_irqmask_nr, 1u << 5, 0, 0, 0, 0));
    check_word("delivered", 0x25, taken());
    check_word("delivered.cleared", 0, pct->hw_irqs_pend);
    check_word("unmasked", ~(1u << 5), pct->hw_irqs_mask);
    check("pend.direct", PRTOS_OK, call(set_irqpend_nr, 1u << 5, 0, 0, 0, 0));
    check_word("direct", 0x25, taken());
    call(set_irqpend_nr, 1u << 9, 0, 0, 0, 0);
    check_word("other-line.masked", 0, taken());
    check("take-back", PRTOS_OK, call(clear_irqpend_nr, 1u << 9, 0, 0, 0, 0));
    check_word("taken-back", 0, pct->hw_irqs_pend);
    hw_cli();
    call(clear_irqmask_nr, 1u << 9 | 1u << 11, 1u << 24, 0, 0, 0);
    call(set_irqpend_nr, 1u << 9 | 1u << 5 | 1u << 11, 1u << 24, 0, 0, 0);
    check_word("flag.nothing", 0, taken());
    hw_sti();
    check_word("order", 0x25292bf8, taken());
    check("route", PRTOS_OK, call(route_irq_nr, PRTOS_HWIRQ_TYPE, 9, 0x61, 0, 0));
    call(set_irqpend_nr, 1u << 9, 0, 0, 0, 0);
    check_word("routed", 0x61, taken());
    check("mask", PRTOS_OK, call(set_irqmask_nr, 1u << 5, 0, 0, 0, 0));
    call(set_irqpend_nr, 1u << 5, 0, 0, 0, 0);
    check_word("mask.nothing", 0, taken());
    call(clear_irqmask_nr, 1u << 7, 0, 0, 0, 0);
    call(set_irqpend_nr, 1u << 7, 0, 0, 0, 0);
    check_word("foreign.nothing", 0, taken());
    check_word("foreign.pend", 1u << 5, pct->hw_irqs_pend);
    check_end();
    do
        prtos_idle_self();
    while ((prtos_get_partition_status(1, &status) == PRTOS_OK &&
            status.state != PRTOS_STATUS_HALTED) ||
           (prtos_get_partition_status(2, &status) == PRTOS_OK &&
            status.state != PRTOS_STATUS_HALTED));
    prtos_halt_system();
}
