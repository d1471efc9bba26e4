/* SPDX-License-Identifier: Apache-2.0 */
/* Registers as a hypercall finds and leaves them on x86. */
#ifndef TESTS_GUEST_MACHINE_H
#define TESTS_GUEST_MACHINE_H

#include <prtos.h>

struct raw {
    prtos_u32_t eax, ebx, ecx, edx, esi, edi, ebp, eflags, ds, es, fs, gs;
    prtos_s32_t esp_moved; /* after the call against before */
};

/* Bits of raw_damage that no interrupt handler may set: not those of eflags and what follows. */
#define RAW_GENERAL 0x7fu

/* Selectors that call() has in ds, es, fs, gs. */
extern prtos_u32_t raw_ds, raw_es, raw_fs, raw_gs;

/* `iflags` of a program that leaves it alone. */
#define START_IFLAGS 0u

/* Arguments of set_timer behind the clock. */
#define TIMES(abs_low, abs_high, low, high) abs_low, abs_high, low, high

/* Faults that both architectures have in their own way: the event of each, and for the first the
 * trap and how long its instruction is. After fault_call() the program goes on where it was. */
#define OPCODE_TRAP INVALID_OPCODE
#define OPCODE_BYTES 2
#define OPCODE_EVENT PRTOS_HM_EV_X86_INVALID_OPCODE
#define CALL_EVENT PRTOS_HM_EV_X86_BREAKPOINT
#define OPERAND_EVENT PRTOS_HM_EV_X86_DIVIDE_ERROR
#define OTHER_EVENT PRTOS_HM_EV_X86_OVERFLOW

static __inline__ void fault_opcode(void)
{
    __asm__ __volatile__("ud2");
}

static __inline__ void fault_call(void)
{
    __asm__ __volatile__("int3");
}

static __inline__ void fault_operand(void)
{
    __asm__ __volatile__("divl %0" : : "r"(0), "a"(1), "d"(0) : "cc");
}

static __inline__ void fault_other(void)
{
    __asm__ __volatile__("movb $0x7f, %%al\n\taddb $1, %%al\n\tinto" : : : "eax", "cc");
}

#endif
