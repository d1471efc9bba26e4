/* SPDX-License-Identifier: Apache-2.0 */
/* From a virtual interrupt to its C handler and back on AArch64, and from an exception of the
 * partition to the health monitor, which may give it back as such an interrupt. The frame's first
 * part is trap_ctxt_t; of the rest the interrupted program's floating point, as a handler in C may
 * use it, and ELR_EL1 and SPSR_EL1, as it may be an exception's entry that was interrupted.
 * Floating point is off (CPACR_EL1) until the vCPU's first use of it, which ends up here: a program
 * that never does has nothing to be kept.
 * A handler may end its interrupt itself (iret), go elsewhere and come back later with the virtual
 * interrupt flag off: irq_vector is 0 then, and the return is one of the processor. */
#include <prtos.h>
#include <arch/irqs.h>
#include <prtos_inc/arch/asm_offsets.h>

#define CTXT_FP 152
#define CTXT_IRQ_NR 168
#define CTXT_IP 176
#define FRAME_ELR 192
#define FRAME_X19 208
#define FRAME_FPSR 224
#define FRAME_Q 240
#define FRAME_LAST 720 /* 32 bytes that are free once floating point is back */
#define FRAME_SIZE 752

#define EC_FLOATING 0x07
#define CPACR_FPEN (3 << 20)
#define CPACR_FPEN_BIT 20

