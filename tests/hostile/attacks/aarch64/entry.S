/* SPDX-License-Identifier: Apache-2.0 */
/* The attempts' ways out of and back into C, with stacks and levels that no C could live with. */
#include <prtos.h>

#define SURVIVED 0x04000000
#define REFUSED 0x10000000
#define LINE_BIT 0x08000000

    .text
.macro LEAVE
    stp x29, x30, [sp, #-96]!
    stp x19, x20, [sp, #16]
    stp x21, x22, [sp, #32]
    stp x23, x24, [sp, #48]
    stp x25, x26, [sp, #64]
    stp x27, x28, [sp, #80]
    adrp x9, saved_sp
    mov x10, sp
    str x10, [x9, #:lo12:saved_sp]
.endm

/* The stack of before, EL1; the result in w0. */
.Lback:
    adrp x9, saved_sp
    ldr x10, [x9, #:lo12:saved_sp]
    mov sp, x10
    ldp x19, x20, [sp, #16]
    ldp x21, x22, [sp, #32]
    ldp x23, x24, [sp, #48]
    ldp x25, x26, [sp, #64]
    ldp x27, x28, [sp, #80]
    ldp x29, x30, [sp], #96
    ret

/* A virtual interrupt arrives here. */
ENTRY(arrived)
/* A virtual return arrives here. */
ENTRY(returned)
    mov w0, #SURVIVED
    b .Lback

ENTRY(raise_line)
    LEAVE
    cbz x0, 1f
    mov sp, x0
1:  mov x0, #set_irqpend_nr
    mov x1, #0
    mov x2, #LINE_BIT
    __PRTOS_HC
    mov w0, #REFUSED
    b .Lback

ENTRY(iret_call)
    LEAVE
    mov x0, #iret_nr
    __PRTOS_HC
    mov w0, #REFUSED
    b .Lback

ENTRY(go)
    LEAVE
    adrp x9, own_vectors
    add x9, x9, :lo12:own_vectors
    msr vbar_el1, x9
    msr elr_el1, x0
    msr spsr_el1, x1
    mov x10, sp
    msr sp_el0, x10
    isb
    eret
/* Where go() leads if it is to come back at once, at any level. */
ENTRY(back)
    svc #0

    .balign 2048
ENTRY(own_vectors)
    .rept 16
    .balign 128
    b .Lcaught
    .endr
.Lcaught:
    adrp x9, caught_esr
    mrs x10, esr_el1
    str x10, [x9, #:lo12:caught_esr]
    adrp x9, caught_far
    mrs x10, far_el1
    str x10, [x9, #:lo12:caught_far]
    adrp x9, part_vectors
    add x9, x9, :lo12:part_vectors
    msr vbar_el1, x9
    isb
    mov w0, #SURVIVED
    b .Lback

    .data
    .balign 8
saved_sp:
    .quad 0
    .globl caught_esr
caught_esr:
    .quad 0
    .globl caught_far
caught_far:
    .quad 0

    .section .note.GNU-stack, "", @progbits
