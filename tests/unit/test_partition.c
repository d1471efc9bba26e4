/* SPDX-License-Identifier: Apache-2.0 */
/* Partitions as wholes: codes over their vCPUs, who may ask for what, the end of the last one. */
/* fake: core */
#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objects/status.h>

#include "fake.h"

#define AREA PHYS_BASE

enum { A0, A1, B0, B1, C0 }; /* vCPUs: A on CPU 0, B on both, C on CPU 1 */

static struct vcpu *v(u32 index)
{
    return vcpu_of(index);
}

static void boot(void)
{
    fake_reset();
    fake_cpu();
    fake_cpu();
    fake_plan(0, 3000);
    fake_span(1000, A0, 0);
    fake_span(2000, A1, 1);
    fake_span(3000, B0, 2);
    fake_plan(1, 3000);
    fake_span(2000, B1, 0);
    fake_span(3000, C0, 1);
    fake_partition("A", CONF_PARTITION_SYSTEM, 2);
    fake_area(AREA, 0x1000, AREA, 0);
    fake_partition("B", 0, 2);
    fake_area(AREA + 0x1000, 0x1000, AREA + 0x1000, 0);
    fake_port("p", CONF_PORT_QUEUING, CONF_PORT_SOURCE);
    fake_partition("C", 0, 1);
    fake_area(AREA + 0x2000, 0x1000, AREA + 0x2000, 0);
    fake_boot();
    fake_images();
    for (u32 i = A0; i <= C0; i++)
        vcpu_start(v(i), 0x1000 + i, 7);
}

static void state_set(struct vcpu *vcpu, enum vcpu_state state)
{
    if (state == VCPU_SUSPENDED)
        vcpu_post(vcpu->cpu, vcpu, VCPU_MAIL_SUSPEND);
    if (state == VCPU_HALTED)
        vcpu_post(vcpu->cpu, vcpu, VCPU_MAIL_HALT);
    assert_int_equal(vcpu->state, state);
}

static void codes_over_all_vcpus_of_a_partition(void **state)
{
    (void)state;
    boot();
    assert_int_equal(partition_resume(cpus[0], &partitions[1]), PRTOS_NO_ACTION);
    assert_int_equal(partition_suspend(cpus[0], &partitions[1]), PRTOS_OK);
    assert_int_equal(v(B0)->state, VCPU_SUSPENDED);
    assert_int_equal(v(B1)->mail, VCPU_MAIL_SUSPEND);
    assert_int_equal(partition_state(&partitions[1]), PRTOS_STATUS_READY);
    vcpu_take_mail(v(B1));
    assert_int_equal(partition_state(&partitions[1]), PRTOS_STATUS_SUSPENDED);
    assert_int_equal(partition_suspend(cpus[0], &partitions[1]), PRTOS_NO_ACTION);
    state_set(v(B1), VCPU_HALTED);
    assert_int_equal(partition_suspend(cpus[0], &partitions[1]), PRTOS_NO_ACTION);
    assert_int_equal(partition_resume(cpus[0], &partitions[1]), PRTOS_OK);
    assert_int_equal(v(B0)->state, VCPU_READY);
    assert_int_equal(v(B1)->state, VCPU_HALTED);
    assert_int_equal(partition_halt(cpus[0], &partitions[1]), PRTOS_OK);
    assert_false(partition_alive(&partitions[1]));
    assert_int_equal(partition_state(&partitions[1]), PRTOS_STATUS_HALTED);
    assert_int_equal(partition_halt(cpus[0], &partitions[1]), PRTOS_NO_ACTION);
    assert_int_equal(partition_resume(cpus[0], &partitions[1]), PRTOS_NO_ACTION);
}

