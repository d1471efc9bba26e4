/* SPDX-License-Identifier: Apache-2.0 */
/* Switches of threads on AArch64: what a call must keep, on the thread's own stack. No trap. */
#include <prtos.h>

#define KEPT 96

/* x19..x28, fp and lr. */
.macro kept op
    \op x19, x20, [sp, #16]
    \op x21, x22, [sp, #32]
    \op x23, x24, [sp, #48]
    \op x25, x26, [sp, #64]
    \op x27, x28, [sp, #80]
.endm

    .text
/* void port_switch(void **from, void *to) */
    .globl port_switch
port_switch:
    stp x29, x30, [sp, #-KEPT]!
    kept stp
    mov x2, sp
    str x2, [x0]
    mov sp, x1
.Lrestore:
    kept ldp
    ldp x29, x30, [sp], #KEPT
    ret

/* void port_switch_from_idle(void *to) */
    .globl port_switch_from_idle
port_switch_from_idle:
    mov sp, x0
    b .Lrestore

/* void port_switch_to_idle(void **from, void *stack): from may be null */
    .globl port_switch_to_idle
port_switch_to_idle:
    cbz x0, 1f
    stp x29, x30, [sp, #-KEPT]!
    kept stp
    mov x2, sp
    str x2, [x0]
1:  mov sp, x1
    mov x29, xzr
    mov x30, xzr
    b port_idle

/* int aarch64_on_stack(ctxt, work, was, void *stack, function): function(ctxt, work, was) there */
    .globl aarch64_on_stack
aarch64_on_stack:
    stp x29, x30, [sp, #-16]!
    mov x29, sp
    mov sp, x3
    blr x4
    mov sp, x29
    ldp x29, x30, [sp], #16
    ret

/* Here a program arrives by ELR_EL1 where an interrupt's end could not switch, with all its
 * registers: an interrupt comes to do that now. Then it goes on at aarch64_put_off. */
    .globl aarch64_again
    .globl aarch64_again_held
    .globl aarch64_again_live
    .globl aarch64_again_end
aarch64_again:
    sub sp, sp, #48
    stp x0, x1, [sp]
    str x2, [sp, #16]
    adrp x0, aarch64_put_off
    add x0, x0, :lo12:aarch64_put_off
#ifdef RTOS_VCPUS
    mrs x1, tpidr_el1 /* libprtos has the vCPU's number there */
    and x1, x1, #0xff
    add x0, x0, x1, lsl #4
#endif
    ldp x1, x2, [x0]
    stp x1, x2, [sp, #32]
    msr daifclr, #1
aarch64_again_held: /* it is on the stack: others may come */
    mov x0, #set_irqpend_nr
    mov x1, #0
    mov x2, #1 << PRTOS_VT_EXT_HW_TIMER
    __PRTOS_HC
    ldp x0, x1, [sp, #32]
    msr daifset, #1
    msr elr_el1, x0
aarch64_again_live:
    msr spsr_el1, x1
    ldp x0, x1, [sp]
    ldr x2, [sp, #16]
    add sp, sp, #48
    eret
aarch64_again_end:

    .section .note.GNU-stack, "", @progbits
