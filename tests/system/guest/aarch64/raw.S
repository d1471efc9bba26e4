/* SPDX-License-Identifier: Apache-2.0 */
/* One hypercall with every register given and every register looked at. */
#include <prtos.h>

#define NZCV 248
#define SP_MOVED 256

    .text
ENTRY(raw_call)
    stp x29, x30, [sp, #-96]!
    stp x19, x20, [sp, #16]
    stp x21, x22, [sp, #32]
    stp x23, x24, [sp, #48]
    stp x25, x26, [sp, #64]
    stp x27, x28, [sp, #80]
    adrp x2, raw_kept
    add x2, x2, :lo12:raw_kept
    mov x3, sp
    stp x1, x3, [x2]
    ldr x2, [x0, #NZCV]
    msr nzcv, x2
    mov x30, x0
    ldp x0, x1, [x30, #0]
    ldp x2, x3, [x30, #16]
    ldp x4, x5, [x30, #32]
    ldp x6, x7, [x30, #48]
    ldp x8, x9, [x30, #64]
    ldp x10, x11, [x30, #80]
    ldp x12, x13, [x30, #96]
    ldp x14, x15, [x30, #112]
    ldp x16, x17, [x30, #128]
    ldp x18, x19, [x30, #144]
    ldp x20, x21, [x30, #160]
    ldp x22, x23, [x30, #176]
    ldp x24, x25, [x30, #192]
    ldp x26, x27, [x30, #208]
    ldp x28, x29, [x30, #224]
    ldr x30, [x30, #240]
    __PRTOS_HC
    stp x0, x1, [sp, #-16]!
    adrp x0, raw_kept
    add x0, x0, :lo12:raw_kept
    ldp x0, x1, [x0]
    stp x2, x3, [x0, #16]
    stp x4, x5, [x0, #32]
    stp x6, x7, [x0, #48]
    stp x8, x9, [x0, #64]
    stp x10, x11, [x0, #80]
    stp x12, x13, [x0, #96]
    stp x14, x15, [x0, #112]
    stp x16, x17, [x0, #128]
    stp x18, x19, [x0, #144]
    stp x20, x21, [x0, #160]
    stp x22, x23, [x0, #176]
    stp x24, x25, [x0, #192]
    stp x26, x27, [x0, #208]
    stp x28, x29, [x0, #224]
    str x30, [x0, #240]
    mrs x2, nzcv
    str x2, [x0, #NZCV]
    add x2, sp, #16
    sub x2, x2, x1
    str x2, [x0, #SP_MOVED]
    ldp x2, x3, [sp], #16
    stp x2, x3, [x0]
    mov sp, x1
    ldp x19, x20, [sp, #16]
    ldp x21, x22, [sp, #32]
    ldp x23, x24, [sp, #48]
    ldp x25, x26, [sp, #64]
    ldp x27, x28, [sp, #80]
    ldp x29, x30, [sp], #96
    ret
    .size raw_call, . - raw_call
    .type raw_call, @function

    .data
    .balign 16
raw_kept:
    .quad 0, 0

    .section .note.GNU-stack, "", @progbits
