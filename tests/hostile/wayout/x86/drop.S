/* SPDX-License-Identifier: Apache-2.0 */
/* A descriptor is taken away by a call that was made with it in cs or ss: the way out fails. */
#include <prtos.h>

#define EXIT_DEVICE 0xf4
#define CODE_RING0 0x2a /* tells this end from every other one */

    .text
/* drop(entry, desc, cs, ss, ds): the call's segments; comes back if the way out did not fail. */
ENTRY(drop)
    movl 4(%esp), %edi
    movl 8(%esp), %ecx
    movl 16(%esp), %edx
    movl 20(%esp), %esi
    pushl 12(%esp)
    pushl $1f
    lret
1:  pushl %ebx
    movl %edi, %ebx
    movl $x86_update_gdt_nr, %eax
    movl %edx, %ss
    movl %esi, %ds
    __PRTOS_HC
    movl $GUEST_DS_SEL, %edx
    movl %edx, %ds
    popl %ebx
    ret

/* Where the attacker's table would have the core go on: ends the machine if that is ring 0. */
ENTRY(ring0)
    movb $CODE_RING0, %al
    outb %al, $EXIT_DEVICE
2:  jmp 2b

    .section .note.GNU-stack, "", @progbits
