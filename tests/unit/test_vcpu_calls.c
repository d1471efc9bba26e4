/* SPDX-License-Identifier: Apache-2.0 */
/* The calls by which a partition rules its own vCPUs, resets against restarts of the partition, and
 * mail of vCPUs that are out of their slots. */
/* fake: core */
#include <prtos_inc/hypercalls.h>

#include "ruled.h"

#define ENTRY 0x4321u

/* The partition's own calls on its vCPUs: checks in their order, who does what and when. */
static void calls(void **state)
{
    static const u32 numbers[] = {halt_vcpu_nr, suspend_vcpu_nr, resume_vcpu_nr};

    (void)state;
    boot();
    for (u32 i = 0; i < ARRAY_SIZE(numbers); i++) {
        assert_int_equal(CALL(v(B0), numbers[i], 2), PRTOS_INVALID_PARAM);
        assert_int_equal(CALL(v(B0), numbers[i], ~0u), PRTOS_INVALID_PARAM);
    }
    assert_int_equal(CALL(v(B0), reset_vcpu_nr, 2, FAKE_ROOT, ENTRY, 0), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(v(B0), reset_vcpu_nr, 1, FAKE_ROOT + 1, ENTRY, 0), PRTOS_INVALID_PARAM);
    assert_int_equal(v(B1)->mail, 0);
    assert_int_equal(CALL(v(B0), resume_vcpu_nr, 1), PRTOS_NO_ACTION);
    assert_int_equal(CALL(v(B0), suspend_vcpu_nr, 1), PRTOS_OK);
    assert_int_equal(CALL(v(B0), resume_vcpu_nr, 1), PRTOS_NO_ACTION); /* not yet */
    vcpu_take_mail(v(B1));
    assert_int_equal(CALL(v(B0), suspend_vcpu_nr, 1), PRTOS_NO_ACTION);
    assert_int_equal(CALL(v(B0), resume_vcpu_nr, 1), PRTOS_OK);
    assert_int_equal(CALL(v(B0), halt_vcpu_nr, 1), PRTOS_OK);
    vcpu_take_mail(v(B1)); /* the stronger one */
    assert_int_equal(v(B1)->state, VCPU_HALTED);
    assert_int_equal(CALL(v(B0), halt_vcpu_nr, 1), PRTOS_NO_ACTION);
    assert_int_equal(CALL(v(B0), suspend_vcpu_nr, 1), PRTOS_NO_ACTION);
    assert_int_equal(CALL(v(B0), resume_vcpu_nr, 1), PRTOS_NO_ACTION);
    /* oneself */
    assert_int_equal(CALL(v(B0), suspend_vcpu_nr, 0), PRTOS_OK);
    assert_int_equal(v(B0)->state, VCPU_SUSPENDED);
    assert_int_equal(v(B0)->mail, 0);
}

static void reset_of_one_vcpu(void **state)
{
    (void)state;
    boot();
    partitions[1].ports[0].open = 1;
    state_set(v(B1), VCPU_HALTED);
    assert_int_equal(CALL(v(B0), reset_vcpu_nr, 1, FAKE_ROOT, ENTRY, 0x77), PRTOS_OK);
    assert_int_equal(v(B1)->state, VCPU_HALTED);
    vcpu_take_mail(v(B1));
    assert_int_equal(v(B1)->state, VCPU_READY);
    /* what comes later does not change what has begun */
    v(B1)->reset_entry = 1;
    finish(v(B1));
    assert_int_equal(v(B1)->arch.entry, ENTRY);
    assert_int_equal(v(B1)->arch.root, FAKE_ROOT);
    assert_int_equal(v(B1)->pct->reset_counter, 1);
    assert_int_equal(v(B1)->pct->reset_status, 0x77);
    assert_int_equal(v(B1)->pct->id, 1 | 1 << 8);
    assert_int_equal(v(B1)->pct->ext_irqs_to_mask, ~0u);
    /* of the vCPU itself: its partition goes on as it is */
    assert_int_equal(CALL(v(B1), reset_vcpu_nr, 1, FAKE_ROOT, ENTRY + 1, 0x78), PRTOS_OK);
    assert_true(v(B1)->work & VCPU_WORK_CONT);
    finish(v(B1));
    assert_int_equal(v(B1)->arch.entry, ENTRY + 1);
    assert_int_equal(v(B1)->pct->reset_counter, 2);
    assert_int_equal(v(B0)->reset_counter, 0);
    assert_int_equal(v(B0)->state, VCPU_READY);
    assert_int_equal(partitions[1].ports[0].open, 1);
    /* a cold reset of the partition begins all counts anew */
    assert_int_equal(CALL(v(B0), reset_partition_nr, 1, PRTOS_COLD_RESET, 0), PRTOS_OK);
    vcpu_take_mail(v(B1));
    finish(v(B0));
    assert_int_equal(v(B1)->reset_counter, 0);
}

