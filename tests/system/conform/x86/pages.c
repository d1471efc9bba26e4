/* SPDX-License-Identifier: Apache-2.0 */
/* The calls about page tables and control registers: codes, and what the guest then sees in its
 * memory. WINDOW is a page that nothing is mapped at, in a table that the loader built. */
#include "conform.h"

#define TABLES ((prtos_u32_t)prtos_image_hdr.page_table)
#define WINDOW 0x63ff000u
#define SLOT(address) ((address) >> 12 & 1023)
#define FROZEN 0x6a00000u
#define BITS (PTE_PRESENT | PTE_WRITE | PTE_USER)
#define ENTRIES 20000u
#define CR0 0x80000011u

extern struct prtos_image_hdr prtos_image_hdr;

static volatile prtos_u32_t one[1024] __attribute__((aligned(4096)));
static volatile prtos_u32_t two[1024] __attribute__((aligned(4096)));

static prtos_s32_t put(prtos_u32_t at, prtos_u32_t value)
{
    return call(update_page32_nr, at, value, 0, 0, 0);
}

/* The table that maps WINDOW, and the entry for it. */
static prtos_u32_t table_of(prtos_u32_t address)
{
    return ((const prtos_u32_t *)TABLES)[address >> 22] & ~0xfffu;
}

static prtos_s32_t map(prtos_u32_t entry)
{
    prtos_s32_t code = put(table_of(WINDOW) + SLOT(WINDOW) * 4, entry);

    call(invld_tlb_nr, WINDOW, 0, 0, 0, 0);
    return code;
}

static prtos_u32_t entry_now(void)
{
    return ((const prtos_u32_t *)table_of(WINDOW))[SLOT(WINDOW)] & 0xfffff01fu;
}

static void check_words(void)
{
    prtos_u32_t before = one[5];

    check("update.word", OK, put(PTR2ADDR(&one[5]), before + 7));
    check_word("update.word.value", before + 7, one[5]);
    check("update.odd", PARAM, put(PTR2ADDR(&one[5]) + 2, 0));
    check("update.frozen", PARAM, put(FROZEN, 1));
    check("update.nowhere", PARAM, put(0x10, 1));
    check("update.core", PARAM, put(0x1000000, 1));
    check("update.control-table", PARAM, put(PCT_BASE, 1));
    check("update.top", PARAM, put(~3u, 1));
    check("update.other", PARAM, put(0x6300000, 1));
    check_word("update.unchanged", before + 7, one[5]);
    prtos_lazy_update_page32(PTR2ADDR(&one[5]), before);
    prtos_lazy_invld_tlb(PTR2ADDR(one));
    prtos_lazy_x86_load_cr3(((const volatile partition_control_table_t *)PCT_BASE)->arch.cr3);
    check_word("update.lazy.waits", before + 7, one[5]);
    check("update.lazy", OK, prtos_flush_hyp_batch());
    check_word("update.lazy.value", before, one[5]);
}

static void check_entries(void)
{
    volatile prtos_u32_t *window = (volatile prtos_u32_t *)WINDOW;

    one[0] = 0x11;
    two[0] = 0x22;
    check("entry.map", OK, map(PTR2ADDR(one) | BITS));
    check_word("entry.map.reads", 0x11, *window);
    *window = 0x33;
    check_word("entry.map.writes", 0x33, one[0]);
    check("entry.remap", OK, map(PTR2ADDR(two) | BITS));
    check_word("entry.remap.reads", 0x22, *window);
    check("entry.supervisor", OK, map(PTR2ADDR(one) | PTE_PRESENT));
    check_word("entry.supervisor.user", PTR2ADDR(one) | PTE_PRESENT | PTE_USER, entry_now());
    check("entry.frozen", OK, map(FROZEN | BITS));
    check_word("entry.frozen.read-only", FROZEN | PTE_PRESENT | PTE_USER, entry_now());
    check("entry.table", OK, map(TABLES | BITS));
    check_word("entry.table.read-only", TABLES | PTE_PRESENT | PTE_USER, entry_now());
    check_word("entry.table.reads", ((const prtos_u32_t *)TABLES)[1], window[1]);
    check("entry.other", PARAM, map(0x6300000 | BITS));
    check("entry.core", PARAM, map(0x1000000 | BITS));
    check("entry.apic", PARAM, map(0xfee00000 | BITS));
    check("entry.zero", PARAM, map(0 | BITS));
    check("entry.large", PARAM, map(PTR2ADDR(one) | BITS | PTE_LARGE));
    check("entry.global", PARAM, map(PTR2ADDR(one) | BITS | PTE_GLOBAL));
    check_word("entry.refused.stays", TABLES | PTE_PRESENT | PTE_USER, entry_now());
    check("entry.absent", OK, map(0x1000000));
    check_word("entry.absent.kept", 0x1000000, entry_now());
    check("entry.none", OK, map(0));
}

static prtos_s32_t references(prtos_u32_t table)
{
    prtos_phys_page_status_t page;

    if (prtos_get_physpage_status(table, &page) != OK)
        return -1;
    return page.type * 16 + (prtos_s32_t)page.counter;
}

