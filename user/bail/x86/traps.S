/* SPDX-License-Identifier: Apache-2.0 */
/* From a virtual interrupt or trap to its C handler and back on 32-bit x86. The frame built here
 * is trap_ctxt_t. */
#include <prtos.h>
#include <arch/irqs.h>

#define CTXT_IRQ_NR 44

/* Vectors whose frame carries an error code: 8, 10..14, 17. */
#define WITH_ERROR_CODE 0x27d00

    .text
    .balign 16
.Lentries:
    .set nr, 0
    .rept PART_IDT_LENGTH
    .balign 16
    .if (nr > 31) || !((WITH_ERROR_CODE >> (nr & 31)) & 1)
    pushl $0
    .endif
    pushl $nr
    jmp .Ldispatch
    .set nr, nr + 1
    .endr

    .balign 16
.Ldispatch:
    pushl %gs
    pushl %fs
    pushl %es
    pushl %ds
    pushl %eax
    pushl %ebp
    pushl %edi
    pushl %esi
    pushl %edx
    pushl %ecx
    pushl %ebx
    movl $GUEST_DS_SEL, %eax
    movl %eax, %ds
    movl %eax, %es
    cld
    movl CTXT_IRQ_NR(%esp), %eax
    pushl %esp
    call *part_trap_handlers_table(, %eax, 4)
    addl $4, %esp
    popl %ebx
    popl %ecx
    popl %edx
    popl %esi
    popl %edi
    popl %ebp
    popl %eax
    popl %ds
    popl %es
    popl %fs
    popl %gs
    addl $8, %esp
    __PRTOS_IRET

    .section .rodata
    .balign 4
    .globl vtrap_table
vtrap_table:
    .set nr, 0
    .rept PART_IDT_LENGTH
    .long .Lentries + 16 * nr
    .set nr, nr + 1
    .endr
    .size vtrap_table, . - vtrap_table
    .type vtrap_table, @object

    .section .note.GNU-stack, "", @progbits
