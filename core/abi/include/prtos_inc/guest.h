/* SPDX-License-Identifier: Apache-2.0 */
/* The partition control table and what lies behind it in the partition's memory: memory map, port
 * bitmap, clock page. The core publishes it, guests read it; of what guests write there the core
 * reads back only iflags, hw_irqs_mask and ext_irqs_to_mask. */
#ifndef PRTOS_INC_GUEST_H
#define PRTOS_INC_GUEST_H

#include <prtos_inc/abi_check.h>
#include <prtos_inc/config.h>
#include <prtos_inc/linkage.h>
#include <prtos_inc/prtosconf.h>
#include <prtos_inc/arch/arch_types.h>
#include <prtos_inc/arch/guest.h>
#include <prtos_inc/arch/paging.h>

#define KTHREAD_MAGIC 0xa5a55a5a

/* `flags` of the control table. */
#define PRTOS_PART_FP 0x2
#define PRTOS_PART_HALTED 0x4
#define PRTOS_PART_SUSPENDED 0x8
#define PRTOS_PART_READY 0x10
#define PRTOS_PART_SYSTEM 0x200
#define PRTOS_PART_TRAP_PENDING 0x80000000
#define PRTOS_PART_COUNT_SHIFT 16 /* number of partitions, shown to system partitions only */
#define PRTOS_PART_COUNT_MASK 0xff0000

/* Hardware interrupts; the names are those of old boards. */
#define PRTOS_VT_HW_FIRST 0
#define PRTOS_VT_HW_LAST 31
#define PRTOS_VT_HW_MAX 32
#define PRTOS_VT_HW_INTERNAL_BUS_TRAP_NR 1
#define PRTOS_VT_HW_UART2_TRAP_NR 2
#define PRTOS_VT_HW_UART1_TRAP_NR 3
#define PRTOS_VT_HW_IO_IRQ0_TRAP_NR 4
#define PRTOS_VT_HW_IO_IRQ1_TRAP_NR 5
#define PRTOS_VT_HW_IO_IRQ2_TRAP_NR 6
#define PRTOS_VT_HW_IO_IRQ3_TRAP_NR 7
#define PRTOS_VT_HW_TIMER1_TRAP_NR 8
#define PRTOS_VT_HW_TIMER2_TRAP_NR 9
#define PRTOS_VT_HW_DSU_TRAP_NR 11
#define PRTOS_VT_HW_PCI_TRAP_NR 14

/* External interrupts. */
#define PRTOS_VT_EXT_FIRST 0
#define PRTOS_VT_EXT_LAST 31
#define PRTOS_VT_EXT_MAX 32
#define PRTOS_VT_EXT_HW_TIMER 0
#define PRTOS_VT_EXT_EXEC_TIMER 1
#define PRTOS_VT_EXT_WATCHDOG_TIMER 2
#define PRTOS_VT_EXT_SHUTDOWN 3
#define PRTOS_VT_EXT_SAMPLING_PORT 4
#define PRTOS_VT_EXT_QUEUING_PORT 5
#define PRTOS_VT_EXT_CYCLIC_SLOT_START 8
#define PRTOS_VT_EXT_MEM_PROTECT 16
#define PRTOS_VT_EXT_IPVI0 24
#define PRTOS_VT_EXT_IPVI1 25
#define PRTOS_VT_EXT_IPVI2 26
#define PRTOS_VT_EXT_IPVI3 27
#define PRTOS_VT_EXT_IPVI4 28
#define PRTOS_VT_EXT_IPVI5 29
#define PRTOS_VT_EXT_IPVI6 30
#define PRTOS_VT_EXT_IPVI7 31

/* Bits of the external interrupts that no mask holds back. */
#define PRTOS_EXT_TRAPS (1 << PRTOS_VT_EXT_MEM_PROTECT)

#define PRTOS_CLOCK_MAGIC 0x4b4c4350
#define PRTOS_CLOCK_VERSION 1

#ifndef __ASSEMBLER__

