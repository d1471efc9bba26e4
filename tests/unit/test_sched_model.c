/* SPDX-License-Identifier: Apache-2.0 */
/* The scheduler on a simulated CPU against a model that knows only the plan's table: who has the
 * CPU, until when the timer is set, what is pending, how much time each vCPU has used; on time to
 * the ns over 10 000 frames, and late by up to ten frames while random guests make random calls. */
/* fake: core */
#include <prtos_inc/hypercalls.h>

#include "random.h"
#include "sim.h"

#define VCPUS 4u
#define LEAD ARCH_LEAD /* an idle CPU may wake so much before a span, to enter it on time */

/* `n` spans, each for a random vCPU or nobody, adjacent ones for the same vCPU included. */
static void boot_random(u32 n)
{
    u64 at = 0;

    fake_reset();
    fake_cpu();
    fake_plan(0, 0);
    for (u32 i = 0; i < n; i++) {
        u32 vcpu = (u32)random_below(VCPUS + 1);

        at += 1 + random_below(random_below(4) ? 100000 : 30);
        fake_span(at, vcpu == VCPUS ? CONF_NONE : vcpu, i + 10);
    }
    ((struct conf_plan *)(uintptr_t)conf_plans(fake_conf()))->frame = at;
    fake_partition("p0", 0, 2);
    fake_partition("p1", 0, 1);
    fake_partition("p2", 0, 1);
    fake_boot();
    cpu = cpus[0];
    for (u32 i = 0; i < VCPUS; i++) {
        if (!vcpu_of(i)->cpu)
            continue;
        fake_start(vcpu_of(i));
        listen(vcpu_of(i));
    }
    time_set(100);
    sched_init(cpu, START);
}

/* What the plan's table says for a time. */
static const struct conf_span *span_at(hv_time time, hv_time *end)
{
    const struct conf_plan *plan = conf_plans(fake_conf());
    const struct conf_span *span = conf_spans(fake_conf());
    u64 frame = (time - START) / plan->frame;
    u64 offset = (time - START) % plan->frame;

    while (offset >= span->end)
        span++;
    *end = START + frame * plan->frame + span->end;
    return span;
}

static void the_first_frame_may_lie_ahead(void **state)
{
    (void)state;
    boot_random(3);
    assert_int_equal(resume(), FAKE_IDLE);
    assert_in_range(cpu->arch.deadline, START - LEAD, START);
    time_set(START - LEAD - 1); /* the timer may ring before its time: it is set again */
    ring();
    assert_null(cpu->slot);
    assert_in_range(cpu->arch.deadline, START - LEAD, START);
    step_to(cpu->arch.deadline);
    assert_ptr_equal(cpu->current, cpu->slot);
    assert_true(!cpu->current || now == START);
    assert_int_equal(cpu->frames, 0);
    assert_true(cpu->frame_start == START);
}

/* On time to the ns: each vCPU has exactly its spans in each of 10 000 frames. */
static void exact_spans(void **state)
{
    (void)state;
    for (u32 round = 0; round < 4; round++) {
        const struct conf_plan *plan;
        const struct conf_span *span;
        u32 n = 1 + (u32)random_below(9);

        boot_random(n);
        plan = conf_plans(fake_conf());
        span = conf_spans(fake_conf());
        resume();
        step_to(START);
        for (u32 i = 0; i < 10000 * n; i++) {
            u32 at = i % n;
            hv_time start = START + i / n * plan->frame + span[at].start;
            hv_time end = START + i / n * plan->frame + span[at].end;
            struct vcpu *expected = span[at].vcpu == CONF_NONE ? NULL : vcpu_of(span[at].vcpu);

            assert_ptr_equal(cpu->slot, expected);
            assert_ptr_equal(cpu->current, expected);
            assert_int_equal(cpu->frames, i / n);
            if (expected) {
                assert_true(now == start);
                assert_true(cpu->arch.deadline == end);
                assert_int_equal(expected->pct->cyclic_sched_info.id, span[at].slot_id);
                assert_int_equal(expected->pct->cyclic_sched_info.num_of_slots,
                                 span[at].slot_index);
                assert_int_equal(expected->pct->cyclic_sched_info.slot_duration, span[at].slot_us);
                /* the slot's start was pended, and delivered at once */
                assert_int_equal(expected->arch.vector, 0x98);
                expected->arch.vector = 0;
                assert_int_equal(expected->pend_ext, 0);
            } else {
                assert_in_range(cpu->arch.deadline, end - LEAD, end);
            }
            step_to(cpu->arch.deadline > now ? cpu->arch.deadline : now);
        }
        for (u32 i = 0; i < VCPUS; i++) {
            u64 slots = 0;

            for (u32 j = 0; j < n; j++)
                slots += span[j].vcpu == i ? span[j].end - span[j].start : 0;
            assert_true(vcpu_of(i)->exec == slots * 10000);
        }
    }
}

