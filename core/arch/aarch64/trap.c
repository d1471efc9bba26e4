/* SPDX-License-Identifier: Apache-2.0 */
/* What the entry code brings: what a guest may not do becomes a health event, or is done for it;
 * interrupts go to those who wait for them; an exception of the core is the end. */
#include <prtos_inc/guest.h>
#include <prtos_inc/hm_events.h>
#include <prtos_inc/hypercalls.h>

#include "aarch64.h"
#include "conf/layout.h"
#include "hv/arch.h"
#include "hv/console.h"
#include "hv/cpu.h"
#include "hv/health.h"
#include "hv/system.h"
#include "hv/trace.h"
#include "hv/vcpu.h"
#include "hv/virq.h"
#include "hypercall_table.h"

#define ISS_ADDRESS 0xfffu /* of FAR_EL2: what HPFAR_EL2 does not have */

static u32 event_of(u32 trap)
{
    u32 event = PRTOS_HM_MAX_GENERIC_EVENTS + trap;

    return event < PRTOS_HM_MAX_EVENTS ? event : PRTOS_HM_EV_UNEXPECTED_TRAP;
}

void trap_raise(struct vcpu *vcpu, u32 trap)
{
    health_partition(vcpu, event_of(trap), trap, 0);
}

/* Outside its areas, or against their rights. */
static void stage2_fault(struct vcpu *vcpu, u32 trap)
{
    vcpu->arch.fault =
        (sysreg_read(hpfar_el2) & 0xffffffffff0ul) << 8 | (sysreg_read(far_el2) & ISS_ADDRESS);
    trap_raise(vcpu, trap);
}

void trap_sync(struct vcpu *vcpu, u64 esr)
{
    struct frame *frame = &vcpu->arch.frame;

    switch (esr >> 26 & 0x3f) {
    case EC_WFX:
        frame->pc += esr & ESR_IL ? 4 : 2;
        if (!vgic_pending(vcpu))
            hc_wait_irq(vcpu);
        break;
    case EC_FP:
        vcpu_fpu_on(vcpu);
        break;
    case EC_SMC64:
        frame->pc += 4;
        psci_guest(vcpu);
        break;
    case EC_SYSREG:
        if (vgic_access(vcpu, (u32)esr & 0x1ffffffu))
            break;
        if (sysreg_access(vcpu, (u32)esr & 0x1ffffffu))
            frame->pc += 4;
        else
            trap_raise(vcpu, AARCH64_UNDEFINED_INSTR);
        break;
    case EC_FETCH_LOWER:
        stage2_fault(vcpu, AARCH64_INSTR_PAGE_FAULT);
        break;
    case EC_DATA_LOWER:
        stage2_fault(vcpu, AARCH64_LOAD_PAGE_FAULT);
        break;
    default:
        trap_raise(vcpu, AARCH64_UNDEFINED_INSTR);
        break;
    }
}

void trap_serror(struct vcpu *vcpu)
{
    trap_raise(vcpu, AARCH64_SERROR);
}

void trap_interrupt(struct cpu *cpu, u32 intid)
{
    if (unlikely(intid >= GIC_NONE))
        return;
    cpu->n_irqs++;
    TRACE_EVENT(cpu, IRQ, RAISED, intid);
    if (intid == GIC_TIMER) {
        gic_end(intid);
        cpu->resched = true;
        return;
    }
    if (intid == GIC_KICK || intid == GIC_MAINTENANCE) {
        vgic_look(cpu);
        gic_end(intid);
        cpu->resched = true;
        return;
    }
    if (intid == GIC_STOP) {
        gic_end(intid);
        smp_stop();
    }
    if (intid == GIC_RESTART) {
        gic_end(intid);
        arch_restart(cpu);
    }
    if (intid == GIC_VTIMER) {
        vgic_timer(cpu);
        gic_end(intid);
        return;
    }
    if (intid >= GIC_LINE && intid < GIC_LINE + PRTOS_VT_HW_MAX) {
        virq_line_fired(cpu, intid - GIC_LINE);
        gic_end(intid);
        return;
    }
    gic_end(intid);
    health_hypervisor(cpu, PRTOS_HM_EV_UNEXPECTED_TRAP, NULL);
}

void trap_core(u64 esr, u64 pc, u64 address)
{
    struct health_context context = {.pc = pc, .psr = address, .valid = true};

    console_print("Exception in the core at 0x%llx (ESR 0x%llx, address 0x%llx).\n", pc, esr,
                  address);
    if (system_conf && cpu_here())
        health_hypervisor(cpu_here(), PRTOS_HM_EV_FATAL_ERROR, &context);
    system_panic("The core cannot go on.");
}
