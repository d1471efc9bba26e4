/* SPDX-License-Identifier: Apache-2.0 */
/* Entry before BAIL's: notes the registers, which needs no stack, then goes on to `start`. */
#include <prtos.h>

    .text
ENTRY(probe)
    movl %eax, probe_eax
    movl %ebx, probe_ebx
    movl %esp, probe_esp
    movl %ebp, probe_ebp
    movl %cs, %eax
    movl %eax, probe_cs
    movl %ss, %eax
    movl %eax, probe_ss
    movl %ds, %eax
    movl %eax, probe_ds
    movl %es, %eax
    movl %eax, probe_es
    movl %fs, %eax
    movl %eax, probe_fs
    movl %gs, %eax
    movl %eax, probe_gs
    movl $probe_stack, %esp
    pushfl
    popl probe_eflags
    movl probe_eax, %eax
    movl probe_esp, %esp
    jmp start

    .section .data
    .balign 4
.macro WORD name
    .globl \name
\name:
    .long 0x11111111
.endm
    WORD probe_eax
    WORD probe_ebx
    WORD probe_esp
    WORD probe_ebp
    WORD probe_cs
    WORD probe_ss
    WORD probe_ds
    WORD probe_es
    WORD probe_fs
    WORD probe_gs
    WORD probe_eflags
    .skip 16
probe_stack:

/* prtos_s32_t try_read(const prtos_u32_t *from): 0, or the trap that it met */
    .text
ENTRY(try_read)
    movl 4(%esp), %eax
    movl (%eax), %ecx
    xorl %eax, %eax
    ret
/* prtos_s32_t try_fpu(prtos_u16_t *control) */
ENTRY(try_fpu)
    movl 4(%esp), %eax
    fnstcw (%eax)
    fldz
    fstp %st(0)
    xorl %eax, %eax
ENTRY(try_trapped)
    ret
/* void fpu_image(prtos_u32_t image[128]): all of the FPU's state, 16 byte aligned; keeps it */
ENTRY(fpu_image)
    movl 4(%esp), %eax
    fxsave (%eax)
    ret
/* void spoil_registers(prtos_u32_t fp): fs and gs, and the FPU with nothing as it was at first */
ENTRY(spoil_registers)
    movl $GUEST_DS_SEL, %eax
    movl %eax, %fs
    movl %eax, %gs
    cmpl $0, 4(%esp)
    je 1f
    fldcw other_control
    ldmxcsr other_mxcsr
    .rept 5
    fldpi
    .endr
    .irp n, 0, 1, 2, 3, 4, 5, 6, 7
    movups other_xmm, %xmm\n
    .endr
1:  ret

    .section .rodata
    .balign 16
other_xmm:
    .long 0x5ec2e700, 0x5ec2e701, 0x5ec2e702, 0x5ec2e703
other_mxcsr:
    .long 0x7f80
other_control:
    .word 0x0360

    .section .note.GNU-stack, "", @progbits
