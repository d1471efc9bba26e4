/* SPDX-License-Identifier: Apache-2.0 */
/* Calls that only x86 has, about page tables, descriptor tables and stacks: contents, and their
 * result by the contract's hypercalls.md, section 4. */
#include <irqs.h>
#include "oracle.h"

static prtos_u32_t stack_is_legal(prtos_u32_t ss, prtos_u32_t sp)
{
    return (ss & 3) == 3 && ss >> 3 < 44 && sp < HYPERVISOR_BASE;
}

static prtos_u32_t random_stack(prtos_u32_t *sp)
{
    *sp = PICK(0x6000000, 0, HYPERVISOR_BASE - 4, HYPERVISOR_BASE, ~0u);
    return PICK(GUEST_DS_SEL, GUEST_DS_SEL, GUEST_DS_SEL, 0x13, 0x15b, 0x163, 0x140, 0x142, 0xfffb);
}

static prtos_s32_t tables_stack(struct trial *trial)
{
    struct x86_tss *tss = AT(struct x86_tss, A(0));
    prtos_u32_t sp1, sp2, ss1 = random_stack(&sp1), ss2 = random_stack(&sp2);

    if (trial->nr == x86_load_tss_nr) {
        if (!accessible(A(0), 104, 1))
            return PARAM;
        tss->ss1 = (prtos_u16_t)ss1;
        tss->ss2 = (prtos_u16_t)ss2;
        tss->sp1 = sp1;
        tss->sp2 = sp2;
        return stack_is_legal(ss1, sp1) && stack_is_legal(ss2, sp2) ? OK : PARAM;
    }
    A(0) = ss1;
    A(1) = sp1;
    A(2) = PICK(0, 1, 1, 2, 2, 3, ~0u);
    return stack_is_legal(ss1, sp1) && (A(2) == 1 || A(2) == 2) ? OK : PARAM;
}

static prtos_s32_t tables_table(struct trial *trial)
{
    struct x86_desc_reg *reg = AT(struct x86_desc_reg, A(0));
    prtos_u32_t gdt = trial->nr == x86_load_gdt_nr, spoilt = gdt ? random_word() % 3 : 0;

    if (!accessible(A(0), 6, 1))
        return PARAM;
    *reg = gdt ? part_gdt_desc : part_idt_desc;
    if (spoilt == 1)
        reg->limit = (prtos_u16_t)PICK(33 * 8 - 1, 64 * 8 - 1, 0xffff);
    if (spoilt == 2)
        reg->linear_base = PICK(0, 0x1000000, HYPERVISOR_BASE, ~0u);
    return spoilt ? PARAM : OK;
}

static prtos_u32_t descriptor_is_legal(prtos_u32_t low, prtos_u32_t high)
{
    prtos_u64_t base = low >> 16 | (high & 0xff) << 16 | (high & 0xff000000);
    prtos_u64_t limit = (low & 0xffff) | (high & 0xf0000);
    prtos_u32_t conforming_or_down = high & 1u << 10;

    if (!(high & 1u << 15))
        return 1;
    if (!(high & 1u << 12) || (high >> 13 & 3) != 3 || conforming_or_down)
        return 0;
    if (high & 1u << 23)
        limit = limit << 12 | 0xfff;
    return base + limit < HYPERVISOR_BASE;
}

static prtos_s32_t tables_descriptor(struct trial *trial)
{
    struct x86_desc *desc = AT(struct x86_desc, A(1));
    prtos_u32_t low = random_word(), high = random_word();

    A(0) = PICK(5, 6, 7, 30, 31, 5, 6, 32, 44, 0x7fffffff, ~0u);
    if (random_word() % 2)
        high = (high & ~0xf480u) | 0xf000;
    if (random_word() % 2)
        high &= ~0x800400u;
    if (!accessible(A(1), 8, 1))
        return PARAM;
    desc->low = low;
    desc->high = high;
    return A(0) < 32 && descriptor_is_legal(low, high) ? OK : PARAM;
}

