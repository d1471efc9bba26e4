/* SPDX-License-Identifier: Apache-2.0 */
/* rtos_time_t port_clock_read(const struct prtos_clock *page, prtos_u32_t base): ns by a clock
 * page, from the base at that place in it, without a trap. The product has 96 bits; the shift is
 * 32 or less. */
#include <prtos.h>
#include <prtos_inc/arch/asm_offsets.h>

    .text
    .globl port_clock_read
port_clock_read:
    pushl %ebx
    pushl %esi
    pushl %edi
    pushl %ebp
    movl 20(%esp), %ebx
    movl 24(%esp), %ebp
1:  movl PCT_CLOCK_SEQUENCE_OFF(%ebx), %edi
    rdtsc
    subl PCT_CLOCK_COUNT_OFF(%ebx), %eax
    sbbl PCT_CLOCK_COUNT_OFF + 4(%ebx), %edx
    movl %edx, %ecx
    mull PCT_CLOCK_MULT_OFF(%ebx)
    movl %eax, %esi
    movl %ecx, %eax
    movl %edx, %ecx
    mull PCT_CLOCK_MULT_OFF(%ebx)
    addl %ecx, %eax
    adcl $0, %edx
    movl PCT_CLOCK_SHIFT_OFF(%ebx), %ecx
    /* edx:eax:esi; 32 is a shift by a whole word, which shrd cannot do */
    cmpl $32, %ecx
    je 2f
    shrdl %cl, %eax, %esi
    shrdl %cl, %edx, %eax
    movl %eax, %edx
    movl %esi, %eax
2:  addl (%ebx, %ebp), %eax
    adcl 4(%ebx, %ebp), %edx
    testl $1, %edi
    jnz 1b
    cmpl PCT_CLOCK_SEQUENCE_OFF(%ebx), %edi
    jne 1b
    popl %ebp
    popl %edi
    popl %esi
    popl %ebx
    ret

    .section .note.GNU-stack, "", @progbits
