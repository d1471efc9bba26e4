/* SPDX-License-Identifier: Apache-2.0 */
/* A vCPU as a ring-3 x86: its start, its turn on the processor, virtual interrupts pushed onto its
 * stack as the processor would push them (SDM vol. 3A, 6.12.1), and the return from them. */
#include <prtos_inc/guest.h>

#include "hv/arch.h"
#include "hv/cpu.h"
#include "hv/guestmem.h"
#include "hv/health.h"
#include "hv/partition.h"
#include "hv/sched.h"
#include "hv/trace.h"
#include "hv/vcpu.h"
#include "lib/string.h"
#include "x86.h"

#define IFLAG 0x200u
#define GATE_PRESENT 0x8000u
#define GATE_INTERRUPT 0xE00u
#define GATE_KEEPS_FLAG 0x100u /* a trap gate: the virtual interrupt flag stays */
#define GATE_TYPE 0x1F00u
#define IRET_BYTES 12u /* eip, cs, eflags */

#define FPU_CONTROL 0x037Fu /* FNINIT */
#define MXCSR_DEFAULT 0x1F80u

extern void segments_load(u32 fs, u32 gs);
extern bool guest_load2(u32 to[2], const u32 *from);
extern bool guest_load3(u32 to[3], const u32 *from);

u32 vcpu_cr0(const struct vcpu *vcpu)
{
    u32 cr0 = CR0_PG | CR0_WP | CR0_NE | CR0_ET | CR0_PE | CR0_MP;

    /* TS too: FWAIT does not look at EM, and would take what another partition left pending. */
    return vcpu->arch.extras & EXTRA_FPU ? cr0 : cr0 | CR0_EM | CR0_TS;
}

void arch_vcpu_away(struct vcpu *vcpu)
{
    vcpu->arch.root = phys_of(hv_root);
    vcpu->arch.kernel_root = 0;
    vcpu->arch.user_root = 0;
    vcpu->arch.process = 0;
}

__cold void arch_vcpu_init(struct vcpu *vcpu)
{
    struct arch_vcpu *arch = &vcpu->arch;

    arch_vcpu_away(vcpu);
    memset(&arch->frame, 0, sizeof(arch->frame));
    memset(arch->gates_used, 0, sizeof(arch->gates_used));
    arch->idt_vectors = 0;
    arch->extras = 0;
    if ((vcpu->partition->conf->flags & CONF_PARTITION_FP) && (feature_bits & CR4_OSFXSR))
        arch->extras |= EXTRA_FPU;
    if (vcpu->partition->io_map)
        arch->extras |= EXTRA_PORTS;
    arch->cr0 = vcpu_cr0(vcpu);
    arch->gdt_reg.limit = sizeof(arch->gdt) - 1;
    arch->gdt_reg.base = (u32)arch->gdt;
    gdt_init_guest(vcpu);
}

__cold void arch_vcpu_start(struct vcpu *vcpu, hv_addr entry, hv_addr root)
{
    struct frame *frame = &vcpu->arch.frame;
    struct pct_arch *pct = &vcpu->pct->arch;

    /* Here and not in arch_vcpu_init(): until now they may have been in the processor. */
    vcpu->arch.fs = vcpu->arch.gs = 0;
    if (vcpu->arch.extras & EXTRA_FPU) {
        memset(vcpu->arch.fpu, 0, sizeof(vcpu->arch.fpu));
        *(u16 *)(void *)vcpu->arch.fpu = FPU_CONTROL;
        *(u32 *)(void *)(vcpu->arch.fpu + 24) = MXCSR_DEFAULT;
    }
    frame->eip = entry;
    frame->cs = SEL_GUEST_CS;
    frame->eflags = EFLAGS_FIXED | EFLAGS_IF;
    frame->ss = frame->ds = frame->es = SEL_GUEST_DS;
    frame->ebx = ARCH_PCT_BASE;
    /* What was a directory when the reset was asked for need not be one any more. */
    vcpu->arch.root = root && root_claim(vcpu, root) ? root : (u32)vcpu->partition->root;
    write_once(vcpu->arch.kernel_root, vcpu->arch.root);
    write_once(vcpu->arch.next_root, 0);
    memset(pct, 0, sizeof(*pct));
    pct->cr0 = vcpu->arch.cr0 & ~(u32)(vcpu->arch.extras & EXTRA_FPU ? 0 : CR0_TS);
    pct->cr3 = vcpu->arch.root;
}

static void fpu_save(struct vcpu *vcpu)
{
    cr0_write(vcpu_cr0(vcpu));
    __asm__ volatile("fxsave %0" : "=m"(vcpu->arch.fpu));
}

static void fpu_load(const struct vcpu *vcpu)
{
    static const u32 zero;

    cr0_write(vcpu_cr0(vcpu));
    /* FXRSTOR leaves the last instruction's addresses alone on some processors (CVE-2006-1056). */
    __asm__ volatile("fnclex\n\temms\n\tfildl %1\n\tfxrstor %0" : : "m"(vcpu->arch.fpu), "m"(zero));
}