/* The model of one vCPU under random lateness and random doings of the guests. */
static struct {
    enum vcpu_wait wait;
    struct vtimer hw, exec;
    u32 pend;
    u64 used;
} model[VCPUS];

static hv_time model_end;

static void model_timer(struct vtimer *timer, hv_time time, u32 bit, u32 *pend)
{
    if (time < timer->expiry)
        return;
    *pend |= bit;
    if (!timer->interval)
        timer->expiry = HV_NEVER;
    while (timer->expiry <= time)
        timer->expiry += timer->interval;
}

/* What must be so after an entry at `time`; answers who must run. */
static struct vcpu *model_entry(hv_time time)
{
    const struct conf_span *span;
    u32 i;

    if (time >= model_end) {
        span = span_at(time, &model_end);
        if (span->vcpu != CONF_NONE) {
            model[span->vcpu].wait = VCPU_RUNS;
            model[span->vcpu].pend |= SLOT_START;
        }
    }
    if (model_end == START)
        return NULL;
    span = span_at(model_end - 1, &model_end);
    i = span->vcpu;
    if (i == CONF_NONE)
        return NULL;
    model_timer(&model[i].hw, time, HW_TIMER, &model[i].pend);
    model_timer(&model[i].exec, model[i].used, EXEC_TIMER, &model[i].pend);
    if (model[i].wait == VCPU_WAITS_IRQ && model[i].pend)
        model[i].wait = VCPU_RUNS;
    if (model[i].wait != VCPU_RUNS)
        return NULL;
    model[i].pend &= model[i].pend - 1; /* the lowest is delivered */
    return vcpu_of(i);
}

/* When something must happen next. */
static hv_time model_deadline(hv_time time)
{
    hv_time deadline = model_end;
    hv_time expiry;
    u32 i;

    if (model_end == START)
        return deadline;
    i = span_at(model_end - 1, &deadline)->vcpu;
    if (i == CONF_NONE)
        return deadline;
    if (model[i].hw.expiry < deadline)
        deadline = model[i].hw.expiry;
    if (model[i].wait != VCPU_RUNS || model[i].exec.expiry == HV_NEVER)
        return deadline;
    expiry = time + model[i].exec.expiry - model[i].used;
    return expiry < deadline ? expiry : deadline;
}

/* An entry at `now` by the timer, or after a call of the running guest, and the way out. */
static void entry_check(bool timer)
{
    bool early = !cpu->current && now < model_end && model_end - now <= LEAD;
    u32 arms = cpu->arch.arms;
    hv_time before = now;
    hv_time time = early ? model_end : now;
    struct vcpu *expected;

    if (timer)
        ring();
    else
        resume();
    expected = model_entry(time);
    assert_ptr_equal(cpu->current, expected);
    assert_true(now == (expected ? time : before)); /* never entered before its slot */
    /* set anew for a running guest: exact; for an idle CPU, or ahead of a slot: a little sooner */
    if (expected && !early && cpu->arch.arms != arms)
        assert_true(cpu->arch.deadline == model_deadline(time));
    else
        assert_in_range(cpu->arch.deadline, model_deadline(time) - LEAD, model_deadline(time));
    for (u32 i = 0; i < VCPUS; i++)
        assert_int_equal(vcpu_of(i)->pend_ext, model[i].pend);
    assert_int_equal(cpu->frames, model_end == START
                                      ? ~0u
                                      : (model_end - 1 - START) / conf_plans(fake_conf())->frame);
}

