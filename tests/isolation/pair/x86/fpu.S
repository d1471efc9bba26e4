/* SPDX-License-Identifier: Apache-2.0 */
/* The state of the floating-point unit. */
#include <prtos.h>

    .text
/* prtos_u32_t fpu_look(prtos_u32_t salt) */
ENTRY(fpu_look)
    subl $108, %esp
    fnsave (%esp)
    movl $0, %eax
    movl $0, %ecx
1:  roll $5, %eax
    xorl (%esp,%ecx,4), %eax
    incl %ecx
    cmpl $27, %ecx
    jne 1b
    movups %xmm0, (%esp)
    movups %xmm7, 16(%esp)
    movl $0, %ecx
2:  roll $5, %eax
    xorl (%esp,%ecx,4), %eax
    incl %ecx
    cmpl $8, %ecx
    jne 2b
    addl $108, %esp
    fninit
    fildl 4(%esp)
    fld1
    pushl 4(%esp)
    pushl 8(%esp)
    pushl 12(%esp)
    pushl 16(%esp)
    movups (%esp), %xmm0
    movups (%esp), %xmm7
    addl $16, %esp
    ret

    .section .note.GNU-stack, "", @progbits
