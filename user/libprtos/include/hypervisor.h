/* SPDX-License-Identifier: Apache-2.0 */
/* The partition's own control tables, its virtual interrupt flag, and the start of the library. */
#ifndef LIBPRTOS_HYPERVISOR_H
#define LIBPRTOS_HYPERVISOR_H

#ifdef _PRTOS_KERNEL_
#error <hypervisor.h> is for partitions, not for the hypervisor
#endif

#ifndef __ASSEMBLER__

#include <prtos_inc/guest.h>
#include <prtos_inc/objects/console.h>
#include <prtos_inc/objects/mem.h>
#include <prtoshypercalls.h>

struct lib_prtos_params {
    partition_control_table_t *part_ctrl_table[CONFIG_MAX_NO_VCPUS];
    struct prtos_physical_mem_map *part_mem_map[CONFIG_MAX_NO_VCPUS];
    prtos_word_t *comm_port_bitmap[CONFIG_MAX_NO_VCPUS];
};

extern struct lib_prtos_params lib_prtos_params;

/* Control table of a partition with one vCPU, null in others: the short way to the own one. */
extern partition_control_table_t *prtos_only_pct;

/* Fills the slot of the calling vCPU. Once for each vCPU, with the pointer handed over at its
 * start: the base of the partition's control tables. */
void init_libprtos(partition_control_table_t *pct_base);

#include <arch/hypervisor.h>

/* Number of the calling vCPU. */
static __inline__ prtos_id_t prtos_own_vcpu(void)
{
    return prtos_only_pct ? 0 : prtos_arch_own_vcpu();
}

/* Control table of the calling vCPU. */
static __inline__ partition_control_table_t *prtos_get_pct(void)
{
    partition_control_table_t *pct = prtos_only_pct;

    return pct ? pct : lib_prtos_params.part_ctrl_table[prtos_arch_own_vcpu()];
}

static __inline__ partition_control_table_t *prtos_get_pct0(void)
{
    return lib_prtos_params.part_ctrl_table[0];
}

static __inline__ struct prtos_physical_mem_map *prtos_get_partition_mmap(void)
{
    return lib_prtos_params.part_mem_map[prtos_own_vcpu()];
}

static __inline__ prtos_word_t *prtos_get_commport_bitmap(void)
{
    return lib_prtos_params.comm_port_bitmap[prtos_own_vcpu()];
}

static __inline__ prtos_u32_t prtos_get_number_vcpus(void)
{
    return (prtos_u32_t)prtos_get_pct()->num_of_vcpus;
}

#define PRTOS_PARTITION_SELF (PCT_GET_PARTITION_ID(prtos_get_pct()))
#define PRTOS_VCPU_SELF (prtos_own_vcpu())

/* Whether an interrupt waits that only the virtual interrupt flag holds back. */
static __inline__ prtos_s32_t prtos_irq_waits(const volatile partition_control_table_t *pct)
{
    return ((pct->hw_irqs_pend & ~pct->hw_irqs_mask) |
            (pct->ext_irqs_pend & ~pct->ext_irqs_to_mask)) != 0;
}

/* Clear, set and test the virtual interrupt flag; a trap only where an interrupt waits. */
static __inline__ void prtos_cli_(void)
{
    prtos_pct_and(&prtos_get_pct()->iflags, ~(prtos_u32_t)PRTOS_IFLAGS_IF);
}

static __inline__ void prtos_sti_(void)
{
    partition_control_table_t *pct = prtos_get_pct();

    prtos_pct_or(&pct->iflags, PRTOS_IFLAGS_IF);
    if (prtos_irq_waits(pct))
        prtos_arch_deliver();
}

static __inline__ prtos_s32_t prtos_is_sti_(void)
{
    const volatile partition_control_table_t *pct = prtos_get_pct();

    return (pct->iflags & PRTOS_IFLAGS_IF) != 0;
}

#define __prtos_cli() prtos_cli_()
#define __prtos_sti() prtos_sti_()

/* Text to the partition's console, at most 128 bytes; returns the bytes taken, or an error. */
prtos_s32_t prtos_write_console(char *buffer, prtos_s32_t length);

/* Copies between areas by physical address; returns the bytes copied, or an error. */
prtos_s32_t prtos_memory_copy(prtos_id_t dst_id, prtos_u32_t dst_addr, prtos_id_t src_id,
                              prtos_u32_t src_addr, prtos_u32_t size);

#endif

#endif
