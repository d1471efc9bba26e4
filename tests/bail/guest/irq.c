/* SPDX-License-Identifier: Apache-2.0 */
/* Virtual interrupts and traps: masks, flag, order, what handlers see and what returning
 * restores. */
#include "probe.h"

#define IPVI(n) (1U << (PRTOS_VT_EXT_IPVI0 + (n)))
#define VECTOR(n) BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_IPVI0 + (n))

static volatile prtos_u32_t count, last_nr, last_error, last_ip, last_cs, last_flags_now, last_if;
static volatile prtos_u32_t skip;

static void handler(trap_ctxt_t *ctxt)
{
    prtos_u32_t flags;

    __asm__ __volatile__("pushfl; popl %0" : "=r"(flags));
    count++;
    last_nr = ctxt->irq_nr;
    last_error = ctxt->err_code;
    last_ip = ctxt->ip;
    last_cs = ctxt->cs;
    last_flags_now = flags;
    last_if = (prtos_u32_t)hw_is_sti();
    ctxt->ip += skip;
}

static void show_masks(void)
{
    prtos_u32_t result;

    hw_cli();
    SHOW("irq_cli", hw_is_sti());
    prtos_set_irqmask(0, ~0U);
    prtos_clear_irqpend(0, ~0U);
    SHOW("irq_install",
         install_trap_handler(VECTOR(0), handler) | install_trap_handler(VECTOR(1), handler));
    SHOW("irq_install_low", install_trap_handler(-1, handler));
    SHOW("irq_install_high", install_trap_handler(256, handler));
    SHOW("irq_install_last", install_trap_handler(255, handler));

    hw_sti();
    SHOW("irq_sti", hw_is_sti());
    prtos_set_irqpend(0, IPVI(0));
    SHOW("irq_masked", count);
    prtos_clear_irqmask(0, IPVI(0));
    SHOW("irq_unmasked", count);
    SHOW("irq_nr", last_nr);
    SHOW("irq_if_in_handler", last_if);
    SHOW("irq_if_after", hw_is_sti());

    hw_cli();
    prtos_set_irqpend(0, IPVI(0));
    prtos_clear_irqmask(0, IPVI(1));
    SHOW("irq_flag_off", count);
    hw_sti();
    SHOW("irq_flag_on", count);

    result = (prtos_u32_t)prtos_set_irqmask(0, IPVI(0));
    SHOW("irq_set_mask", result == PRTOS_OK && (prtos_get_pct()->ext_irqs_to_mask & IPVI(0)));
    prtos_set_irqpend(0, IPVI(0));
    SHOW("irq_masked_again", count);
    prtos_clear_irqpend(0, IPVI(0));
    prtos_clear_irqmask(0, IPVI(0));
    SHOW("irq_taken_back", count);
}

/* All registers through an interrupt that comes inside the call which raises it. */
static void show_registers(void)
{
    struct regs regs = {
        {0, IPVI(0), 0x33333333, 0x44444444, 0x55555555, 0x66666666, set_irqpend_nr, 0x8d7}, {0}};
    prtos_u32_t i, same = 1, before = count;

    probe_call(&regs);
    for (i = 0; i < 6; i++)
        same &= regs.before[i] == regs.after[i];
    SHOW("regs_same", same);
    SHOW("regs_result", regs.after[6]);
    SHOW("regs_irq", count - before);
    /* arithmetic flags and virtual interrupt flag apart from what popf may not set */
    SHOW("regs_flags", (regs.after[7] & 0x8d5) == (regs.before[7] & 0x8d5));
    regs.before[7] |= X86_EFLAGS_DF;
    probe_call(&regs);
    SHOW("regs_df_in_handler", (last_flags_now & X86_EFLAGS_DF) != 0);
    SHOW("regs_df_after", (regs.after[7] & X86_EFLAGS_DF) != 0);
}

static void show_traps(void)
{
    prtos_u32_t before, at;

    install_trap_handler(DIVIDE_ERROR, handler);
    install_trap_handler(BREAKPOINT_EXCEPTION, handler);
    install_trap_handler(INVALID_OPCODE, handler);
    install_trap_handler(PAGE_FAULT, handler);
    install_trap_handler(GENERAL_PROTECTION_FAULT, handler);

    before = count;
    skip = 2;
    __asm__ __volatile__("movl $1f, %0; xorl %%edx, %%edx; xorl %%ecx, %%ecx; 1: divl %%ecx"
                         : "=&r"(at)
                         :
                         : "eax", "ecx", "edx", "cc");
    SHOW("trap_divide", count - before);
    SHOW("trap_divide_nr", last_nr);
    SHOW("trap_divide_ip", last_ip == at);
    SHOW("trap_cs", last_cs);
    __asm__ __volatile__("ud2");
    SHOW("trap_opcode_nr", last_nr);
    skip = 0;
    __asm__ __volatile__("int3");
    SHOW("trap_breakpoint_nr", last_nr);
    skip = 5; /* movl %eax, address */
    __asm__ __volatile__(".byte 0xa3; .long 0x8000010" : : : "memory");
    SHOW("trap_page_nr", last_nr);
    SHOW("trap_page_error", last_error);
    SHOW("trap_page_address", prtos_get_pct()->arch.cr2);
    skip = 1; /* hlt */
    __asm__ __volatile__("hlt");
    SHOW("trap_gp_nr", last_nr);
    SHOW("trap_gp_error", last_error);
    SHOW("trap_count", count - before);
    /* the default: says so and goes on */
    install_trap_handler(BREAKPOINT_EXCEPTION, 0);
    __asm__ __volatile__("int3");
    prtos_set_irqpend(0, IPVI(2));
    prtos_clear_irqmask(0, IPVI(2));
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
    show_registers();
    show_traps();
    prtos_set_irqmask(0, ~0U);
    prtos_clear_irqpend(0, ~0U);
    SHOW("cost_cli_sti", probe_cost(cli_sti, 0, 0));
    SHOW("cost_set_mask", probe_cost(prtos_set_irqmask, 0, 4));
    hw_sti();
    SHOW("cost_clear_mask", probe_cost(prtos_clear_irqmask, 0, IPVI(5)));
    SHOW("cost_trap", probe_cost(prtos_clear_irqpend, 0, IPVI(5)));
    install_trap_handler(VECTOR(0), handler);
    prtos_clear_irqmask(0, IPVI(0));
    skip = 0;
    SHOW("cost_interrupt", probe_cost(prtos_set_irqpend, 0, IPVI(0)));
    hw_cli();
}
