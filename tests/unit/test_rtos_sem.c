/* SPDX-License-Identifier: Apache-2.0 */
/* fake: rtos */
/* Semaphores of the real-time kernel: every call and every code it documents. */
#include "rtos_threads.h"

static struct rtos_sem sem;

static int setup(void **state)
{
    (void)state;
    host_reset();
    OK(rtos_sem_init(&sem, 1, 2, RTOS_BY_PRIORITY));
    return 0;
}

static void test_init(void **state)
{
    struct rtos_sem other;

    (void)state;
    IS(rtos_sem_init(NULL, 0, 1, RTOS_BY_PRIORITY), RTOS_INVALID_PARAM);
    IS(rtos_sem_init(&other, 0, 0, RTOS_BY_PRIORITY), RTOS_INVALID_PARAM);
    IS(rtos_sem_init(&other, 2, 1, RTOS_BY_PRIORITY), RTOS_INVALID_PARAM);
    IS(rtos_sem_init(&other, 0, 1, (enum rtos_discipline)2), RTOS_INVALID_PARAM);
    IS(IN_IRQ(rtos_sem_init(&other, 0, 1, RTOS_BY_PRIORITY)), RTOS_WRONG_CONTEXT);
}

static void test_bad_objects(void **state)
{
    (void)state;
    REFUSES(struct rtos_sem, rtos_sem_take(o, RTOS_POLL));
    REFUSES(struct rtos_sem, rtos_sem_give(o));
    REFUSES(struct rtos_sem, rtos_sem_reset(o));
    REFUSES(struct rtos_sem, rtos_sem_get(o, NULL, NULL));
    REFUSES(struct rtos_sem, rtos_sem_delete(o));
    IS(rtos_sem_give((struct rtos_sem *)(void *)&threads[7]), RTOS_INVALID_OBJECT);
}

static void test_counts(void **state)
{
    prtos_u32_t count, waiting;

    (void)state;
    OK(rtos_sem_give(&sem));
    IS(rtos_sem_give(&sem), RTOS_LIMIT);
    OK(rtos_sem_get(&sem, &count, &waiting));
    assert_int_equal(count, 2);
    assert_int_equal(waiting, 0);
    OK(rtos_sem_take(&sem, RTOS_POLL));
    OK(rtos_sem_take(&sem, RTOS_FOREVER));
    IS(rtos_sem_take(&sem, RTOS_POLL), RTOS_NOT_AVAILABLE);
    OK(rtos_sem_give(&sem));
    OK(rtos_sem_reset(&sem));
    IS(rtos_sem_take(&sem, RTOS_POLL), RTOS_NOT_AVAILABLE);
}

static void test_contexts(void **state)
{
    (void)state;
    OK(rtos_sem_reset(&sem));
    IS(rtos_sem_take(&sem, RTOS_FOREVER), RTOS_WRONG_CONTEXT); /* before the start */
    born(0, 5);
    host_start();
    IS(IN_IRQ(rtos_sem_take(&sem, 1)), RTOS_WRONG_CONTEXT);
    IS(IN_IRQ(rtos_sem_take(&sem, RTOS_POLL)), RTOS_NOT_AVAILABLE);
    OK(IN_IRQ(rtos_sem_give(&sem)));
    OK(IN_IRQ(rtos_sem_take(&sem, RTOS_FOREVER)));
    IS(IN_IRQ(rtos_sem_delete(&sem)), RTOS_WRONG_CONTEXT);
    OK(rtos_sched_lock());
    IS(rtos_sem_take(&sem, RTOS_FOREVER), RTOS_WRONG_CONTEXT);
    OK(rtos_sched_unlock());
    prtos_u32_t key = rtos_irq_lock();
    IS(rtos_sem_take(&sem, RTOS_FOREVER), RTOS_WRONG_CONTEXT);
    rtos_irq_unlock(key);
    assert_int_equal(running(), 0);
}

