/* SPDX-License-Identifier: Apache-2.0 */
/* A simulated CPU for tests of the scheduler: its counter moves when a test says so, its timer
 * rings on time or late. */
#ifndef SIM_H
#define SIM_H

#include "fake.h"

#define START 20000u /* first frame */
#define SLOT_START (1u << PRTOS_VT_EXT_CYCLIC_SLOT_START)
#define HW_TIMER (1u << PRTOS_VT_EXT_HW_TIMER)
#define EXEC_TIMER (1u << PRTOS_VT_EXT_EXEC_TIMER)

static struct cpu *cpu;
static hv_time now;

static inline void time_set(hv_time time)
{
    now = time;
    fake_time(now);
}

/* The guest that runs takes every interrupt. */
static inline void listen(struct vcpu *vcpu)
{
    vcpu->pct->iflags = 0x200;
    vcpu->pct->ext_irqs_to_mask = vcpu->pct->hw_irqs_mask = 0;
}

/* Leaves the core. Waiting there takes time. */
static inline enum fake_exit resume(void)
{
    enum fake_exit code;

    fake_looks = 0;
    code = fake_resume(cpu);
    now = fake_count - clock_scale.base;
    return code;
}

/* The timer interrupt. */
static inline void ring(void)
{
    u32 arms = cpu->arch.arms;

    sched_timer(cpu);
    resume();
    assert_true(cpu->arch.arms > arms); /* one shot: set again each time */
}

static inline void step_to(hv_time time)
{
    time_set(time);
    ring();
}

#endif