static prtos_s32_t tables_gate(struct trial *trial)
{
    prtos_u32_t offset = PICK(0x6000000, 0x6000000, HYPERVISOR_BASE - 1, HYPERVISOR_BASE, ~0u);
    prtos_u32_t selector =
        PICK(GUEST_CS_SEL, GUEST_CS_SEL, GUEST_DS_SEL, 0, 3, 0x138, 0x100, 0x103);
    prtos_u32_t access = PICK(0xef, 0xef, 0xef, 0x6f, 0, 0xee, 0xec, 0xe5, 0xf2);
    prtos_u32_t *gate = AT(prtos_u32_t, A(1));

    A(0) = PICK(0x30, 0x31, 0x90, 0xfe, 0xff, 0x2f, 0, 0x100, ~0u);
    if (!accessible(A(1), 8, 1))
        return PARAM;
    gate[0] = selector << 16 | (offset & 0xffff);
    gate[1] = (offset & 0xffff0000) | access << 8;
    if (A(0) < 0x30 || A(0) > 0xff)
        return PARAM;
    if (!(access & 0x80))
        return OK;
    return access == 0xef && selector == GUEST_CS_SEL && offset < HYPERVISOR_BASE ? OK : PARAM;
}

/* A page that is a table at times, with entries that are not present. */
static struct {
    prtos_u32_t entries[1024] __attribute__((aligned(4096)));
    prtos_u32_t type, is_root;
} table;

static prtos_s32_t do_set_page_type(struct trial *trial)
{
    A(0) = PICK(PTR2ADDR(table.entries), PTR2ADDR(table.entries), ROOM + 4, 0x1000000, ~0u);
    A(1) = PICK(PPAG_STD, PPAG_PTDL1, PPAG_PTDL2, PPAG_PTDL3, ~0u);
    if (A(1) > PPAG_PTDL2 || A(0) != PTR2ADDR(table.entries))
        return PARAM;
    if (A(1) == table.type)
        return NONE;
    if (table.is_root)
        return NOTALLOWED;
    table.type = A(1);
    return OK;
}

static prtos_s32_t do_update_page(struct trial *trial)
{
    prtos_u32_t slot = random_word() % 1024;

    A(0) = PICK(PTR2ADDR(&table.entries[slot]), PTR2ADDR(&table.entries[slot]) + 1, ROOM + 2,
                0x1000000, 0xfbfc0000, HYPERVISOR_BASE);
    A(1) &= ~(prtos_u32_t)PTE_PRESENT;
    return A(0) != PTR2ADDR(&table.entries[slot]) || (table.type == PPAG_PTDL1 && slot >= 1008)
               ? PARAM
               : OK;
}

static prtos_s32_t do_user_root(struct trial *trial)
{
    A(0) = PICK(0, PTR2ADDR(table.entries), PTR2ADDR(table.entries) + 4, ROOM, 0x1000000, ~0u);
    if (A(0) && (A(0) != PTR2ADDR(table.entries) || table.type != PPAG_PTDL1))
        return PARAM;
    table.is_root = A(0) != 0;
    return OK;
}

/* Of the others only what is refused or does nothing: the rest would change the memory that this
 * model stands on. */
static prtos_s32_t do_page(struct trial *trial)
{
    switch (trial->nr) {
    case update_page32_nr:
        return do_update_page(trial);
    case set_page_type_nr:
        return do_set_page_type(trial);
    case x86_set_user_root_nr:
        return do_user_root(trial);
    case invld_tlb_nr:
        return OK;
    case x86_load_cr0_nr:
        A(0) = PICK(0, 1, 0x80000000, 0x10);
        return NOTALLOWED;
    case x86_load_cr4_nr:
        A(0) |= 1u << 5;
        return NOTALLOWED;
    default:
        A(0) = PICK(ROOM, 0x1000000, HYPERVISOR_BASE, ~0u);
        return PARAM;
    }
}

prtos_s32_t own_call(struct trial *trial)
{
    switch (trial->nr) {
    case update_page32_nr:
    case set_page_type_nr:
    case invld_tlb_nr:
    case x86_load_cr0_nr:
    case x86_load_cr3_nr:
    case x86_load_cr4_nr:
    case x86_set_user_root_nr:
        return do_page(trial);
    case x86_load_tss_nr:
    case x86_update_ss_sp_nr:
        return tables_stack(trial);
    case x86_load_gdt_nr:
    case x86_load_idtr_nr:
        return tables_table(trial);
    case x86_update_gdt_nr:
        return tables_descriptor(trial);
    case x86_update_idt_nr:
        return tables_gate(trial);
    case x86_set_if_nr:
    case x86_clear_if_nr:
        return (prtos_s32_t)trial->nr; /* no result: the number stays */
    default:
        return OK;
    }
}

prtos_u32_t own_timer_is_legal(struct trial *trial)
{
    if (!(A(4) & 0x80000000))
        A(4) |= 1;
    return !(A(2) >> 31 || A(4) >> 31);
}

/* None of them is a table. */
void own_reset(struct trial *trial)
{
    A(1) = PICK(0, ROOM, 0x1000000, ~0u);
}
