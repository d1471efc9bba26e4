/* SPDX-License-Identifier: Apache-2.0 */
/* All registers of the FPU, from and to memory: v0 to v31, FPCR, FPSR. */
        .arch_extension fp
        .arch_extension simd
        .macro  each what
        .irp    n, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30
        pair    \what, \n, %(\n + 1)
        .endr
        .endm
        .altmacro
        .macro  pair what, a, b
        \what   q\a, q\b, [x0], #32
        .endm

        .globl  fpu_set
fpu_set:
        each    ldp
        ldp     x1, x2, [x0]
        msr     fpcr, x1
        msr     fpsr, x2
        ret

        .globl  fpu_get
fpu_get:
        each    stp
        mrs     x1, fpcr
        mrs     x2, fpsr
        stp     x1, x2, [x0]
        ret
