/* SPDX-License-Identifier: Apache-2.0 */
/* One hypercall with every register given and every register looked at. */
#include <prtos.h>

#define EFLAGS 28
#define DS 32
#define ES 36
#define FS 40
#define GS 44
#define ESP_MOVED 48

    .text
ENTRY(raw_call)
    pushal
    pushl %ds
    pushl %es
    pushl %fs
    pushl %gs
    movl 52(%esp), %esi
    movl FS(%esi), %eax
    movl %eax, %fs
    movl GS(%esi), %eax
    movl %eax, %gs
    movl ES(%esi), %eax
    movl %eax, %es
    pushl EFLAGS(%esi)
    pushl DS(%esi)
    movl %esp, raw_esp
    movl 0(%esi), %eax
    movl 4(%esi), %ebx
    movl 8(%esi), %ecx
    movl 12(%esi), %edx
    movl 20(%esi), %edi
    movl 24(%esi), %ebp
    movl 16(%esi), %esi
    popl %ds
    popfl
    __PRTOS_HC
    pushfl
    pushl %ds
    pushl %es
    pushl %fs
    pushl %gs
    pushal
    movl $GUEST_DS_SEL, %eax
    movl %eax, %ds
    movl %eax, %es
    pushl $0x202
    popfl
    /* edi esi ebp esp ebx edx ecx eax gs fs es ds eflags */
    movl 108(%esp), %edi
    leal 52(%esp), %eax
    subl raw_esp, %eax
    subl $8, %eax
    movl %eax, ESP_MOVED(%edi)
    movl 28(%esp), %eax
    movl %eax, 0(%edi)
    movl 16(%esp), %eax
    movl %eax, 4(%edi)
    movl 24(%esp), %eax
    movl %eax, 8(%edi)
    movl 20(%esp), %eax
    movl %eax, 12(%edi)
    movl 4(%esp), %eax
    movl %eax, 16(%edi)
    movl 0(%esp), %eax
    movl %eax, 20(%edi)
    movl 8(%esp), %eax
    movl %eax, 24(%edi)
    movl 48(%esp), %eax
    movl %eax, EFLAGS(%edi)
    movl 44(%esp), %eax
    movl %eax, DS(%edi)
    movl 40(%esp), %eax
    movl %eax, ES(%edi)
    movl 36(%esp), %eax
    movl %eax, FS(%edi)
    movl 32(%esp), %eax
    movl %eax, GS(%edi)
    addl $52, %esp
    popl %gs
    popl %fs
    popl %es
    popl %ds
    popal
    ret
    .size raw_call, . - raw_call
    .type raw_call, @function

    .data
    .balign 4
raw_esp:
    .long 0

    .section .note.GNU-stack, "", @progbits
