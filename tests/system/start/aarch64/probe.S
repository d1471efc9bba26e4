/* SPDX-License-Identifier: Apache-2.0 */
/* Entry before BAIL's: notes the registers, which needs no stack, then goes on to `start`. */
#include <prtos.h>

    .arch_extension fp
    .arch_extension simd
    .text
.macro NOTE name, register
    mrs x3, \register
    adrp x2, probe_\name
    str x3, [x2, #:lo12:probe_\name]
.endm
ENTRY(probe)
    adrp x2, probe_x0
    str x0, [x2, #:lo12:probe_x0]
    adrp x2, probe_x1
    str x1, [x2, #:lo12:probe_x1]
    NOTE sctlr, sctlr_el1
    NOTE ttbr0, ttbr0_el1
    NOTE ttbr1, ttbr1_el1
    NOTE tcr, tcr_el1
    NOTE mair, mair_el1
    NOTE vbar, vbar_el1
    NOTE cpacr, cpacr_el1
    NOTE level, currentel
    NOTE masks, daif
    NOTE spsel, spsel
    b start

    .section .data
    .balign 8
.macro WORD name
    .globl probe_\name
probe_\name:
    .quad 0x1111111111111111
.endm
    WORD x0
    WORD x1
    WORD sctlr
    WORD ttbr0
    WORD ttbr1
    WORD tcr
    WORD mair
    WORD vbar
    WORD cpacr
    WORD level
    WORD masks
    WORD spsel

    .text
/* prtos_s32_t try_read(const prtos_u32_t *from): 0, or the trap that it met */
ENTRY(try_read)
    ldr w1, [x0]
    mov x0, #0
ENTRY(try_trapped)
    ret
/* void fpu_image(prtos_u64_t image[66]): v0 to v31, FPCR, FPSR */
ENTRY(fpu_image)
    .irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    str q\n, [x0], #16
    .endr
    mrs x1, fpcr
    mrs x2, fpsr
    stp x1, x2, [x0]
    ret
/* void spoil_registers(void): nothing as it was at first, and EL1's own registers too */
ENTRY(spoil_registers)
    ldr x0, =0x5ec2e7005ec2e700
    .irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    dup v\n\().2d, x0
    .endr
    mov x1, #3 << 22
    msr fpcr, x1
    mov x1, #0x1f
    msr fpsr, x1
    msr ttbr0_el1, x0
    msr ttbr1_el1, x0
    msr tcr_el1, x0
    msr mair_el1, x0
    mrs x1, sctlr_el1
    orr x1, x1, #2
    msr sctlr_el1, x1
    isb
    ret
    .ltorg

    .section .note.GNU-stack, "", @progbits
