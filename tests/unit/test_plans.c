/* SPDX-License-Identifier: Apache-2.0 */
/* Changes of plan on several CPUs: when each of them goes where, what a CPU without the plan does,
 * codes of the call, status, and a long run of random requests against a model of one timeline. */
/* fake: core */
#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objdir.h>
#include <prtos_inc/objects/status.h>

#include "hv/plans.h"
#include "random.h"
#include "sim.h"

#define AHEAD 20000u /* ns from a request to the switch, at least */
#define LEAD ARCH_LEAD
#define CPUS 3u
#define PLANS 4u

static const u64 frames[PLANS] = {100000, 70000, 30000, 1000000};
static const u32 plans_of[CPUS] = {PLANS, PLANS, 2}; /* the third CPU lacks the last two */

/* CPU c, plan p: one slot of vCPU c in the first half, then nobody. */
static void boot(u32 flags)
{
    fake_reset();
    for (u32 c = 0; c < CPUS; c++) {
        fake_cpu();
        for (u32 p = 0; p < plans_of[c]; p++) {
            fake_plan(c, frames[p]);
            fake_span(frames[p] / 2, c, p);
            fake_span(frames[p], CONF_NONE, 0);
        }
    }
    for (u32 c = 0; c < CPUS; c++)
        fake_partition("p", c ? 0 : CONF_PARTITION_SYSTEM, 1);
    fake_boot();
    fake_conf()->flags = flags;
    for (u32 c = 0; c < CPUS; c++)
        fake_start(vcpu_of(c));
    time_set(0);
    plans_init(START);
    for (u32 c = 0; c < CPUS; c++)
        fake_resume(cpus[c]);
}

/* Timers of all CPUs ring when they are due, up to `time`. */
static void run_to(hv_time time)
{
    for (;;) {
        struct cpu *first = cpus[0];

        for (u32 c = 1; c < CPUS; c++)
            if (cpus[c]->arch.deadline < first->arch.deadline)
                first = cpus[c];
        if (first->arch.deadline > time)
            break;
        if (first->arch.deadline > now)
            time_set(first->arch.deadline);
        sched_timer(first);
        fake_resume(first);
        now = fake_count - clock_scale.base; /* it may have waited for its slot */
    }
    if (time > now)
        time_set(time);
}

static s32 switch_to(u32 plan)
{
    return CALL(vcpu_of(0), switch_sched_plan_nr, plan, GUEST_BASE);
}

static u32 answer(void)
{
    u32 word;

    memcpy(&word, guest_at(GUEST_BASE), sizeof(word));
    return word;
}

static void status_is(u32 c, hv_time since, s32 next, s32 current, s32 previous)
{
    prtos_plan_status_t status;
    u32 desc = OBJDESC_BUILD(OBJ_CLASS_STATUS, c, 0);

    assert_int_equal(
        CALL(vcpu_of(c), ctrl_object_nr, desc, PRTOS_GET_SCHED_PLAN_STATUS, GUEST_BASE), PRTOS_OK);
    memcpy(&status, guest_at(GUEST_BASE), sizeof(status));
    assert_true(status.switch_time == (s64)since / 1000);
    assert_int_equal(status.next, next);
    assert_int_equal(status.current, current);
    assert_int_equal(status.prev, previous);
}

static void all_switch_at_one_frame_end(void **state)
{
    (void)state;
    boot(0);
    run_to(START + 130000);
    status_is(0, START, 0, 0, -1);
    assert_int_equal(switch_to(2), PRTOS_OK);
    assert_int_equal(answer(), 0);
    status_is(1, START, 2, 0, -1);
    run_to(START + 200000 - LEAD - 1);
    for (u32 c = 0; c < CPUS; c++)
        assert_true(cpus[c]->plan_since == START);
    run_to(START + 200100);
    for (u32 c = 0; c < CPUS; c++) {
        assert_int_equal(cpus[c]->plan_id, 2);
        assert_true(cpus[c]->plan_since == START + 200000);
        assert_int_equal(cpus[c]->frames, 0);
        status_is(c, START + 200000, 2, 2, 0);
    }
    assert_ptr_equal(cpus[1]->current, vcpu_of(1));
    assert_null(cpus[2]->current); /* has no such plan */
    run_to(START + 200000 + 10 * frames[2] + 100);
    for (u32 c = 0; c < CPUS; c++)
        assert_int_equal(cpus[c]->frames, 10); /* an idle CPU counts frames too */
    assert_null(cpus[2]->slot);
}

