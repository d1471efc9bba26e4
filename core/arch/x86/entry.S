/* SPDX-License-Identifier: Apache-2.0 */
/* Every way into the core and the one way out to a guest. From a guest the processor pushes
 * straight into the vCPU's frame (TSS.ESP0 points behind it); the handler runs on the CPU's own
 * stack. An interrupt of the core itself (idle, arch_breathe) abandons that stack: nothing on it
 * is needed any more. Gates clear IF, TF and NT; DF and AC are cleared here. */
#include "asm_offsets.h"
#include "hypercall_table.h"
#include "x86.h"

        .text

/* Three bytes that features.c turns into `clac` or `stac` where the CPU has SMAP. */
.macro  SMAP_SITE section
        .pushsection \section, "a"
        .long   9f
        .popsection
9:      .byte   0x0f, 0x1f, 0x00        /* nopl (%eax) */
.endm
#define CLAC SMAP_SITE .clac_sites
#define STAC SMAP_SITE .stac_sites

/* Registers of the guest below what was pushed, then the core's segments; %ebx: the vCPU. */
.macro  SAVE_GUEST
        pushal
        pushl   %ds
        pushl   %es
        cld
        CLAC
        movl    $SEL_DS, %edx
        movl    %edx, %ds
        movl    %edx, %es
        leal    -V_FRAME(%esp), %ebx
        movl    V_CPU(%ebx), %esp       /* struct cpu lies on top of its stack */
.endm


/* Hypercall: number in %eax, arguments in the frame. */
        .balign 16
        .globl  entry_hypercall
entry_hypercall:
        subl    $8, %esp
        SAVE_GUEST
        cmpl    $0, V_PROCESS(%ebx)
        jne     call_refused
        cmpl    $HYPERCALL_COUNT, %eax
        jae     1f
        movl    hypercall_table(, %eax, 4), %ecx
        movl    %ebx, %eax
        call    *%ecx
2:      movl    %eax, V_EAX(%ebx)
exit_short:
        movl    V_PCT(%ebx), %ecx
        movl    PCT_EXT_MASK(%ecx), %edx
        movl    PCT_HW_MASK(%ecx), %eax
        notl    %edx
        notl    %eax
        andl    V_PEND_EXT(%ebx), %edx
        andl    V_PEND_HW(%ebx), %eax
        orl     V_WORK(%ebx), %edx
        orl     %eax, %edx
        jnz     exit_long
restore:
        leal    V_FRAME(%ebx), %esp
        /* Segments that the guest's table no longer allows are loaded as null (core_trap). */
restore_es:
        popl    %es
restore_ds:
        popl    %ds
        popal
        addl    $8, %esp
restore_iret:
        iretl
1:      movl    $-2, %eax               /* PRTOS_UNKNOWN_HYPERCALL */
        jmp     2b

/* The handler's piece ends here: interrupts get in before the decision is made, or make it. */
exit_long:
        movl    V_CPU(%ebx), %eax
        movl    %eax, %esp
exit_breathe:
        sti
        nop
        cli
        jmp     sched_resume

/* _Noreturn void arch_enter(struct vcpu *vcpu) */
        .balign 16
        .globl  arch_enter
arch_enter:
        leal    V_FRAME(%eax), %esp
        jmp     restore_es

/* Virtual interrupt return. */
.macro  VIRTUAL_IRET name, handler
        .globl  \name
\name:
        subl    $8, %esp
        SAVE_GUEST
        movl    %ebx, %eax
        call    \handler
        jmp     exit_short
.endm
        .balign 16
        VIRTUAL_IRET entry_iret, trap_iret

/* Both of them where calls are told to the trace stream (tables.c). */
        .globl  entry_hypercall_told
entry_hypercall_told:
        subl    $8, %esp
        SAVE_GUEST
        cmpl    $0, V_PROCESS(%ebx)
        jne     call_refused
        movl    %eax, %edx
        movl    %ebx, %eax
        call    trace_call
        jmp     2b
        VIRTUAL_IRET entry_iret_told, trap_iret_told