/* x2..x18, fp and lr; x0 and x1 are where they are needed meanwhile. */
.macro general op
    \op x2, x3, [sp, #16]
    \op x4, x5, [sp, #32]
    \op x6, x7, [sp, #48]
    \op x8, x9, [sp, #64]
    \op x10, x11, [sp, #80]
    \op x12, x13, [sp, #96]
    \op x14, x15, [sp, #112]
    \op x16, x17, [sp, #128]
    \op x29, x30, [sp, #CTXT_FP]
.endm

.macro floating op
    \op q0, q1, [sp, #FRAME_Q + 0]
    \op q2, q3, [sp, #FRAME_Q + 32]
    \op q4, q5, [sp, #FRAME_Q + 64]
    \op q6, q7, [sp, #FRAME_Q + 96]
    \op q8, q9, [sp, #FRAME_Q + 128]
    \op q10, q11, [sp, #FRAME_Q + 160]
    \op q12, q13, [sp, #FRAME_Q + 192]
    \op q14, q15, [sp, #FRAME_Q + 224]
    \op q16, q17, [sp, #FRAME_Q + 256]
    \op q18, q19, [sp, #FRAME_Q + 288]
    \op q20, q21, [sp, #FRAME_Q + 320]
    \op q22, q23, [sp, #FRAME_Q + 352]
    \op q24, q25, [sp, #FRAME_Q + 384]
    \op q26, q27, [sp, #FRAME_Q + 416]
    \op q28, q29, [sp, #FRAME_Q + 448]
    \op q30, q31, [sp, #FRAME_Q + 480]
.endm

    .text

/* Each vCPU has its entry, which knows its control table: x0 is the only register to spare. */
    .balign 32
    .globl part_trap_entries
part_trap_entries:
    .set vcpu, 0
    .rept CONFIG_MAX_NO_VCPUS
    .balign 32
    sub sp, sp, #FRAME_SIZE
    stp x1, x2, [sp, #8]
    adrp x0, lib_prtos_params + 8 * vcpu
    ldr x0, [x0, #:lo12:lib_prtos_params + 8 * vcpu]
    b .Ldispatch
    .set vcpu, vcpu + 1
    .endr

.Ldispatch:
    general stp
    str x18, [sp, #144]
    stp x19, x20, [sp, #FRAME_X19]
    mov x19, x0
    ldp x1, x2, [x19, #PCT_IRQ_SAVED_PC_OFF]
    ldr x3, [x19, #PCT_IRQ_SAVED_X0_OFF]
    stp x1, x2, [sp, #CTXT_IP]
    str x3, [sp]
    mrs x3, elr_el1
    mrs x4, spsr_el1
    stp x3, x4, [sp, #FRAME_ELR]
    mrs x20, cpacr_el1
    tbz x20, #CPACR_FPEN_BIT, 3f
    mrs x3, fpsr
    mrs x4, fpcr
    stp x3, x4, [sp, #FRAME_FPSR]
    floating stp
3:

    /* An exception that comes back has a context already: the one below this frame. */
    mov x0, sp
    ldr w3, [x19, #PCT_IRQ_VECTOR_OFF]
    cmp w3, #TRAPTAB_LENGTH
    b.lo 1f
    adr x4, .Lraised
    cmp x1, x4
    b.ne 1f
    add x0, sp, #FRAME_SIZE
1:  and x3, x3, #(TRAPTAB_LENGTH - 1)
    str x3, [x0, #CTXT_IRQ_NR]
    adrp x4, part_trap_handlers_table
    add x4, x4, :lo12:part_trap_handlers_table
    ldr x4, [x4, x3, lsl #3]
    blr x4

    tbz x20, #CPACR_FPEN_BIT, 4f
    floating ldp
    ldp x3, x4, [sp, #FRAME_FPSR]
    msr fpsr, x3
    msr fpcr, x4
4:  ldp x3, x4, [sp, #FRAME_ELR]
    msr elr_el1, x3
    msr spsr_el1, x4
    ldr w5, [x19, #PCT_IRQ_VECTOR_OFF]
    ldp x1, x2, [sp, #CTXT_IP]
    cbz w5, .Lended
    ldr x3, [sp]
    stp x1, x2, [x19, #PCT_IRQ_SAVED_PC_OFF]
    str x3, [x19, #PCT_IRQ_SAVED_X0_OFF]
    general ldp
    ldp x1, x2, [sp, #8]
    ldr x18, [sp, #144]
    ldp x19, x20, [sp, #FRAME_X19]
    add sp, sp, #FRAME_SIZE
    mov x0, #iret_nr
    __PRTOS_HC

/* The health monitor is told of an exception. If it propagates the trap, the handler runs before
 * the call returns and finds and changes the exception's context. */
.Lraise:
    __PRTOS_HC
.Lraised:
    ldp x2, x3, [sp, #CTXT_IP]
    msr elr_el1, x2
    .globl part_elr_live
part_elr_live:
    msr spsr_el1, x3
    general ldp
    ldr x18, [sp, #144]
    ldp x0, x1, [sp]
    add sp, sp, #FRAME_SIZE
    eret

/* The flag goes on when the frame is gone, but for four registers, with which what waits is
 * delivered. */
.Lended:
    msr elr_el1, x1
    msr spsr_el1, x2
    add x3, sp, #FRAME_LAST
    ldp x1, x2, [sp]
    stp x1, x2, [x3]
    ldp x1, x2, [sp, #16]
    stp x1, x2, [x3, #16]
    mov x0, x19
    general ldp
    ldr x18, [sp, #144]
    ldp x19, x20, [sp, #FRAME_X19]
    add sp, sp, #FRAME_LAST
    msr daifset, #1 /* for those who ask whether ELR_EL1 is needed: FIQ never comes */
    mov w1, #PRTOS_IFLAGS_IF
    str w1, [x0, #PCT_IFLAGS_OFF]
    ldp w1, w2, [x0, #PCT_HW_IRQS_PEND_OFF]
    bic w1, w1, w2
    ldp w2, w3, [x0, #PCT_EXT_IRQS_PEND_OFF]
    bic w2, w2, w3
    orr w1, w1, w2
    cbz w1, 6f
    mov x0, #clear_irqmask_nr
    mov x1, #0
    mov x2, #0
    __PRTOS_HC
6:  ldp x2, x3, [sp, #16]
    ldp x0, x1, [sp], #FRAME_SIZE - FRAME_LAST
    eret

/* Exceptions, x1 = trap: the context is saved. */
.Lexception:
    general stp
    str x18, [sp, #144]
    mrs x2, elr_el1
    mrs x3, spsr_el1
    str x1, [sp, #CTXT_IRQ_NR]
    stp x2, x3, [sp, #CTXT_IP]
    mov x0, #raise_partition_trap_nr
    b .Lraise

/* By the exception class of ESR_EL1. */
.Lsynchronous:
    mrs x1, esr_el1
    lsr x1, x1, #26
    cmp x1, #EC_FLOATING
    b.ne 5f
    mrs x0, cpacr_el1
    tbnz x0, #CPACR_FPEN_BIT, 5f
    orr x0, x0, #CPACR_FPEN
    msr cpacr_el1, x0
    isb
    ldp x0, x1, [sp]
    add sp, sp, #FRAME_SIZE
    eret
5:  adr x0, .Lclasses
    ldrb w1, [x0, x1]
    b .Lexception

    .balign 2048
    .globl part_vectors
part_vectors:
    .rept 4
    .balign 128
    sub sp, sp, #FRAME_SIZE
    stp x0, x1, [sp]
    b .Lsynchronous
    .irp trap, AARCH64_IRQ_TRAP, AARCH64_FIQ_TRAP, AARCH64_SERROR
    .balign 128
    sub sp, sp, #FRAME_SIZE
    stp x0, x1, [sp]
    mov x1, #\trap
    b .Lexception
    .endr
    .endr
    .globl part_elr_dead
part_elr_dead:

.macro class first, last, trap
    .rept \last - \first + 1
    .byte \trap
    .endr
.endm

.Lclasses:
    class 0x00, 0x14, AARCH64_UNDEFINED_INSTR
    class 0x15, 0x15, AARCH64_SVC_TRAP
    class 0x16, 0x1f, AARCH64_UNDEFINED_INSTR
    class 0x20, 0x22, AARCH64_PREFETCH_ABORT /* 0x22: PC not aligned */
    class 0x23, 0x23, AARCH64_UNDEFINED_INSTR
    class 0x24, 0x26, AARCH64_DATA_ABORT /* 0x26: SP not aligned */
    class 0x27, 0x2e, AARCH64_UNDEFINED_INSTR
    class 0x2f, 0x2f, AARCH64_SERROR
    class 0x30, 0x3f, AARCH64_UNDEFINED_INSTR

    .section .note.GNU-stack, "", @progbits
