/* SPDX-License-Identifier: Apache-2.0 */
/* Which plan is in force from when: agreed once for all CPUs as an absolute time, taken up by each
 * of them at its own decisions. */
#ifndef HV_PLANS_H
#define HV_PLANS_H

#include "hv/base.h"

struct cpu;

/* All CPUs begin plan 0 at `start`. */
void plans_init(hv_time start);

/* Major frame of a plan: the same on each CPU that has it. */
u64 plans_frame(u32 id);

/* Every CPU goes to plan `id` at the next end of the frame that leaves time to tell them. */
void plans_switch(u32 id);

/* HM's SWITCH_TO_MAINTENANCE: every CPU goes to plan 1 at its next entry, with a new frame. */
void plans_maintenance(struct cpu *self);

/* On a CPU whose plan_news is set: takes up what is in force at `now`. */
void plans_follow(struct cpu *cpu, hv_time now);

/* The plan that comes, or the one in force if no switch is agreed. */
u32 plans_next(void);

#endif
