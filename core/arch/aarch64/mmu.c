/* SPDX-License-Identifier: Apache-2.0 */
/* The core's own translation (EL2 stage 1): everything where it is, RAM by blocks of 2 MB that are
 * never executed, and a second time uncached, for areas that guests have so; its own area by pages
 * (code read-only, a hole under each CPU's stack), and of the devices the UART and the interrupt
 * controller. Made once; a live entry is never changed. */
#include "aarch64.h"
#include "conf/access.h"
#include "conf/layout.h"
#include "hv/arch.h"
#include "hv/cpu.h"
#include "hv/platform.h"
#include "hv/system.h"
#include "lib/string.h"

#define GB 0x40000000ul
#define BLOCK 0x200000ul
#define GIC_BASE 0x08000000ul
#define TABLE_MAX 8u /* conf/pool.c: .tables */

#define NORMAL (PTE_VALID | PTE_RES1 | PTE_AF | PTE_SH_INNER | PTE_ATTR(ATTR_NORMAL) | PTE_XN)
#define UNCACHED_NORMAL (NORMAL ^ PTE_ATTR(ATTR_NORMAL ^ ATTR_UNCACHED))
#define DEVICE (PTE_VALID | PTE_RES1 | PTE_AF | PTE_ATTR(ATTR_DEVICE) | PTE_XN)

struct tables {
    u64 *root;
    u64 *free; /* pages left */
    u32 left;
};

hv_phys arch_core_phys(const void *core)
{
    return (u64)core - RAM_BASE;
}

void *arch_core_virt(hv_phys phys)
{
    return (void *)(phys + RAM_BASE);
}

void *arch_image_end(void)
{
    return image_end;
}

void *arch_window(struct cpu *cpu, u32 which, hv_phys phys)
{
    (void)cpu;
    (void)which;
    return (void *)((phys & ~(u64)(CONF_PAGE - 1)) + RAM_BASE);
}

u64 mmu_address_bits(void)
{
    u64 range = sysreg_read(id_aa64mmfr0_el1) & 0xf;

    return range < 5 ? range : 5;
}

/* The level 2 table for an address. */
static u64 *table_for(struct tables *tables, u64 at)
{
    u64 *entry = &tables->root[at / GB];

    if (!*entry) {
        if (!tables->left || at / GB >= 512)
            system_panic("The regions need more than %u GB.", (TABLE_MAX - 2) / 2);
        tables->left--;
        *entry = (u64)tables->free | PTE_VALID | PTE_TABLE;
        tables->free += 512;
    }
    return (u64 *)(*entry & 0xfffffffff000ul);
}

static void block_map(struct tables *tables, u64 at, u64 entry)
{
    table_for(tables, at)[at / BLOCK % 512] = entry;
}

u64 uncached_start;

static void regions_map(struct tables *tables, const struct conf_header *conf)
{
    const struct conf_region *region = conf_regions(conf);

    for (u32 i = 0; i < conf_count(conf, CONF_T_REGION); i++) {
        u64 at = (region[i].start + RAM_BASE) & ~(BLOCK - 1);
        u64 end = region[i].start + region[i].size + RAM_BASE;

        for (; at < end; at += BLOCK) {
            u64 rights = region[i].type == CONF_REGION_ROM ? PTE_RO : 0;

            block_map(tables, at, at | NORMAL | rights);
            if (at >= uncached_start)
                block_map(tables, at + UNCACHED, at | UNCACHED_NORMAL | rights);
        }
    }
}

static u64 page_entry(u64 at, u64 area_end)
{
    u64 entry = at | NORMAL | PTE_PAGE;

    if (at >= (u64)image_text && at < (u64)image_data)
        return (entry & ~PTE_XN) | PTE_RO;
    for (u32 i = 0; i < cpu_count; i++)
        if (at == (u64)cpus[i] - CPU_STACK_TOP)
            return 0;
    return at < area_end || area_end % BLOCK ? entry : 0;
}

/* The hypervisor's area by pages, from the first block that it touches to the last. */
static void area_map(struct tables *tables, const struct conf_header *conf, u64 *pages)
{
    u64 end = conf->area_start + RAM_BASE + conf->area_size;

    for (u64 at = HV_LOAD & ~(BLOCK - 1); at < end; at += BLOCK, pages += 512) {
        for (u64 i = 0; i < 512; i++)
            pages[i] = page_entry(at + i * CONF_PAGE, end);
        table_for(tables, at)[at / BLOCK % 512] = (u64)pages | PTE_VALID | PTE_TABLE;
    }
}

void arch_memory_init(const struct conf_header *conf, void *place)
{
    u64 spans = (conf->area_size + BLOCK - 1) / BLOCK + 1;
    u64 *own = (u64 *)place + spans * 512;
    struct tables tables = {own, own + 512, TABLE_MAX - 1};

    uncached_start = HV_LOAD + conf->area_size;
    regions_map(&tables, conf);
    area_map(&tables, conf, place);
    block_map(&tables, GIC_BASE, GIC_BASE | DEVICE);
    block_map(&tables, PLATFORM_UART0, (PLATFORM_UART0 & ~(BLOCK - 1)) | DEVICE);
    dsb(ishst);
    mmu_switch((u64)own, SCTLR_WXN);
    /* The same for the other CPUs, who know this address only. */
    memcpy(hv_root, own, sizeof(hv_root));
    dsb(ish);
}

/* Clean and invalidate to the point of coherency, then what may be fetched: the guest's own mapping
 * may be uncached, and what was there may have been instructions (Arm ARM B2.4.4). The
 * instruction caches are dropped at the end of a load (stage2.c). */
void arch_memory_written(const void *at, u32 size)
{
    u64 line = 4ul << (sysreg_read(ctr_el0) >> 16 & 0xf);
    u64 place = (u64)at & ~(line - 1);

    for (; place < (u64)at + size; place += line)
        __asm__ volatile("dc civac, %0" : : "r"(place) : "memory");
    dsb(sy);
}
