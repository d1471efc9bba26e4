/* SPDX-License-Identifier: Apache-2.0 */
/* Pages that become page tables and ordinary again: set_page_type, other directories, roots of
 * processes. By the contract's hypercalls.md, section 4, and guest-abi.md, section 6. */
#include "conform.h"
#include <string.h>

#define TABLES ((prtos_u32_t)prtos_image_hdr.page_table)
#define FROZEN 0x6a00000u
#define BOTH 0x6800000u
#define FOREIGN 0x6300000u
#define BITS (PTE_PRESENT | PTE_WRITE | PTE_USER)
#define AT(page) PTR2ADDR(page)

extern struct prtos_image_hdr prtos_image_hdr;

typedef volatile prtos_u32_t page_t[1024];

static page_t table __attribute__((aligned(4096)));
static page_t directory __attribute__((aligned(4096)));
static page_t plain __attribute__((aligned(4096)));

static prtos_s32_t type(prtos_u32_t page, prtos_u32_t to)
{
    return call(set_page_type_nr, page, to, 0, 0, 0);
}

static prtos_s32_t put(prtos_u32_t at, prtos_u32_t value)
{
    return call(update_page32_nr, at, value, 0, 0, 0);
}

/* Type and counter of a page. */
static prtos_s32_t status(page_t page)
{
    prtos_phys_page_status_t got;

    if (prtos_get_physpage_status(AT(page), &got) != OK)
        return -1;
    return got.type * 16 + (prtos_s32_t)got.counter;
}

/* The entry that maps a page where the loader has put it. */
static prtos_u32_t own_entry(page_t page)
{
    const prtos_u32_t *root = (const prtos_u32_t *)TABLES;
    const prtos_u32_t *entries = (const prtos_u32_t *)(root[AT(page) >> 22] & ~0xfffu);

    return entries[AT(page) >> 12 & 1023];
}

static void clear(page_t page)
{
    memset((void *)page, 0, sizeof(page_t));
}

static void check_codes(void)
{
    clear(plain);
    check("type.unknown", PARAM, type(AT(plain), 3));
    check("type.unknown-minus", PARAM, type(AT(plain), ~0u));
    check("type.nowhere", PARAM, type(0x10000, PPAG_PTDL2));
    check("type.zero", PARAM, type(0, PPAG_STD));
    check("type.core", PARAM, type(0x1000000, PPAG_PTDL2));
    check("type.control-table", PARAM, type(PCT_BASE, PPAG_PTDL2));
    check("type.other", PARAM, type(FOREIGN, PPAG_PTDL2));
    check("type.inside", PARAM, type(AT(plain) + 4, PPAG_PTDL2));
    check("type.shared", PARAM, type(BOTH, PPAG_PTDL2));
    check("type.shared-directory", PARAM, type(BOTH, PPAG_PTDL1));
    check("type.shared-same", NONE, type(BOTH, PPAG_STD));
    check("type.read-only", PARAM, type(FROZEN, PPAG_PTDL2));
    check("type.same", NONE, type(AT(plain), PPAG_STD));
    check("type.used-table", NOTALLOWED, type(TABLES + 0x1000, PPAG_STD));
    check("type.used-table-directory", NOTALLOWED, type(TABLES + 0x1000, PPAG_PTDL1));
    check("type.same-table", NONE, type(TABLES + 0x1000, PPAG_PTDL2));
    check("type.start", NOTALLOWED, type(TABLES, PPAG_STD));
    check("type.start-same", NONE, type(TABLES, PPAG_PTDL1));
    prtos_lazy_set_page_type(AT(plain), PPAG_PTDL2);
    check_word("type.batch.waits", PTE_WRITE, own_entry(plain) & PTE_WRITE);
    check("type.batch.flush", OK, prtos_flush_hyp_batch());
    check_word("type.batch.done", PPAG_PTDL2 * 16, (prtos_u32_t)status(plain));
    check("type.batch.back", OK, type(AT(plain), PPAG_STD));
}