static u64 time_of(struct vcpu *vcpu, u32 clock)
{
    u64 time;

    assert_int_equal(CALL(vcpu, get_time_nr, clock, GUEST_BASE), PRTOS_OK);
    memcpy(&time, guest_at(GUEST_BASE), sizeof(time));
    return time;
}

/* The guest that runs makes a call. */
static void guest_acts(struct vcpu *vcpu)
{
    u32 i = (u32)(vcpu - vcpu_of(0));
    s64 abs = (s64)((now + random_below(300000)) / 1000);
    s64 interval = random_below(2) ? 0 : (s64)(1 + random_below(80));

    switch (random_below(6)) {
    case 0:
        assert_int_equal(CALL(vcpu, idle_self_nr, 0), PRTOS_OK);
        model[i].wait = VCPU_WAITS_SLOT;
        break;
    case 1:
        assert_int_equal(CALL(vcpu, wait_irq_nr, 0), PRTOS_OK);
        if (!model[i].pend)
            model[i].wait = VCPU_WAITS_IRQ;
        break;
    case 2:
        assert_int_equal(CALL(vcpu, set_timer_nr, PRTOS_HW_CLOCK, abs, interval), PRTOS_OK);
        model[i].hw =
            (struct vtimer){abs ? (u64)abs * 1000 : HV_NEVER, abs ? (u64)interval * 1000 : 0};
        break;
    case 3:
        abs = (s64)((model[i].used + random_below(200000)) / 1000);
        assert_int_equal(CALL(vcpu, set_timer_nr, PRTOS_EXEC_CLOCK, abs, interval), PRTOS_OK);
        model[i].exec =
            (struct vtimer){abs ? (u64)abs * 1000 : HV_NEVER, abs ? (u64)interval * 1000 : 0};
        break;
    case 4:
        assert_true(time_of(vcpu, PRTOS_EXEC_CLOCK) == model[i].used / 1000);
        assert_true(time_of(vcpu, PRTOS_HW_CLOCK) == now / 1000);
        break;
    default:
        assert_int_equal(CALL(vcpu, set_irqpend_nr, 0, 1u << 20), PRTOS_OK);
        model[i].pend |= 1u << 20;
        break;
    }
}

static u64 lateness(void)
{
    switch (random_below(12)) {
    case 0:
        return random_below(10 * conf_plans(fake_conf())->frame);
    case 1:
        return conf_plans(fake_conf())->frame;
    case 2:
    case 3:
        return random_below(50000);
    default:
        return random_below(3);
    }
}

static void random_guests_on_a_late_cpu(void **state)
{
    (void)state;
    for (u32 round = 0; round < 40; round++) {
        boot_random(1 + (u32)random_below(12));
        for (u32 i = 0; i < VCPUS; i++)
            model[i] = (typeof(model[i])){.hw = {HV_NEVER, 0}, .exec = {HV_NEVER, 0}};
        model_end = START;
        resume();
        for (u32 i = 0; i < 10000; i++) {
            struct vcpu *running = cpu->current;
            hv_time before = now;
            u64 wait = cpu->arch.deadline > now ? cpu->arch.deadline - now : 0;
            bool acts = running && wait && random_below(3) == 0;

            time_set(now + (acts ? random_below(wait) : wait + lateness()));
            if (running)
                model[running - vcpu_of(0)].used += now - before;
            if (acts)
                guest_acts(running);
            entry_check(!acts);
        }
        for (u32 i = 0; i < VCPUS; i++)
            assert_true(sched_exec_time(vcpu_of(i), now) == model[i].used);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_frame_may_lie_ahead),
        cmocka_unit_test(exact_spans),
        cmocka_unit_test(random_guests_on_a_late_cpu),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
