/* SPDX-License-Identifier: Apache-2.0 */
/* Not linked: the build reads the numbers out of its assembly and gives them to vectors.S. */
#include "aarch64.h"
#include "hv/cpu.h"
#include "hv/vcpu.h"

#define OFFSET(name, value) __asm__ volatile(".ascii \"->" #name " %0\"" : : "i"(value))

void offsets(void);

void offsets(void)
{
    OFFSET(CPU_STACK_BYTES, CPU_STACK_TOP - CONF_PAGE); /* a guard page lies below */
    OFFSET(CPU_CALLS, offsetof(struct cpu, arch.calls));
    OFFSET(CPU_TIMER, offsetof(struct cpu, arch.timer));
    OFFSET(CPU_RESCHED, offsetof(struct cpu, resched));
    OFFSET(CPU_IRQS, offsetof(struct cpu, n_irqs));
    OFFSET(V_FRAME, offsetof(struct vcpu, arch.frame));
    OFFSET(V_PC, offsetof(struct vcpu, arch.frame.pc));
    OFFSET(V_NEAR, offsetof(struct vcpu, arch.near));
    OFFSET(V_CPU, offsetof(struct vcpu, cpu));
    OFFSET(V_PCT, offsetof(struct vcpu, pct));
    OFFSET(V_PEND_EXT, offsetof(struct vcpu, pend_ext));
    OFFSET(V_PEND_HW, offsetof(struct vcpu, pend_hw));
    OFFSET(V_WORK, offsetof(struct vcpu, work));
    OFFSET(PCT_EXT_MASK, offsetof(partition_control_table_t, ext_irqs_to_mask));
    OFFSET(PCT_HW_MASK, offsetof(partition_control_table_t, hw_irqs_mask));
}
