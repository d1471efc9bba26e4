/* SPDX-License-Identifier: Apache-2.0 */
/* Patterns in every register until the mark of the next slot stands in the control table. */
#include <prtos.h>

#define OWN_SEGMENT 0x1b
#define EXT_PEND (0xFBFC0000 + 88)

    .text
ENTRY(hold)
    pushal
    pushl %fs
    pushl %gs
    movl $OWN_SEGMENT, %eax
    movl %eax, %fs
    movl %eax, %gs
    movl %esp, held_esp
    movl $0xa1a2a3a4, %eax
    movl $0xb1b2b3b4, %ebx
    movl $0xc1c2c3c4, %ecx
    movl $0xd1d2d3d4, %edx
    movl $0xe1e2e3e4, %esi
    movl $0xf1f2f3f4, %edi
    movl $0x91929394, %ebp
    std
1:  testl $0x100, EXT_PEND
    jz 1b
    pushfl
    movl $0, held
.macro LOOK register, value, bit
    cmpl $\value, %\register
    je 2f
    orl $\bit, held
2:
.endm
    LOOK eax, 0xa1a2a3a4, 0x01
    LOOK ebx, 0xb1b2b3b4, 0x02
    LOOK ecx, 0xc1c2c3c4, 0x04
    LOOK edx, 0xd1d2d3d4, 0x08
    LOOK esi, 0xe1e2e3e4, 0x10
    LOOK edi, 0xf1f2f3f4, 0x20
    LOOK ebp, 0x91929394, 0x40
    popl %eax
    andl $0x257fd5, %eax
    cmpl $0x600, %eax /* IF and DF; testl has cleared the rest but parity and sign */
    je 3f
    andl $0xffffff3b, %eax
    cmpl $0x600, %eax
    je 3f
    orl $0x80, held
3:  cld
    movl %fs:0, %eax
    LOOK eax, 0x5ec2e700, 0x100
    movl %gs:0, %eax
    LOOK eax, 0x5ec2e700, 0x200
    movl %esp, %eax
    cmpl held_esp, %eax
    je 4f
    orl $0x400, held
4:  popl %gs
    popl %fs
    popal
    movl held, %eax
    ret

ENTRY(use_fpu)
    fldz
    ret

    .data
    .balign 4
held:
    .long 0
held_esp:
    .long 0
    .globl hold_secret
hold_secret:
    .long 0x5ec2e700

    .section .note.GNU-stack, "", @progbits
