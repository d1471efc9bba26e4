/* SPDX-License-Identifier: Apache-2.0 */
/* Virtual interrupts: pending, routing, delivery, and the machine's lines behind them. */
#include <prtos_inc/hm_events.h>

#include "hv/virq.h"

#include "hv/arch.h"
#include "hv/cpu.h"
#include "hv/health.h"
#include "hv/partition.h"
#include "hv/sched.h"
#include "hv/trace.h"
#include "lib/string.h"

/* Which vCPU owns each line; vCPU 0 of the partition that the configuration names. */
static struct vcpu *line_owner[PRTOS_VT_HW_MAX];

/* Where everything goes until the guest routes it elsewhere, two vectors in a word. */
static void vectors_default(u16 *vectors, u32 first)
{
    u32 *pair = (u32 *)(void *)vectors;
    u32 value = ARCH_ROUTED * (first | (first + 1) << 16);

    for (u32 i = 0; i < 16; i++, value += ARCH_ROUTED * 0x00020002u)
        pair[i] = value;
}

__cold void virq_reset(struct vcpu *vcpu)
{
    partition_control_table_t *pct = vcpu->pct;

    write_once(vcpu->pend_ext, 0);
    vcpu->pend_hw = 0;
    vcpu->lines_held = 0;
    vcpu->routed_hw = vcpu->routed_ext = ARCH_ROUTED ? ~0u : 0;
    vectors_default(vcpu->trap_vector, 0);
    vectors_default(vcpu->hw_vector, ARCH_HW_VECTOR);
    vectors_default(vcpu->ext_vector, ARCH_EXT_VECTOR);
    memcpy(pct->trap_to_vector, vcpu->trap_vector, sizeof(pct->trap_to_vector));
    memcpy(pct->hw_irq_to_vector, vcpu->hw_vector, sizeof(pct->hw_irq_to_vector));
    memcpy(pct->ext_irq_to_vector, vcpu->ext_vector, sizeof(pct->ext_irq_to_vector));
    pct->hw_irqs_mask = ~0u;
    pct->ext_irqs_to_mask = ~0u;
    for (u32 left = vcpu->lines; left; left &= left - 1) {
        u32 line = (u32)__builtin_ctz(left);

        line_owner[line] = vcpu;
        arch_line_clear(line);
    }
}

void virq_wake(struct vcpu *vcpu)
{
    sched_request(vcpu->cpu);
}

/* An IPI only where it changes something: a new bit, not masked, of the vCPU that has the slot. */
void virq_pend_remote(struct vcpu *vcpu, u32 bits)
{
    u32 before = __atomic_fetch_or(&vcpu->pend_ext, bits, __ATOMIC_SEQ_CST);

    /* A guest that unmasks without a trap looks at its copy first. */
    atomic_or(&vcpu->pct->ext_irqs_pend, bits);
    if ((bits & ~before & ~read_ordered(vcpu->pct->ext_irqs_to_mask)) &&
        read_ordered(vcpu->cpu->slot) == vcpu)
        arch_kick(vcpu->cpu);
}

void virq_pend_hw(struct vcpu *vcpu, u32 bits)
{
    if (vcpu->state == VCPU_HALTED)
        return;
    atomic_or(&vcpu->pend_hw, bits);
    if (vcpu->wait == VCPU_WAITS_IRQ)
        virq_wake(vcpu);
}

/* Takes the lowest of some pending interrupts; its vector. */
static __hot_inline u32 virq_take(u32 *pending, u32 ready, const u16 *vectors)
{
    u32 bit = (u32)__builtin_ctz(ready);

    atomic_and(pending, ~(1u << bit));
    return vectors[bit];
}

/* The same for a line of the machine: an edge may come again from now on, a level is the device's
 * until the guest says that it has seen to it (decisions.md 13). */
static __cold u32 line_take(struct vcpu *vcpu, u32 ready)
{
    u32 vector = virq_take(&vcpu->pend_hw, ready, vcpu->hw_vector);

    vcpu->lines_held |= ready & -ready & ARCH_LEVEL_LINES;
    virq_lines_sync(vcpu, true);
    return vector;
}

static void panic_step(struct vcpu *vcpu)
{
    vcpu_end(vcpu);
    health_partition(vcpu, PRTOS_HM_EV_FATAL_ERROR, NO_TRAPS, 0);
    if (!vcpu->cont.step) /* a restart is not to be undone */
        vcpu_post(vcpu->cpu, vcpu, VCPU_MAIL_HALT);
}

/* Partition panic: the guest has no place where an interrupt could go. A piece of its own. */
static __cold void panic(struct vcpu *vcpu)
{
    vcpu_continue(vcpu, &(struct vcpu_cont){.step = panic_step});
}

static __cold void delivery_told(const struct vcpu *vcpu, u32 vector)
{
    TRACE_EVENT(vcpu->cpu, IRQ, EMULATED, vector);
}

void virq_deliver(struct vcpu *vcpu)
{
    const partition_control_table_t *pct = vcpu->pct;
    u32 pending = ARCH_DELIVERS(vcpu, read_once(vcpu->pend_ext), ext);
    u32 hw = ARCH_DELIVERS(vcpu, vcpu->pend_hw, hw) & ~read_once(pct->hw_irqs_mask);
    u32 ext = pending & ~read_once(pct->ext_irqs_to_mask);
    u32 traps = pending & PRTOS_EXT_TRAPS;

    if (unlikely(traps) || ((hw | ext) && (read_once(pct->iflags) & VIRQ_FLAG))) {
        u32 vector;

        if (unlikely(traps))
            vector = virq_take(&vcpu->pend_ext, traps, vcpu->ext_vector);
        else if (unlikely(hw))
            vector = line_take(vcpu, hw);
        else
            vector = virq_take(&vcpu->pend_ext, ext, vcpu->ext_vector);
        vcpu->n_virqs++;
        if (TRACE_WANTS(IRQ))
            delivery_told(vcpu, vector);
        if (unlikely(!arch_virq_inject(vcpu, vector)) &&
            !(arch_kernel_enter(vcpu) && arch_virq_inject(vcpu, vector)))
            panic(vcpu);
    }
    virq_publish(vcpu);
}

void virq_propagate(struct vcpu *vcpu, u32 trap, u32 error)
{
    vcpu->n_virqs++;
    if (unlikely(!arch_trap_inject(vcpu, trap, error)))
        panic(vcpu);
}

void virq_lines_sync(struct vcpu *vcpu, bool in_slot)
{
    u32 open = in_slot ? ~read_once(vcpu->pct->hw_irqs_mask) : 0;
    /* A line that fired stays closed until the guest has taken it. */
    u32 shut = vcpu->pend_hw | vcpu->lines_held;

    for (u32 left = vcpu->lines; left; left &= left - 1) {
        u32 line = (u32)__builtin_ctz(left);
        enum arch_line state = open >> line & 1 ? ARCH_LINE_OPEN : ARCH_LINE_KEPT;

        arch_line_set(vcpu->cpu, line, shut >> line & 1 ? ARCH_LINE_SHUT : state);
    }
}

void virq_line_fired(struct cpu *self, u32 line)
{
    struct vcpu *vcpu = line_owner[line];

    arch_line_set(self, line, ARCH_LINE_SHUT);
    if (vcpu && vcpu->cpu == self)
        virq_pend_hw(vcpu, 1u << line);
}
