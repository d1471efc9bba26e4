/* SPDX-License-Identifier: Apache-2.0 */
/* Tables, traps and registers of x86. */
#include "probe.h"

static volatile prtos_u32_t last_error, last_cs, last_flags_now;

void own_handler(const trap_ctxt_t *ctxt)
{
    prtos_u32_t flags;

    __asm__ __volatile__("pushfl; popl %0" : "=r"(flags));
    last_error = ctxt->err_code;
    last_cs = ctxt->cs;
    last_flags_now = flags;
}

void own_start(void)
{
    SHOW("idt_limit", prtos_get_pct()->arch.idtr.limit);
    SHOW("gate3", part_idt_table[3].type);
    SHOW("gate13", part_idt_table[13].type);
    SHOW("gate200", part_idt_table[200].type);
    SHOW("gate_selector", part_idt_table[200].selector);
    SHOW("gate_entry", (part_idt_table[200].offset_15_0 | part_idt_table[200].offset_31_16 << 16) ==
                           (prtos_s32_t)vtrap_table[200]);
}

void own_lazy(void)
{
    prtos_lazy_x86_load_cr0(1);
    prtos_lazy_x86_update_ss_sp(1, 2, 1);
}

/* All registers through an interrupt that comes inside the call which raises it. */
void own_registers(void)
{
    struct regs regs = {
        {0, IPVI(0), 0x33333333, 0x44444444, 0x55555555, 0x66666666, set_irqpend_nr, 0x8d7}, {0}};
    prtos_u32_t i, same = 1, before = irq_count;

    probe_call(&regs);
    for (i = 0; i < 6; i++)
        same &= regs.before[i] == regs.after[i];
    SHOW("regs_same", same);
    SHOW("regs_result", regs.after[6]);
    SHOW("regs_irq", irq_count - before);
    /* arithmetic flags and virtual interrupt flag apart from what popf may not set */
    SHOW("regs_flags", (regs.after[7] & 0x8d5) == (regs.before[7] & 0x8d5));
    regs.before[7] |= X86_EFLAGS_DF;
    probe_call(&regs);
    SHOW("regs_df_in_handler", (last_flags_now & X86_EFLAGS_DF) != 0);
    SHOW("regs_df_after", (regs.after[7] & X86_EFLAGS_DF) != 0);
}

void own_traps(void)
{
    prtos_u32_t before, at;

    install_trap_handler(DIVIDE_ERROR, irq_handler);
    install_trap_handler(BREAKPOINT_EXCEPTION, irq_handler);
    install_trap_handler(INVALID_OPCODE, irq_handler);
    install_trap_handler(PAGE_FAULT, irq_handler);
    install_trap_handler(GENERAL_PROTECTION_FAULT, irq_handler);

    before = irq_count;
    irq_skip = 2;
    __asm__ __volatile__("movl $1f, %0; xorl %%edx, %%edx; xorl %%ecx, %%ecx; 1: divl %%ecx"
                         : "=&r"(at)
                         :
                         : "eax", "ecx", "edx", "cc");
    SHOW("trap_divide", irq_count - before);
    SHOW("trap_divide_nr", irq_last_nr);
    SHOW("trap_divide_ip", irq_last_ip == at);
    SHOW("trap_cs", last_cs);
    __asm__ __volatile__("ud2");
    SHOW("trap_opcode_nr", irq_last_nr);
    irq_skip = 0;
    __asm__ __volatile__("int3");
    SHOW("trap_breakpoint_nr", irq_last_nr);
    irq_skip = 5; /* movl %eax, address */
    __asm__ __volatile__(".byte 0xa3; .long 0x8000010" : : : "memory");
    SHOW("trap_page_nr", irq_last_nr);
    SHOW("trap_page_error", last_error);
    SHOW("trap_page_address", prtos_get_pct()->arch.cr2);
    irq_skip = 1; /* hlt */
    __asm__ __volatile__("hlt");
    SHOW("trap_gp_nr", irq_last_nr);
    SHOW("trap_gp_error", last_error);
    SHOW("trap_count", irq_count - before);
    /* the default: says so and goes on */
    install_trap_handler(BREAKPOINT_EXCEPTION, 0);
    __asm__ __volatile__("int3");
    prtos_set_irqpend(0, IPVI(2));
    prtos_clear_irqmask(0, IPVI(2));
}