static void check_directory(void)
{
    prtos_u32_t table = table_of(WINDOW), spare = 0x8000000u >> 22, self = PTR2ADDR(one);
    prtos_u32_t slot = TABLES + spare * 4;

    check("directory.alias", OK, put(slot, table | BITS));
    check("directory.alias.references", PPAG_PTDL2 * 16 + 2, references(table));
    one[1] = 0x44;
    check_word("directory.alias.reads", 0x44,
               *(volatile prtos_u32_t *)(0x8000000 | ((self + 4) & 0x3fffff)));
    check("directory.ordinary", PARAM, put(slot, self | BITS));
    check("directory.itself", PARAM, put(slot, TABLES | BITS));
    check("directory.other", PARAM, put(slot, 0x6300000 | BITS));
    check("directory.large", PARAM, put(slot, table | BITS | PTE_LARGE));
    check("directory.core-slot", PARAM, put(TABLES + 1008 * 4, 0));
    check("directory.last-slot", PARAM, put(TABLES + 1023 * 4, table | BITS));
    check("directory.again", OK, put(slot, table | BITS));
    check("directory.again.references", PPAG_PTDL2 * 16 + 2, references(table));
    check("directory.none", OK, put(slot, 0));
    check("directory.none.references", PPAG_PTDL2 * 16 + 1, references(table));
    call(invld_tlb_nr, ~0u, 0, 0, 0, 0);
}

static void check_registers(void)
{
    const volatile partition_control_table_t *pct = (const void *)PCT_BASE;
    prtos_u32_t cr0 = pct->arch.cr0;

    check("cr0.no-paging", NOTALLOWED, call(x86_load_cr0_nr, 0x11, 0, 0, 0, 0));
    check("cr0.no-protection", NOTALLOWED, call(x86_load_cr0_nr, 0x80000000, 0, 0, 0, 0));
    check_word("cr0.refused.stays", cr0, pct->arch.cr0);
    check("cr0.least", OK, call(x86_load_cr0_nr, 0x80000001, 0, 0, 0, 0));
    check_word("cr0.least.shown", CR0 | 4, pct->arch.cr0);
    check("cr0.all", OK, call(x86_load_cr0_nr, ~0u, 0, 0, 0, 0));
    check_word("cr0.all.shown", ~0u, pct->arch.cr0);
    check("cr0.back", OK, call(x86_load_cr0_nr, cr0, 0, 0, 0, 0));
    check("cr4.pae", NOTALLOWED, call(x86_load_cr4_nr, 0x20, 0, 0, 0, 0));
    check("cr4.other", OK, call(x86_load_cr4_nr, 0x10, 0, 0, 0, 0));
    check_word("cr4.shown", 0x10, pct->arch.cr4);
    check("cr4.back", OK, call(x86_load_cr4_nr, 0, 0, 0, 0, 0));
    check("cr3.same", OK, call(x86_load_cr3_nr, pct->arch.cr3, 0, 0, 0, 0));
    check("cr3.table", PARAM, call(x86_load_cr3_nr, TABLES + 0x1000, 0, 0, 0, 0));
    check("cr3.ordinary", PARAM, call(x86_load_cr3_nr, PTR2ADDR(one), 0, 0, 0, 0));
    check("cr3.inside", PARAM, call(x86_load_cr3_nr, TABLES + 4, 0, 0, 0, 0));
    check("cr3.core", PARAM, call(x86_load_cr3_nr, 0x1000000, 0, 0, 0, 0));
    check("invld.core", OK, call(invld_tlb_nr, HYPERVISOR_BASE, 0, 0, 0, 0));
    check("invld.top", OK, call(invld_tlb_nr, 0xfffff000, 0, 0, 0, 0));
}

static prtos_u32_t random_word(void)
{
    static prtos_u32_t state = 2463534242u;

    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

/* What the contract makes of an entry, from the areas in the XML alone; 0xffffffff: refused. */
static prtos_u32_t entry_model(prtos_u32_t value, prtos_u32_t self, prtos_u32_t control)
{
    prtos_u32_t page = value >> 12, own = (self == BOSS ? 0x6100000u : 0x6000000u) >> 12;
    prtos_s32_t table = page - (TABLES >> 12) < 4; /* 3 windows, the directory */

    if (!(value & 1))
        return value;
    if (value & 0x180)
        return ~0u;
    if (page == control || table || page - (FROZEN >> 12) < 16)
        return (value & ~2u) | 4;
    if (page - own < 256 || page - 0x6800 < 16 || (self == BOSS && page - 0x6900 < 16))
        return value | 4;
    return ~0u;
}

/* Random entries into one slot of a table against the model. */
static void check_random_entries(void)
{
    const volatile prtos_u32_t *entry =
        (const volatile prtos_u32_t *)table_of(WINDOW) + SLOT(WINDOW);
    const prtos_u32_t *controls = (const prtos_u32_t *)table_of(PCT_BASE);
    prtos_u32_t control = controls[SLOT(PCT_BASE)] >> 12, self = PRTOS_PARTITION_SELF;
    static const prtos_u32_t places[] = {0x6000, 0x6100, 0x6800, 0x6900, 0x6a00, 0x6200, 0x1000};
    prtos_u32_t i, wrong = 0, refused = 0, before = *entry;

    for (i = 0; i < ENTRIES; i++) {
        prtos_u32_t draw = random_word(), page = places[draw % 7] + (draw >> 8) % 260;
        prtos_u32_t value, wanted;

        page = draw >> 28 == 0 ? control : draw >> 28 == 1 ? draw >> 8 : page;
        page = draw >> 28 == 2 ? (TABLES >> 12) + draw % 6 : page;
        value = page << 12 | (random_word() & 0xfff & (draw & 64 ? ~0x180u : ~0u));
        wanted = entry_model(value, self, control);
        refused += wanted == ~0u;
        wrong += map(value) != (wanted == ~0u ? PARAM : OK);
        wrong += *entry != (wanted == ~0u ? before : wanted);
        before = *entry;
    }
    check_word("entry.random.wrong", 0, wrong);
    check_word("entry.random.refused", 1, refused > ENTRIES / 4);
    check_word("entry.random.accepted", 1, ENTRIES - refused > ENTRIES / 4);
    map(0);
}

void check_page_tables(void)
{
    check_words();
    check_entries();
    check_random_entries();
    check_directory();
    check_registers();
}
