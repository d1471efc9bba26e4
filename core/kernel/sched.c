/* SPDX-License-Identifier: Apache-2.0 */
/* Cyclic scheduling of one CPU. Runs to completion on every entry; what a guest started and what
 * takes long goes on piece by piece from sched_resume(), with interrupts let in between. */
#include "hv/sched.h"

#include <prtos_inc/objdir.h>
#include <prtos_inc/objects/status.h>

#include "conf/access.h"
#include "hv/arch.h"
#include "hv/clock.h"
#include "hv/console.h"
#include "hv/partition.h"
#include "hv/pct.h"
#include "hv/plan.h"
#include "hv/plans.h"
#include "hv/system.h"
#include "hv/trace.h"
#include "hv/virq.h"
#include "hv/vtimer.h"

#define RING_EARLY 8u        /* ns by which the timer may ring before its time */
#define IDLE_PIECE 1500u     /* ns that a piece of an idle CPU's work takes at most */
#define DRAIN_PERIOD 500000u /* ns between looks at a busy console while the CPU idles */

struct cpu *cpus[CONF_MAX_CPUS];
u32 cpu_count;

/* As if the frame before were just ending. */
__cold void sched_plan(struct cpu *cpu, u32 id, hv_time start)
{
    const struct conf_cpu *row = conf_cpus(system_conf) + cpu->id;

    if (id < row->n_plans) {
        cpu->plan = conf_plans(system_conf) + row->first_plan + id;
        cpu->span_first = conf_spans(system_conf) + cpu->plan->first_span;
    } else {
        cpu->idle_plan = (struct conf_plan){.n_spans = 1, .frame = plans_frame(id)};
        cpu->idle_span = (struct conf_span){.end = cpu->idle_plan.frame, .vcpu = CONF_NONE};
        cpu->plan = &cpu->idle_plan;
        cpu->span_first = &cpu->idle_span;
    }
    cpu->previous_plan = cpu->span ? (s32)cpu->plan_id : -1;
    cpu->plan_id = id;
    cpu->plan_since = start;
    cpu->span_last = cpu->span_first + cpu->plan->n_spans;
    cpu->span = cpu->span_last - 1;
    cpu->frame_start = start - cpu->plan->frame;
    cpu->span_end = start;
    cpu->frames = ~0u;
    TRACE_EVENT(cpu, SCHED, PLAN_SWITCH_DONE, id, (u32)cpu->previous_plan);
}

void sched_init(struct cpu *cpu, hv_time start)
{
    clock_look_far(cpu, arch_count());
    sched_plan(cpu, 0, start);
    cpu->resched = true;
}

void sched_request(struct cpu *cpu)
{
    cpu->resched = true;
    if (cpu->current)
        cpu->current->work |= VCPU_WORK_SCHED;
}

void sched_post(struct vcpu *vcpu)
{
    struct cpu *cpu = vcpu->cpu;
    const struct vcpu *slot;

    atomic_or(&cpu->posted_to[vcpu->index / 32], 1u << vcpu->index % 32);
    atomic_or(&cpu->posted, 1u << vcpu->index / 32);
    slot = read_ordered(cpu->slot);
    if (!slot || slot == vcpu)
        arch_kick(cpu);
}

/* Mail of one vCPU, for a decision that is being made: first that of the vCPU in its slot, others
 * at the next ones. An idle CPU has nothing else to do. */
static __cold void mail_take(struct cpu *cpu)
{
    if (cpu->slot && read_ordered(cpu->slot->mail)) {
        vcpu_take_mail(cpu->slot);
    } else {
        u32 word = (u32)__builtin_ctz(read_once(cpu->posted));
        u32 bits;

        atomic_and(&cpu->posted, ~(1u << word));
        bits = atomic_take(&cpu->posted_to[word]);
        if (bits)
            vcpu_take_mail(vcpu_of(word * 32 + (u32)__builtin_ctz(bits)));
        bits &= bits - 1;
        if (bits) {
            atomic_or(&cpu->posted_to[word], bits);
            atomic_or(&cpu->posted, 1u << word);
        }
    }
    cpu->resched = read_once(cpu->posted) && !cpu->slot;
}

hv_time sched_exec_time(const struct vcpu *vcpu, hv_time now)
{
    if (vcpu->cpu->current == vcpu)
        return vcpu->exec + (now - vcpu->dispatched);
    return vcpu->exec;
}

/* More than a span has passed: where is the plan by now? */
static __cold const struct conf_span *span_catch_up(struct cpu *cpu, hv_time now)
{
    struct plan_place place = plan_locate(cpu->plan, cpu->span_first, cpu->frame_start, now);

    cpu->frame_start = place.frame_start;
    cpu->frames += place.frames;
    return cpu->span_first + place.span;
}

/* The next span; the guest in it is told how long. */
static __hot_inline struct vcpu *span_advance(struct cpu *cpu, hv_time now)
{
    const struct conf_span *span = cpu->span + 1;
    struct vcpu *slot = NULL;

    if (span == cpu->span_last) {
        span = cpu->span_first;
        cpu->frame_start += cpu->plan->frame;
        cpu->frames++;
    }
    cpu->span_end = cpu->frame_start + span->end;
    if (unlikely(now >= cpu->span_end)) {
        span = span_catch_up(cpu, now);
        cpu->span_end = cpu->frame_start + span->end;
    }
    cpu->span = span;
    if (span->vcpu != CONF_NONE) {
        struct prtos_clock *clock;

        slot = vcpu_of(span->vcpu);
        clock = slot->clock;
        clock->slot_gap = span->gap_us;
        clock->slot_end = cpu->span_end;
    }
    /* Seen by others before the mail is looked at: who posts now kicks. */
    __atomic_store_n(&cpu->slot, slot, __ATOMIC_SEQ_CST);
    return slot;
}

/* A slot of this vCPU begins. */
static __hot_inline void slot_begin(const struct conf_span *span, struct vcpu *vcpu)
{
    vcpu->wait = VCPU_RUNS;
    if (unlikely(vcpu->state == VCPU_HALTED))
        return;
    if (likely(vcpu->state == VCPU_READY))
        vcpu->opmode = PRTOS_OPMODE_NORMAL;
    pct_publish_slot(vcpu, span);
    atomic_or(&vcpu->pend_ext, 1u << PRTOS_VT_EXT_CYCLIC_SLOT_START);
    if (unlikely(vcpu->lines))
        virq_lines_sync(vcpu, true);
}

/* The guest's way to the time without a trap: one base for both clocks, the same scale. */
static __hot_inline void clock_publish(struct vcpu *vcpu, u64 count)
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

void sched_switch_told(struct cpu *cpu, const struct vcpu *next)
{
    TRACE_EVENT(cpu, SCHED, CONTEXT_SWITCH, next ? next->partition->id : PRTOS_HYPERVISOR_ID,
                next ? next->number : 0);
}

/* Gives the CPU to `next`, or to nobody. */
static __hot_inline void cpu_switch(struct cpu *cpu, struct vcpu *next, u64 count, hv_time now)
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

__cold void sched_detach(struct vcpu *vcpu)
{
    if (vcpu->cpu->current == vcpu) {
        u64 count = arch_count();

        cpu_switch(vcpu->cpu, NULL, count, clock_look(vcpu->cpu, count));
    }
}

/* Pends what has expired; the execution clock is asked only where its timer is armed. */
static void timers_check(struct vcpu *slot, hv_time now)
{
    bool exec = slot->exec_timer.expiry != HV_NEVER;

    vtimer_check(slot, now, exec ? sched_exec_time(slot, now) : 0);
}

/* The sooner of `wait` ns from now and a deadline, which may be over. */
static u32 sooner(u32 wait, hv_time deadline, hv_time now)
{
    if (deadline <= now)
        return 0;
    return deadline - now < wait ? (u32)(deadline - now) : wait;
}

/* A timer of the vCPU in its slot may ring before the span ends. */
static u32 timers_sooner(const struct cpu *cpu, const struct vcpu *slot, hv_time now, u32 wait)
{
    wait = sooner(wait, slot->hw_timer.expiry, now);
    if (slot->exec_timer.expiry != HV_NEVER && cpu->current == slot)
        wait = sooner(wait, slot->exec_timer.expiry, sched_exec_time(slot, now));
    return wait;
}