/* A page of entries becomes a table: what is in it is put right, counted, and cannot be written. */
static void check_table(void)
{
    clear(table);
    table[0] = AT(plain) | BITS;
    table[1] = AT(plain) | PTE_PRESENT;
    table[2] = FROZEN | BITS;
    table[3] = AT(table) | BITS;
    table[4] = TABLES | BITS;
    table[5] = 0xabcd0000;
    table[1023] = AT(plain) | BITS;
    check_word("table.before", PTE_WRITE, own_entry(table) & PTE_WRITE);
    check("table", OK, type(AT(table), PPAG_PTDL2));
    check("table.status", PPAG_PTDL2 * 16, status(table));
    check_word("table.own", 0, own_entry(table) & PTE_WRITE);
    check_word("table.kept", AT(plain) | BITS, table[0]);
    check_word("table.user", AT(plain) | PTE_PRESENT | PTE_USER, table[1]);
    check_word("table.frozen", FROZEN | PTE_PRESENT | PTE_USER, table[2]);
    check_word("table.itself", AT(table) | PTE_PRESENT | PTE_USER, table[3]);
    check_word("table.tables", TABLES | PTE_PRESENT | PTE_USER, table[4]);
    check_word("table.absent", 0xabcd0000, table[5]);
    check("table.mapped-page", NOTALLOWED, type(AT(plain), PPAG_PTDL2));
    check("table.entry", OK, put(AT(&table[0]), 0));
    check("table.mapped-once", NOTALLOWED, type(AT(plain), PPAG_PTDL2));
    check("table.entry-foreign", PARAM, put(AT(&table[0]), FOREIGN | BITS));
    check("table.last", OK, put(AT(&table[1023]), AT(plain) | PTE_PRESENT));
    clear(plain);
    check("table.only-read", OK, type(AT(plain), PPAG_PTDL2));
    check("table.copy", PARAM,
          prtos_memory_copy(PRTOS_PARTITION_SELF, AT(table), PRTOS_PARTITION_SELF, BOTH, 4));
    check("table.only-read.back", OK, type(AT(plain), PPAG_STD));
    check("table.back", OK, type(AT(table), PPAG_STD));
    check("table.back.status", PPAG_STD * 16 + 1, status(table));
    table[0] = 7;
    check_word("table.back.writes", 7, table[0]);
}

/* Entries that no table may have: the page stays what it was, with nothing counted. */
static void check_refused(void)
{
    static const prtos_u32_t bad[] = {FOREIGN | BITS,          0x1000000 | BITS,
                                      0xfee00000 | BITS,       BITS,
                                      BOTH | BITS | PTE_LARGE, BOTH | BITS | PTE_GLOBAL};
    prtos_u32_t i, wrong = 0;

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        clear(table);
        table[0] = AT(plain) | BITS;
        table[1 + i * 200] = bad[i];
        wrong += type(AT(table), PPAG_PTDL2) != PARAM;
        wrong += status(table) != PPAG_STD * 16 + 1;
        table[9] = 9; /* no fault */
    }
    check_word("refused.tables", 0, wrong);
    clear(plain);
    check("refused.nothing-counted", OK, type(AT(plain), PPAG_PTDL2));
    check("refused.nothing-counted.back", OK, type(AT(plain), PPAG_STD));
    clear(directory);
    directory[1007] = AT(plain) | BITS;
    check("refused.directory", PARAM, type(AT(directory), PPAG_PTDL1));
    directory[1007] = AT(directory) | BITS;
    check("refused.itself", PARAM, type(AT(directory), PPAG_PTDL1));
    directory[1007] = TABLES | BITS;
    check("refused.root", PARAM, type(AT(directory), PPAG_PTDL1));
    directory[1007] = 0x400000 | BITS | PTE_LARGE;
    check("refused.large", PARAM, type(AT(directory), PPAG_PTDL1));
}

