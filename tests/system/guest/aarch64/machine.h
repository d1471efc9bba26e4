/* SPDX-License-Identifier: Apache-2.0 */
/* Registers as a hypercall finds and leaves them on AArch64. */
#ifndef TESTS_GUEST_MACHINE_H
#define TESTS_GUEST_MACHINE_H

#include <prtos.h>

struct raw {
    prtos_u64_t x[31];
    prtos_u64_t nzcv;
    prtos_s64_t sp_moved; /* after the call against before */
};

/* Bits of raw_damage that no interrupt handler may set: all. */
#define RAW_GENERAL ~0u

/* `iflags` of a program that leaves it alone. */
#define START_IFLAGS PRTOS_IFLAGS_IF

/* Arguments of set_timer behind the clock, and the rest of the registers. */
#define TIMES(abs_low, abs_high, low, high)                                                        \
    (prtos_u64_t)(abs_high) << 32 | (abs_low), (prtos_u64_t)(high) << 32 | (low), 0, 0

/* Faults that both architectures have in their own way: the event of each, and for the first the
 * trap and how long its instruction is. After fault_call() the program goes on where it was. */
#define OPCODE_TRAP AARCH64_UNDEFINED_INSTR
#define OPCODE_BYTES 4
#define OPCODE_EVENT PRTOS_HM_EV_ARM_UNDEF_INSTR
#define CALL_EVENT PRTOS_HM_EV_ARM_PREFETCH_ABORT          /* trap 1, svc */
#define OPERAND_EVENT PRTOS_HM_EV_ARM_DATA_ALIGNMENT_FAULT /* trap 3 */
#define OTHER_EVENT PRTOS_HM_EV_ARM_INSTR_PERMISSION_FAULT /* stage 2, data */

static __inline__ void fault_opcode(void)
{
    __asm__ __volatile__("udf #0");
}

static __inline__ void fault_call(void)
{
    __asm__ __volatile__("svc #0");
}

static __inline__ void fault_operand(void)
{
    prtos_u64_t words[2] = {0, 0};
    prtos_u64_t value;

    __asm__ __volatile__("ldxr %0, [%1]" : "=r"(value) : "r"(PTR2ADDR(words) + 1) : "memory");
}

static __inline__ void fault_other(void)
{
    *(volatile prtos_u32_t *)0xdead000 = 1;
}

#endif
