/* SPDX-License-Identifier: Apache-2.0 */
/* The model of test_pages.c: what a partition's pages are, which entries the contract allows, and
 * all counts by looking at every entry. Nothing here calls what it judges but to read a word. */
#ifndef PAGES_MODEL_H
#define PAGES_MODEL_H

#include <prtos_inc/hypercalls.h>

#include "fake.h"
#include "pages.h"
#include "pte.h"

#define VIRT 0x40000000u
#define N_PAGES 72u /* from PHYS_BASE on, owned or not */
#define ROOT 0u
#define TABLE 1u
#define FOREIGN 80u
#define PCT 0x01234000u
#define LINKS (PTE_P | PTE_W | PTE_U)

/* What the model knows of a page: its area's flags, and its type; half: on its way. */
#define NOBODYS (~0u)
struct model_page {
    u32 flags;
    u32 type;
    bool half;
    bool busy;
};

static struct model_page model[N_PAGES];
static struct partition *own;
u32 hv_root[1024];

static u32 phys(u32 page)
{
    return (u32)PHYS_BASE + page * 4096;
}

static u32 *bytes(u32 page)
{
    return (u32 *)(void *)(fake_phys + page * 4096);
}

/* Index of a physical address among the pages; N_PAGES: not one of them. */
static u32 index_of(u32 address)
{
    u32 page = (address - (u32)PHYS_BASE) / 4096;

    return page < N_PAGES && model[page].flags != NOBODYS ? page : N_PAGES;
}

static bool can_be_table(u32 page)
{
    return !(model[page].flags & (CONF_AREA_SHARED | CONF_AREA_READONLY | CONF_AREA_UNCACHEABLE));
}

static bool is_table(u32 page)
{
    return model[page].half || model[page].type != PPAG_STD;
}

static u32 *word_of(u32 page)
{
    u32 *word;

    assert_non_null(pages_find(own, phys(page), &word));
    return word;
}

/* Entries of a page that are in force or counted. */
static u32 entries_of(u32 page)
{
    if (model[page].half)
        return *word_of(page) & PAGE_COUNT;
    if (model[page].type == PPAG_STD)
        return 0;
    return model[page].type == PPAG_PTDL1 ? 1008 : 1024;
}

static u32 recount[N_PAGES];

/* One entry of a table or directory in force. */
static void entry_check(u32 type, u32 entry)
{
    u32 page = index_of(entry);

    if (!(entry & PTE_P))
        return;
    assert_true(entry & PTE_U);
    assert_false(entry & (PTE_PS | PTE_G));
    if (type == PPAG_PTDL1) {
        assert_true(page < N_PAGES && !model[page].half && model[page].type == PPAG_PTDL2);
        recount[page]++;
        return;
    }
    if (page == N_PAGES) {
        assert_int_equal(entry & ~0xfffu, PCT);
        assert_false(entry & PTE_W);
        return;
    }
    if (model[page].flags & CONF_AREA_UNCACHEABLE)
        assert_int_equal(entry & (PTE_PCD | PTE_PWT), PTE_PCD | PTE_PWT);
    if (entry & PTE_W) {
        assert_false(is_table(page) || model[page].flags & CONF_AREA_READONLY);
        recount[page]++;
    }
}

static void check_all(void)
{
    memset(recount, 0, sizeof(recount));
    for (u32 page = 0; page < N_PAGES; page++) {
        if (model[page].flags == NOBODYS)
            continue;
        for (u32 i = entries_of(page); i--;)
            entry_check(model[page].type, bytes(page)[i]);
        if (model[page].type == PPAG_PTDL1 && !model[page].half)
            assert_memory_equal(&bytes(page)[1008], &hv_root[1008], 16 * sizeof(u32));
    }
    for (u32 page = 0; page < N_PAGES; page++) {
        u32 *word = model[page].flags == NOBODYS ? NULL : word_of(page);
        u32 wanted = model[page].type << PAGE_TYPE_SHIFT;

        if (!word)
            continue;
        wanted |= model[page].half ? PAGE_HALF | (*word & PAGE_COUNT) : recount[page];
        assert_int_equal(*word & ~PAGE_BUSY, wanted);
        assert_int_equal(!!(*word & PAGE_BUSY), model[page].busy);
    }
}

/* What the contract makes of an entry; false: refused. */
static bool legal(u32 type, u32 slot, u32 *entry)
{
    u32 page = index_of(*entry);

    if (type == PPAG_PTDL1 && slot >= 1008)
        return false;
    if (!(*entry & PTE_P))
        return true;
    if (*entry & (PTE_PS | PTE_G))
        return false;
    *entry |= PTE_U;
    if (type == PPAG_PTDL1)
        return page < N_PAGES && !model[page].half && !model[page].busy &&
               model[page].type == PPAG_PTDL2;
    if (page == N_PAGES) {
        *entry &= ~(u32)PTE_W;
        return (*entry & ~0xfffu) == PCT;
    }
    if (is_table(page) || model[page].flags & CONF_AREA_READONLY)
        *entry &= ~(u32)PTE_W;
    if (model[page].flags & CONF_AREA_UNCACHEABLE)
        *entry |= PTE_PCD | PTE_PWT;
    return true;
}

/* Writable entries that map a page, or directory entries that refer to it, by looking at all. */
static u32 references(u32 page)
{
    u32 n = 0;

    for (u32 from = 0; from < N_PAGES; from++) {
        bool directory = model[from].type == PPAG_PTDL1;

        if (model[from].flags == NOBODYS || directory != (model[page].type == PPAG_PTDL2))
            continue;
        for (u32 i = entries_of(from); i--;) {
            u32 entry = bytes(from)[i];

            n += (entry & ~0xfffu) == phys(page) && (entry & PTE_P) &&
                 (directory || (entry & PTE_W));
        }
    }
    return n;
}

/* Whether the root maps a page, writable, at its own place. */
static bool own_writable(u32 page)
{
    u32 virt = VIRT + page * 4096;
    u32 table = bytes(ROOT)[virt >> 22], entry;

    if (model[page].flags & CONF_AREA_UNMAPPED || !(table & PTE_P))
        return false;
    entry = bytes(index_of(table))[virt >> 12 & 1023];
    return (entry & PTE_P) && (entry & PTE_W) && (entry & ~0xfffu) == phys(page);
}

#endif
