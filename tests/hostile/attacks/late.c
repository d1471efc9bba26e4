/* SPDX-License-Identifier: Apache-2.0 */
/* What takes the hypervisor longest, begun right before the slot ends: the next slot must begin in
 * time all the same. */
#include <string.h>
#include "attacker.h"

#define SLOT 300000u /* ns */
#define STEP 400u

/* Spins until n steps before the end of the slot. */
static void wait_until(prtos_u32_t n)
{
    prtos_u64_t end = dispatch_ns() + SLOT - n * STEP;

    while (clock_ns() < end)
        ;
}

/* The same attempt in several distances. */
#define LATE(id, n, setup, ...)                                                                    \
    prtos_u32_t attack_##id##_late_##n(void)                                                       \
    {                                                                                              \
        setup;                                                                                     \
        wait_until(n);                                                                             \
        __VA_ARGS__;                                                                               \
        return SURVIVED;                                                                           \
    }

#define BREAKPOINT __asm__ __volatile__("int3")
LATE(fault, 1, , BREAKPOINT)
LATE(fault, 2, , BREAKPOINT)
LATE(fault, 3, , BREAKPOINT)
LATE(fault, 4, , BREAKPOINT)

#define NO_IDT                                                                                     \
    prepare();                                                                                     \
    idt_load(PTR2ADDR(own_idt), 0)
#define RAISE call(set_irqpend_nr, 0, 1u << LINE, 0, 0, 0)
LATE(panic, 1, NO_IDT, RAISE)
LATE(panic, 2, NO_IDT, RAISE)
LATE(panic, 3, NO_IDT, RAISE)
LATE(panic, 4, NO_IDT, RAISE)

#define RESTART(mode)                                                                              \
    if (BOARD->begun == 1)                                                                         \
    call(reset_partition_nr, ATTACKER, mode, 0, 0, 0)
LATE(warm, 1, , RESTART(PRTOS_WARM_RESET))
LATE(warm, 2, , RESTART(PRTOS_WARM_RESET))
LATE(warm, 3, , RESTART(PRTOS_WARM_RESET))
LATE(cold, 1, , RESTART(PRTOS_COLD_RESET))
LATE(cold, 2, , RESTART(PRTOS_COLD_RESET))
LATE(cold, 3, , RESTART(PRTOS_COLD_RESET))
LATE(halt, 1, , call(halt_partition_nr, ATTACKER, 0, 0, 0, 0))
LATE(halt, 2, , call(halt_partition_nr, ATTACKER, 0, 0, 0, 0))

prtos_u32_t attack_suspend_late(void)
{
    wait_until(2);
    call(suspend_partition_nr, ATTACKER, 0, 0, 0, 0);
    return WRONG;
}

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

#define LINE_OUT                                                                                   \
    call(write_object_nr, OBJDESC_BUILD(OBJ_CLASS_CONSOLE, ATTACKER, 0), MESSAGE, 128, 0, 0)
#define LINES memset((void *)MESSAGE, '\n', 128)
LATE(console, 1, LINES, LINE_OUT)
LATE(console, 2, LINES, LINE_OUT)

static void open_port(void)
{
    static struct prtos_create_sampling_port create = {"a_name_of_thirty_characters_ok", 1, 1, 0};

    call(ctrl_object_nr, OBJDESC_BUILD(OBJ_CLASS_SAMPLING_PORT, ATTACKER, 0),
         PRTOS_COMM_CREATE_PORT, PTR2ADDR(&create), 0, 0);
}

LATE(ports, 1, , open_port())
LATE(ports, 2, , open_port())
