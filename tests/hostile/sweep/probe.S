/* SPDX-License-Identifier: Apache-2.0 */
/* One instruction at EL1 or EL0, with x0 as its register. It comes back by SVC, by an exception of
 * its own, or by SVC behind a health event, which is given back here. */
#include <prtos.h>
#include <prtos_inc/arch/asm_offsets.h>

#define PCT_BASE 0xfbfc0000
#define SVC_CLASS 0x15

    .text
ENTRY(probe_run)
    stp x29, x30, [sp, #-96]!
    stp x19, x20, [sp, #16]
    stp x21, x22, [sp, #32]
    stp x23, x24, [sp, #48]
    stp x25, x26, [sp, #64]
    stp x27, x28, [sp, #80]
    adrp x2, probe_code
    add x2, x2, :lo12:probe_code
    dc cvau, x2
    dsb ish
    ic ivau, x2
    dsb ish
    mrs x3, sp_el0
    mrs x4, tcr_el1
    stp x3, x4, [sp, #-16]!
    msr elr_el1, x2
    msr spsr_el1, x1
    adrp x3, probe_vectors
    add x3, x3, :lo12:probe_vectors
    msr vbar_el1, x3
    isb
    eret

/* The instruction's register is the result. */
.Lcaught:
    msr daifset, #15
    adrp x3, probe_caught
    mrs x4, esr_el1
    lsr x4, x4, #26
    cmp x4, #SVC_CLASS
    cset w4, ne
    str w4, [x3, #:lo12:probe_caught]
    ldp x3, x4, [sp], #16
    msr sp_el0, x3
    ldp x19, x20, [sp, #16]
    ldp x21, x22, [sp, #32]
    ldp x23, x24, [sp, #48]
    ldp x25, x26, [sp, #64]
    ldp x27, x28, [sp, #80]
    ldp x29, x30, [sp], #96
    ret

/* A health event that comes back as an interrupt: on to the SVC behind the instruction. */
ENTRY(probe_entry)
    stp x1, x2, [sp, #-16]!
    adrp x1, probe_events
    ldr w2, [x1, #:lo12:probe_events]
    add w2, w2, #1
    str w2, [x1, #:lo12:probe_events]
    ldr x1, =PCT_BASE
    adrp x2, probe_code
    add x2, x2, :lo12:probe_code + 4
    str x2, [x1, #PCT_IRQ_SAVED_PC_OFF]
    ldp x1, x2, [sp], #16
    mov x0, #iret_nr
    __PRTOS_HC
    .ltorg

    .balign 2048
ENTRY(probe_vectors)
    .rept 16
    .balign 128
    b .Lcaught
    .endr

    .data
    .balign 64
    .globl probe_code
probe_code:
    .word 0
    svc #0
    .balign 64
    .globl probe_caught
probe_caught:
    .word 0
    .globl probe_events
probe_events:
    .word 0

    .section .note.GNU-stack, "", @progbits
