/* SPDX-License-Identifier: Apache-2.0 */
/* The whole of the FPU's state set from a word, and looked at. */
#include <prtos.h>

    .text
/* void fpu_set(const prtos_u32_t value[4]) */
ENTRY(fpu_set)
    movl 4(%esp), %eax
    fninit
    fldcw 12(%eax)
    fildl (%eax)
    fildl 4(%eax)
    movups (%eax), %xmm0
    movups (%eax), %xmm7
    ret
/* void fpu_get(prtos_u32_t value[12]): two integers, control word, xmm0, xmm7; keeps all */
ENTRY(fpu_get)
    movl 4(%esp), %eax
    fistl 4(%eax)
    fxch
    fistl (%eax)
    fxch
    fnstcw 8(%eax)
    movups %xmm0, 16(%eax)
    movups %xmm7, 32(%eax)
    ret
ENTRY(fpu_try)
    fldz
    fstp %st(0)
ENTRY(fpu_tried)
    ret
ENTRY(wait_try)
    fwait
    ret
/* void fpu_leave(void): an unmasked exception that no instruction has met yet */
ENTRY(fpu_leave)
    fninit
    fldcw unmasked
    fld1
    fldz
    fdivrp
    ret
/* prtos_u32_t fpu_left(void): the status word, without meeting the exception */
ENTRY(fpu_left)
    xorl %eax, %eax
    fnstsw %ax
    ret
ENTRY(sse_try)
    movaps %xmm0, %xmm1
    ret

    .section .rodata
unmasked:
    .word 0x0360

    .section .note.GNU-stack, "", @progbits
