/* SPDX-License-Identifier: Apache-2.0 */
/* The core's own address space: its area at HV_BASE in 4 KB pages (code read-only, a hole under
 * each CPU's stack), the devices, and windows through which it reaches any page of the machine. */
#include "conf/access.h"
#include "conf/pool.h"
#include "hv/arch.h"
#include "hv/cpu.h"
#include "hv/platform.h"
#include "x86.h"

#define CORE_PTE (PTE_P | PTE_G | PTE_A | PTE_D)

_Static_assert(PLATFORM_VGA == HV_FIX_VGA, "the driver's view of VGA memory");

extern struct boot_record boot_record;

static u32 *fix_table;

hv_phys arch_core_phys(const void *core)
{
    return phys_of(core);
}

void *arch_core_virt(hv_phys phys)
{
    return virt_of((u32)phys);
}

void *arch_image_end(void)
{
    return image_end;
}

static u32 area_entry(u32 page)
{
    u32 phys = HV_LOAD + (page << 12);
    u32 core_pages = (u32)(image_data - image_text) >> 12;

    return phys | CORE_PTE | (page < core_pages ? 0 : PTE_W);
}

/* The page below each CPU's stack: a fall through it is a double fault, not a silent overwrite. */
static void guards_remove(u32 *tables)
{
    for (u32 i = 0; i < cpu_count; i++)
        tables[((u32)cpus[i] - CPU_STACK_TOP - HV_BASE) >> 12] = 0;
}

static void fix_init(void)
{
    for (u32 i = 0; i < 8; i++)
        fix_table[i] = (0xB8000 + (i << 12)) | CORE_PTE | PTE_W | PTE_PCD | PTE_PWT;
    for (u32 i = 0; i < cpu_count; i++) {
        u32 first = ((HV_FIX_WINDOWS - HV_FIX) >> 12) + i * ARCH_WINDOWS;
        u32 task = ((HV_FIX_TSS - HV_FIX) >> 12) + i * TSS_PAGES;

        cpus[i]->arch.windows = &fix_table[first];
        cpus[i]->arch.io_pages = &fix_table[task + 1];
        fix_table[task] = phys_of(cpus[i]) | CORE_PTE | PTE_W;
        cpus[i]->arch.window_base = (u8 *)HV_FIX + (first << 12);
    }
}

void arch_memory_init(const struct conf_header *conf, void *place)
{
    u32 *tables = place;
    u32 pages = (u32)(conf->area_size / CONF_PAGE);
    u32 n_tables = (pages + 1023) / 1024;

    for (u32 i = 0; i < pages; i++)
        tables[i] = area_entry(i);
    guards_remove(tables);
    fix_table = tables + n_tables * 1024;
    fix_init();
    for (u32 i = 0; i < HV_AREA_MAX >> 22; i++)
        hv_root[HV_PDE + i] =
            i < n_tables ? (phys_of(tables) + (i << 12)) | PTE_P | PTE_W | PTE_A : 0;
    hv_root[HV_FIX >> 22] = phys_of(fix_table) | PTE_P | PTE_W | PTE_A;
    hv_root[HV_DEVICES >> 22] |= PTE_G;
    features_enable();
    cr3_write(phys_of(hv_root));
}

/* Back to the 4 MB pages of boot.S, with the restart's code writable again. */
void paging_boot_again(void)
{
    cr4_write(cr4_read() & ~(u32)(CR4_PGE | CR4_SMAP | CR4_SMEP));
    for (u32 i = 0; i < HV_AREA_MAX >> 22; i++)
        hv_root[HV_PDE + i] = (HV_LOAD + (i << 22)) | PTE_P | PTE_W | PTE_PS;
    hv_root[HV_FIX >> 22] = 0;
    cr3_write(phys_of(hv_root));
}

/* One page of the fixed part, for the trampoline. */
void *fix_map(u32 at, u32 phys)
{
    fix_table[(at - HV_FIX) >> 12] = phys | CORE_PTE | PTE_W;
    invlpg((void *)at);
    return (void *)at;
}

void *arch_window(struct cpu *cpu, u32 which, hv_phys phys)
{
    u32 entry = ((u32)phys & ~0xfffu) | PTE_P | PTE_W | PTE_A | PTE_D;
    void *page = cpu->arch.window_base + (which << 12);

    if (cpu->arch.windows[which] != entry) {
        cpu->arch.windows[which] = entry;
        invlpg(page);
    }
    return page;
}