/* A guest's own processes have no hypercalls. */
call_refused:
        movl    %ebx, %eax
        call    trap_refused
        jmp     exit_short

/* Exceptions. Stack: vector, error code, eip, cs, eflags [, esp, ss]. */
        .balign 16
        .globl  exception
exception:
        testb   $3, 12(%esp)
        jz      core_trap
exception_guest:
        SAVE_GUEST
        movl    %ebx, %eax
        call    trap_exception
        jmp     exit_short

/* Interrupts. Stack: vector - 128, eip, cs, eflags [, esp, ss]. */
        .balign 16
        .globl  interrupt
interrupt:
        testb   $3, 8(%esp)
        jz      1f
        pushl   $0
        SAVE_GUEST
        movl    V_FRAME + 44(%ebx), %edx /* frame.error */
        movl    %esp, %eax
        subl    $-128, %edx
        call    trap_interrupt
        movl    V_CPU(%ebx), %eax
        jmp     sched_resume
1:      popl    %edx
        movl    %esp, %eax
        andl    $~0xfff, %eax
        addl    $0x1000, %eax
        movl    %eax, %esp
        movl    %eax, %ebx
        subl    $-128, %edx
        call    trap_interrupt
        movl    %ebx, %eax
        jmp     sched_resume

/* The timer: sched_timer(), end of interrupt, and on to the decision. */
.macro  TIMER_RANG
        movl    $0, LAPIC_EOI_AT
        movl    %esp, %eax
        movb    $1, CPU_RESCHED(%eax)
        incl    CPU_IRQS(%eax)
        jmp     sched_resume
.endm
        .balign 16
        .globl  entry_timer
entry_timer:
        testb   $3, 4(%esp)
        jz      1f
        subl    $8, %esp
        SAVE_GUEST
        TIMER_RANG
1:      andl    $~0xfff, %esp
        addl    $0x1000, %esp
        TIMER_RANG

/* An exception of the core: of a guest copy, of a load of a guest's segment, or a fault of ours. */
core_trap:
        pushl   %eax
        movl    12(%esp), %eax          /* eip */
        cmpl    $guest_access_begin, %eax
        jb      1f
        cmpl    $guest_access_end, %eax
        jae     1f
        cmpl    $guest_copy_end, %eax
        movl    $guest_access_failed, 12(%esp)
        jae     9f
        movl    $guest_copy_failed, 12(%esp)
        cmpl    $guest_copy_pushed, %eax
        jne     9f
        movl    $guest_copy_failed_pushed, 12(%esp)
        jmp     9f
1:
        cmpl    $restore_es, %eax
        je      2f
        cmpl    $restore_ds, %eax
        je      2f
        cmpl    $restore_iret, %eax
        je      3f
        cmpl    $load_fs, %eax
        je      4f
        cmpl    $load_gs, %eax
        je      4f
        /* Places in C that have an answer for it: pairs of address and where to go on. Read by SS,
         * which is always the core's here: DS may be the guest's. */
        pushl   %edx
        movl    $fixup_begin, %edx
5:      cmpl    %eax, %ss:(%edx)
        je      6f
        addl    $8, %edx
        cmpl    $fixup_end, %edx
        jb      5b
        movl    $SEL_DS, %eax
        movl    %eax, %ds
        movl    %eax, %es
        popl    %edx
        movl    (%esp), %ebp
        movl    4(%esp), %eax
        movl    8(%esp), %edx
        movl    12(%esp), %ecx
        movl    $boot_stack_top, %esp   /* this may be in a vCPU; it does not come back */
        call    trap_core
6:      movl    %ss:4(%edx), %eax
        popl    %edx
        movl    %eax, 12(%esp)
        jmp     9f
2:      movl    $0, 24(%esp)            /* what was to be popped */
        jmp     9f
4:      movl    $0, (%esp)              /* load_fs, load_gs take it from %eax */
9:      popl    %eax
        addl    $8, %esp
        iretl
