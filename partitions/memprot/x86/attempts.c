/* SPDX-License-Identifier: Apache-2.0 */
/* The list for x86, and the attempts that only x86 has: ports, privileged instructions, faked
 * interrupts. */
#include <stddef.h>
#include "attacks.h"

#define MEMORY PRTOS_HM_EV_MEM_PROTECTION
#define PAGE PRTOS_HM_EV_X86_PAGE_FAULT
#define GENERAL PRTOS_HM_EV_X86_GENERAL_PROTECTION

const struct attack attack[ATTACKS] = {
    [READ_VICTIM] = {"read another partition's memory", PAGE},
    [WRITE_VICTIM] = {"write another partition's memory", PAGE},
    [CALL_VICTIM] = {"run another partition's code", PAGE},
    [READ_HYPERVISOR] = {"read the hypervisor's space", MEMORY},
    [WRITE_HYPERVISOR] = {"write the hypervisor's space", MEMORY},
    [CALL_HYPERVISOR] = {"jump into the hypervisor", MEMORY},
    [READ_HYPERVISOR_LOAD] = {"read where the hypervisor was loaded", PAGE},
    [WRITE_HYPERVISOR_LOAD] = {"write where the hypervisor was loaded", PAGE},
    [READ_NULL] = {"read through a null pointer", PAGE},
    [WRITE_NULL] = {"write through a null pointer", PAGE},
    [CALL_NULL] = {"call a null pointer", PAGE},
    [WRITE_PAGE_TABLE] = {"write its own page table", PAGE},
    [WRITE_READ_ONLY] = {"write a read-only area", PAGE},
    [DO_CLI] = {"turn interrupts off: cli", GENERAL},
    [DO_HLT] = {"stop the processor: hlt", GENERAL},
    [LOAD_CR0] = {"turn paging off: mov to cr0", GENERAL},
    [LOAD_CR3] = {"change the address space: mov to cr3", GENERAL},
    [READ_CR3] = {"find the page tables: mov from cr3", GENERAL},
    [LOAD_GDT] = {"load segment descriptors: lgdt", GENERAL},
    [LOAD_IDT] = {"load interrupt gates: lidt", GENERAL},
    [LOAD_TASK] = {"load a task register: ltr", GENERAL},
    [WRITE_MSR] = {"write a machine register: wrmsr", GENERAL},
    [READ_MSR] = {"read a machine register: rdmsr", GENERAL},
    [OUT_POWEROFF] = {"power the machine off: out to port 0xf4", GENERAL},
    [IN_POWEROFF] = {"in from port 0xf4", GENERAL},
    [OUT_UART] = {"out to the UART's port 0x3f8", GENERAL},
    [IN_UART] = {"in from the UART's port 0x3f8", GENERAL},
    [INT_PAGE_FAULT] = {"fake a page fault: int 14", GENERAL},
    [INT_TIMER] = {"fake a device interrupt: int 32", GENERAL},
    [CORE_WRITES_VICTIM] = {"have the time written to the victim", REFUSED},
    [CORE_COPIES_VICTIM] = {"have the victim's memory copied", REFUSED},
    [CORE_PRINTS_VICTIM] = {"have the victim's memory printed", REFUSED},
    [HALT_VICTIM] = {"halt another partition", REFUSED},
    [RESET_VICTIM] = {"reset another partition", REFUSED},
    [HALT_SYSTEM] = {"halt the system", REFUSED},
    [FORGE_RIGHTS] = {"call itself a system partition, halt the system", REFUSED},
    [SPIN_FOREVER] = {"clear the interrupt flag by popf and spin", TAKEN_BACK},
};

static volatile prtos_u32_t loot;

const char *event_name(prtos_u32_t event)
{
    switch (event) {
    case MEMORY:
        return "MEM_PROTECTION";
    case PAGE:
        return "PAGE_FAULT";
    case GENERAL:
        return "GENERAL_PROTECTION";
    default:
        return NULL;
    }
}

static prtos_s32_t attack_ports(enum attack_id id)
{
    prtos_u32_t value = 0x10;

    switch (id) {
    case OUT_POWEROFF:
        __asm__ __volatile__("outl %0, %w1" ::"a"(value), "d"(0xf4));
        break;
    case IN_POWEROFF:
        __asm__ __volatile__("inl %w1, %0" : "=a"(value) : "d"(0xf4));
        break;
    case OUT_UART:
        __asm__ __volatile__("outb %b0, %w1" ::"a"('!'), "d"(0x3f8));
        break;
    default:
        __asm__ __volatile__("inb %w1, %b0" : "=a"(value) : "d"(0x3f8));
        break;
    }
    loot = value;
    return 0;
}

static prtos_s32_t attack_processor(enum attack_id id)
{
    static const struct {
        prtos_u16_t limit;
        prtos_u32_t base;
    } __PACKED table = {0, 0};
    prtos_u32_t value = 0;

    switch (id) {
    case DO_CLI:
        __asm__ __volatile__("cli");
        break;
    case DO_HLT:
        __asm__ __volatile__("hlt");
        break;
    case LOAD_CR0:
        __asm__ __volatile__("mov %0, %%cr0" ::"r"(1));
        break;
    case LOAD_CR3:
        __asm__ __volatile__("mov %0, %%cr3" ::"r"(prtos_image_hdr.page_table));
        break;
    case READ_CR3:
        __asm__ __volatile__("mov %%cr3, %0" : "=r"(value));
        break;
    case LOAD_GDT:
        __asm__ __volatile__("lgdt %0" ::"m"(table));
        break;
    case LOAD_IDT:
        __asm__ __volatile__("lidt %0" ::"m"(table));
        break;
    case LOAD_TASK:
        __asm__ __volatile__("ltr %w0" ::"r"(0x28));
        break;
    case WRITE_MSR:
        __asm__ __volatile__("wrmsr" ::"c"(0x174), "a"(0), "d"(0)); /* entry of sysenter */
        break;
    case READ_MSR:
        __asm__ __volatile__("rdmsr" : "=a"(value) : "c"(0x1b) : "edx"); /* place of the APIC */
        break;
    case INT_PAGE_FAULT:
        __asm__ __volatile__("int $14");
        break;
    case INT_TIMER:
        __asm__ __volatile__("int $32");
        break;
    default:
        break;
    }
    loot = value;
    return 0;
}

/* popf ignores the interrupt flag in user mode: the slot ends all the same. */
static void spin_forever(void)
{
    __asm__ __volatile__("pushf\n\t"
                         "andl $0xfffffdff, (%esp)\n\t"
                         "popf\n\t"
                         "1: jmp 1b");
}

prtos_s32_t attack_machine(enum attack_id id)
{
    if (id >= OUT_POWEROFF && id <= IN_UART)
        return attack_ports(id);
    if (id == SPIN_FOREVER)
        spin_forever();
    return attack_processor(id);
}
