/* SPDX-License-Identifier: Apache-2.0 */
/* Hypercalls about time, waiting and the caller's virtual interrupts. Arguments come from the
 * generated decoder; each handler checks the rest, then commits. */
#include <prtos_inc/hypercalls.h>

#include "hv/arch.h"
#include "hv/clock.h"
#include "hv/cpu.h"
#include "hv/partition.h"
#include "hv/sched.h"
#include "hv/trace.h"
#include "hv/virq.h"
#include "hv/vtimer.h"
#include "hypercall_table.h"

s32 hc_get_time(struct vcpu *vcpu, u32 clock, u64 *time)
{
    hv_time now = clock_now();

    if (clock > PRTOS_EXEC_CLOCK)
        return PRTOS_INVALID_PARAM;
    if (clock == PRTOS_EXEC_CLOCK)
        now = sched_exec_time(vcpu, now);
    *time = (u64)clock_us(now);
    return PRTOS_OK;
}

s32 hc_set_timer(struct vcpu *vcpu, u32 clock, s64 abs, s64 interval)
{
    struct vtimer *timer;

    if (abs < 0 || interval < 0 || clock > PRTOS_EXEC_CLOCK)
        return PRTOS_INVALID_PARAM;
    timer = clock == PRTOS_HW_CLOCK ? &vcpu->hw_timer : &vcpu->exec_timer;
    vtimer_set(vcpu, timer, clock_ns(abs), clock_ns(interval));
    sched_request(vcpu->cpu); /* the hardware may have to ring sooner */
    return PRTOS_OK;
}

s32 hc_idle_self(struct vcpu *vcpu)
{
    TRACE_EVENT(vcpu->cpu, SCHED, PART_IDLE, 0);
    vcpu->wait = VCPU_WAITS_SLOT;
    sched_request(vcpu->cpu);
    return PRTOS_OK;
}

s32 hc_wait_irq(struct vcpu *vcpu)
{
    if (!virq_deliverable(vcpu)) {
        vcpu->wait = VCPU_WAITS_IRQ;
        sched_request(vcpu->cpu);
    }
    return PRTOS_OK;
}

s32 hc_clear_irqmask(struct vcpu *vcpu, u32 hw, u32 ext)
{
    partition_control_table_t *pct = vcpu->pct;

    atomic_and(&pct->hw_irqs_mask, ~hw);
    atomic_and(&pct->ext_irqs_to_mask, ~ext);
    if (hw & vcpu->lines) {
        vcpu->lines_held &= ~hw;
        virq_lines_sync(vcpu, true);
    }
    return PRTOS_OK;
}

s32 hc_set_irqmask(struct vcpu *vcpu, u32 hw, u32 ext)
{
    partition_control_table_t *pct = vcpu->pct;

    atomic_or(&pct->hw_irqs_mask, hw);
    atomic_or(&pct->ext_irqs_to_mask, ext);
    if (hw & vcpu->lines)
        virq_lines_sync(vcpu, true);
    return PRTOS_OK;
}

s32 hc_set_irqpend(struct vcpu *vcpu, u32 hw, u32 ext)
{
    atomic_or(&vcpu->pend_ext, ext);
    if (ext & PRTOS_EXT_TRAPS)
        sched_request(vcpu->cpu); /* no mask holds it back */
    if (hw & vcpu->lines) {
        atomic_or(&vcpu->pend_hw, hw & vcpu->lines);
        virq_lines_sync(vcpu, true);
    }
    virq_publish(vcpu);
    return PRTOS_OK;
}

s32 hc_clear_irqpend(struct vcpu *vcpu, u32 hw, u32 ext)
{
    u32 lines = hw & vcpu->lines;

    atomic_and(&vcpu->pend_ext, ~ext);
    if (lines) {
        atomic_and(&vcpu->pend_hw, ~lines);
        vcpu->lines_held &= ~lines;
        for (u32 left = lines; left; left &= left - 1)
            arch_line_clear((u32)__builtin_ctz(left));
        virq_lines_sync(vcpu, true);
    }
    virq_publish(vcpu);
    return PRTOS_OK;
}

static u32 routed(u32 all, u32 irq, u32 vector)
{
    return (all & ~(1u << irq)) | (u32)((u16)vector != 0) << irq;
}

s32 hc_route_irq(struct vcpu *vcpu, u32 type, u32 irq, u32 vector)
{
    if (irq >= 32)
        return PRTOS_INVALID_PARAM;
    switch (type) {
    case PRTOS_TRAP_TYPE:
        vcpu->pct->trap_to_vector[irq] = vcpu->trap_vector[irq] = (u16)vector;
        return PRTOS_OK;
    case PRTOS_HWIRQ_TYPE:
        vcpu->pct->hw_irq_to_vector[irq] = vcpu->hw_vector[irq] = (u16)vector;
        vcpu->routed_hw = routed(vcpu->routed_hw, irq, vector);
        return PRTOS_OK;
    case PRTOS_EXTIRQ_TYPE:
        vcpu->pct->ext_irq_to_vector[irq] = vcpu->ext_vector[irq] = (u16)vector;
        vcpu->routed_ext = routed(vcpu->routed_ext, irq, vector);
        return PRTOS_OK;
    default:
        return PRTOS_INVALID_PARAM;
    }
}

s32 hc_get_vcpuid(struct vcpu *vcpu)
{
    return (s32)vcpu->number;
}
