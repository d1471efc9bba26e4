/* SPDX-License-Identifier: Apache-2.0 */
/* Descriptors, page types and exceptions of x86. */
#include <irqs.h>
#include "own.h"

static void on_exception(trap_ctxt_t *ctxt)
{
    ctxt->ip += 2;
}

void own_prepare(void)
{
    install_trap_handler(INVALID_OPCODE, on_exception);
    install_trap_handler(DIVIDE_ERROR, on_exception);
}

void own_calls(char *memory)
{
    prtos_u32_t null[2] = {0, 0};

    prtos_override_trap_hndl(0, 0);
    prtos_x86_load_gdt(&part_gdt_desc);
    prtos_x86_load_idtr(&part_idt_desc);
    prtos_x86_update_gdt(5, (struct x86_desc *)null);
    prtos_x86_update_idt(0x70, (struct x86_gate *)null);
    prtos_x86_update_ss_sp(GUEST_DS_SEL, PTR2ADDR(memory), 1);
    prtos_x86_load_cr0(0x80000011u);
    prtos_x86_load_cr4(0);
    prtos_x86_load_cr3(prtos_get_pct()->arch.cr3);
    prtos_invld_tlb((prtos_address_t)-1);
    prtos_x86_clear_if();
}

prtos_u32_t own_pages(prtos_u32_t *page, prtos_u32_t random)
{
    prtos_address_t where = PTR2ADDR(page);
    prtos_u32_t i, done;

    for (i = 0; i < 1024; i++)
        page[i] = where | 0x5;
    done = prtos_set_page_type(where, PPAG_PTDL2) == PRTOS_OK;
    prtos_update_page32(where + 4 * (random % 1024), where | 0x5);
    prtos_set_page_type(where, PPAG_STD);
    for (i = 0; i < 1024; i++)
        page[i] = 0;
    prtos_set_page_type(where, PPAG_PTDL1);
    prtos_set_page_type(where, PPAG_STD);
    return done;
}

void fault_propagated(void)
{
    __asm__ __volatile__("ud2; divl %%ecx" ::"a"(1), "d"(0), "c"(0) : "memory");
}

/* There is no FPU in this partition. */
void fault_ignored(void)
{
    __asm__ __volatile__("fninit" ::: "memory");
}

void fault_suspends(void)
{
    static const prtos_u32_t bounds[2] = {0, 0};

    __asm__ __volatile__("bound %0, %1" ::"r"(5), "m"(bounds) : "memory");
}

void fault_warm(prtos_u32_t random)
{
    (void)*(volatile prtos_u32_t *)random;
}

void fault_cold(void)
{
    __asm__ __volatile__("hlt" ::: "memory");
}