static __cold void extras_leave(struct cpu *cpu, struct vcpu *vcpu)
{
    if (vcpu->arch.extras & EXTRA_PORTS)
        ports_close_all(cpu);
    if (vcpu->arch.extras & EXTRA_FPU) {
        fpu_save(vcpu);
        cpu->arch.cr0 = vcpu_cr0(vcpu);
    }
}

static __cold void extras_enter(struct cpu *cpu, const struct vcpu *vcpu)
{
    if (vcpu->arch.extras & EXTRA_PORTS)
        ports_open(cpu, vcpu);
    if (vcpu->arch.extras & EXTRA_FPU) {
        fpu_load(vcpu);
        cpu->arch.cr0 = vcpu_cr0(vcpu);
    }
}

static __hot_inline void vcpu_load(struct cpu *cpu, struct vcpu *to)
{
    __asm__ volatile("lgdt %0" : : "m"(to->arch.gdt_reg));
    cpu->arch.tss.esp0 = (u32)(&to->arch.frame + 1);
    if (unlikely(to->arch.fs | to->arch.gs | cpu->arch.segments)) {
        segments_load(to->arch.fs, to->arch.gs);
        cpu->arch.segments = to->arch.fs | to->arch.gs;
    }
    if (unlikely(to->arch.extras))
        extras_enter(cpu, to);
    cr3_write(to->arch.root);
    if (unlikely(cpu->arch.cr0 != to->arch.cr0)) {
        cpu->arch.cr0 = to->arch.cr0;
        cr0_write(to->arch.cr0);
    }
}

void arch_vcpu_switch(struct cpu *cpu, struct vcpu *from, struct vcpu *to)
{
    if (from) {
        __asm__ volatile("movl %%fs, %0" : "=r"(from->arch.fs));
        __asm__ volatile("movl %%gs, %0" : "=r"(from->arch.gs));
        cpu->arch.segments = from->arch.fs | from->arch.gs;
        if (unlikely(from->arch.extras))
            extras_leave(cpu, from);
    }
    if (to)
        vcpu_load(cpu, to);
    else
        cr3_write(phys_of(hv_root));
    if (TRACE_WANTS(SCHED))
        sched_switch_told(cpu, to);
}

void arch_vcpu_result(struct vcpu *vcpu, s32 result)
{
    vcpu->arch.frame.eax = (u32)result;
}

s32 arch_vcpu_answer(const struct vcpu *vcpu)
{
    return (s32)vcpu->arch.frame.eax;
}

void arch_context(const struct vcpu *vcpu, struct health_context *context)
{
    context->pc = vcpu->arch.frame.eip;
    context->psr = vcpu->arch.frame.eflags;
    context->valid = true;
}

/* Linear address of the guest's stack pointer; false if SS is no stack. */
static __hot_inline bool stack_address(const struct vcpu *vcpu, u32 *address)
{
    u32 use, ss = vcpu->arch.frame.ss;

    *address = vcpu->arch.frame.esp;
    if (likely(ss == SEL_GUEST_DS))
        return true;
    use = selector_use(vcpu, ss);
    if (use & SEGMENT_BASED)
        *address += selector_base(vcpu, ss);
    return use & SEGMENT_STACK;
}

/* Goes through a gate of the guest (its two words): false if it cannot. */
static __hot_inline bool gate_enter(struct vcpu *vcpu, const u32 gate[2], bool has_error, u32 error)
{
    struct frame *frame = &vcpu->arch.frame;
    u32 selector = gate[0] >> 16;
    u32 handler = (gate[0] & 0xffffu) | (gate[1] & 0xffff0000u);
    u32 type = gate[1] & (GATE_PRESENT | GATE_TYPE);
    u32 iflags = read_once(vcpu->pct->iflags);
    u32 size = has_error ? 16 : 12;
    u32 stack;

    if (unlikely((type & ~GATE_KEEPS_FLAG) != (GATE_PRESENT | GATE_INTERRUPT) ||
                 handler >= ARCH_GUEST_LIMIT || !selector_code(vcpu, selector) ||
                 !stack_address(vcpu, &stack) || !guest_range(stack - size, size)))
        return false;
    if (unlikely(!arch_guest_store32(stack - 4, (frame->eflags & ~IFLAG) | (iflags & IFLAG)) ||
                 !arch_guest_store32(stack - 8, frame->cs) ||
                 !arch_guest_store32(stack - 12, frame->eip) ||
                 (has_error && !arch_guest_store32(stack - 16, error))))
        return false;
    frame->esp -= size;
    frame->cs = selector;
    frame->eip = handler;
    frame->eflags = (frame->eflags & EFLAGS_GUEST & ~(u32)(EFLAGS_TF | EFLAGS_NT | EFLAGS_RF)) |
                    EFLAGS_FIXED | EFLAGS_IF;
    if (!(type & GATE_KEEPS_FLAG))
        vcpu->pct->iflags = iflags & ~IFLAG;
    return true;
}

