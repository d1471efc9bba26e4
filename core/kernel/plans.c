/* SPDX-License-Identifier: Apache-2.0 */
/* The plan in force and the one that was asked for, with the time from which each of them counts.
 * Under a lock, for a few instructions, and only while a change of plan is under way. */
#include "hv/plans.h"

#include "conf/access.h"
#include "hv/arch.h"
#include "hv/clock.h"
#include "hv/cpu.h"
#include "hv/lock.h"
#include "hv/sched.h"
#include "hv/system.h"
#include "hv/trace.h"
#include "lib/div64.h"

#define MAINTENANCE 1u

/* From the request to the switch at least: what a CPU may be ahead (ARCH_LEAD) or in the middle
 * of, an IPI included. */
#define AHEAD 20000u

struct change {
    u32 id;
    hv_time at;
};

static struct lock lock;
static struct change force; /* taken up by each CPU as soon as it looks */
static struct change next;  /* at HV_NEVER: none */

void plans_init(hv_time start)
{
    force = (struct change){0, start};
    next.at = HV_NEVER;
    for (u32 i = 0; i < cpu_count; i++)
        sched_init(cpus[i], start);
}

/* A CPU that has the plan, or null. */
static const struct conf_cpu *holder(u32 id)
{
    const struct conf_cpu *row = conf_cpus(system_conf);

    for (u32 i = 0; i < cpu_count; i++)
        if (id < row[i].n_plans)
            return &row[i];
    return NULL;
}

u64 plans_frame(u32 id)
{
    return conf_plans(system_conf)[holder(id)->first_plan + id].frame;
}

/* What nobody can stop any more, because a CPU may be on its way into it, is in force. */
static void settle(hv_time time)
{
    if (next.at <= time) {
        force = next;
        next.at = HV_NEVER;
    }
}

static void tell(void)
{
    for (u32 i = 0; i < cpu_count; i++)
        store_release(&cpus[i]->plan_news, 1);
}

void plans_switch(u32 id)
{
    hv_time time;
    u64 frame;

    lock_take(&lock);
    time = clock_now() + AHEAD; /* not before it waited for the lock */
    settle(time);
    frame = plans_frame(force.id);
    next = (struct change){id, force.at + (div64(time - force.at, frame) + 1) * frame};
    if (id == force.id)
        next.at = HV_NEVER;
    tell();
    lock_release(&lock);
}

void plans_maintenance(struct cpu *self)
{
    bool change;

    lock_take(&lock);
    settle(clock_now());
    change = force.id != MAINTENANCE && holder(MAINTENANCE);
    if (change)
        force = (struct change){MAINTENANCE, clock_now()};
    next.at = HV_NEVER;
    tell();
    lock_release(&lock);
    if (change)
        TRACE_EVENT(self, SCHED, PLAN_SWITCH_REQ, MAINTENANCE);
    sched_request(self);
    for (u32 i = 0; change && i < cpu_count; i++)
        if (cpus[i] != self)
            arch_kick(cpus[i]);
}

void plans_follow(struct cpu *cpu, hv_time now)
{
    struct change change;

    lock_take(&lock);
    settle(now);
    change = force;
    if (next.at == HV_NEVER)
        store_release(&cpu->plan_news, 0);
    lock_release(&lock);
    if (change.at != cpu->plan_since)
        sched_plan(cpu, change.id, change.at);
}

u32 plans_next(void)
{
    u32 id;

    lock_take(&lock);
    id = next.at == HV_NEVER ? force.id : next.id;
    lock_release(&lock);
    return id;
}
