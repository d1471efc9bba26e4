/* SPDX-License-Identifier: Apache-2.0 */
/* Faults, page tables and registers of x86. */
#include "attacker.h"

#include <irqs.h>
#include <prtos_inc/prtosef.h>

extern struct prtos_image_hdr prtos_image_hdr;

static prtos_u32_t page[1024] __attribute__((aligned(4096)));

/* Of the faulting instructions that propagate: two bytes. */
static void on_exception(trap_ctxt_t *ctxt)
{
    ctxt->ip += 2;
}

void wild_prepare(void)
{
    install_trap_handler(INVALID_OPCODE, on_exception);
    install_trap_handler(DIVIDE_ERROR, on_exception);
}

void wild_fault(void)
{
    switch (random_word() % 40) {
    case 0:
        __asm__ __volatile__("bound %0, %1" ::"r"(5), "m"(page[0]) : "memory");
        break;
    case 1:
        *(volatile prtos_u32_t *)(random_word() & ~3u) = 0;
        break;
    case 2:
        __asm__ __volatile__("hlt");
        break;
    case 3:
        __asm__ __volatile__("movl %0, %%cr3" ::"r"(random_word()));
        break;
    case 4:
        __asm__ __volatile__("movl $0x10, %%esp; pushl %%eax; int3" ::: "memory");
        break;
    case 5:
        __asm__ __volatile__("wrmsr" ::"a"(0), "d"(0), "c"(0x10));
        break;
    case 6:
        __asm__ __volatile__("jmp *%0" ::"r"(HYPERVISOR_BASE + random_word() % 0x100000));
        break;
    case 7:
        __asm__ __volatile__("pushl %0; popl %%gs" ::"r"(random_word() & 0xffff) : "memory");
        break;
    case 8:
        __asm__ __volatile__("int $0x20");
        break;
    case 9:
        __asm__ __volatile__("fninit; fldcw %0; fld1; fldz; fdivrp; fwait" ::"m"(page[1]));
        break;
    case 10:
        __asm__ __volatile__("pushl $0x44202; popfl; iret" ::: "memory", "cc");
        break;
    default:
        __asm__ __volatile__("ud2; divl %%ecx" ::"a"(1), "d"(0), "c"(0) : "memory");
    }
}

void wild_pages(void)
{
    prtos_address_t where = PTR2ADDR(page);
    prtos_u32_t tables = (prtos_u32_t)prtos_image_hdr.page_table, i;

    for (i = 0; i < 1024; i++)
        page[i] = where | 5;
    prtos_set_page_type(where, PPAG_PTDL2);
    for (i = 0; i < 16; i++)
        prtos_update_page32(where + 4 * (random_word() % 1024), random_word());
    prtos_update_page32(where + 4 * (random_word() % 1024), 0x6100000 | 7);
    prtos_set_page_type(where, PPAG_STD);
    for (i = 0; i < 1024; i++)
        page[i] = 0;
    prtos_set_page_type(where, PPAG_PTDL1);
    prtos_set_page_type(where, PPAG_STD);
    prtos_update_page32(tables + 4 * (0x20 + random_word() % 16), random_word());
    prtos_invld_tlb((prtos_address_t)-1);
    prtos_x86_load_cr3(random_word() % 4 ? tables : random_word());
}

void wild_registers(void)
{
    static prtos_u32_t fill[4];
    prtos_u32_t i;

    for (i = 0; i < 4; i++)
        fill[i] = random_word();
    __asm__ __volatile__("fninit\n\tfld1\n\tfldpi\n\tmovups %0, %%xmm0\n\tmovups %0, %%xmm7\n\t"
                         "pushal\n\tpushl $0x244ed7\n\tpopfl\n\t"
                         "movl $0xffffffff, %%eax\n\tmovl %%eax, %%ebx\n\tmovl %%eax, %%edx\n\t"
                         "movl %%eax, %%esi\n\tmovl %%eax, %%edi\n\tmovl %%eax, %%ebp\n\t"
                         "movl $3000, %%ecx\n\t1: nop\n\tloop 1b\n\t"
                         "popal\n\tpushl $0x202\n\tpopfl" ::"m"(fill)
                         : "memory", "cc");
    prtos_x86_load_cr0(random_word());
    prtos_x86_load_cr4(random_word());
}
