/* SPDX-License-Identifier: Apache-2.0 */
/* Entry of a partition on 32-bit x86: each vCPU comes here with ebx = base of the control tables
 * and no stack. vCPU 0 clears .bss; then each has its own stack and runs partition_main(). */
#include <prtos.h>
#include <config.h>

    .section .text.init, "ax", @progbits
ENTRY(start)
    .globl _start
_start:
    movl $get_vcpuid_nr, %eax
    __PRTOS_HC
    testl %eax, %eax
    jnz 1f
    movl $_sbss, %edi
    movl $_ebss, %ecx
    subl %edi, %ecx
    shrl $2, %ecx
    cld
    rep stosl
1:  incl %eax
    imull $STACK_SIZE, %eax
    leal _stack(%eax), %esp
    xorl %ebp, %ebp
    subl $12, %esp
    pushl %ebx
    call init_libprtos
    call init_arch
    call setup_irqs
    /* esp is a multiple of 16 here, as compilers expect at a call */
    call partition_main
    call part_halt

    .section .bss
    .balign 16
    .globl _stack
_stack:
    .skip CONFIG_MAX_NO_VCPUS * STACK_SIZE

    .section .note.GNU-stack, "", @progbits
