/* SPDX-License-Identifier: Apache-2.0 */
/* Exceptions at known addresses with every register known. A trap's handler goes on at `fired`. */
#include <prtos.h>

    .text
/* void fire(code, far): x1 is far, xn n * 0x111; comes back through `fired` */
ENTRY(fire)
    stp x29, x30, [sp, #-96]!
    stp x19, x20, [sp, #16]
    stp x21, x22, [sp, #32]
    stp x23, x24, [sp, #48]
    stp x25, x26, [sp, #64]
    stp x27, x28, [sp, #80]
    adrp x2, fire_sp
    mov x3, sp
    str x3, [x2, #:lo12:fire_sp]
    mov x17, x0
    .irp n, 0,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,18,19,20,21,22,23,24,25,26,27,28,29,30
    mov x\n, #\n * 0x111
    .endr
    br x17
ENTRY(fired)
    msr daifset, #15
    adrp x2, fire_sp
    ldr x3, [x2, #:lo12:fire_sp]
    mov sp, x3
    ldp x19, x20, [sp, #16]
    ldp x21, x22, [sp, #32]
    ldp x23, x24, [sp, #48]
    ldp x25, x26, [sp, #64]
    ldp x27, x28, [sp, #80]
    ldp x29, x30, [sp], #96
    ret

.macro CASE name
    .balign 4
    .globl do_\name
do_\name:
.endm
    CASE udf
    udf #1
    CASE brk
    brk #1
    CASE smc_in_step
    CASE svc
    svc #1
    CASE hvc
    hvc #1
    CASE denied
    mrs x2, dbgbvr0_el1
    CASE cache
    dc isw, x2
    CASE read
    ldr x2, [x1]
    CASE write
    str x2, [x1]
    CASE pair
    stp q0, q1, [x1]
    CASE jump
    br x1

    .data
    .balign 8
fire_sp:
    .quad 0
    .balign 64
    .globl soft
soft:
    .word 0
    b .

    .section .note.GNU-stack, "", @progbits