struct prtos_cyclic_sched_info {
    prtos_u32_t num_of_slots; /* position of the running slot in its plan */
    prtos_u32_t id;           /* its id in the XML */
    prtos_u32_t slot_duration;
};

typedef struct {
    prtos_u32_t magic;
    prtos_u32_t prtos_version;
    prtos_u32_t prtos_abi_version;
    prtos_u32_t prtos_api_version;
    prtos_u_size_t part_ctrl_table_size; /* to the next vCPU's table */
    prtos_u32_t reset_counter;
    prtos_u32_t reset_status;
    prtos_u32_t cpu_khz;
    prtos_id_t id;
    prtos_id_t num_of_vcpus;
    prtos_u32_t flags;
    prtos_u32_t image_start;
    prtos_u32_t hw_irqs;
    prtos_s32_t num_of_physical_mem_areas;
    prtos_s32_t num_of_comm_ports;
    prtos_u8_t name[CONFIG_ID_STRING_LENGTH];
    prtos_u32_t iflags;
    prtos_u32_t hw_irqs_pend;
    prtos_u32_t hw_irqs_mask;
    prtos_u32_t ext_irqs_pend;
    prtos_u32_t ext_irqs_to_mask;
    struct pct_arch arch;
    struct prtos_cyclic_sched_info cyclic_sched_info;
    prtos_u16_t trap_to_vector[NO_TRAPS];
    prtos_u16_t hw_irq_to_vector[CONFIG_NO_HWIRQS];
    prtos_u16_t ext_irq_to_vector[PRTOS_VT_EXT_MAX];
    prtos_u32_t clock_offset; /* bytes from this table to this vCPU's clock page */
} __attribute__((__aligned__(8))) partition_control_table_t;

#define PCT_GET_PARTITION_ID(p) ((p)->id & 0xff)
#define PCT_GET_VCPU_ID(p) ((p)->id >> 8)

/* Memory map: num_of_physical_mem_areas of these right behind the table, sorted by start. */
struct prtos_physical_mem_map {
    prtos_s8_t name[CONFIG_ID_STRING_LENGTH];
    prtos_address_t start_addr;
    prtos_address_t mapped_at;
    prtos_u_size_t size;
    prtos_u32_t flags; /* PRTOS_MEM_AREA_* */
};

/* Clock page, 8-aligned behind the port bitmap. It changes at a dispatch of its vCPU; `sequence` is
 * odd meanwhile, readers start again when it differs from what they saw first. What it tells of the
 * slot is there before the slot's interrupt and stands until the next one.
 * ns = base + (((count - base_count) * mult) >> shift), 96-bit product, shift 32 or less. */
struct prtos_clock {
    prtos_u32_t magic;   /* PRTOS_CLOCK_MAGIC */
    prtos_u32_t version; /* PRTOS_CLOCK_VERSION */
    prtos_u32_t sequence;
    prtos_u32_t pad;
    prtos_u64_t base_count;
    prtos_u64_t base_ns; /* hardware clock at base_count; the execution clock follows */
    prtos_u64_t exec_ns;
    prtos_u32_t mult;
    prtos_u32_t shift;
    prtos_u64_t slot_end; /* of the running slot, ns of the hardware clock; it began slot_duration
                             us before */
    prtos_u32_t slot_gap; /* us from there to the vCPU's next slot, under the plan in force */
    prtos_u32_t reserved;
};

PRTOS_ABI_OFFSET(struct prtos_physical_mem_map, start_addr, 16, 16);
PRTOS_ABI_OFFSET(struct prtos_physical_mem_map, mapped_at, 20, 24);
PRTOS_ABI_OFFSET(struct prtos_physical_mem_map, size, 24, 32);
PRTOS_ABI_OFFSET(struct prtos_physical_mem_map, flags, 28, 40);
PRTOS_ABI_SIZE(struct prtos_physical_mem_map, 32, 48);
PRTOS_ABI_SIZE(struct prtos_clock, 64, 64);

#include <prtos_inc/arch/abi_layout.h>

#endif

#endif