/* Three of two priorities, in this order of arrival: 0 (5), 1 (9), 2 (5). */
static void wait_three(void)
{
    OK(rtos_sem_reset(&sem));
    born(3, 1);
    born(0, 5);
    born(1, 9);
    born(2, 5);
    host_start();
    assert_int_equal(running(), 1);
    rtos_thread_delay(10);
    assert_int_equal(running(), 0);
    rtos_sem_take(&sem, RTOS_FOREVER);
    rtos_thread_delay(100); /* 2 */
    host_pass(10, 1);
    assert_int_equal(running(), 1);
    rtos_sem_take(&sem, 500);
    host_pass(95, 1);
    assert_int_equal(running(), 2);
    rtos_sem_take(&sem, RTOS_FOREVER);
    assert_int_equal(running(), 3);
}

static void test_served_by_priority(void **state)
{
    prtos_u32_t waiting;

    (void)state;
    wait_three();
    assert_null(threads[2].chain_next); /* behind its equal: one step for each priority */
    OK(rtos_sem_get(&sem, NULL, &waiting));
    assert_int_equal(waiting, 3);
    OK(rtos_sem_give(&sem));
    assert_int_equal(running(), 1);
    assert_int_equal(answer(1), RTOS_OK);
    OK(rtos_sem_give(&sem));
    OK(rtos_sem_give(&sem));
    assert_int_equal(state_of(0), RTOS_READY);
    rtos_thread_delay(1);
    assert_int_equal(running(), 0);
    assert_int_equal(state_of(2), RTOS_READY);
}

static void test_served_by_arrival(void **state)
{
    (void)state;
    OK(rtos_sem_init(&sem, 1, 2, RTOS_BY_ARRIVAL));
    wait_three();
    OK(rtos_sem_give(&sem));
    assert_int_equal(running(), 0);
    OK(rtos_sem_give(&sem));
    assert_int_equal(running(), 1);
}

static void test_timeout(void **state)
{
    (void)state;
    OK(rtos_sem_reset(&sem));
    born(0, 5);
    host_start();
    rtos_sem_take(&sem, 1000);
    assert_int_equal(running(), -1);
    host_pass(999, 1);
    assert_int_equal(running(), -1);
    assert_int_equal(state_of(0), RTOS_WAITING);
    host_pass(1, 1);
    assert_int_equal(running(), 0);
    assert_int_equal(answer(0), RTOS_TIMED_OUT);
    /* Nothing is left of the wait. */
    OK(rtos_sem_give(&sem));
    OK(rtos_sem_take(&sem, RTOS_POLL));
    assert_int_equal(rtos_kernel.n_timeouts, 0);
}

static void test_deleted_and_cancelled(void **state)
{
    (void)state;
    wait_three();
    OK(rtos_thread_cancel_wait(&threads[0]));
    assert_int_equal(running(), 0);
    assert_int_equal(answer(0), RTOS_CANCELLED);
    IS(rtos_thread_cancel_wait(&threads[0]), RTOS_NO_ACTION);
    OK(rtos_sem_delete(&sem));
    assert_int_equal(running(), 1);
    assert_int_equal(answer(1), RTOS_DELETED);
    assert_int_equal(answer(2), RTOS_DELETED);
    assert_int_equal(rtos_kernel.n_timeouts, 0);
    IS(rtos_sem_give(&sem), RTOS_INVALID_OBJECT);
    IS(rtos_sem_delete(&sem), RTOS_INVALID_OBJECT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_init, setup),
        cmocka_unit_test_setup(test_bad_objects, setup),
        cmocka_unit_test_setup(test_counts, setup),
        cmocka_unit_test_setup(test_contexts, setup),
        cmocka_unit_test_setup(test_served_by_priority, setup),
        cmocka_unit_test_setup(test_served_by_arrival, setup),
        cmocka_unit_test_setup(test_timeout, setup),
        cmocka_unit_test_setup(test_deleted_and_cancelled, setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
