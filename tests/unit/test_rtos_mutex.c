/* SPDX-License-Identifier: Apache-2.0 */
/* fake: rtos */
/* Mutexes of the real-time kernel: owners, inheritance, ceilings, and condition variables. */
#include "rtos_threads.h"
#include <cmocka.h>

static struct rtos_mutex mutex;

static int setup(void **state)
{
    (void)state;
    host_reset();
    OK(rtos_mutex_init(&mutex, RTOS_MUTEX_INHERIT, 0));
    return 0;
}

static void test_handed_over(void **state)
{
    struct rtos_thread *owner;

    (void)state;
    born(0, 5);
    born(1, 10);
    host_start();
    assert_int_equal(running(), 1);
    rtos_thread_delay(10);
    assert_int_equal(running(), 0);
    OK(rtos_mutex_lock(&mutex, RTOS_FOREVER));
    host_pass(10, 1);
    assert_int_equal(running(), 1);
    rtos_mutex_lock(&mutex, RTOS_FOREVER);
    assert_int_equal(running(), 0);
    assert_int_equal(priority_of(0), 10);
    OK(rtos_mutex_unlock(&mutex));
    assert_int_equal(running(), 1);
    assert_int_equal(priority_of(0), 5);
    OK(rtos_mutex_unlock(&mutex));
    OK(rtos_mutex_get(&mutex, &owner, NULL));
    assert_null(owner);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup(test_handed_over, setup)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
