/* SPDX-License-Identifier: Apache-2.0 */
/* Entries of the own page tables by which more could be reached than the areas give, and tables
 * that no longer show what everybody needs. */
#include "attacker.h"

extern struct prtos_image_hdr prtos_image_hdr;

#define TABLES ((prtos_u32_t)prtos_image_hdr.page_table)
#define BITS (PTE_PRESENT | PTE_WRITE | PTE_USER)
#define WINDOW 0x63ff000u /* nothing is mapped there, in a table that is there */

static prtos_s32_t put(prtos_u32_t at, prtos_u32_t value)
{
    return call(update_page32_nr, at, value, 0, 0, 0);
}

static prtos_u32_t table_of(prtos_u32_t address)
{
    return ((const prtos_u32_t *)TABLES)[address >> 22] & ~0xfffu;
}

/* Maps a page writable and writes to it: REFUSED, or what the processor says. */
static prtos_u32_t write_through(prtos_u32_t page)
{
    volatile prtos_u32_t *window = (volatile prtos_u32_t *)WINDOW;

    if (put(table_of(WINDOW) + (WINDOW >> 12 & 1023) * 4, page | BITS) != PRTOS_OK)
        return REFUSED;
    call(invld_tlb_nr, WINDOW, 0, 0, 0, 0);
    if (*window == 0x12345678)
        return WRONG;
    *window = 0x12345678;
    return WRONG;
}

static prtos_u32_t slot_put(prtos_u32_t slot, prtos_u32_t value)
{
    return put(TABLES + slot * 4, value) == PRTOS_INVALID_PARAM ? REFUSED : WRONG;
}

#define MAP(id, page)                                                                              \
    prtos_u32_t attack_map_##id(void)                                                              \
    {                                                                                              \
        return write_through(page);                                                                \
    }

MAP(victim, VICTIM_MEMORY)
MAP(core, 0x1000000)
MAP(core_tables, 0x1020000)
MAP(apic, 0xfee00000)
MAP(large, (MESSAGE & ~0x3fffffu) | PTE_LARGE)
MAP(frozen, FROZEN)
MAP(directory, TABLES)
MAP(table, table_of(WINDOW))
MAP(control_table, ((const prtos_u32_t *)table_of(PCT_BASE))[PCT_BASE >> 12 & 1023] & ~0xfffu)

#define DIRECTORY(id, slot, value)                                                                 \
    prtos_u32_t attack_slot_##id(void)                                                             \
    {                                                                                              \
        return slot_put(slot, value);                                                              \
    }

DIRECTORY(core, HYPERVISOR_BASE >> 22, 0)
DIRECTORY(top, 1023, table_of(WINDOW) | BITS)
DIRECTORY(itself, 0x20, TABLES | BITS)
DIRECTORY(ordinary, 0x20, MESSAGE | BITS)
DIRECTORY(victim, 0x20, VICTIM_MEMORY | BITS)
DIRECTORY(large, 0x20, PTE_LARGE | BITS)

/* A second way to the same tables gives no more rights. */
prtos_u32_t attack_alias_of_tables(void)
{
    put(TABLES + 0x20 * 4, table_of(TABLES) | BITS);
    *(volatile prtos_u32_t *)(0x8000000 | (TABLES & 0x3fffff)) = 0;
    return WRONG;
}

/* Nothing of its own is mapped any more. */
prtos_u32_t attack_unmap_all(void)
{
    prtos_u32_t slot;

    for (slot = 0; slot < HYPERVISOR_BASE >> 22; slot++)
        if (slot != PTR2ADDR(attack_unmap_all) >> 22)
            put(TABLES + slot * 4, 0);
    put(TABLES + (PTR2ADDR(attack_unmap_all) >> 22) * 4, 0);
    call(invld_tlb_nr, ~0u, 0, 0, 0, 0);
    return WRONG;
}

/* Without its control table the core goes on. */
prtos_u32_t attack_unmap_control_table(void)
{
    put(TABLES + (PCT_BASE >> 22) * 4, 0);
    call(x86_load_cr3_nr, TABLES, 0, 0, 0, 0);
    call(set_timer_nr, PRTOS_HW_CLOCK, 1, 0, 20, 0);
    call(idle_self_nr, 0, 0, 0, 0, 0);
    return SURVIVED;
}

/* A warm reset builds the tables anew: the board is there again. */
prtos_u32_t attack_unmap_and_reset(void)
{
    if (BOARD->begun == 1) {
        put(TABLES + (MESSAGE >> 22) * 4, 0);
        call(reset_partition_nr, ATTACKER, PRTOS_WARM_RESET, 0, 0, 0);
        return WRONG;
    }
    return BOARD->begun == 2 ? SURVIVED : WRONG;
}