/* The guest's gate for a vector. */
static __hot_inline bool gate_read(const struct vcpu *vcpu, u32 vector, u32 gate[2])
{
    return vector < vcpu->arch.idt_vectors &&
           guest_load2(gate, (const u32 *)(vcpu->arch.idt_base + vector * 8));
}

/* Its address space, its stack of level 1, the process's own on top of it. The gate pushes the
 * rest. */
__cold bool arch_kernel_enter(struct vcpu *vcpu)
{
    struct arch_vcpu *arch = &vcpu->arch;
    struct frame *frame = &arch->frame;
    u32 ss = frame->ss, esp = frame->esp;
    u32 stack;

    if (!arch->process)
        return false;
    arch->idt_vectors = arch->process & ~PROCESS;
    arch->process = 0;
    arch->root = arch->kernel_root;
    cr3_write(arch->root);
    frame->ss = arch->stack_ss[1];
    frame->esp = arch->stack_sp[1];
    if (!stack_address(vcpu, &stack) || !guest_range(stack - 8, 8) ||
        !arch_guest_store32(stack - 4, ss) || !arch_guest_store32(stack - 8, esp))
        return false;
    frame->esp -= 8;
    return true;
}

bool arch_virq_inject(struct vcpu *vcpu, u32 vector)
{
    u32 gate[2];

    return gate_read(vcpu, vector, gate) && gate_enter(vcpu, gate, false, 0);
}

static __attribute__((noinline)) bool trap_enter(struct vcpu *vcpu, const u32 gate[2],
                                                 bool has_error, u32 error)
{
    return gate_enter(vcpu, gate, has_error, error);
}

bool arch_trap_inject(struct vcpu *vcpu, u32 trap, u32 error)
{
    u32 gate[2];

    while (unlikely(!gate_read(vcpu, vcpu->trap_vector[trap], gate)))
        if (!arch_kernel_enter(vcpu))
            return false;
    return trap_enter(vcpu, gate, ARCH_TRAP_HAS_ERROR(trap), error);
}

/* A software interrupt for which the guest has recorded a gate; two bytes long, as `int n` is. */
__cold bool guest_software_interrupt(struct vcpu *vcpu, u32 vector)
{
    u32 eip = vcpu->arch.frame.eip;

    if (vector < ARCH_SW_GATE_FIRST || !(vcpu->arch.gates_used[vector / 32] >> vector % 32 & 1))
        return false;
    if (vcpu->arch.process && !arch_kernel_enter(vcpu))
        return false;
    vcpu->arch.frame.eip = eip + 2;
    if (trap_enter(vcpu, (const u32 *)(const void *)&vcpu->arch.gate[vector - ARCH_SW_GATE_FIRST],
                   false, 0))
        return true;
    vcpu->arch.frame.eip = eip;
    return false;
}

/* Into a process: its stack pointer and segment lie behind what is popped. A segment that is no
 * stack is the process's own fault, by the processor. */
static bool process_enter(struct vcpu *vcpu)
{
    struct arch_vcpu *arch = &vcpu->arch;
    u32 popped[2]; /* esp, ss */
    u32 at;

    stack_address(vcpu, &at);
    at += IRET_BYTES;
    if (!arch->user_root || !guest_range(at, sizeof(popped)) ||
        !guest_load2(popped, (const u32 *)at))
        return false;
    arch->frame.esp = popped[0] - IRET_BYTES; /* as if that were still to be popped */
    arch->frame.ss = popped[1] & 0xffffu;
    arch->process = arch->idt_vectors | PROCESS;
    arch->idt_vectors = 0;
    arch->root = arch->user_root;
    cr3_write(arch->root);
    return true;
}

/* A virtual return to a code segment of the guest's own. */
static __cold bool iret_own(struct vcpu *vcpu, u32 cs)
{
    u32 use = selector_use(vcpu, cs & 0xffffu);

    return (use & SEGMENT_CODE) && (!(use & SEGMENT_PROCESS) || process_enter(vcpu));
}

void trap_iret(struct vcpu *vcpu)
{
    struct frame *frame = &vcpu->arch.frame;
    u32 popped[IRET_BYTES / 4];
    u32 stack;

    if (unlikely(vcpu->arch.process || !stack_address(vcpu, &stack) ||
                 !guest_range(stack, IRET_BYTES) || !guest_load3(popped, (const u32 *)stack) ||
                 popped[0] >= ARCH_GUEST_LIMIT ||
                 ((popped[1] & 0xffffu) != SEL_GUEST_CS && !iret_own(vcpu, popped[1])))) {
        trap_refused(vcpu);
        return;
    }
    frame->eip = popped[0];
    frame->cs = popped[1] & 0xffffu;
    frame->eflags = (popped[2] & EFLAGS_GUEST) | EFLAGS_FIXED | EFLAGS_IF;
    frame->esp += IRET_BYTES;
    vcpu->pct->iflags = (read_once(vcpu->pct->iflags) & ~IFLAG) | (popped[2] & IFLAG);
}
