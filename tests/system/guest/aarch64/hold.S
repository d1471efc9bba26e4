/* SPDX-License-Identifier: Apache-2.0 */
/* Patterns in every register until the mark of the next slot stands in the control table. x0 and x1
 * look for it. */
#include <prtos.h>
#include <prtos_inc/arch/asm_offsets.h>

#define PATTERN 0xa1a20000

    .text
ENTRY(hold)
    stp x29, x30, [sp, #-160]!
    stp x19, x20, [sp, #16]
    stp x21, x22, [sp, #32]
    stp x23, x24, [sp, #48]
    stp x25, x26, [sp, #64]
    stp x27, x28, [sp, #80]
    stp d8, d9, [sp, #96]
    stp d10, d11, [sp, #112]
    stp d12, d13, [sp, #128]
    stp d14, d15, [sp, #144]
    .irp n, 2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30
    ldr x\n, =PATTERN + \n
    .endr
    .irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    ldr x0, =PATTERN << 8 | \n
    dup v\n\().2d, x0
    .endr
    ldr x1, =0xfbfc0000 + PCT_EXT_IRQS_PEND_OFF
1:  ldr w0, [x1]
    tbz w0, #8, 1b

    /* x1: bits of those that were changed */
    mov x1, #0
    .irp n, 2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30
    ldr x0, =PATTERN + \n
    cmp x0, x\n
    b.eq 2f
    orr x1, x1, #(1 << \n)
2:
    .endr
    mov x2, #0
    .irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    ldr x0, =PATTERN << 8 | \n
    umov x3, v\n\().d[0]
    umov x4, v\n\().d[1]
    cmp x0, x3
    ccmp x0, x4, #0, eq
    b.eq 3f
    orr x2, x2, #(1 << \n)
3:
    .endr
    adrp x3, held_fpu
    str w2, [x3, #:lo12:held_fpu]
    mov x0, x1
    ldp x19, x20, [sp, #16]
    ldp x21, x22, [sp, #32]
    ldp x23, x24, [sp, #48]
    ldp x25, x26, [sp, #64]
    ldp x27, x28, [sp, #80]
    ldp d8, d9, [sp, #96]
    ldp d10, d11, [sp, #112]
    ldp d12, d13, [sp, #128]
    ldp d14, d15, [sp, #144]
    ldp x29, x30, [sp], #160
    ret
    .ltorg

    .data
    .balign 4
    .globl held_fpu
held_fpu:
    .long 0

    .section .note.GNU-stack, "", @progbits
