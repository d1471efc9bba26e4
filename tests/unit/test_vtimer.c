/* SPDX-License-Identifier: Apache-2.0 */
/* The two timers of a vCPU (hv/vtimer.h) against a model with 128-bit times: one shot, periodic,
 * missed periods merged into one, ends of the clock; and which interrupt each pends. */
/* fake: core */
#include "fake.h"
#include "hv/vtimer.h"
#include "random.h"

typedef unsigned __int128 u128;

static struct vcpu owner;

#define HW_TIMER (1u << PRTOS_VT_EXT_HW_TIMER)
#define EXEC_TIMER (1u << PRTOS_VT_EXT_EXEC_TIMER)

static void one_shot_rings_once(void **state)
{
    struct vtimer t;

    (void)state;
    vtimer_set(&owner, &t, 1000, 0);
    assert_false(vtimer_expired(&t, 0));
    assert_false(vtimer_expired(&t, 999));
    assert_true(t.expiry == 1000);
    assert_true(vtimer_expired(&t, 1000));
    assert_true(t.expiry == HV_NEVER);
    assert_false(vtimer_expired(&t, 1000));
    assert_false(vtimer_expired(&t, HV_NEVER - 1));
    vtimer_set(&owner, &t, 1000, 0);
    assert_true(vtimer_expired(&t, 5000));
    assert_false(vtimer_expired(&t, 5000));
}

static void zero_disarms(void **state)
{
    struct vtimer t;

    (void)state;
    vtimer_set(&owner, &t, 1000, 10);
    vtimer_set(&owner, &t, 0, 10);
    assert_true(t.expiry == HV_NEVER);
    assert_true(t.interval == 0);
    assert_false(vtimer_expired(&t, HV_NEVER - 1));
}

static void periods_are_kept_and_merged(void **state)
{
    struct vtimer t;

    (void)state;
    vtimer_set(&owner, &t, 1000, 300);
    assert_true(vtimer_expired(&t, 1000));
    assert_true(t.expiry == 1300);
    assert_false(vtimer_expired(&t, 1299));
    assert_true(vtimer_expired(&t, 1450)); /* late: the phase stays */
    assert_true(t.expiry == 1600);
    assert_true(vtimer_expired(&t, 2800)); /* 1600, 1900, 2200, 2500 and 2800 as one */
    assert_true(t.expiry == 3100);
    assert_false(vtimer_expired(&t, 2800));
}

/* The first expiry + k * interval behind `now`; beyond the clock's end: it never comes, or so late
 * that nobody sees it. */
static void against_the_model(void **state)
{
    u32 rung = 0;
    u32 never = 0;

    (void)state;
    for (u32 i = 0; i < 1000000; i++) {
        u64 expiry = 1 + (random_edge() >> 2);
        u64 interval = random_edge();
        u64 now = random_below(3) ? random_edge() >> 2 : expiry + random_below(3) - 1;
        struct vtimer t;
        u128 next = expiry;

        vtimer_set(&owner, &t, expiry, interval);
        if (now >= expiry) {
            next += interval ? ((u128)(now - expiry) / interval + 1) * interval : HV_NEVER;
            rung++;
        }
        assert_int_equal(vtimer_expired(&t, now), now >= expiry);
        if (next < HV_NEVER) {
            assert_true(t.expiry == (u64)next);
        } else {
            assert_true(t.expiry >= 1ull << 63);
            never++;
        }
        assert_true(now < expiry || t.expiry > now);
        assert_false(vtimer_expired(&t, now));
    }
    assert_in_range(rung, 100000, 900000);
    assert_in_range(never, 1000, 500000);
}

static void each_timer_pends_its_own_interrupt(void **state)
{
    struct vcpu *vcpu;

    (void)state;
    fake_one_cpu();
    fake_partition("p0", 0, 1);
    fake_boot();
    fake_start(vcpu_of(0));
    vcpu = vcpu_of(0);
    vtimer_set(vcpu, &vcpu->hw_timer, 500, 0);
    vtimer_set(vcpu, &vcpu->exec_timer, 300, 0);
    vtimer_check(vcpu, 499, 299);
    assert_int_equal(vcpu->pend_ext, 0);
    vtimer_check(vcpu, 499, 300);
    assert_int_equal(vcpu->pend_ext, EXEC_TIMER);
    vtimer_check(vcpu, 500, 300);
    assert_int_equal(vcpu->pend_ext, EXEC_TIMER | HW_TIMER);
    vtimer_set(vcpu, &vcpu->hw_timer, 900, 5);
    vtimer_set(vcpu, &vcpu->exec_timer, 900, 5);
    vtimer_clear(vcpu);
    vcpu->pend_ext = 0;
    vtimer_check(vcpu, HV_NEVER - 1, HV_NEVER - 1);
    assert_int_equal(vcpu->pend_ext, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_shot_rings_once),
        cmocka_unit_test(zero_disarms),
        cmocka_unit_test(periods_are_kept_and_merged),
        cmocka_unit_test(against_the_model),
        cmocka_unit_test(each_timer_pends_its_own_interrupt),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