static void calls_ask_for_permission_first(void **state)
{
    (void)state;
    boot();
    /* C is no system partition, A is */
    assert_int_equal(CALL(v(C0), halt_partition_nr, 0), PRTOS_PERM_ERROR);
    assert_int_equal(CALL(v(C0), halt_partition_nr, 99), PRTOS_PERM_ERROR);
    assert_int_equal(CALL(v(C0), suspend_partition_nr, 1), PRTOS_PERM_ERROR);
    assert_int_equal(CALL(v(C0), resume_partition_nr, 1), PRTOS_PERM_ERROR);
    assert_int_equal(CALL(v(C0), resume_partition_nr, 2), PRTOS_NO_ACTION);
    assert_int_equal(CALL(v(C0), reset_partition_nr, 1, 9, 0), PRTOS_PERM_ERROR);
    assert_int_equal(CALL(v(C0), shutdown_partition_nr, 1), PRTOS_PERM_ERROR);
    assert_int_equal(CALL(v(A0), halt_partition_nr, 3), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(v(A0), suspend_partition_nr, 3), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(v(A0), resume_partition_nr, 3), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(v(A0), reset_partition_nr, 3, 0, 0), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(v(A0), reset_partition_nr, 1, 2, 0), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(v(A0), shutdown_partition_nr, 3), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(v(A0), resume_partition_nr, 0), PRTOS_NO_ACTION);
    assert_int_equal(CALL(v(A0), suspend_partition_nr, 2), PRTOS_OK);
    assert_int_equal(v(C0)->mail, VCPU_MAIL_SUSPEND);
    assert_int_equal(CALL(v(C0), halt_partition_nr, 2), PRTOS_OK); /* itself */
    assert_int_equal(v(C0)->state, VCPU_HALTED);
}

static void shutdown_tells_those_that_live(void **state)
{
    (void)state;
    boot();
    state_set(v(B1), VCPU_HALTED);
    assert_int_equal(CALL(v(A0), shutdown_partition_nr, 1), PRTOS_OK);
    assert_int_equal(v(B0)->pend_ext, 1u << PRTOS_VT_EXT_SHUTDOWN);
    assert_int_equal(v(B1)->pend_ext, 0);
    assert_int_equal(v(B0)->state, VCPU_READY);
}

static void no_image_no_reset(void **state)
{
    (void)state;
    boot();
    partitions[2].loaded = false;
    assert_int_equal(CALL(v(A0), reset_partition_nr, 2, PRTOS_WARM_RESET, 0), PRTOS_INVALID_CONFIG);
    assert_int_equal(v(C0)->mail, 0);
    assert_int_equal(v(C0)->state, VCPU_READY);
}

static void halt_last(void *arg)
{
    (void)arg;
    CALL(v(A0), halt_partition_nr, 0);
}

static void the_last_partition_ends_the_system(void **state)
{
    (void)state;
    boot();
    state_set(v(C0), VCPU_HALTED);
    state_set(v(B0), VCPU_HALTED);
    assert_int_equal(fake_catch(halt_last, NULL), FAKE_RETURNED); /* B1 lives */
    boot();
    state_set(v(C0), VCPU_HALTED);
    state_set(v(B0), VCPU_HALTED);
    state_set(v(B1), VCPU_HALTED);
    assert_int_equal(fake_catch(halt_last, NULL), FAKE_POWER_OFF);
    assert_true(fake.powered_off_good);
    assert_int_equal(fake.stops, 1);
    /* a restart that is on its way counts as life */
    boot();
    state_set(v(C0), VCPU_HALTED);
    state_set(v(B0), VCPU_HALTED);
    state_set(v(B1), VCPU_HALTED);
    vcpu_post(cpus[0], v(C0), VCPU_MAIL_RESET);
    assert_int_equal(fake_catch(halt_last, NULL), FAKE_RETURNED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_over_all_vcpus_of_a_partition),
        cmocka_unit_test(calls_ask_for_permission_first),
        cmocka_unit_test(shutdown_tells_those_that_live),
        cmocka_unit_test(no_image_no_reset),
        cmocka_unit_test(the_last_partition_ends_the_system),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
