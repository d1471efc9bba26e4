/* SPDX-License-Identifier: Apache-2.0 */
/* Switches of threads on 32-bit x86: what a call must keep, on the thread's own stack. No trap. */
#include <prtos.h>

    .text
/* void port_switch(void **from, void *to) */
    .globl port_switch
port_switch:
    movl 4(%esp), %eax
    movl 8(%esp), %edx
    pushl %ebp
    pushl %ebx
    pushl %esi
    pushl %edi
    movl %esp, (%eax)
    movl %edx, %esp
.Lrestore:
    popl %edi
    popl %esi
    popl %ebx
    popl %ebp
    ret

/* void port_switch_from_idle(void *to) */
    .globl port_switch_from_idle
port_switch_from_idle:
    movl 4(%esp), %esp
    jmp .Lrestore

/* void port_switch_to_idle(void **from, void *stack): from may be null */
    .globl port_switch_to_idle
port_switch_to_idle:
    movl 4(%esp), %eax
    movl 8(%esp), %edx
    testl %eax, %eax
    jz 1f
    pushl %ebp
    pushl %ebx
    pushl %esi
    pushl %edi
    movl %esp, (%eax)
1:  movl %edx, %esp
    xorl %ebp, %ebp
    call port_idle

/* void x86_on_stack(void (*function)(trap_ctxt_t *), trap_ctxt_t *ctxt, void *stack) */
    .globl x86_on_stack
x86_on_stack:
    movl 4(%esp), %eax
    movl 8(%esp), %edx
    movl 12(%esp), %ecx
    pushl %ebp
    movl %esp, %ebp
    movl %ecx, %esp
    pushl %edx
    call *%eax
    movl %ebp, %esp
    popl %ebp
    ret

    .section .note.GNU-stack, "", @progbits
