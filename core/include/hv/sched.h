/* SPDX-License-Identifier: Apache-2.0 */
/* Does what the plan says: gives the CPU to the vCPU of the running span, keeps the timer set to
 * the next thing that must happen, and is the only way out of the core. */
#ifndef HV_SCHED_H
#define HV_SCHED_H

#include "hv/cpu.h"

/* Starts plan 0 of a CPU with its first frame at `start`, which may lie ahead. */
void sched_init(struct cpu *cpu, hv_time start);

/* Leaves the core: runs what is to run now, or idles. */
_Noreturn void sched_resume(struct cpu *cpu);

/* The timer interrupt; an architecture's entry code may do the same. */
static inline void sched_timer(struct cpu *cpu)
{
    cpu->resched = true;
}

/* Something changed about what may run: decide again before the next return to a guest. */
void sched_request(struct cpu *cpu);

/* Takes a vCPU out of the hardware, if it is there: its state is about to be written anew. */
void sched_detach(struct vcpu *vcpu);

/* Tells that `next` gets the CPU; from arch_vcpu_switch(), where the audit has this module on. */
void sched_switch_told(struct cpu *cpu, const struct vcpu *next) __attribute__((cold, noinline));

/* There is mail for a vCPU of another CPU: an IPI if it is in its slot, or nobody is. */
void sched_post(struct vcpu *vcpu);

/* Takes up a plan whose first frame begins at `start`. A CPU that has no such plan idles. */
void sched_plan(struct cpu *cpu, u32 id, hv_time start);

/* Execution time of a vCPU up to now. */
hv_time sched_exec_time(const struct vcpu *vcpu, hv_time now);

#endif
