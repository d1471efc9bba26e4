/* SPDX-License-Identifier: Apache-2.0 */
/* Offsets in the control table for assembly on AArch64; arch/abi_layout.h proves each. */
#ifndef PRTOS_INC_ARCH_ASM_OFFSETS_H
#define PRTOS_INC_ARCH_ASM_OFFSETS_H

#define PCT_MAGIC_OFF 0
#define PCT_PART_CTRL_TABLE_SIZE_OFF 16
#define PCT_ID_OFF 40
#define PCT_HW_IRQS_OFF 64
#define PCT_IFLAGS_OFF 92
#define PCT_HW_IRQS_PEND_OFF 96
#define PCT_HW_IRQS_MASK_OFF 100
#define PCT_EXT_IRQS_PEND_OFF 104
#define PCT_EXT_IRQS_TO_MASK_OFF 108
#define PCT_ARCH_OFF 112
#define PCT_IRQ_SAVED_PC_OFF 112
#define PCT_IRQ_SAVED_SPSR_OFF 120
#define PCT_IRQ_SAVED_X0_OFF 128
#define PCT_IRQ_VECTOR_OFF 136
#define PCT_TRAP_ENTRY_OFF 144
#define PCT_CLOCK_OFFSET_OFF 356

#define PCT_CLOCK_SEQUENCE_OFF 8
#define PCT_CLOCK_COUNT_OFF 16
#define PCT_CLOCK_BASE_OFF 24
#define PCT_CLOCK_MULT_OFF 40
#define PCT_CLOCK_SHIFT_OFF 44

#endif
