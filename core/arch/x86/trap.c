/* SPDX-License-Identifier: Apache-2.0 */
/* What the entry code brings: exceptions of guests become health events, interrupts go to those
 * who wait for them, and an exception of the core is the end. */
#include <prtos_inc/guest.h>
#include <prtos_inc/hm_events.h>

#include "hv/arch.h"
#include "hv/console.h"
#include "hv/cpu.h"
#include "hv/health.h"
#include "hv/sched.h"
#include "hv/system.h"
#include "hv/trace.h"
#include "hv/vcpu.h"
#include "hv/virq.h"
#include "x86.h"

#define TRAP_NMI 2u
#define TRAP_DOUBLE_FAULT 8u
#define TRAP_GENERAL_PROTECTION 13u
#define TRAP_PAGE_FAULT 14u
#define TRAP_RESERVED 15u
#define TRAP_MACHINE_CHECK 18u
#define TRAP_LAST 19u
#define ERROR_EXTERNAL 1u
#define ERROR_IDT 2u

static u32 event_of(u32 trap, u32 address)
{
    if (trap > TRAP_LAST || trap == TRAP_RESERVED)
        return PRTOS_HM_EV_UNEXPECTED_TRAP;
    if (trap == TRAP_PAGE_FAULT && address >= ARCH_GUEST_LIMIT)
        return PRTOS_HM_EV_MEM_PROTECTION;
    return PRTOS_HM_MAX_GENERIC_EVENTS + trap;
}

void trap_exception(struct vcpu *vcpu)
{
    const struct frame *frame = &vcpu->arch.frame;
    u32 trap = frame->vector;
    u32 address = 0;

    if (trap == TRAP_PAGE_FAULT) {
        address = cr2_read();
        vcpu->pct->arch.cr2 = address;
        if (vcpu->arch.process)
            address = 0; /* wherever it was, it is the guest kernel's to judge */
    }
    if (trap == TRAP_GENERAL_PROTECTION && (frame->error & ERROR_IDT) &&
        !(frame->error & ERROR_EXTERNAL) && guest_software_interrupt(vcpu, frame->error >> 3))
        return;
    health_partition(vcpu, event_of(trap, address), trap, frame->error);
}

void trap_refused(struct vcpu *vcpu)
{
    struct frame *frame = &vcpu->arch.frame;

    frame->vector = TRAP_GENERAL_PROTECTION;
    frame->error = 0;
    frame->eip -= 2;
    trap_exception(vcpu);
}

void trap_interrupt(struct cpu *cpu, u32 vector)
{
    cpu->n_irqs++;
    TRACE_EVENT(cpu, IRQ, RAISED, vector);
    if (vector == VECTOR_KICK) {
        /* Who waits for the flush goes on while this CPU is here, still without a guest. */
        __atomic_store_n(&cpu->arch.flushes, cpu->arch.flushes + 1, __ATOMIC_RELEASE);
        cr3_write(cr3_read());
    }
    if (vector == VECTOR_KICK || vector == VECTOR_TIMER) {
        apic_eoi();
        cpu->resched = true;
        return;
    }
    if (vector == VECTOR_STOP)
        smp_stop();
    if (vector == VECTOR_RESTART)
        arch_restart(cpu);
    if (vector >= VECTOR_KEPT && vector < VECTOR_LINE + PRTOS_VT_HW_MAX) {
        if (vector >= VECTOR_LINE)
            virq_line_fired(cpu, vector - VECTOR_LINE);
        else if (apic_line_kept(vector - VECTOR_KEPT))
            virq_line_fired(cpu, vector - VECTOR_KEPT);
        apic_eoi();
        return;
    }
    apic_eoi();
    health_hypervisor(cpu, PRTOS_HM_EV_UNEXPECTED_TRAP, NULL);
}

/* The one call of the assembly path. */
void trap_iret_told(struct vcpu *vcpu)
{
    TRACE_EVENT(vcpu->cpu, HCALLS, ASM, vcpu->arch.frame.eip);
    trap_iret(vcpu);
}

__cold void trap_core(u32 vector, u32 error, u32 eip)
{
    struct health_context context = {.pc = eip, .psr = cr2_read(), .valid = true};

    console_print("Exception %u in the core at 0x%08x (error 0x%x, address 0x%08x).\n", vector, eip,
                  error, (u32)context.psr);
    if (system_conf)
        health_hypervisor(cpu_here(), event_of(vector, 0), &context);
    system_panic("The core cannot go on.");
}

__cold void trap_emergency(struct cpu *cpu, u32 which)
{
    static const struct {
        u8 trap;
        const char *name;
    } kinds[] = {{TRAP_NMI, "Non-maskable interrupt"},
                 {TRAP_DOUBLE_FAULT, "Double fault"},
                 {TRAP_MACHINE_CHECK, "Machine check"}};
    const struct tss *tss = &cpu->arch.tss;
    struct health_context context = {.pc = tss->eip, .psr = tss->eflags, .valid = true};

    console_print("%s on CPU %u at 0x%08x, stack 0x%08x.\n", kinds[which].name, cpu->id, tss->eip,
                  tss->esp);
    console_flush();
    health_hypervisor(cpu, PRTOS_HM_MAX_GENERIC_EVENTS + kinds[which].trap, &context);
    system_panic("The core cannot go on.");
}
