/* SPDX-License-Identifier: Apache-2.0 */
/* A partition's address space: page tables in the room that its image declares, built in bounded
 * pieces. First page: the directory; then a table for each 4 MB that is mapped. The guest sees its
 * own tables read-only. */
#include <prtos_inc/hypercalls.h>

#include "conf/verify.h"
#include "hv/arch.h"
#include "hv/cpu.h"
#include "hv/loader.h"
#include "hv/partition.h"
#include "lib/string.h"
#include "pages.h"
#include "x86.h"

#define STEP_PAGES 12u   /* entries written in one piece */
#define STEP_CLEAR 1024u /* bytes cleared in one piece */
#define WINDOW_DIRECTORY 0u
#define WINDOW_TABLE 1u

/* Progress of a build, as loader.h keeps it: what, where in it, tables used so far. */
enum { WHAT, WHERE, USED };
enum { CLEAR, FIXED, AREAS };

/* 4 MB windows that the mapped areas and the control tables touch: a table each. */
static u32 tables_needed(const struct partition *partition)
{
    u32 seen[32] = {0};
    u32 n = 1;

    seen[(ARCH_PCT_BASE >> 22) / 32] |= 1u << (ARCH_PCT_BASE >> 22) % 32;
    for (u32 i = 0; i < partition->conf->n_areas; i++) {
        const struct conf_area *area = &partition->areas[i];
        u32 last = (u32)((area->mapped_at + area->size - 1) >> 22);

        if (area->flags & CONF_AREA_UNMAPPED)
            continue;
        for (u32 w = (u32)(area->mapped_at >> 22); w <= last; w++) {
            n += !(seen[w / 32] >> w % 32 & 1);
            seen[w / 32] |= 1u << w % 32;
        }
    }
    return n;
}

const char *arch_space_check(const struct partition *partition, u64 page_table, u64 size)
{
    const struct conf_area *area = partition_area_mapped(partition, page_table, size);
    u64 need = (tables_needed(partition) + 1ull) * CONF_PAGE;

    if (size < need)
        return "its room for page tables is too small for its areas";
    if (page_table & (CONF_PAGE - 1) || !area ||
        area->flags & (CONF_AREA_SHARED | CONF_AREA_READONLY | CONF_AREA_ROM | CONF_AREA_DEVICE))
        return "its room for page tables is not pages of its own";
    return NULL;
}

static u32 root_of(const struct partition *partition)
{
    u64 virt = loader_image(partition)->page_table;
    const struct conf_area *area = partition_area_mapped(partition, virt, CONF_PAGE);

    return (u32)(virt - area->mapped_at + area->start);
}

/* Its own directory, by the address in the image's header, or any by its physical one. */
hv_addr arch_space_root(const struct partition *partition, hv_addr root)
{
    u32 references;

    if (root == loader_image(partition)->page_table)
        return (hv_addr)partition->root;
    return arch_page_type(partition, root, &references) == PPAG_PTDL1 ? root : 0;
}

/* The word of a page of the room. */
static u32 *room_word(const struct partition *partition, u32 page)
{
    u32 *word;

    pages_find(partition, page, &word);
    return word;
}

/* The table for an address, taken from the room if it is new. */
static u32 *table_for(struct cpu *cpu, const struct partition *partition, u32 root, u32 address,
                      u32 *used)
{
    u32 *directory = arch_window(cpu, WINDOW_DIRECTORY, root);
    u32 *entry = &directory[address >> 22];

    if (!(*entry & PTE_P)) {
        u32 page = root + (++*used << 12);

        *entry = page | PTE_P | PTE_W | PTE_U | PTE_A;
        *room_word(partition, page) = PAGE_IS(PPAG_PTDL2) | 1;
    }
    return arch_window(cpu, WINDOW_TABLE, *entry & ~0xfffu);
}

