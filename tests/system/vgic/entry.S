/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of a small kernel at EL1, whose only exception is the interrupt, and where PSCI starts
 * its second processor: x0 is what it was given. */
        .text
        .balign 0x800
        .globl  vectors
vectors:
        .rept   5
        b       .
        .balign 0x80
        .endr
        /* Interrupt, with SP_EL1. */
        sub     sp, sp, #192
        stp     x0, x1, [sp, #0]
        stp     x2, x3, [sp, #16]
        stp     x4, x5, [sp, #32]
        stp     x6, x7, [sp, #48]
        stp     x8, x9, [sp, #64]
        stp     x10, x11, [sp, #80]
        stp     x12, x13, [sp, #96]
        stp     x14, x15, [sp, #112]
        stp     x16, x17, [sp, #128]
        b       interrupt_more
        .balign 0x80
        .rept   10
        b       .
        .balign 0x80
        .endr
interrupt_more:
        stp     x18, x30, [sp, #144]
        mrs     x0, elr_el1
        mrs     x1, spsr_el1
        stp     x0, x1, [sp, #160]
        bl      interrupt
        ldp     x0, x1, [sp, #160]
        msr     elr_el1, x0
        msr     spsr_el1, x1
        ldp     x18, x30, [sp, #144]
        ldp     x16, x17, [sp, #128]
        ldp     x14, x15, [sp, #112]
        ldp     x12, x13, [sp, #96]
        ldp     x10, x11, [sp, #80]
        ldp     x8, x9, [sp, #64]
        ldp     x6, x7, [sp, #48]
        ldp     x4, x5, [sp, #32]
        ldp     x2, x3, [sp, #16]
        ldp     x0, x1, [sp, #0]
        add     sp, sp, #192
        eret

        .globl  second_entry
second_entry:
        adrp    x1, second_stack_top
        add     x1, x1, :lo12:second_stack_top
        mov     sp, x1
        bl      second_main
        b       .

/* prtos_s64_t psci(function, a, b, c) */
        .globl  psci
psci:
        smc     #0
        ret

        .bss
        .balign 16
        .skip   4096
second_stack_top:
