/* SPDX-License-Identifier: Apache-2.0 */
/* Cyclic scheduling of one CPU. Runs to completion on every entry; what a guest started and what
 * takes long goes on piece by piece from sched_resume(), with interrupts let in between. */
#include "hv/sched.h"

#include <prtos_inc/objects/status.h>

#include "conf/access.h"
#include "hv/arch.h"
#include "hv/clock.h"
#include "hv/console.h"
#include "hv/partition.h"
#include "hv/plan.h"
#include "hv/system.h"
#include "hv/virq.h"
#include "hv/vtimer.h"

#define DRAIN_PERIOD 500000u /* ns between looks at a busy console while the CPU idles */

struct cpu *cpus[CONF_MAX_CPUS];
u32 cpu_count;

static const struct conf_span *plan_spans(const struct conf_plan *plan)
{
    return conf_spans(system_conf) + plan->first_span;
}

/* Takes up a plan whose first frame begins at `start`: as if the frame before were just ending. */
static __cold void plan_begin(struct cpu *cpu, u32 id, hv_time start)
{
    cpu->plan = conf_plans(system_conf) + conf_cpus(system_conf)[cpu->id].first_plan + id;
    cpu->plan_id = id;
    cpu->plan_since = start;
    cpu->span = plan_spans(cpu->plan) + cpu->plan->n_spans - 1;
    cpu->frame_start = start - cpu->plan->frame;
    cpu->span_end = start;
    cpu->frames = ~0u;
    cpu->resched = true;
}

void sched_init(struct cpu *cpu, hv_time start)
{
    cpu->previous_plan = -1;
    plan_begin(cpu, 0, start);
}

void sched_request(struct cpu *cpu)
{
    if (!cpu)
        return;
    cpu->resched = true;
    if (cpu->current)
        cpu->current->work |= VCPU_WORK_SCHED;
}

void sched_timer(struct cpu *cpu)
{
    cpu->armed = 0;
    cpu->resched = true;
}

hv_time sched_exec_time(const struct vcpu *vcpu, hv_time now)
{
    if (vcpu->cpu && vcpu->cpu->current == vcpu)
        return vcpu->exec + (now - vcpu->dispatched);
    return vcpu->exec;
}

/* The next span, or where the plan is by now if more than one has passed. */
static void span_advance(struct cpu *cpu, hv_time now)
{
    const struct conf_span *first = plan_spans(cpu->plan);
    const struct conf_span *span = cpu->span + 1;
    u32 vcpu;

    if (span == first + cpu->plan->n_spans) {
        span = first;
        cpu->frame_start += cpu->plan->frame;
        cpu->frames++;
    }
    if (unlikely(now >= cpu->frame_start + span->end)) {
        struct plan_place place = plan_locate(cpu->plan, first, cpu->frame_start, now);

        cpu->frame_start = place.frame_start;
        cpu->frames += place.frames;
        span = first + place.span;
    }
    cpu->span = span;
    cpu->span_end = cpu->frame_start + span->end;
    vcpu = span->vcpu;
    cpu->slot = vcpu == CONF_NONE ? NULL : vcpu_of(vcpu);
}

/* A slot of this vCPU begins. */
static void slot_begin(struct cpu *cpu, struct vcpu *vcpu)
{
    partition_control_table_t *pct = vcpu->pct;

    vcpu->wait = VCPU_RUNS;
    if (vcpu->state == VCPU_HALTED)
        return;
    if (vcpu->state == VCPU_READY)
        vcpu->opmode = PRTOS_OPMODE_NORMAL;
    pct->cyclic_sched_info.num_of_slots = cpu->span->slot_index;
    pct->cyclic_sched_info.id = cpu->span->slot_id;
    pct->cyclic_sched_info.slot_duration = cpu->span->slot_us;
    atomic_or(&vcpu->pend_ext, 1u << PRTOS_VT_EXT_CYCLIC_SLOT_START);
    if (vcpu->partition->conf->hw_lines)
        virq_lines_sync(vcpu, true);
}

/* The guest's way to the time without a trap: one base for both clocks, the same scale. */
static void clock_publish(struct vcpu *vcpu, u64 count)
{
    struct prtos_clock *clock = vcpu->clock;
    u32 sequence = vcpu->clock_sequence;

    write_once(clock->sequence, sequence + 1);
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    clock->base_count = count;
    clock->base_ns = vcpu->dispatched;
    clock->exec_ns = vcpu->exec;
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    write_once(clock->sequence, sequence + 2);
    vcpu->clock_sequence = sequence + 2;
}

/* Gives the CPU to `next`, or to nobody. */
static void cpu_switch(struct cpu *cpu, struct vcpu *next, u64 count, hv_time now)
{
    struct vcpu *current = cpu->current;

    if (current)
        current->exec += now - current->dispatched;
    arch_vcpu_switch(cpu, current, next);
    cpu->current = next;
    if (next) {
        next->dispatched = now;
        clock_publish(next, count);
    }
}

void sched_detach(struct vcpu *vcpu)
{
    if (vcpu->cpu && vcpu->cpu->current == vcpu) {
        u64 count = arch_count();

        cpu_switch(vcpu->cpu, NULL, count, clock_at(count));
    }
}

/* When the timer must ring next. */
static void timer_arm(struct cpu *cpu, hv_time now)
{
    const struct vcpu *vcpu = cpu->slot;
    hv_time deadline = cpu->span_end;

    if (vcpu && vcpu->state != VCPU_HALTED) {
        if (vcpu->hw_timer.expiry < deadline)
            deadline = vcpu->hw_timer.expiry;
        if (unlikely(vcpu->exec_timer.expiry != HV_NEVER) && cpu->current == vcpu) {
            hv_time expiry = vcpu->dispatched + (vcpu->exec_timer.expiry - vcpu->exec);

            if (expiry < deadline && expiry >= vcpu->dispatched)
                deadline = expiry;
        }
    }
    if (unlikely(console_pending) && !cpu->current && now + DRAIN_PERIOD < deadline)
        deadline = now + DRAIN_PERIOD;
    if (deadline != cpu->armed) {
        cpu->armed = deadline;
        arch_timer_arm(cpu, deadline);
    }
}

static __cold void maintenance_begin(struct cpu *cpu)
{
    cpu->maintenance = 0;
    if (cpu->slot && cpu->slot->partition->conf->hw_lines)
        virq_lines_sync(cpu->slot, false);
    cpu->previous_plan = (s32)cpu->plan_id;
    plan_begin(cpu, 1, cpu->maintenance_at);
}

/* Looks at the time and at what was posted; leaves the right vCPU in the hardware. */
static void sched_decide(struct cpu *cpu)
{
    u64 count = arch_count();
    hv_time now = clock_at(count);
    struct vcpu *slot;

    cpu->resched = false;
    cpu->looked_at = now;
    cpu->looked_count = (u32)count;
    if (unlikely(load_acquire(&cpu->maintenance)))
        maintenance_begin(cpu);
    if (now >= cpu->span_end) {
        slot = cpu->slot;
        if (slot && slot->partition->conf->hw_lines)
            virq_lines_sync(slot, false);
        span_advance(cpu, now);
        if (cpu->slot)
            slot_begin(cpu, cpu->slot);
        if (unlikely(console_pending))
            console_drain();
    }
    slot = cpu->slot;
    if (slot) {
        if (unlikely(slot->mail))
            vcpu_take_mail(slot);
        vtimer_check(slot, now, sched_exec_time(slot, now));
        if (slot->wait == VCPU_WAITS_IRQ && virq_deliverable(slot))
            slot->wait = VCPU_RUNS;
        if (!vcpu_runnable(slot))
            slot = NULL;
    }
    if (slot != cpu->current)
        cpu_switch(cpu, slot, count, now);
    timer_arm(cpu, now);
}

void sched_resume(struct cpu *cpu)
{
    for (;;) {
        struct vcpu *vcpu;

        if (cpu->resched)
            sched_decide(cpu);
        vcpu = cpu->current;
        if (!vcpu) {
            if (console_pending && console_drain())
                arch_breathe();
            else
                arch_idle(cpu);
            continue;
        }
        vcpu->work &= ~VCPU_WORK_SCHED;
        if (unlikely(vcpu->work & VCPU_WORK_CONT)) {
            vcpu->cont.step(vcpu);
            arch_breathe();
            continue;
        }
        virq_deliver(vcpu);
        if (likely(!cpu->resched))
            arch_enter(vcpu);
    }
}

void sched_rearm(struct cpu *cpu)
{
    sched_request(cpu);
}

void sched_maintenance(struct cpu *self)
{
    hv_time now = clock_now();

    for (u32 i = 0; i < cpu_count; i++) {
        struct cpu *cpu = cpus[i];

        if (conf_cpus(system_conf)[i].n_plans < 2 || read_once(cpu->maintenance))
            continue;
        cpu->maintenance_at = now;
        store_release(&cpu->maintenance, 1);
        if (cpu == self)
            sched_request(cpu);
        else
            arch_kick(cpu);
    }
}