static void a_late_request_waits_for_the_next_frame(void **state)
{
    (void)state;
    boot(0);
    run_to(START + 100000 - AHEAD - 10);
    assert_int_equal(switch_to(1), PRTOS_OK);
    run_to(START + 100100);
    assert_int_equal(cpus[2]->plan_id, 1);
    boot(0);
    run_to(START + 100000 - AHEAD + 10);
    assert_int_equal(switch_to(1), PRTOS_OK);
    run_to(START + 100100);
    assert_int_equal(cpus[2]->plan_id, 0);
    run_to(START + 200100);
    assert_int_equal(cpus[2]->plan_id, 1);
}

static void codes(void **state)
{
    (void)state;
    boot(0);
    run_to(START + 10);
    assert_int_equal(CALL(vcpu_of(1), switch_sched_plan_nr, 1, GUEST_BASE), PRTOS_PERM_ERROR);
    assert_int_equal(CALL(vcpu_of(0), switch_sched_plan_nr, 0, 0), PRTOS_INVALID_PARAM);
    guest_rights(GUEST_BASE, 4, GUEST_READ);
    assert_int_equal(switch_to(1), PRTOS_INVALID_PARAM);
    guest_rights(GUEST_BASE, 4, GUEST_READ | GUEST_WRITE);
    assert_int_equal(switch_to(0), PRTOS_NO_ACTION);
    assert_int_equal(switch_to(PLANS), PRTOS_INVALID_PARAM);
    assert_int_equal(switch_to(~0u), PRTOS_INVALID_PARAM);
    assert_int_equal(switch_to(1), PRTOS_OK);
    assert_int_equal(switch_to(2), PRTOS_OK); /* instead */
    run_to(START + 100100);
    assert_int_equal(cpus[1]->plan_id, 2);
    assert_int_equal(switch_to(2), PRTOS_NO_ACTION);
    assert_int_equal(switch_to(0), PRTOS_INVALID_PARAM);
    boot(CONF_SYSTEM_PLAN0_REENTER);
    run_to(START + 10);
    assert_int_equal(switch_to(1), PRTOS_OK);
    run_to(START + 100100);
    assert_int_equal(switch_to(0), PRTOS_OK);
    assert_int_equal(answer(), 1);
    run_to(START + 100000 + frames[1] + 100);
    for (u32 c = 0; c < CPUS; c++)
        status_is(c, START + 100000 + frames[1], 0, 0, 1);
}

static void maintenance(void **state)
{
    (void)state;
    boot(0);
    run_to(START + 30000);
    assert_int_equal(switch_to(2), PRTOS_OK);
    fake.kicks = 0;
    plans_maintenance(cpus[1]);
    assert_int_equal(cpus[0]->arch.kicks, 1);
    assert_int_equal(cpus[2]->arch.kicks, 1);
    assert_int_equal(fake.kicks, 2);
    fake_resume(cpus[1]);
    assert_true(cpus[1]->frame_start == START + 30000);
    time_set(START + 30760); /* the others are later, their frames are not */
    for (u32 c = 0; c < CPUS; c++) {
        cpus[c]->resched = true;
        fake_resume(cpus[c]);
        assert_int_equal(cpus[c]->plan_id, 1);
        assert_ptr_equal(cpus[c]->current, vcpu_of(c));
        assert_true(cpus[c]->frame_start == START + 30000);
        assert_true(cpus[c]->arch.deadline == START + 30000 + frames[1] / 2);
        status_is(c, START + 30000, 1, 1, 0); /* the switch that was agreed is not */
    }
    fake.kicks = 0; /* once there, nothing changes */
    plans_maintenance(cpus[0]);
    assert_int_equal(fake.kicks, 0);
    run_to(START + 30000 + frames[1] + 100);
    for (u32 c = 0; c < CPUS; c++)
        assert_int_equal(cpus[c]->frames, 1);
}

