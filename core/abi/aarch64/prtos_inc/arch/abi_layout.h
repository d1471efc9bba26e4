/* SPDX-License-Identifier: Apache-2.0 */
/* Offsets of the control table on AArch64, proved wherever <prtos_inc/guest.h> is compiled. */
#ifndef PRTOS_INC_ARCH_ABI_LAYOUT_H
#define PRTOS_INC_ARCH_ABI_LAYOUT_H

#include <prtos_inc/guest.h>
#include <prtos_inc/arch/asm_offsets.h>

#define PCT_AT(member, offset) PRTOS_ABI_OFFSET(partition_control_table_t, member, 0, offset)

PCT_AT(magic, PCT_MAGIC_OFF);
PCT_AT(prtos_version, 4);
PCT_AT(prtos_abi_version, 8);
PCT_AT(prtos_api_version, 12);
PCT_AT(part_ctrl_table_size, PCT_PART_CTRL_TABLE_SIZE_OFF);
PCT_AT(reset_counter, 24);
PCT_AT(reset_status, 28);
PCT_AT(cpu_khz, 32);
PCT_AT(id, PCT_ID_OFF);
PCT_AT(num_of_vcpus, 48);
PCT_AT(flags, 56);
PCT_AT(image_start, 60);
PCT_AT(hw_irqs, PCT_HW_IRQS_OFF);
PCT_AT(num_of_physical_mem_areas, 68);
PCT_AT(num_of_comm_ports, 72);
PCT_AT(name, 76);
PCT_AT(iflags, PCT_IFLAGS_OFF);
PCT_AT(hw_irqs_pend, PCT_HW_IRQS_PEND_OFF);
PCT_AT(hw_irqs_mask, PCT_HW_IRQS_MASK_OFF);
PCT_AT(ext_irqs_pend, PCT_EXT_IRQS_PEND_OFF);
PCT_AT(ext_irqs_to_mask, PCT_EXT_IRQS_TO_MASK_OFF);
PCT_AT(arch, PCT_ARCH_OFF);
PCT_AT(arch.irq_saved_pc, PCT_IRQ_SAVED_PC_OFF);
PCT_AT(arch.irq_saved_spsr, PCT_IRQ_SAVED_SPSR_OFF);
PCT_AT(arch.irq_saved_x0, PCT_IRQ_SAVED_X0_OFF);
PCT_AT(arch.irq_vector, PCT_IRQ_VECTOR_OFF);
PCT_AT(arch.trap_entry, PCT_TRAP_ENTRY_OFF);
PCT_AT(cyclic_sched_info, 152);
PCT_AT(trap_to_vector, 164);
PCT_AT(hw_irq_to_vector, 228);
PCT_AT(ext_irq_to_vector, 292);
PCT_AT(clock_offset, PCT_CLOCK_OFFSET_OFF);
PRTOS_ABI_SIZE(partition_control_table_t, 0, 360);

PRTOS_ABI_OFFSET(struct prtos_clock, sequence, 8, PCT_CLOCK_SEQUENCE_OFF);
PRTOS_ABI_OFFSET(struct prtos_clock, base_count, 16, PCT_CLOCK_COUNT_OFF);
PRTOS_ABI_OFFSET(struct prtos_clock, base_ns, 24, PCT_CLOCK_BASE_OFF);
PRTOS_ABI_OFFSET(struct prtos_clock, exec_ns, 32, PCT_CLOCK_BASE_OFF + 8);
PRTOS_ABI_OFFSET(struct prtos_clock, mult, 40, PCT_CLOCK_MULT_OFF);
PRTOS_ABI_OFFSET(struct prtos_clock, shift, 44, PCT_CLOCK_SHIFT_OFF);
PRTOS_ABI_OFFSET(struct prtos_clock, slot_end, 48, 48);
PRTOS_ABI_OFFSET(struct prtos_clock, slot_gap, 56, 56);

#undef PCT_AT

#endif
