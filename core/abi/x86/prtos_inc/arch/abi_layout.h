/* SPDX-License-Identifier: Apache-2.0 */
/* Offsets of the control table on 32-bit x86, proved wherever <prtos_inc/guest.h> is compiled. */
#ifndef PRTOS_INC_ARCH_ABI_LAYOUT_H
#define PRTOS_INC_ARCH_ABI_LAYOUT_H

#include <prtos_inc/guest.h>
#include <prtos_inc/arch/asm_offsets.h>

#define PCT_AT(member, offset) PRTOS_ABI_OFFSET(partition_control_table_t, member, offset, 0)

PCT_AT(magic, PCT_MAGIC_OFF);
PCT_AT(prtos_version, 4);
PCT_AT(prtos_abi_version, 8);
PCT_AT(prtos_api_version, 12);
PCT_AT(part_ctrl_table_size, PCT_PART_CTRL_TABLE_SIZE_OFF);
PCT_AT(reset_counter, 20);
PCT_AT(reset_status, 24);
PCT_AT(cpu_khz, 28);
PCT_AT(id, PCT_ID_OFF);
PCT_AT(num_of_vcpus, 36);
PCT_AT(flags, 40);
PCT_AT(image_start, 44);
PCT_AT(hw_irqs, PCT_HW_IRQS_OFF);
PCT_AT(num_of_physical_mem_areas, 52);
PCT_AT(num_of_comm_ports, 56);
PCT_AT(name, 60);
PCT_AT(iflags, PCT_IFLAGS_OFF);
PCT_AT(hw_irqs_pend, PCT_HW_IRQS_PEND_OFF);
PCT_AT(hw_irqs_mask, PCT_HW_IRQS_MASK_OFF);
PCT_AT(ext_irqs_pend, PCT_EXT_IRQS_PEND_OFF);
PCT_AT(ext_irqs_to_mask, PCT_EXT_IRQS_TO_MASK_OFF);
PCT_AT(arch, PCT_ARCH_OFF);
PCT_AT(cyclic_sched_info, 132);
PCT_AT(trap_to_vector, 144);
PCT_AT(hw_irq_to_vector, 208);
PCT_AT(ext_irq_to_vector, 272);
PCT_AT(clock_offset, PCT_CLOCK_OFFSET_OFF);
PRTOS_ABI_SIZE(partition_control_table_t, 344, 0);

PRTOS_ABI_OFFSET(struct prtos_clock, sequence, PCT_CLOCK_SEQUENCE_OFF, 8);
PRTOS_ABI_OFFSET(struct prtos_clock, base_count, PCT_CLOCK_COUNT_OFF, 16);
PRTOS_ABI_OFFSET(struct prtos_clock, base_ns, PCT_CLOCK_BASE_OFF, 24);
PRTOS_ABI_OFFSET(struct prtos_clock, exec_ns, PCT_CLOCK_BASE_OFF + 8, 32);
PRTOS_ABI_OFFSET(struct prtos_clock, mult, PCT_CLOCK_MULT_OFF, 40);
PRTOS_ABI_OFFSET(struct prtos_clock, shift, PCT_CLOCK_SHIFT_OFF, 44);
PRTOS_ABI_OFFSET(struct prtos_clock, slot_end, 48, 48);
PRTOS_ABI_OFFSET(struct prtos_clock, slot_gap, 56, 56);

#undef PCT_AT

#endif
