/* SPDX-License-Identifier: Apache-2.0 */
/* Descriptor tables of a partition on 32-bit x86. vCPU 0 fills them, each vCPU loads them. */
#include <prtos.h>
#include <irqs.h>

/* Flat, up to the hypervisor's space, 4 KB granular, DPL 3. */
#define LIMIT_PAGES (CONFIG_PRTOS_OFFSET / PAGE_SIZE - 1)
#define FLAT_LOW (LIMIT_PAGES & 0xffff)
#define FLAT_HIGH(access) (0x00c00000 | (LIMIT_PAGES & 0xf0000) | (access) << 8)
#define ACCESS_CODE 0xfau
#define ACCESS_DATA 0xf2u

struct x86_desc part_gdt_table[] = {
    {{.low = 0, .high = 0}},
    {{.low = FLAT_LOW, .high = FLAT_HIGH(ACCESS_CODE)}},
    {{.low = FLAT_LOW, .high = FLAT_HIGH(ACCESS_DATA)}},
};
struct x86_desc_reg part_gdt_desc = {sizeof(part_gdt_table) - 1, 0};

struct x86_gate part_idt_table[PART_IDT_LENGTH];
struct x86_desc_reg part_idt_desc = {sizeof(part_idt_table) - 1, 0};

/* Interrupt gates clear the virtual interrupt flag. */
static prtos_u8_t gate_type(prtos_u32_t vector)
{
    switch (vector) {
    case DEBUG_EXCEPTION:
    case NMI_INTERRUPT:
    case GENERAL_PROTECTION_FAULT:
    case PAGE_FAULT:
        return X86_GATE_INTERRUPT;
    default:
        return vector < NO_TRAPS ? X86_GATE_TRAP : X86_GATE_INTERRUPT;
    }
}

static void fill_idt(void)
{
    prtos_u32_t i;

    for (i = 0; i < PART_IDT_LENGTH; i++) {
        prtos_address_t entry = PTR2ADDR(vtrap_table[i]);

        part_idt_table[i].offset_15_0 = (prtos_u16_t)(entry & 0xffff);
        part_idt_table[i].selector = GUEST_CS_SEL;
        part_idt_table[i].zero = 0;
        part_idt_table[i].type = gate_type(i);
        part_idt_table[i].offset_31_16 = (prtos_u16_t)(entry >> 16);
    }
}

void init_arch(void)
{
    if (PRTOS_VCPU_SELF == 0) {
        part_gdt_desc.linear_base = PTR2ADDR(part_gdt_table);
        part_idt_desc.linear_base = PTR2ADDR(part_idt_table);
        fill_idt();
    }
    prtos_x86_load_gdt(&part_gdt_desc);
    prtos_x86_load_idtr(&part_idt_desc);
}