/* When the timer must ring next. */
static __hot_inline void timer_arm(struct cpu *cpu, const struct vcpu *slot, hv_time now)
{
    u64 rest = cpu->span_end - cpu->looked_at;
    u32 wait = rest > CLOCK_RECENT ? CLOCK_RECENT : (u32)rest;

    if (!cpu->current) {
        if (unlikely(console_pending) && wait > DRAIN_PERIOD + IDLE_PIECE)
            wait = DRAIN_PERIOD;
        if (wait > ARCH_LEAD)
            wait -= ARCH_LEAD - RING_EARLY;
    }
    if (slot && unlikely(slot->timers))
        wait = timers_sooner(cpu, slot, now, wait);
    arch_timer_arm(cpu, wait);
}

/* The slot begins in a moment; at most ARCH_LEAD. */
static __cold void slot_await(struct cpu *cpu)
{
    arch_await(cpu->span_count);
    clock_look(cpu, cpu->span_count);
}

/* Looks at the time and at what was posted; leaves the right vCPU in the hardware. An idle CPU
 * whose span ends in a moment decides for that moment and waits for it: the slot begins at the same
 * instant, to the count, whatever was before it. */
static __hot_inline void sched_decide(struct cpu *cpu)
{
    u64 count = arch_count();
    hv_time now = clock_look(cpu, count);
    struct vcpu *slot, *next;

    cpu->resched = false;
    if (!cpu->current && now < cpu->span_end && cpu->span_end - now <= ARCH_LEAD) {
        count = cpu->span_count = clock_count_at(cpu, cpu->span_end);
        now = cpu->span_end;
        cpu->early = true;
    }
    if (unlikely(load_acquire(&cpu->plan_news)))
        plans_follow(cpu, now);
    if (now >= cpu->span_end) {
        if (cpu->slot && unlikely(cpu->slot->lines))
            virq_lines_sync(cpu->slot, false);
        slot = span_advance(cpu, now);
        if (slot) {
            slot_begin(cpu->span, slot);
            if (unlikely(console_pending & slot->console_bits))
                console_drain(slot->console_bits);
        }
    }
    if (unlikely(read_ordered(cpu->posted)))
        mail_take(cpu);
    slot = next = cpu->slot;
    if (slot) {
        if (unlikely(slot->timers))
            timers_check(slot, now);
        if (unlikely(slot->wait == VCPU_WAITS_IRQ) && virq_deliverable(slot))
            slot->wait = VCPU_RUNS;
        if (!vcpu_runnable(slot))
            next = NULL;
    }
    if (next != cpu->current) {
        cpu_switch(cpu, next, count, now);
        if (unlikely(cpu->early))
            slot_await(cpu);
    }
    timer_arm(cpu, slot, now);
}

/* What an idle CPU has to do besides, where that delays no slot; false: nothing. */
static bool idle_work(struct cpu *cpu)
{
    if (!arch_timer_room(cpu, IDLE_PIECE))
        return false;
    if (cpu->alive_from == CPU_ALIVE_KNOWN)
        return console_pending && console_drain(CONSOLE_EVERY);
    partition_look_alive(cpu);
    return true;
}

void sched_resume(struct cpu *cpu)
{
    for (;;) {
        struct vcpu *vcpu;

        if (cpu->resched)
            sched_decide(cpu);
        vcpu = cpu->current;
        if (!vcpu) {
            cpu->early = false; /* nobody runs in that slot */
            if (unlikely(cpu->resched || console_pending || cpu->alive_from != CPU_ALIVE_KNOWN))
                arch_breathe();
            if (!cpu->resched && !idle_work(cpu))
                arch_idle(cpu);
            continue;
        }
        if (unlikely(cpu->early)) { /* that was one piece, the way into the slot is another */
            cpu->early = false;
            arch_breathe();
            continue;
        }
        vcpu->work &= ~VCPU_WORK_SCHED;
        if (unlikely(vcpu->work & VCPU_WORK_CONT)) {
            arch_breathe();
            if (!cpu->resched)
                vcpu->cont.step(vcpu);
            arch_breathe();
            continue;
        }
        virq_deliver(vcpu);
        if (likely(!cpu->resched && !(vcpu->work & VCPU_WORK_CONT)))
            arch_enter(vcpu);
    }
}
