/* SPDX-License-Identifier: Apache-2.0 */
/* Offsets in the control table for assembly on 32-bit x86; arch/abi_layout.h proves each. */
#ifndef PRTOS_INC_ARCH_ASM_OFFSETS_H
#define PRTOS_INC_ARCH_ASM_OFFSETS_H

#define PCT_MAGIC_OFF 0
#define PCT_PART_CTRL_TABLE_SIZE_OFF 16
#define PCT_ID_OFF 32
#define PCT_HW_IRQS_OFF 48
#define PCT_IFLAGS_OFF 76
#define PCT_HW_IRQS_PEND_OFF 80
#define PCT_HW_IRQS_MASK_OFF 84
#define PCT_EXT_IRQS_PEND_OFF 88
#define PCT_EXT_IRQS_TO_MASK_OFF 92
#define PCT_ARCH_OFF 96
#define PCT_CLOCK_OFFSET_OFF 336

#define PCT_CLOCK_SEQUENCE_OFF 8
#define PCT_CLOCK_COUNT_OFF 16
#define PCT_CLOCK_BASE_OFF 24
#define PCT_CLOCK_MULT_OFF 40
#define PCT_CLOCK_SHIFT_OFF 44

#endif
