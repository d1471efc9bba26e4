/* SPDX-License-Identifier: Apache-2.0 */
/* Into a process and out of it, at EL0. Its exceptions come to the partition's own vectors, virtual
 * interrupts to its dispatcher; either way its whole context is on the kernel's stack while
 * kernel_event() looks at it. What happens to the kernel itself goes to BAIL. */
#include <prtos.h>
#include <prtos_inc/arch/asm_offsets.h>

#define TIMER 3 /* processes.h */
#define CTXT_SP 248
#define CTXT_PC 256
#define CTXT_SIZE 272

/* x2 to x30 of the context on the stack. */
.macro general op
    .irp n, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28
    pair \op, \n, %(\n + 1)
    .endr
    .ifc \op, stp
    str x30, [sp, #240]
    .else
    ldr x30, [sp, #240]
    .endif
.endm
.altmacro
.macro pair op, a, b
    \op x\a, x\b, [sp, #8 * \a]
.endm

    .text
/* void process_enter(const context_t *context): the caller's stack is the kernel's from now on. */
    .globl process_enter
process_enter:
    mov sp, x0
.Lresume:
    ldr x0, [sp, #CTXT_SP]
    ldp x1, x2, [sp, #CTXT_PC]
    msr sp_el0, x0
    msr elr_el1, x1
    msr spsr_el1, x2
    general ldp
    ldp x0, x1, [sp], #CTXT_SIZE
    eret

.Lexception:
    sub sp, sp, #CTXT_SIZE
    stp x0, x1, [sp]
    general stp
    mrs x0, sp_el0
    mrs x1, elr_el1
    mrs x2, spsr_el1
    str x0, [sp, #CTXT_SP]
    stp x1, x2, [sp, #CTXT_PC]
    mrs x0, esr_el1
    mov x1, sp
    bl process_exception
    b .Lresume

/* The dispatcher: x0 is to spare; x0, pc and PSTATE of who was interrupted are in the control
 * table. */
    .globl process_interrupted
process_interrupted:
    ldr x0, =PRTOS_PCTRLTAB_ADDR
    ldr x0, [x0, #PCT_IRQ_SAVED_SPSR_OFF]
    tst x0, #0xf
    b.ne part_trap_entries
    sub sp, sp, #CTXT_SIZE
    str x1, [sp, #8]
    general stp
    ldr x19, =PRTOS_PCTRLTAB_ADDR
    ldp x1, x2, [x19, #PCT_IRQ_SAVED_PC_OFF]
    ldr x3, [x19, #PCT_IRQ_SAVED_X0_OFF]
    mrs x0, sp_el0
    str x0, [sp, #CTXT_SP]
    stp x1, x2, [sp, #CTXT_PC]
    str x3, [sp]
    mov w0, #TIMER
    mov x1, sp
    bl kernel_event
    ldr x0, [sp, #CTXT_SP]
    ldp x1, x2, [sp, #CTXT_PC]
    ldr x3, [sp]
    msr sp_el0, x0
    stp x1, x2, [x19, #PCT_IRQ_SAVED_PC_OFF]
    str x3, [x19, #PCT_IRQ_SAVED_X0_OFF]
    general ldp
    ldr x1, [sp, #8]
    add sp, sp, #CTXT_SIZE
    mov x0, #iret_nr
    __PRTOS_HC
    .ltorg

/* Synchronous exceptions of a process are the kernel's. */
    .balign 2048
    .globl process_vectors
process_vectors:
    .set n, 0
    .rept 16
    .balign 128
    .if n == 8
    b .Lexception
    .else
    b part_vectors + 128 * n
    .endif
    .set n, n + 1
    .endr

    /* The program of the processes begins a page. */
    .section process, "ax", @progbits
    .balign 4096

    .section .note.GNU-stack, "", @progbits
