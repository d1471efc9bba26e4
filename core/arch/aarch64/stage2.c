/* SPDX-License-Identifier: Apache-2.0 */
/* Stage 2: what a partition reaches. Tables of 4 KB in the core's memory, made at boot exactly as
 * the areas say, and never changed again: no break-before-make is ever due (Arm ARM D8.14.1), and
 * no switch flushes anything, as each partition has its VMID. */
#include <prtos_inc/hypercalls.h>

#include "aarch64.h"
#include "hv/arch.h"
#include "hv/cpu.h"
#include "hv/loader.h"
#include "hv/partition.h"
#include "hv/system.h"
#include "hv/vcpu.h"

#define BLOCK 0x200000ul
#define IPA_END (1ul << 39)
#define STEP_PAGES 24u /* entries written in one piece */

/* VTCR_EL2: 39 bits from level 1, 4 KB pages, walks write-back and inner shareable, VMID of 8 bits;
 * the size of physical addresses is added. */
#define VTCR_VALUE 0x80003559ul

/* Stage 2 descriptors, D8.3.2: MemAttr, S2AP, XN. */
#define S2_DEVICE (0x1ul << 2)
#define S2_UNCACHED (0x5ul << 2)
#define S2_NORMAL (0xful << 2)
#define S2_READ (1ul << 6)
#define S2_WRITE (2ul << 6)

/* Progress of a build, as loader.h keeps it: what, and which page of it. */
enum { WHAT, WHERE };

const char *arch_space_check(const struct partition *partition, u64 page_table, u64 size)
{
    (void)page_table;
    (void)size;
    for (u32 i = 0; i < partition->conf->n_areas; i++)
        if (partition->areas[i].mapped_at + partition->areas[i].size > IPA_END)
            return "an area is mapped beyond 512 GB";
    return NULL;
}

/* Guests have no page tables that the core knows of. */
hv_addr arch_space_root(const struct partition *partition, hv_addr root)
{
    (void)partition;
    return root | 1; /* whatever it is: there is one */
}

u32 arch_page_type(const struct partition *partition, hv_phys page, u32 *references)
{
    (void)partition;
    (void)page;
    *references = 0;
    return PPAG_STD;
}

bool arch_page_claim(struct cpu *cpu, const struct partition *partition, u32 page)
{
    (void)cpu;
    (void)partition;
    (void)page;
    return true;
}

void arch_page_release(struct cpu *cpu)
{
    (void)cpu;
}

/* No partition owns I/O ports here: the platform has none. */
void arch_ports_init(struct partition *partition, const struct conf_partition *row, u8 *map)
{
    (void)partition;
    (void)row;
    (void)map;
}

static u64 *root_of(const struct partition *partition)
{
    return (u64 *)(void *)partition->pages;
}

/* The table behind an entry, taken from the partition's room if it is new; null: none is left. */
static u64 *table_below(struct partition *partition, u64 *entry)
{
    if (!*entry) {
        u32 used = partition->table_bytes;

        if (used + CONF_PAGE > partition->pages_bytes)
            return NULL;
        partition->table_bytes = used + CONF_PAGE;
        *entry = ((u64)partition->pages + used) | PTE_VALID | PTE_TABLE;
    }
    return (u64 *)(*entry & 0xfffffffff000ul);
}

static u64 *table_for(struct partition *partition, u64 at, bool last)
{
    u64 *table = table_below(partition, &root_of(partition)[at >> 30]);

    return table && last ? table_below(partition, &table[at >> 21 & 511]) : table;
}

/* Up to STEP_PAGES pages at once, or one block; how many. 0: no room for tables. */
static u64 some_map(struct partition *partition, u64 at, u64 phys, u64 pages, u64 attributes)
{
    bool block = !((at | phys) % BLOCK) && pages >= 512;
    u64 *table = table_for(partition, at, !block);
    u64 first = at >> 12 & 511;
    u64 n = pages < STEP_PAGES ? pages : STEP_PAGES;

    if (!table)
        return 0;
    attributes |= PTE_VALID | PTE_AF | PTE_SH_INNER;
    if (block) {
        table[at >> 21 & 511] = phys | attributes;
        return 512;
    }
    if (n > 512 - first)
        n = 512 - first;
    for (u64 i = 0; i < n; i++)
        table[first + i] = (phys + i * CONF_PAGE) | attributes | PTE_PAGE;
    return n;
}

/* Ordinary memory may be executed: the configuration has no word for it. */
static u64 area_attributes(const struct conf_area *area)
{
    u64 attributes = S2_READ;

    if (!(area->flags & (CONF_AREA_READONLY | CONF_AREA_ROM)))
        attributes |= S2_WRITE;
    if (area->flags & CONF_AREA_DEVICE)
        return attributes | S2_DEVICE | PTE_XN;
    return attributes | (area->flags & CONF_AREA_UNCACHEABLE ? S2_UNCACHED : S2_NORMAL);
}

/* Instructions may have been written: nothing that was fetched ahead of it may be used. */
static void load_end(void)
{
    dsb(ish);
    __asm__ volatile("ic ialluis" : : : "memory");
    dsb(ish);
    isb();
}

bool arch_space_step(struct cpu *cpu, struct partition *partition, u32 progress[3])
{
    const struct conf_area *area = &partition->areas[progress[WHAT]];
    u64 done = (u64)progress[WHERE] * CONF_PAGE;
    u64 n;

    (void)cpu;
    if (partition->root) { /* a cold reset */
        load_end();
        return false;
    }
    if (!partition->table_bytes)
        partition->table_bytes = CONF_PAGE;
    if (progress[WHAT] == partition->conf->n_areas) {
        u64 bytes = ((u64)partition->n_vcpus * partition->pct_stride + CONF_PAGE - 1) &
                    ~(u64)(CONF_PAGE - 1);

        if (!some_map(partition, ARCH_PCT_BASE, partition->pct + RAM_BASE, bytes / CONF_PAGE,
                      S2_READ | S2_WRITE | S2_NORMAL | PTE_XN))
            system_panic("P%u has no room for page tables.", partition->id);
        partition->root = arch_core_phys(root_of(partition));
        load_end();
        return false;
    }
    if (!(area->flags & CONF_AREA_UNMAPPED)) {
        u64 base = area->flags & CONF_AREA_DEVICE ? area->start : area->start + RAM_BASE;

        n = some_map(partition, area->mapped_at + done, base + done,
                     (area->size - done) / CONF_PAGE, area_attributes(area));
        if (!n)
            system_panic("P%u has no room for page tables.", partition->id);
        progress[WHERE] += (u32)n;
    }
    if (area->flags & CONF_AREA_UNMAPPED || progress[WHERE] == area->size / CONF_PAGE) {
        progress[WHAT]++;
        progress[WHERE] = 0;
    }
    return true;
}

void stage2_cpu_init(void)
{
    sysreg_write(vtcr_el2, VTCR_VALUE | mmu_address_bits() << 16);
    sysreg_write(vttbr_el2, 0ul);
    isb();
    __asm__ volatile("tlbi alle1" : : : "memory");
    dsb(nsh);
    isb();
}

/* VTTBR_EL2 is the vCPU's. */
void stage2_flush(void)
{
    isb();
    __asm__ volatile("tlbi vmalle1\n\tdsb nsh\n\tic iallu" : : : "memory");
    dsb(nsh);
}
