/* SPDX-License-Identifier: Apache-2.0 */
/* fake: core */
#include "fake.h"

static void smoke(void **state)
{
    (void)state;
    fake_one_cpu();
    fake_partition("p0", 0, 1);
    fake_boot();
    fake_start(vcpu_of(0));
    sched_init(cpus[0], 1000);
    assert_int_equal(fake_resume(cpus[0]), FAKE_IDLE);
    fake_time(1000);
    cpus[0]->resched = true;
    assert_int_equal(fake_resume(cpus[0]), FAKE_ENTER);
    assert_ptr_equal(fake.entered, vcpu_of(0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(smoke)};

    return cmocka_run_group_tests(tests, 0, 0);
}
