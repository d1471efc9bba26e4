/* SPDX-License-Identifier: Apache-2.0 */
/* Every way into the core and the one way out to a guest. While a guest runs, SP_EL2 is its vCPU,
 * whose first thing is the frame: registers are stored before anything else needs one. Handlers run
 * on the CPU's own stack, below struct cpu. An interrupt of the core itself (idle, arch_breathe)
 * abandons that stack: nothing on it is needed any more. Exceptions mask D, A, I and F.
 * Entries are 128 bytes apart: core.lds puts functions of the assembler into the room behind each,
 * so every function is a section. */
#include <prtos_inc/hypercalls.h>

#include "aarch64.h"
#include "asm_offsets.h"
#include "hypercall_table.h"

/* All registers of the guest; x19: the vCPU, x3: ESR_EL2. */
.macro  SAVE_GUEST
        stp     x0, x1, [sp, #V_FRAME + 0]
        stp     x2, x3, [sp, #V_FRAME + 16]
        stp     x4, x5, [sp, #V_FRAME + 32]
        stp     x6, x7, [sp, #V_FRAME + 48]
        stp     x8, x9, [sp, #V_FRAME + 64]
        stp     x10, x11, [sp, #V_FRAME + 80]
        stp     x12, x13, [sp, #V_FRAME + 96]
        stp     x14, x15, [sp, #V_FRAME + 112]
        stp     x16, x17, [sp, #V_FRAME + 128]
        stp     x18, x19, [sp, #V_FRAME + 144]
        stp     x20, x21, [sp, #V_FRAME + 160]
        stp     x22, x23, [sp, #V_FRAME + 176]
        stp     x24, x25, [sp, #V_FRAME + 192]
        stp     x26, x27, [sp, #V_FRAME + 208]
        stp     x28, x29, [sp, #V_FRAME + 224]
        str     x30, [sp, #V_FRAME + 240]
        mrs     x1, elr_el2
        mrs     x2, spsr_el2
        mov     x19, sp
        stp     x1, x2, [sp, #V_PC]
        ldr     x4, [x19, #V_CPU]
        mrs     x3, esr_el2
        mov     sp, x4                  /* struct cpu lies on top of its stack */
.endm

/* w2: not 0 if the vCPU in x19 has something to do before it goes on. */
.macro  WORK_LEFT
        ldr     x1, [x19, #V_PCT]
        ldp     w4, w5, [x19, #V_PEND_EXT]
        ldr     w6, [x19, #V_WORK]
        ldr     w2, [x1, #PCT_EXT_MASK]
        ldr     w3, [x1, #PCT_HW_MASK]
        bic     w2, w4, w2
        bic     w3, w5, w3
        orr     w2, w2, w3
        orr     w2, w2, w6
.endm

/* SP_EL2: the vCPU. */
.macro  RESTORE_SHORT
        ldp     x0, x1, [sp, #V_FRAME + 0]
        ldp     x2, x3, [sp, #V_FRAME + 16]
        ldp     x4, x5, [sp, #V_FRAME + 32]
        ldp     x6, x7, [sp, #V_FRAME + 48]
        ldp     x8, x9, [sp, #V_FRAME + 64]
        ldp     x10, x11, [sp, #V_FRAME + 80]
        ldp     x12, x13, [sp, #V_FRAME + 96]
        ldp     x14, x15, [sp, #V_FRAME + 112]
        ldp     x16, x17, [sp, #V_FRAME + 128]
        ldp     x18, x19, [sp, #V_FRAME + 144]
        ldr     x30, [sp, #V_FRAME + 240]
        eret
        dsb     nsh                     /* nothing is tried behind an ERET (CVE-2020-13844) */
        isb
.endm

.macro  FUNCTION name
        .section .text.\name, "ax"
        .globl  \name
\name:
.endm

/* Entry n of the table. */
.macro  ENTRY n
        .section .vector.\n, "ax"
.endm

        /* With SP_EL0, which the core never has. The first is in boot.S. */
        ENTRY   1
        b       core_fault
        ENTRY   2
        b       core_fault
        ENTRY   3
        b       core_fault
        /* Of the core. What an interrupt finds it at is over. */
        ENTRY   4
        b       core_fault
        ENTRY   5
        mrs     x4, tpidr_el2
        mov     sp, x4
        b       interrupt
        ENTRY   6
        b       core_fault
        ENTRY   7
        b       core_fault
        /* Of a guest. */
        ENTRY   8
guest_sync:
        SAVE_GUEST
        mov     w5, #ESR_HVC0
        cmp     w3, w5
        b.eq    hypercall
        b       guest_trap
        ENTRY   9
guest_interrupt:
        SAVE_GUEST
        b       interrupt
        ENTRY   10
        b       guest_interrupt
        ENTRY   11
guest_error:
        SAVE_GUEST
        b       guest_serror
        /* Of an EL0 of 32 bits: an unexpected trap. EL1 never is (HCR_EL2.RW). */
        ENTRY   12
        b       guest_sync
        ENTRY   13
        b       guest_interrupt
        ENTRY   14
        b       guest_interrupt
        ENTRY   15
        b       guest_error

/* Number in x0, arguments in the frame. Which table: where calls are told to the trace stream, one
 * that leads to hypercall_told() everywhere. */
        FUNCTION hypercall
        cmp     x0, #HYPERCALL_COUNT
        b.hs    1f
        ldr     x6, [x4, #CPU_CALLS]
        ldr     x6, [x6, x0, lsl #3]
        mov     x0, x19
        blr     x6
        sxtw    x0, w0
        str     x0, [x19, #V_FRAME]
exit_short:
        WORK_LEFT
        cbnz    w2, exit_long
        /* The handler has kept x20 to x29. */
        mov     sp, x19
        ldp     x1, x2, [x19, #V_PC]
        msr     elr_el2, x1
        msr     spsr_el2, x2
        RESTORE_SHORT
1:      mov     x0, x19
        bl      hypercall_unknown
        sxtw    x0, w0
        str     x0, [x19, #V_FRAME]
        b       exit_short

/* x4: the CPU. The timer is most of it: counted, looked at, over (ICC_IAR1_EL1, ICC_EOIR1_EL1). */
        FUNCTION interrupt
        mrs     x1, s3_0_c12_c12_0
        dsb     sy
        ldr     w2, [x4, #CPU_TIMER]
        cmp     w1, w2
        b.ne    1f
        ldr     w2, [x4, #CPU_IRQS]
        mov     w3, #1
        strb    w3, [x4, #CPU_RESCHED]
        add     w2, w2, #1
        str     w2, [x4, #CPU_IRQS]
        msr     s3_0_c12_c12_1, x1
        mov     x0, x4
        b       sched_resume            /* an isb follows: it reads the counter */
1:      mov     x19, x4
        mov     x0, x4
        bl      trap_interrupt
        mov     x0, x19
        b       sched_resume

/* The core's own exceptions. The stack may be what is wrong: the one of this file, whose owner does
 * not come back. Several CPUs would share it; the first ends the others. */
        FUNCTION core_fault
        adrp    x0, fault_stack_top
        add     sp, x0, :lo12:fault_stack_top
        mrs     x0, esr_el2
        mrs     x1, elr_el2
        mrs     x2, far_el2
        bl      trap_core

/* s32 hc_iret(struct vcpu *vcpu): does not come back, as it has no result. */
        FUNCTION hc_iret
        mov     x19, x0
        bl      trap_iret
        ldr     x4, [x19, #V_CPU]
        mov     sp, x4
        b       exit_short

        FUNCTION guest_trap
        mov     x0, x19
        mov     x1, x3
        bl      trap_sync
        b       exit_full
guest_serror:
        mov     x0, x19
        bl      trap_serror
/* The handler may have changed any register of the frame. */
exit_full:
        WORK_LEFT
        mov     x0, x19
        cbz     w2, arch_enter
/* The handler's piece ends here: interrupts get in before the decision is made, or make it. */
exit_long:
        ldr     x0, [x19, #V_CPU]
        mov     sp, x0
        msr     daifclr, #2
        isb
        msr     daifset, #2
        b       sched_resume

/* _Noreturn void arch_enter(struct vcpu *vcpu) */
        FUNCTION arch_enter
        mov     sp, x0
        ldp     x1, x2, [sp, #V_PC]
        msr     elr_el2, x1
        msr     spsr_el2, x2
        ldp     x20, x21, [sp, #V_FRAME + 160]
        ldp     x22, x23, [sp, #V_FRAME + 176]
        ldp     x24, x25, [sp, #V_FRAME + 192]
        ldp     x26, x27, [sp, #V_FRAME + 208]
        ldp     x28, x29, [sp, #V_FRAME + 224]
        RESTORE_SHORT

/* void arch_breathe(void): an interrupt that waits is taken at the isb, and does not come back. */
        FUNCTION arch_breathe
        msr     daifclr, #2
        isb
        msr     daifset, #2
        ret

/* _Noreturn void arch_idle(struct cpu *cpu): WFI ends with a masked interrupt pending too (Arm ARM
 * D1.6.2), so none is missed between the two. */
        FUNCTION arch_idle
        mov     sp, x0
1:      dsb     sy
        wfi
        msr     daifclr, #2
        isb
        msr     daifset, #2
        b       1b

/* _Noreturn void stack_enter(struct cpu *cpu): onto its own stack. */
        FUNCTION stack_enter
        mov     sp, x0
        mov     x29, xzr
        mov     x30, xzr
        b       sched_resume

        .section .root, "aw", @nobits
        .balign 16
        .skip   2048
fault_stack_top:
