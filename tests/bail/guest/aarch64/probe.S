/* SPDX-License-Identifier: Apache-2.0 */
/* Registers around a trap: see own.h. */
#include <prtos.h>

#define OUT 160

    .text
ENTRY(probe_call)
    stp x29, x30, [sp, #-176]!
    stp x19, x20, [sp, #16]
    stp x21, x22, [sp, #32]
    stp x23, x24, [sp, #48]
    stp x25, x26, [sp, #64]
    stp x27, x28, [sp, #80]
    stp d8, d9, [sp, #96]
    stp d10, d11, [sp, #112]
    stp d12, d13, [sp, #128]
    stp d14, d15, [sp, #144]
    str x3, [sp, #OUT]
    .irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    mov x3, #(0x5a00 + \n)
    dup v\n\().2d, x3
    .endr
    .irp n, 3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30
    mov x\n, #(0xa500 + \n)
    .endr
    uxtw x0, w0
    uxtw x1, w1
    uxtw x2, w2
    str x19, [sp, #OUT + 8]
    mov x19, #0xf0000000
    msr nzcv, x19
    ldr x19, [sp, #OUT + 8]
    __PRTOS_HC
    /* x2: what changed; x0 and x1 are free */
    mrs x0, nzcv
    mov x1, #0xf0000000
    cmp x0, x1
    cset x2, ne
    .irp n, 3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30
    mov x0, #(0xa500 + \n)
    cmp x0, x\n
    cset x1, ne
    orr x2, x2, x1, lsl #\n
    .endr
    mov x5, #0
    .irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    mov x0, #(0x5a00 + \n)
    umov x3, v\n\().d[0]
    umov x4, v\n\().d[1]
    cmp x0, x3
    ccmp x0, x4, #0, eq
    cset x1, ne
    orr x5, x5, x1, lsl #\n
    .endr
    ldr x3, [sp, #OUT]
    str w5, [x3]
    mov x0, x2
    ldp x19, x20, [sp, #16]
    ldp x21, x22, [sp, #32]
    ldp x23, x24, [sp, #48]
    ldp x25, x26, [sp, #64]
    ldp x27, x28, [sp, #80]
    ldp d8, d9, [sp, #96]
    ldp d10, d11, [sp, #112]
    ldp d12, d13, [sp, #128]
    ldp d14, d15, [sp, #144]
    ldp x29, x30, [sp], #176
    ret

    .section .note.GNU-stack, "", @progbits