static void check_directory(void)
{
    const prtos_u32_t *root = (const prtos_u32_t *)TABLES;
    prtos_u32_t i, differ = 0;

    clear(table);
    clear(directory);
    check("made-directory.table", OK, type(AT(table), PPAG_PTDL2));
    directory[0] = directory[1] = AT(table) | BITS;
    directory[1008] = directory[1023] = FOREIGN | BITS;
    check("made-directory", OK, type(AT(directory), PPAG_PTDL1));
    check("made-directory.status", PPAG_PTDL1 * 16, status(directory));
    check("made-directory.twice", PPAG_PTDL2 * 16 + 2, status(table));
    for (i = 1008; i < 1024; i++)
        differ += directory[i] != root[i];
    check_word("made-directory.core", 0, differ);
    check("made-directory.core-slot", PARAM, put(AT(&directory[1008]), 0));
    check("made-directory.used-table", NOTALLOWED, type(AT(table), PPAG_STD));
    check("made-directory.entry", OK, put(AT(&directory[1]), 0));
    check("made-directory.once", PPAG_PTDL2 * 16 + 1, status(table));
    check("made-directory.to-table", OK, type(AT(directory), PPAG_PTDL2));
    check_word("made-directory.to-table.entry", AT(table) | PTE_PRESENT | PTE_USER, directory[0]);
    check_word("made-directory.to-table.core", 0, directory[1008]);
    check("made-directory.to-table.none", PPAG_PTDL2 * 16, status(table));
    check("made-directory.and-back", OK, put(AT(&directory[2]), AT(plain) | BITS));
    check("made-directory.and-back.bad", PARAM, type(AT(directory), PPAG_PTDL1));
    check("made-directory.and-back.status", PPAG_STD * 16 + 1, status(directory));
    check("made-directory.table.back", OK, type(AT(table), PPAG_STD));
}

/* Another directory with everything in it that the first one has. */
static void check_roots(void)
{
    const volatile partition_control_table_t *pct = (const void *)PCT_BASE;

    memcpy((void *)directory, (const void *)TABLES, sizeof(directory));
    check("root.directory", OK, type(AT(directory), PPAG_PTDL1));
    check("root.load", OK, call(x86_load_cr3_nr, AT(directory), 0, 0, 0, 0));
    check_word("root.shown", AT(directory), pct->arch.cr3);
    check("root.used", PPAG_PTDL1 * 16 + 1, status(directory));
    check("root.used.back", NOTALLOWED, type(AT(directory), PPAG_STD));
    plain[0] = 0x77;
    check_word("root.runs", 0x77, plain[0]);
    check("root.start", NOTALLOWED, type(TABLES, PPAG_STD));
    check("root.table", PARAM, call(x86_load_cr3_nr, TABLES + 0x1000, 0, 0, 0, 0));
    check("root.ordinary", PARAM, call(x86_load_cr3_nr, AT(plain), 0, 0, 0, 0));
    check("root.zero", PARAM, call(x86_load_cr3_nr, 0, 0, 0, 0, 0));
    check_word("root.stays", AT(directory), pct->arch.cr3);
    check("root.back", OK, call(x86_load_cr3_nr, TABLES, 0, 0, 0, 0));
    check("user.directory", OK, call(x86_set_user_root_nr, AT(directory), 0, 0, 0, 0));
    check("user.used", PPAG_PTDL1 * 16 + 1, status(directory));
    check("user.used.back", NOTALLOWED, type(AT(directory), PPAG_STD));
    check("user.table", PARAM, call(x86_set_user_root_nr, TABLES + 0x1000, 0, 0, 0, 0));
    check("user.ordinary", PARAM, call(x86_set_user_root_nr, AT(plain), 0, 0, 0, 0));
    check("user.inside", PARAM, call(x86_set_user_root_nr, AT(directory) + 4, 0, 0, 0, 0));
    check("user.other", PARAM, call(x86_set_user_root_nr, FOREIGN, 0, 0, 0, 0));
    check("user.core", PARAM, call(x86_set_user_root_nr, 0x1000000, 0, 0, 0, 0));
    check("user.none", OK, call(x86_set_user_root_nr, 0, 0, 0, 0, 0));
    check("user.none.status", PPAG_PTDL1 * 16, status(directory));
    check("user.none.back", OK, type(AT(directory), PPAG_STD));
}

void check_page_types(void)
{
    check_codes();
    check_table();
    check_refused();
    check_directory();
    check_roots();
}