static void no_maintenance_plan(void **state)
{
    (void)state;
    fake_reset();
    fake_cpu();
    fake_plan(0, 3000);
    fake_span(3000, 0, 0);
    fake_partition("p", 0, 1);
    fake_boot();
    fake_start(vcpu_of(0));
    plans_init(START);
    time_set(START);
    plans_maintenance(cpus[0]);
    fake_resume(cpus[0]);
    assert_ptr_equal(cpus[0]->current, vcpu_of(0));
    assert_int_equal(cpus[0]->plan_id, 0);
}

/* The model: one timeline of (plan, since), to which each request adds. */
static struct {
    u32 plan, next;
    hv_time since, at;
} model;

static void model_settle(hv_time time)
{
    if (model.at <= time) {
        model.plan = model.next;
        model.since = model.at;
        model.at = HV_NEVER;
    }
}

static void model_request(u32 plan)
{
    hv_time end;

    model_settle(now + AHEAD);
    for (end = model.since; end <= now + AHEAD; end += frames[model.plan])
        ;
    model.next = plan;
    model.at = plan == model.plan ? HV_NEVER : end;
}

static void random_requests(void **state)
{
    u32 switches = 0;

    (void)state;
    boot(CONF_SYSTEM_PLAN0_REENTER);
    model = (typeof(model)){0, 0, START, HV_NEVER};
    run_to(START + 1000);
    for (u32 i = 0; i < 20000; i++) {
        hv_time since = model.since;

        if (random_below(4) == 0) {
            u32 plan = (u32)random_below(PLANS);

            if (random_below(10) == 0) {
                model_settle(now);
                if (model.plan != 1) {
                    model.plan = 1;
                    model.since = now;
                }
                model.at = HV_NEVER;
                plans_maintenance(cpus[random_below(CPUS)]);
            } else if (plan != cpus[0]->plan_id) {
                assert_int_equal(switch_to(plan), PRTOS_OK);
                model_request(plan);
            }
        }
        run_to(now + random_below(random_below(3) ? 30000 : 150000));
        model_settle(now);
        switches += model.since != since;
        for (u32 c = 0; c < CPUS; c++) {
            cpus[c]->resched = true; /* the kick, if there was one */
            fake_resume(cpus[c]);
        }
        now = fake_count - clock_scale.base;
        model_settle(now);
        for (u32 c = 0; c < CPUS; c++) {
            hv_time offset = (now - model.since) % frames[model.plan];
            hv_time half = frames[model.plan] / 2;

            if (now + LEAD >= model.at || model.since > now)
                continue; /* a CPU may be there already */
            assert_int_equal(cpus[c]->plan_id, model.plan);
            assert_true(cpus[c]->plan_since == model.since);
            if (offset < half && model.plan < plans_of[c])
                assert_ptr_equal(cpus[c]->slot, vcpu_of(c));
            else if (offset < frames[model.plan] - LEAD || model.plan >= plans_of[c])
                assert_null(cpus[c]->slot);
        }
    }
    assert_in_range(switches, 1000, 20000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_switch_at_one_frame_end),
        cmocka_unit_test(a_late_request_waits_for_the_next_frame),
        cmocka_unit_test(codes),
        cmocka_unit_test(maintenance),
        cmocka_unit_test(no_maintenance_plan),
        cmocka_unit_test(random_requests),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
