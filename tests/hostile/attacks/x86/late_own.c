/* SPDX-License-Identifier: Apache-2.0 */
/* What takes the hypervisor longest on x86, begun right before the slot ends. */
#include <string.h>
#include "attacker.h"

#define NO_IDT                                                                                     \
    prepare();                                                                                     \
    idt_load(PTR2ADDR(own_idt), 0)
#define RAISE call(set_irqpend_nr, 0, 1u << LINE, 0, 0, 0)
LATE(panic, 1, NO_IDT, RAISE)
LATE(panic, 2, NO_IDT, RAISE)
LATE(panic, 3, NO_IDT, RAISE)
LATE(panic, 4, NO_IDT, RAISE)

static void load_table(void)
{
    static struct x86_desc table[32];
    struct x86_desc_reg reg;

    memcpy(table, part_gdt_table, 3 * sizeof(table[0]));
    reg.limit = sizeof(table) - 1;
    reg.linear_base = PTR2ADDR(table);
    call(x86_load_gdt_nr, PTR2ADDR(&reg), 0, 0, 0, 0);
}

LATE(tables, 1, , load_table())
LATE(tables, 2, , load_table())

/* A page of entries, each of which is counted, becomes a table and is none again. */
static volatile prtos_u32_t entries[1024] __attribute__((aligned(4096)));

static void fill_entries(void)
{
    prtos_u32_t i;

    for (i = 0; i < 1024; i++)
        entries[i] = (MESSAGE + i % 32 * PAGE_SIZE) | PTE_PRESENT | PTE_WRITE | PTE_USER;
}

#define TYPE(type) call(set_page_type_nr, PTR2ADDR(entries), type, 0, 0, 0)
LATE(type, 1, fill_entries(), TYPE(PPAG_PTDL2))
LATE(type, 2, fill_entries(), TYPE(PPAG_PTDL2))
LATE(type, 30, fill_entries(), TYPE(PPAG_PTDL2))
LATE(untype, 1, (fill_entries(), TYPE(PPAG_PTDL2)), TYPE(PPAG_STD))
LATE(untype, 2, (fill_entries(), TYPE(PPAG_PTDL2)), TYPE(PPAG_STD))
