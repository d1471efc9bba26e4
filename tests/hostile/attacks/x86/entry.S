/* SPDX-License-Identifier: Apache-2.0 */
/* The attempts' ways out of and back into C: with stacks and segments that no C could live with. */
#include <prtos.h>

#define SURVIVED 0x04000000
#define WRONG 0x08000000
#define LINE_BIT 0x08000000

    .text
.macro LEAVE
    pushl %ebx
    pushl %esi
    pushl %edi
    pushl %ebp
    movl %esp, saved_esp
.endm

/* Flat segments, the stack of before; the result in %eax. */
    .balign 16
.Lback:
    movl $GUEST_DS_SEL, %ecx
    movl %ecx, %ds
    movl %ecx, %es
    movl %ecx, %ss
    movl saved_esp, %esp
    cld
    popl %ebp
    popl %edi
    popl %esi
    popl %ebx
    ret
.Lnothing:
    movl $WRONG, %eax
    jmp .Lback

/* A virtual interrupt arrives here. */
ENTRY(arrived)
    movl %esp, %edx
    movl $GUEST_DS_SEL, %ecx
    movl %ecx, %ds
    movl %edx, arrived_esp
    movl $SURVIVED, %eax
    jmp .Lback

/* A virtual return arrives here. */
ENTRY(returned)
    movl saved_esp, %esp
    pushfl
    popl returned_flags
    movl $SURVIVED, %eax
    jmp .Lback

ENTRY(raise_on)
    movl 4(%esp), %eax
    movl 8(%esp), %edx
    LEAVE
    movl %eax, %ss
    movl %edx, %esp
    movl $set_irqpend_nr, %eax
    xorl %ebx, %ebx
    movl $LINE_BIT, %ecx
    __PRTOS_HC
    .globl raised
raised:
    jmp .Lnothing

/* A handler that is interrupted by its own interrupt. */
ENTRY(nest)
    movl $set_irqpend_nr, %eax
    xorl %ebx, %ebx
    movl $LINE_BIT, %ecx
    __PRTOS_HC
    jmp nest

ENTRY(int60_on)
    movl 4(%esp), %eax
    movl 8(%esp), %edx
    LEAVE
    movl %eax, %ss
    movl %edx, %esp
    int $0x60
    .globl done60
done60:
    jmp .Lnothing

ENTRY(iret_on)
    movl 4(%esp), %edx
    LEAVE
    movl %edx, %esp
    __PRTOS_IRET
    jmp .Lnothing

/* run_in(cs, ss, nr, b, c): a call with own code and stack segments, both flat. */
ENTRY(run_in)
    LEAVE
    movl 20(%esp), %eax
    movl %eax, 1f + 5
    movl 24(%esp), %edx
    movl 28(%esp), %eax
    movl 32(%esp), %ebx
    movl 36(%esp), %ecx
    movl %edx, %ss
    jmp 1f
1:  .byte 0xea          /* ljmp: offset, selector */
    .long 2f
    .word 0
    .byte 0x90, 0x90, 0x90
2:  __PRTOS_HC
    jmp .Lnothing

/* drop_ds(nr, b): ds and es are the own segment that the call takes away; they come back null. */
ENTRY(drop_ds)
    LEAVE
    movl 20(%esp), %eax
    movl 24(%esp), %ecx
    movl $5, %ebx
    movl $0x2b, %edx
    movl %edx, %ds
    movl %edx, %es
    __PRTOS_HC
    movl %ds, %eax
    movl %es, %edx
    orl %edx, %eax
    movl $GUEST_DS_SEL, %edx
    movl %edx, %ds
    jnz .Lnothing
    movl $SURVIVED, %eax
    jmp .Lback

/* drop_fs_gs(nr, b): both are null after the next slot began. */
ENTRY(drop_fs_gs)
    LEAVE
    movl 20(%esp), %eax
    movl 24(%esp), %ecx
    movl $5, %ebx
    movl $0x2b, %edx
    movl %edx, %fs
    movl %edx, %gs
    __PRTOS_HC
    movl $idle_self_nr, %eax
    __PRTOS_HC
    movl %fs, %eax
    movl %gs, %edx
    orl %edx, %eax
    jnz .Lnothing
    movl $SURVIVED, %eax
    jmp .Lback

    .data
    .balign 4
saved_esp:
    .long 0
    .globl arrived_esp
arrived_esp:
    .long 0
    .globl returned_flags
returned_flags:
    .long 0

    .section .note.GNU-stack, "", @progbits