/* The guest's CS, SS or EIP is not valid any more: its own exception. All of its registers are
 * back in the processor; vector and error code go where the frame has them. If the answer leaves it
 * where it is, this comes again and again: interrupts must get in between. */
3:      movl    8(%esp), %eax
        movl    %eax, 20(%esp)
        movl    4(%esp), %eax
        movl    %eax, 16(%esp)
        popl    %eax
        addl    $12, %esp
        SAVE_GUEST
        movl    %ebx, %eax
        call    trap_exception
        jmp     exit_long

/* void segments_load(u32 fs, u32 gs): null where the guest's table does not allow them. */
        .globl  segments_load
segments_load:
load_fs:
        movl    %eax, %fs
        movl    %edx, %eax
load_gs:
        movl    %eax, %gs
        ret

/* Guest memory. An exception between guest_access_begin and guest_access_end makes the function
 * that is running answer false.
 * bool arch_guest_copy(void *to, const void *from, u32 size): whole words first. */
        .balign 16
guest_access_begin:
        .globl  arch_guest_copy
arch_guest_copy:
        xchgl   %esi, %edx              /* %edx, %eax keep the caller's registers */
        xchgl   %edi, %eax
        STAC
        testl   $3, %ecx
        jnz     1f
        shrl    $2, %ecx
        rep movsl
2:      movl    %edx, %esi
        movl    %eax, %edi
        CLAC
        movl    $1, %eax
        ret
1:      pushl   %ecx
        shrl    $2, %ecx
guest_copy_pushed:
        rep movsl
        popl    %ecx
        andl    $3, %ecx
        rep movsb
        jmp     2b
guest_copy_end:
/* bool guest_load3(u32 to[3], const u32 *from) */
        .globl  guest_load3
guest_load3:
        STAC
        movl    (%edx), %ecx
        movl    %ecx, (%eax)
        movl    4(%edx), %ecx
        movl    %ecx, 4(%eax)
        movl    8(%edx), %ecx
        CLAC
        movl    %ecx, 8(%eax)
        movl    $1, %eax
        ret
/* bool guest_load2(u32 to[2], const u32 *from) */
        .globl  guest_load2
guest_load2:
        STAC
        movl    (%edx), %ecx
        movl    %ecx, (%eax)
        movl    4(%edx), %ecx
        CLAC
        movl    %ecx, 4(%eax)
        movl    $1, %eax
        ret
/* bool arch_guest_touch(void *to, u32 size): writes nothing new to the first and the last byte. */
        .globl  arch_guest_touch
arch_guest_touch:
        STAC
        lock orb $0, (%eax)
        lock orb $0, -1(%eax, %edx)
        CLAC
        movl    $1, %eax
        ret
guest_access_end:
guest_copy_failed_pushed:
        popl    %ecx
guest_copy_failed:
        movl    %edx, %esi
        movl    %eax, %edi
guest_access_failed:
        CLAC
        xorl    %eax, %eax
        ret

/* void arch_breathe(void): interrupts are taken behind the nop, and do not come back. */
        .balign 16
        .globl  arch_breathe
arch_breathe:
        sti
        nop
        cli
        ret

/* _Noreturn void arch_idle(struct cpu *cpu) */
        .balign 16
        .globl  arch_idle
arch_idle:
        movl    %eax, %esp
1:      sti
        hlt
        jmp     1b

/* _Noreturn void stack_enter(struct cpu *cpu): onto its own stack. */
        .globl  stack_enter
stack_enter:
        movl    %eax, %esp
        xorl    %ebp, %ebp
        jmp     sched_resume

/* Emergency tasks: NMI, double fault, machine check. They do not come back. */
.macro  EMERGENCY name, which
        .globl  \name
\name:
        movl    $\which, %edx
        call    trap_emergency
.endm
        EMERGENCY task_nmi, 0
        EMERGENCY task_double_fault, 1
        EMERGENCY task_machine_check, 2
