/* SPDX-License-Identifier: Apache-2.0 */
/* Virtual interrupts: masks, flag, order, what handlers see. */
#include "probe.h"

#define VECTOR(n) BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_IPVI0 + (n))

volatile prtos_u32_t irq_count, irq_last_nr, irq_skip;
volatile prtos_address_t irq_last_ip;
static volatile prtos_u32_t last_if;

void irq_handler(trap_ctxt_t *ctxt)
{
    irq_count++;
    irq_last_nr = (prtos_u32_t)ctxt->irq_nr;
    irq_last_ip = ctxt->ip;
    last_if = (prtos_u32_t)hw_is_sti();
    own_handler(ctxt);
    ctxt->ip += irq_skip;
}

static void show_masks(void)
{
    prtos_u32_t result;

    hw_cli();
    SHOW("irq_cli", hw_is_sti());
    prtos_set_irqmask(0, ~0U);
    prtos_clear_irqpend(0, ~0U);
    SHOW("irq_install", install_trap_handler(VECTOR(0), irq_handler) |
                            install_trap_handler(VECTOR(1), irq_handler));
    SHOW("irq_install_low", install_trap_handler(-1, irq_handler));
    SHOW("irq_install_high", install_trap_handler(256, irq_handler));
    SHOW("irq_install_last", install_trap_handler(255, irq_handler));

    hw_sti();
    SHOW("irq_sti", hw_is_sti());
    prtos_set_irqpend(0, IPVI(0));
    SHOW("irq_masked", irq_count);
    prtos_clear_irqmask(0, IPVI(0));
    SHOW("irq_unmasked", irq_count);
    SHOW("irq_nr", irq_last_nr);
    SHOW("irq_if_in_handler", last_if);
    SHOW("irq_if_after", hw_is_sti());

    hw_cli();
    prtos_set_irqpend(0, IPVI(0));
    prtos_clear_irqmask(0, IPVI(1));
    SHOW("irq_flag_off", irq_count);
    hw_sti();
    SHOW("irq_flag_on", irq_count);

    result = (prtos_u32_t)prtos_set_irqmask(0, IPVI(0));
    SHOW("irq_set_mask", result == PRTOS_OK && (prtos_get_pct()->ext_irqs_to_mask & IPVI(0)));
    prtos_set_irqpend(0, IPVI(0));
    SHOW("irq_masked_again", irq_count);
    prtos_clear_irqpend(0, IPVI(0));
    prtos_clear_irqmask(0, IPVI(0));
    SHOW("irq_taken_back", irq_count);
}

static prtos_s32_t cli_sti(prtos_u32_t a, prtos_u32_t b)
{
    hw_cli();
    hw_sti();
    return (prtos_s32_t)(a + b);
}

void test_irqs(void)
{
    show_masks();
    own_registers();
    own_traps();
    prtos_set_irqmask(0, ~0U);
    prtos_clear_irqpend(0, ~0U);
    SHOW("cost_cli_sti", probe_cost(cli_sti, 0, 0));
    SHOW("cost_set_mask", probe_cost(prtos_set_irqmask, 0, 4));
    hw_sti();
    SHOW("cost_clear_mask", probe_cost(prtos_clear_irqmask, 0, IPVI(5)));
    SHOW("cost_trap", probe_cost(prtos_clear_irqpend, 0, IPVI(5)));
    install_trap_handler(VECTOR(0), irq_handler);
    prtos_clear_irqmask(0, IPVI(0));
    irq_skip = 0;
    SHOW("cost_interrupt", probe_cost(prtos_set_irqpend, 0, IPVI(0)));
    hw_cli();
}
