/* SPDX-License-Identifier: Apache-2.0 */
/* The calls that only x86 has, and set_timer, whose times take two registers each. */
#include "rows.h"
#include <irqs.h>

static prtos_u32_t page[1024] __attribute__((aligned(4096)));
static prtos_u32_t root[1024] __attribute__((aligned(4096)));
static struct x86_desc null_desc;
static struct x86_gate null_gate;
static struct x86_tss tss;
static struct x86_desc_reg bad_gdt = {33 * 8 - 1, 0};

#define AT(thing) ((prtos_word_t)(thing))
#define CORE 0x1000000u

struct row own_rows[] = {
    {"10", set_timer_nr, {PRTOS_HW_CLOCK, 0, 1, 0, 0}, {9, 0, 1, 0, 0}, 0, {0}, {set_timer_nr}},
    {"20", update_page32_nr, {AT(&page[5]), 7}, {CORE, 7}},
    {"21",
     set_page_type_nr,
     {AT(page), PPAG_PTDL2},
     {CORE, PPAG_PTDL2},
     0,
     {update_page32_nr, {AT(&page[5]), 0}},
     {set_page_type_nr, {AT(page), PPAG_STD}}},
    {"22", invld_tlb_nr, {~0u}, {0}, ROW_NEVER_REFUSED},
    {"25", override_trap_hndl_nr, {0, 0}, {0}, ROW_NEVER_REFUSED},
    {"33", x86_load_cr0_nr, {0x80000011u}, {0}},
    {"34", x86_load_cr3_nr, {0}, {AT(page)}},
    {"35", x86_load_cr4_nr, {0}, {~0u}},
    {"36", x86_load_tss_nr, {AT(&tss)}, {0}},
    {"37", x86_load_gdt_nr, {AT(&part_gdt_desc)}, {AT(&bad_gdt)}},
    {"38", x86_load_idtr_nr, {AT(&part_idt_desc)}, {0}},
    {"39", x86_update_ss_sp_nr, {GUEST_DS_SEL, AT(page), 1}, {GUEST_DS_SEL, AT(page), 0}},
    {"40", x86_update_gdt_nr, {5, AT(&null_desc)}, {44, AT(&null_desc)}},
    {"41", x86_update_idt_nr, {0x70, AT(&null_gate)}, {0x100, AT(&null_gate)}},
    {"42", x86_set_if_nr, {0}, {0}, ROW_NEVER_REFUSED},
    {"43", x86_clear_if_nr, {0}, {0}, ROW_NEVER_REFUSED},
    {"49", x86_set_user_root_nr, {AT(root)}, {AT(page)}, 0, {0}, {x86_set_user_root_nr, {0}}},
};
const prtos_u32_t n_own_rows = sizeof(own_rows) / sizeof(own_rows[0]);

void own_prepare(void)
{
    prtos_u32_t i;

    tss.ss1 = tss.ss2 = GUEST_DS_SEL;
    tss.sp1 = tss.sp2 = AT(page);
    bad_gdt.linear_base = part_gdt_desc.linear_base;
    prtos_set_page_type(AT(root), PPAG_PTDL1);
    for (i = 0; i < n_own_rows; i++)
        if (own_rows[i].nr == x86_load_cr3_nr)
            own_rows[i].valid[0] = prtos_get_pct()->arch.cr3;
}
