/* SPDX-License-Identifier: Apache-2.0 */
/* The FPU's registers, of a vCPU that uses it. CPTR_EL2.TFP must be 0. */
        .arch_extension fp
        .arch_extension simd
.macro  EACH what
        \what   q0, q1, [x0, #0]
        \what   q2, q3, [x0, #32]
        \what   q4, q5, [x0, #64]
        \what   q6, q7, [x0, #96]
        \what   q8, q9, [x0, #128]
        \what   q10, q11, [x0, #160]
        \what   q12, q13, [x0, #192]
        \what   q14, q15, [x0, #224]
        \what   q16, q17, [x0, #256]
        \what   q18, q19, [x0, #288]
        \what   q20, q21, [x0, #320]
        \what   q22, q23, [x0, #352]
        \what   q24, q25, [x0, #384]
        \what   q26, q27, [x0, #416]
        \what   q28, q29, [x0, #448]
        \what   q30, q31, [x0, #480]
.endm

/* void fpu_save(struct fpu *fpu) */
        .section .text.fpu_save, "ax"
        .globl  fpu_save
fpu_save:
        EACH    stp
        mrs     x1, fpcr
        mrs     x2, fpsr
        add     x0, x0, #512
        stp     x1, x2, [x0]
        ret

/* void fpu_load(const struct fpu *fpu) */
        .section .text.fpu_load, "ax"
        .globl  fpu_load
fpu_load:
        EACH    ldp
        add     x0, x0, #512
        ldp     x1, x2, [x0]
        msr     fpcr, x1
        msr     fpsr, x2
        ret
