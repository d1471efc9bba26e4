/* SPDX-License-Identifier: Apache-2.0 */
/* What the other CPUs run after the start-up IPI, copied to TRAMPOLINE: real mode, protected mode,
 * paging with the core's root, then a number each and a stack of its own. */
#include "x86.h"

#define LOW(x) ((x) - trampoline_begin + TRAMPOLINE)

        .section .rodata
        .globl  trampoline_begin
        .globl  trampoline_end
        .balign 16
trampoline_begin:
        .code16
        cli
        cld
        xorw    %ax, %ax
        movw    %ax, %ds
        lgdtl   LOW(1f)
        movl    $CR0_PE | CR0_ET | CR0_NE, %eax
        movl    %eax, %cr0
        ljmpl   $8, $LOW(2f)
        .balign 8
3:      .quad   0
        .quad   0x00CF9A000000FFFF
        .quad   0x00CF92000000FFFF
1:      .word   23
        .long   LOW(3b)
        .code32
2:      movl    $16, %eax
        movl    %eax, %ds
        movl    %eax, %es
        movl    %eax, %ss
        movl    %cr4, %eax
        orl     $CR4_PSE, %eax
        movl    %eax, %cr4
        movl    $hv_root - HV_BASE + HV_LOAD, %eax
        movl    %eax, %cr3
        movl    $CR0_PG | CR0_WP | CR0_NE | CR0_ET | CR0_PE, %eax
        movl    %eax, %cr0
        movl    $trampoline_high, %eax
        jmp     *%eax
trampoline_end:

        .text
trampoline_high:
        lgdt    boot_gdt_reg
        ljmp    $SEL_CS, $1f
1:      movl    $SEL_DS, %eax
        movl    %eax, %ds
        movl    %eax, %es
        movl    %eax, %ss
        xorl    %eax, %eax
        movl    %eax, %fs
        movl    %eax, %gs
        lldt    %ax
        movl    $1, %eax
        lock xaddl %eax, smp_ticket
        incl    %eax
        cmpl    smp_wanted, %eax
        jae     2f
        movl    cpus(, %eax, 4), %esp   /* struct cpu lies on top of its stack */
        xorl    %ebp, %ebp
        jmp     smp_ap_main
2:      cli
        hlt
        jmp     2b
