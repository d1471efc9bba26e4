/* SPDX-License-Identifier: Apache-2.0 */
/* Processor traps of 32-bit x86. */
#ifndef PRTOS_INC_ARCH_IRQS_H
#define PRTOS_INC_ARCH_IRQS_H

#include <prtos_inc/arch/arch_types.h>

#define NO_TRAPS 32

#define DIVIDE_ERROR 0
#define DEBUG_EXCEPTION 1
#define NMI_INTERRUPT 2
#define BREAKPOINT_EXCEPTION 3
#define OVERFLOW_EXCEPTION 4
#define BOUNDS_EXCEPTION 5
#define INVALID_OPCODE 6
#define DEVICE_NOT_AVAILABLE 7
#define DOUBLE_FAULT 8
#define COPROCESSOR_OVERRRUN 9
#define INVALID_TSS 10
#define SEGMENT_NOT_PRESENT 11
#define STACK_SEGMENT_FAULT 12
#define GENERAL_PROTECTION_FAULT 13
#define PAGE_FAULT 14
#define RESERVED2_EXCEPTION 15
#define FLOATING_POINT_ERROR 16
#define ALIGNMENT_CHECK 17
#define MACHINE_CHECK 18
#define SIMD_EXCEPTION 19

/* Vectors that a fresh control table names: trap n -> n, hardware and external interrupts: */
#define PRTOS_HW_VECTOR_BASE 0x20
#define PRTOS_EXT_VECTOR_BASE 0x90

#ifndef __ASSEMBLER__

struct trap_handler {
    prtos_u16_t cs;
    prtos_address_t ip;
};

#endif

#endif
