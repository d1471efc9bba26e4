/* SPDX-License-Identifier: Apache-2.0 */
/* Ends of the FPU's state set from a word, and looked at. */
#include <prtos.h>

    .arch_extension fp
    .arch_extension simd
    .text
/* void fpu_set(const prtos_u32_t value[4]); bits 8 and 9 of the last are the rounding mode. */
ENTRY(fpu_set)
    ldp s8, s9, [x0]
    ldr s31, [x0, #12]
    ldr w1, [x0, #12]
    ubfx w1, w1, #8, #2
    lsl w1, w1, #22
    msr fpcr, x1
    ldr q0, [x0]
    ldr q7, [x0]
    ret
/* void fpu_get(prtos_u32_t value[12]): two words, control word, q0, q7; keeps all */
ENTRY(fpu_get)
    stp s8, s9, [x0]
    str s31, [x0, #8]
    mrs x1, fpcr
    ubfx x1, x1, #22, #2
    ldr w2, [x0, #8]
    bfi w2, w1, #8, #2
    str w2, [x0, #8]
    str wzr, [x0, #12]
    str q0, [x0, #16]
    str q7, [x0, #32]
    ret
/* void fpu_leave(void) */
ENTRY(fpu_leave)
    msr fpsr, xzr
    fmov d0, #1.0
    fmov d1, xzr
    fdiv d0, d0, d1
    ret
/* prtos_u32_t fpu_left(void) */
ENTRY(fpu_left)
    mrs x0, fpsr
    ret

    .section .note.GNU-stack, "", @progbits