/* Nobody starts while the image is being written, whoever asked for it and whenever. */
static void no_vcpu_starts_in_a_restart(void **state)
{
    (void)state;
    boot();
    assert_int_equal(CALL(v(B0), reset_partition_nr, 1, PRTOS_COLD_RESET, 0), PRTOS_OK);
    vcpu_take_mail(v(B1));
    /* asked for before, seen only now */
    v(B1)->reset_entry = ENTRY;
    vcpu_post(cpus[0], v(B1), VCPU_MAIL_RESET);
    for (u32 i = 0; i < 100; i++)
        v(B0)->cont.step(v(B0));
    assert_true(v(B0)->work & VCPU_WORK_CONT);
    assert_int_equal(v(B1)->mail, VCPU_MAIL_RESET | VCPU_MAIL_HALT);
    vcpu_take_mail(v(B1));
    assert_int_equal(v(B1)->state, VCPU_HALTED);
    partitions[1].ports[0].open = 1; /* by a call that was still on its way */
    v(B0)->cont.step(v(B0));
    assert_int_equal(partitions[1].ports[0].open, 0);
    vcpu_post(cpus[1], v(B1), VCPU_MAIL_RESET); /* slipped in behind the look */
    assert_int_equal(v(B1)->state, VCPU_HALTED);
    vcpu_post(cpus[0], v(B0), VCPU_MAIL_RESET);
    finish(v(B0));
    assert_int_equal(v(B0)->arch.entry, AREA + 0x1004);
    vcpu_post(cpus[1], v(B1), VCPU_MAIL_RESET); /* from now on again */
    assert_int_equal(v(B1)->state, VCPU_READY);
}

/* Mail of vCPUs that are out of their slots: one at each decision of a CPU that is in use, all at
 * once where it idles. */
static void mail_out_of_the_slot(void **state)
{
    (void)state;
    boot();
    fake_time(100);
    sched_init(cpus[1], 1000);
    fake_resume(cpus[1]);
    assert_null(cpus[1]->slot);
    vcpu_post(cpus[0], v(B1), VCPU_MAIL_HALT);
    vcpu_post(cpus[0], v(C0), VCPU_MAIL_SUSPEND);
    assert_int_equal(cpus[1]->arch.kicks, 2);
    cpus[1]->resched = true;
    while (cpus[1]->resched)
        fake_resume(cpus[1]);
    assert_int_equal(v(B1)->state, VCPU_HALTED);
    assert_int_equal(v(C0)->state, VCPU_SUSPENDED);
    fake_time(1000 + 2000); /* C's slot */
    sched_timer(cpus[1]);
    fake_resume(cpus[1]);
    assert_ptr_equal(cpus[1]->slot, v(C0));
    vcpu_post(cpus[0], v(B1), VCPU_MAIL_RESTART);
    vcpu_post(cpus[0], v(C0), VCPU_MAIL_RESUME);
    assert_int_equal(cpus[1]->arch.kicks, 3); /* C's */
    sched_timer(cpus[1]);
    fake_resume(cpus[1]);
    assert_ptr_equal(cpus[1]->current, v(C0));
    assert_int_equal(v(B1)->state, VCPU_HALTED);
    sched_timer(cpus[1]);
    fake_resume(cpus[1]);
    assert_int_equal(v(B1)->state, VCPU_READY);
    sched_timer(cpus[1]);
    fake_resume(cpus[1]);
    assert_int_equal(v(B1)->mail | v(C0)->mail | cpus[1]->posted, 0);
    assert_ptr_equal(cpus[1]->current, v(C0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls),
        cmocka_unit_test(reset_of_one_vcpu),
        cmocka_unit_test(no_vcpu_starts_in_a_restart),
        cmocka_unit_test(mail_out_of_the_slot),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
