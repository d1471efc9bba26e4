/* SPDX-License-Identifier: Apache-2.0 */
/* Exceptions at known addresses. A trap's handler goes on at `fired`. */
#include <prtos.h>

    .text
/* void fire(code): runs code, whose stack is saved; comes back by itself or through `fired` */
ENTRY(fire)
    pushal
    movl %esp, fire_esp
    movl 36(%esp), %eax
    call *%eax
ENTRY(fired)
    movl $GUEST_DS_SEL, %eax
    movl %eax, %ds
    movl %eax, %es
    movl %eax, %ss
    movl fire_esp, %esp
    pushl $0x202
    popfl
    popal
    ret

.macro AT name
    .globl at_\name
at_\name:
.endm
ENTRY(do_divide)
    xorl %edx, %edx
    xorl %ecx, %ecx
    AT divide
    divl %ecx
ENTRY(do_step)
    pushl $0x302
    popfl
    nop
    AT step
    nop
ENTRY(do_int3)
    int3
    AT int3
    nop
ENTRY(do_into)
    movb $0x7f, %al
    addb $1, %al
    into
    AT into
    nop
ENTRY(do_bound)
    movl $9, %eax
    AT bound
    bound %eax, bounds
ENTRY(do_opcode)
    AT opcode
    ud2
ENTRY(do_fpu)
    AT fpu
    fldz
ENTRY(do_general)
    AT general
    hlt
ENTRY(do_selector)
    movl $0x108, %eax
    AT selector
    movl %eax, %ds
ENTRY(do_absent)
    movl $0x2b, %eax
    AT absent
    movl %eax, %ds
ENTRY(do_stack)
    movl $0x2b, %eax
    AT stack
    movl %eax, %ss
ENTRY(do_read)
    AT read
    movl 0x5124, %eax
ENTRY(do_write)
    AT write
    movl %eax, 0x6301000
ENTRY(do_jump)
    movl $0x5678, %eax
    jmp *%eax

    .data
    .balign 4
fire_esp:
    .long 0
bounds:
    .long 1, 2
    .globl soft
soft:
    .byte 0xcd, 0, 0xc3, 0x90 /* int n, ret */

    .section .note.GNU-stack, "", @progbits