/* The core's part of the directory, and the partition's control tables. */
static void fixed_map(struct cpu *cpu, struct partition *partition, u32 root, u32 *used)
{
    u32 bytes = partition->n_vcpus * partition->pct_stride;
    u32 *directory = arch_window(cpu, WINDOW_DIRECTORY, root);
    u32 *table;

    memcpy(&directory[HV_PDE], &hv_root[HV_PDE], (1024 - HV_PDE) * sizeof(u32));
    *room_word(partition, root) = PAGE_IS(PPAG_PTDL1);
    table = table_for(cpu, partition, root, ARCH_PCT_BASE, used);
    for (u32 at = 0; at < bytes; at += CONF_PAGE)
        table[((ARCH_PCT_BASE + at) >> 12) & 1023] =
            ((u32)partition->pct + at) | PTE_P | PTE_W | PTE_U | PTE_A | PTE_D;
}

/* Up to STEP_PAGES pages of an area, within one table: their entries, and how often they can be
 * written to. Returns how many. */
static u32 area_map(struct cpu *cpu, const struct partition *partition, u32 root,
                    const struct conf_area *area, u32 progress[3])
{
    u32 page = progress[WHERE];
    u32 virt = (u32)area->mapped_at + (page << 12);
    u32 phys = (u32)area->start + (page << 12);
    u32 flags = PTE_P | PTE_U | PTE_A | PTE_D;
    u32 n = (u32)(area->size >> 12) - page;
    bool mapped = !(area->flags & CONF_AREA_UNMAPPED);
    u32 *table = NULL, *word;

    pages_find(partition, phys, &word);
    if (mapped)
        table = table_for(cpu, partition, root, virt, &progress[USED]);
    else if (!word)
        return n;
    if (!(area->flags & (CONF_AREA_READONLY | CONF_AREA_ROM)))
        flags |= PTE_W;
    if (area->flags & (CONF_AREA_UNCACHEABLE | CONF_AREA_DEVICE))
        flags |= PTE_PCD | PTE_PWT;
    if (n > STEP_PAGES)
        n = STEP_PAGES;
    if (n > 1024 - ((virt >> 12) & 1023))
        n = 1024 - ((virt >> 12) & 1023);
    if (mapped)
        table += (virt >> 12) & 1023;
    for (u32 i = 0; i < n; i++, phys += CONF_PAGE) {
        u32 entry = phys | flags;

        if (phys - root < partition->table_bytes)
            entry &= ~(u32)PTE_W;
        else if (word)
            word[i] = mapped;
        if (mapped)
            table[i] = entry;
    }
    return n;
}

/* One piece of clearing the room. */
static void room_clear(struct cpu *cpu, const struct partition *partition, u32 root,
                       u32 progress[3])
{
    u32 in_page = progress[WHERE] & (CONF_PAGE - 1);
    u8 *page = arch_window(cpu, WINDOW_TABLE, root + progress[WHERE]);

    *room_word(partition, root + progress[WHERE]) = PAGE_IS(PPAG_PTDL2);
    memset(page + in_page, 0, STEP_CLEAR);
    progress[WHERE] += STEP_CLEAR;
    if (progress[WHERE] == partition->table_bytes)
        progress[WHAT] = FIXED;
}

bool arch_space_step(struct cpu *cpu, struct partition *partition, u32 progress[3])
{
    u32 root = root_of(partition);
    const struct conf_area *area;

    /* At boot; the areas stay what they are. */
    if (!partition->table_bytes)
        partition->table_bytes = (tables_needed(partition) + 1) << 12;
    if (progress[WHAT] == CLEAR) {
        room_clear(cpu, partition, root, progress);
        return true;
    }
    if (progress[WHAT] == FIXED) {
        fixed_map(cpu, partition, root, &progress[USED]);
        progress[WHAT] = AREAS;
        progress[WHERE] = 0;
        return true;
    }
    if (progress[WHAT] - AREAS == partition->conf->n_areas) {
        partition->root = root;
        partition->remapped = false;
        return false;
    }
    area = &partition->areas[progress[WHAT] - AREAS];
    progress[WHERE] += area_map(cpu, partition, root, area, progress);
    if (progress[WHERE] == area->size >> 12) {
        progress[WHAT]++;
        progress[WHERE] = 0;
    }
    return true;
}
