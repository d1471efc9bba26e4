/* SPDX-License-Identifier: Apache-2.0 */
/* Direct page tables: a guest edits the tables that the loader built for it, entry by entry. Each
 * entry is judged before it is written, so that whatever a table holds at any moment is harmless:
 * nobody's TLB has to be flushed for anybody's safety. */
#include <prtos_inc/hypercalls.h>

#include "hv/arch.h"
#include "hv/cpu.h"
#include "hv/partition.h"
#include "hypercall_table.h"
#include "x86.h"

#define WINDOW_PAGE 0u
#define CR0_GUEST (CR0_EM | CR0_TS | CR0_AM) /* what of its CR0 the processor gets */
#define CR4_PAE 0x00000020u

/* Directory entries that refer to a table of the room, by its physical address. */
static u32 *references(const struct partition *partition, u32 table)
{
    return &partition->pages[(table - (u32)partition->root) >> 12];
}

u32 arch_space_references(const struct partition *partition, hv_phys page)
{
    return page == partition->root ? 1 : read_once(*references(partition, (u32)page));
}

/* An entry of the directory: a table of this partition, never the directory itself, whose entries
 * would make it a map of writable tables. */
static bool directory_entry(const struct partition *partition, u32 slot, u32 *entry)
{
    u32 table = *entry & ~0xfffu;

    if (slot >= HV_PDE)
        return false;
    if (!(*entry & PTE_P))
        return true;
    *entry |= PTE_U;
    return !(*entry & (PTE_PS | PTE_G)) && table != partition->root &&
           arch_space_holds(partition, table, CONF_PAGE);
}

/* An entry of a table: own memory as the area allows it, page tables and control tables only to be
 * read. */
static bool table_entry(const struct partition *partition, u32 *entry)
{
    u32 page = *entry & ~0xfffu;
    const struct conf_area *area = partition_area(partition, page, CONF_PAGE);

    if (!(*entry & PTE_P))
        return true;
    if (*entry & (PTE_PS | PTE_G))
        return false;
    *entry |= PTE_U;
    if (!area) {
        *entry &= ~(u32)PTE_W;
        return page - (u32)partition->pct < partition->n_vcpus * partition->pct_stride;
    }
    if (area->flags & (CONF_AREA_READONLY | CONF_AREA_ROM) ||
        arch_space_holds(partition, page, CONF_PAGE))
        *entry &= ~(u32)PTE_W;
    if (area->flags & (CONF_AREA_UNCACHEABLE | CONF_AREA_DEVICE))
        *entry |= PTE_PCD | PTE_PWT;
    return true;
}

/* One exchange: another vCPU may write the same entry, and the processor its A and D bits. */
s32 hc_update_page32(struct vcpu *vcpu, hv_addr at, u32 value)
{
    struct partition *partition = vcpu->partition;
    u32 page = at & ~0xfffu;
    u32 slot = (at & 0xfffu) / 4;
    const struct conf_area *area = partition_area(partition, page, CONF_PAGE);
    u32 *words, old;

    if (at & 3 || !area || area->flags & (CONF_AREA_READONLY | CONF_AREA_ROM | CONF_AREA_DEVICE))
        return PRTOS_INVALID_PARAM;
    words = arch_window(vcpu->cpu, WINDOW_PAGE, page);
    if (!arch_space_holds(partition, page, CONF_PAGE)) {
        write_once(words[slot], value);
        return PRTOS_OK;
    }
    if (page == partition->root ? !directory_entry(partition, slot, &value)
                                : !table_entry(partition, &value))
        return PRTOS_INVALID_PARAM;
    write_once(partition->remapped, true);
    old = __atomic_exchange_n(&words[slot], value, __ATOMIC_SEQ_CST);
    if (page == partition->root) {
        if (value & PTE_P)
            __atomic_fetch_add(references(partition, value & ~0xfffu), 1, __ATOMIC_RELAXED);
        if (old & PTE_P)
            __atomic_fetch_sub(references(partition, old & ~0xfffu), 1, __ATOMIC_RELAXED);
    }
    return PRTOS_OK;
}

s32 hc_invld_tlb(struct vcpu *vcpu, hv_addr at)
{
    if (at == ~(hv_addr)0)
        cr3_write(vcpu->arch.root);
    else if (at < ARCH_GUEST_LIMIT)
        invlpg((const void *)at);
    return PRTOS_OK;
}

/* Paging and protection stay on; of the rest the processor gets what concerns the guest alone. */
s32 hc_x86_load_cr0(struct vcpu *vcpu, hv_addr value)
{
    struct arch_vcpu *arch = &vcpu->arch;

    if (~value & (CR0_PG | CR0_PE))
        return PRTOS_OP_NOT_ALLOWED;
    if (!(arch->extras & EXTRA_FPU))
        value |= CR0_EM;
    arch->cr0 = vcpu_cr0(vcpu) | (value & CR0_GUEST);
    vcpu->pct->arch.cr0 = value | CR0_ET;
    vcpu->cpu->arch.cr0 = arch->cr0;
    cr0_write(arch->cr0);
    return PRTOS_OK;
}

/* The one directory that the partition has; to load it again flushes. */
s32 hc_x86_load_cr3(struct vcpu *vcpu, hv_addr value)
{
    if (value != vcpu->partition->root)
        return PRTOS_INVALID_PARAM;
    cr3_write(vcpu->arch.root);
    return PRTOS_OK;
}

s32 hc_x86_load_cr4(struct vcpu *vcpu, hv_addr value)
{
    if (value & CR4_PAE)
        return PRTOS_OP_NOT_ALLOWED;
    vcpu->pct->arch.cr4 = value;
    return PRTOS_OK;
}
