/* SPDX-License-Identifier: Apache-2.0 */
/* Virtual interrupts: the only writer of pending bits. Truth is in struct vcpu; the control table
 * has copies for the guest to read. */
#ifndef HV_VIRQ_H
#define HV_VIRQ_H

#include "hv/vcpu.h"

#define VIRQ_FLAG 0x200u /* the virtual interrupt flag in iflags */

/* The vCPU waits for an interrupt: its CPU, which is this one, decides again. */
void virq_wake(struct vcpu *vcpu);

/* The same as virq_pend_ext() for a vCPU of another CPU. */
void virq_pend_remote(struct vcpu *vcpu, u32 bits);

/* Pends external interrupts of a vCPU that is not halted; from any CPU. */
static inline void virq_pend_ext(struct cpu *self, struct vcpu *vcpu, u32 bits)
{
    if (unlikely(read_once(vcpu->state) == VCPU_HALTED))
        return;
    if (unlikely(vcpu->cpu != self)) {
        virq_pend_remote(vcpu, bits);
        return;
    }
    atomic_or(&vcpu->pend_ext, bits);
    if (unlikely(vcpu->wait == VCPU_WAITS_IRQ))
        virq_wake(vcpu);
}

/* Pends hardware interrupts; on the owner's CPU. */
void virq_pend_hw(struct vcpu *vcpu, u32 bits);

/* Whether something would be delivered if the vCPU ran now. */
static __hot_inline bool virq_deliverable(const struct vcpu *vcpu)
{
    const partition_control_table_t *pct = vcpu->pct;
    u32 pending = ARCH_DELIVERS(vcpu, read_once(vcpu->pend_ext), ext);
    u32 ready = (pending & ~read_once(pct->ext_irqs_to_mask)) |
                (ARCH_DELIVERS(vcpu, vcpu->pend_hw, hw) & ~read_once(pct->hw_irqs_mask));

    return (unlikely(ready) && (read_once(pct->iflags) & VIRQ_FLAG)) ||
           unlikely(pending & PRTOS_EXT_TRAPS);
}

/* Before the return to the guest: brings at most one interrupt to it and publishes the pending
 * words. A guest that cannot take it: partition panic. */
void virq_deliver(struct vcpu *vcpu);

/* Gives an exception of the vCPU that has the CPU back to it, ahead of all interrupts. */
void virq_propagate(struct vcpu *vcpu, u32 trap, u32 error);

/* Takes everything back and restores the default routing: a vCPU starts. */
void virq_reset(struct vcpu *vcpu);

/* Copies of the pending words into the control table. Another CPU sets its bit in both, first in
 * the word itself: what was overwritten in the copy is seen there. */
static inline void virq_publish(struct vcpu *vcpu)
{
    partition_control_table_t *pct = vcpu->pct;
    u32 pending = read_once(vcpu->pend_ext);

    pct->hw_irqs_pend = vcpu->pend_hw;
    __atomic_store_n(&pct->ext_irqs_pend, pending, __ATOMIC_SEQ_CST);
    if (unlikely(read_ordered(vcpu->pend_ext) != pending))
        atomic_or(&pct->ext_irqs_pend, read_once(vcpu->pend_ext));
}

/* Brings the interrupt controller's masks in line with what the vCPU has unmasked, if it is in
 * its slot, or closes its lines. */
void virq_lines_sync(struct vcpu *vcpu, bool in_slot);

/* A line of the machine fired on this CPU. */
void virq_line_fired(struct cpu *self, u32 line);

#endif
