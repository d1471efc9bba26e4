/* SPDX-License-Identifier: Apache-2.0 */
/* fake: rtos */
/* Mutexes of the real-time kernel: owners, inheritance through chains, ceilings, and conditions. */
#include "rtos_threads.h"

static struct rtos_mutex a, b, c;
static struct rtos_cond cond;

static int setup(void **state)
{
    (void)state;
    host_reset();
    OK(rtos_mutex_init(&a, RTOS_MUTEX_INHERIT, 0));
    OK(rtos_mutex_init(&b, RTOS_MUTEX_INHERIT, 0));
    OK(rtos_mutex_init(&c, RTOS_MUTEX_INHERIT, 0));
    OK(rtos_cond_init(&cond));
    return 0;
}

static int owner_of(const struct rtos_mutex *mutex)
{
    struct rtos_thread *owner;

    OK(rtos_mutex_get(mutex, &owner, NULL));
    return owner ? (int)(owner - threads) : -1;
}

static void test_init(void **state)
{
    struct rtos_mutex m;

    (void)state;
    IS(rtos_mutex_init(NULL, 0, 0), RTOS_INVALID_PARAM);
    IS(rtos_mutex_init(&m, 4, 0), RTOS_INVALID_PARAM);
    IS(rtos_mutex_init(&m, RTOS_MUTEX_CEILING, 32), RTOS_INVALID_PARAM);
    IS(rtos_mutex_init(&m, RTOS_MUTEX_INHERIT, 1), RTOS_INVALID_PARAM);
    IS(IN_IRQ(rtos_mutex_init(&m, 0, 0)), RTOS_WRONG_CONTEXT);
    IS(rtos_cond_init(NULL), RTOS_INVALID_PARAM);
    IS(IN_IRQ(rtos_cond_init(&cond)), RTOS_WRONG_CONTEXT);
}

static void test_bad_objects(void **state)
{
    (void)state;
    born(0, 5);
    host_start();
    REFUSES(struct rtos_mutex, rtos_mutex_lock(o, RTOS_POLL));
    REFUSES(struct rtos_mutex, rtos_mutex_unlock(o));
    REFUSES(struct rtos_mutex, rtos_mutex_get(o, NULL, NULL));
    REFUSES(struct rtos_mutex, rtos_mutex_delete(o));
    REFUSES(struct rtos_mutex, rtos_cond_wait(&cond, o, RTOS_POLL));
    REFUSES(struct rtos_cond, rtos_cond_wait(o, &a, RTOS_POLL));
    REFUSES(struct rtos_cond, rtos_cond_signal(o));
    REFUSES(struct rtos_cond, rtos_cond_broadcast(o));
    REFUSES(struct rtos_cond, rtos_cond_delete(o));
}

static void test_contexts(void **state)
{
    (void)state;
    IS(rtos_mutex_lock(&a, RTOS_POLL), RTOS_WRONG_CONTEXT); /* before the start */
    IS(rtos_mutex_unlock(&a), RTOS_WRONG_CONTEXT);
    born(0, 5);
    host_start();
    IS(IN_IRQ(rtos_mutex_lock(&a, RTOS_POLL)), RTOS_WRONG_CONTEXT);
    OK(rtos_mutex_lock(&a, RTOS_POLL));
    IS(IN_IRQ(rtos_mutex_unlock(&a)), RTOS_WRONG_CONTEXT);
    IS(IN_IRQ(rtos_mutex_delete(&a)), RTOS_WRONG_CONTEXT);
    IS(IN_IRQ(rtos_cond_wait(&cond, &a, RTOS_FOREVER)), RTOS_WRONG_CONTEXT);
    IS(rtos_cond_wait(&cond, &a, RTOS_POLL), RTOS_NOT_AVAILABLE);
    OK(rtos_sched_lock());
    IS(rtos_cond_wait(&cond, &a, RTOS_FOREVER), RTOS_WRONG_CONTEXT);
    OK(rtos_sched_unlock());
    assert_int_equal(owner_of(&a), 0);
    IS(IN_IRQ(rtos_cond_delete(&cond)), RTOS_WRONG_CONTEXT);
}

static void test_owner(void **state)
{
    prtos_u32_t depth;

    (void)state;
    born(0, 5);
    born(1, 6);
    host_start();
    OK(rtos_mutex_lock(&a, RTOS_FOREVER));
    IS(rtos_mutex_lock(&a, RTOS_FOREVER), RTOS_DEADLOCK);
    OK(rtos_mutex_get(&a, NULL, &depth));
    assert_int_equal(depth, 1);
    rtos_thread_delay(100);
    IS(rtos_mutex_unlock(&a), RTOS_NOT_OWNER);
    IS(rtos_mutex_lock(&a, RTOS_POLL), RTOS_NOT_AVAILABLE);
    IS(rtos_cond_wait(&cond, &a, RTOS_FOREVER), RTOS_NOT_OWNER);
    OK(rtos_sched_lock());
    IS(rtos_mutex_lock(&a, RTOS_FOREVER), RTOS_WRONG_CONTEXT);
    OK(rtos_sched_unlock());
}

static void test_recursive(void **state)
{
    prtos_u32_t depth, i;

    (void)state;
    OK(rtos_mutex_init(&a, RTOS_MUTEX_RECURSIVE, 0));
    born(0, 5);
    host_start();
    for (i = 0; i < 65536; i++)
        OK(rtos_mutex_lock(&a, RTOS_FOREVER));
    IS(rtos_mutex_lock(&a, RTOS_FOREVER), RTOS_LIMIT);
    OK(rtos_mutex_get(&a, NULL, &depth));
    assert_int_equal(depth, 65536);
    IS(rtos_cond_wait(&cond, &a, RTOS_FOREVER), RTOS_LIMIT);
    for (i = 0; i < 65536; i++)
        OK(rtos_mutex_unlock(&a));
    IS(rtos_mutex_unlock(&a), RTOS_NOT_OWNER);
}

/* 0 (priority 5) holds a, 1 (priority 10) waits for it. */
static void contend(rtos_time_t timeout)
{
    born(0, 5);
    born(1, 10);
    born(2, 7);
    host_start();
    rtos_thread_delay(10);
    rtos_thread_delay(20); /* 2 */
    OK(rtos_mutex_lock(&a, RTOS_FOREVER));
    host_pass(10, 1);
    assert_int_equal(running(), 1);
    rtos_mutex_lock(&a, timeout);
    assert_int_equal(running(), 0);
    assert_int_equal(priority_of(0), 10);
    host_pass(10, 1);
    assert_int_equal(running(), 0); /* the medium one does not get between */
    assert_int_equal(state_of(2), RTOS_READY);
}

static void test_inversion(void **state)
{
    (void)state;
    contend(RTOS_FOREVER);
    OK(rtos_mutex_unlock(&a));
    assert_int_equal(running(), 1);
    assert_int_equal(owner_of(&a), 1);
    assert_int_equal(answer(1), RTOS_OK);
    assert_int_equal(priority_of(0), 5);
    OK(rtos_mutex_unlock(&a));
    assert_int_equal(owner_of(&a), -1);
}

static void test_timeout_gives_priority_back(void **state)
{
    (void)state;
    contend(100);
    host_pass(89, 1);
    assert_int_equal(running(), 0);
    host_pass(1, 1);
    assert_int_equal(running(), 1);
    assert_int_equal(answer(1), RTOS_TIMED_OUT);
    assert_int_equal(priority_of(0), 5);
    assert_int_equal(owner_of(&a), 0);
}

static void test_stopped_owner_and_waiter(void **state)
{
    (void)state;
    contend(RTOS_FOREVER);
    OK(rtos_thread_stop(&threads[1]));
    assert_int_equal(running(), 2);
    assert_int_equal(priority_of(0), 5);
    OK(rtos_thread_start(&threads[1]));
    rtos_mutex_lock(&a, RTOS_FOREVER);
    assert_int_equal(priority_of(0), 10);
    rtos_thread_stop(&threads[0]); /* by itself */
    assert_int_equal(running(), 1);
    assert_int_equal(owner_of(&a), 1);
    assert_int_equal(threads[0].priority, 5);
}

/* 3 (priority 12) waits for c, whose owner 2 waits for b, whose owner 1 waits for a of 0. */
static void test_chain(void **state)
{
    (void)state;
    born(0, 2);
    host_start();
    OK(rtos_mutex_lock(&a, RTOS_FOREVER));
    for (unsigned i = 1; i <= 3; i++) {
        struct rtos_mutex *const mutexes[] = {&a, &b, &c};

        born(i, i == 3 ? 12 : 2 + i);
        assert_int_equal(running(), (int)i);
        if (i < 3)
            OK(rtos_mutex_lock(mutexes[i], RTOS_FOREVER));
        rtos_mutex_lock(mutexes[i - 1], i == 3 ? 1000 : RTOS_FOREVER);
        assert_int_equal(running(), 0);
    }
    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(priority_of(i), 12);
    host_pass(1000, 1);
    assert_int_equal(running(), 3);
    assert_int_equal(answer(3), RTOS_TIMED_OUT);
    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(priority_of(i), 4);
    /* A waiting thread's own priority counts too. */
    OK(rtos_thread_set_priority(&threads[2], 20));
    assert_int_equal(priority_of(0), 20);
    OK(rtos_mutex_delete(&b));
    assert_int_equal(running(), 2);
    assert_int_equal(answer(2), RTOS_DELETED);
    assert_int_equal(priority_of(0), 3);
}

static void test_ceiling(void **state)
{
    (void)state;
    OK(rtos_mutex_init(&a, RTOS_MUTEX_CEILING, 9));
    born(0, 5);
    born(1, 10);
    host_start();
    IS(rtos_mutex_lock(&a, RTOS_FOREVER), RTOS_INVALID_PARAM);
    rtos_thread_delay(10);
    OK(rtos_mutex_lock(&a, RTOS_FOREVER));
    assert_int_equal(priority_of(0), 9);
    OK(rtos_mutex_unlock(&a));
    assert_int_equal(priority_of(0), 5);
}

/* Out of order. */
static void test_held_list(void **state)
{
    (void)state;
    born(0, 5);
    host_start();
    OK(rtos_mutex_lock(&a, RTOS_FOREVER));
    OK(rtos_mutex_lock(&b, RTOS_FOREVER));
    OK(rtos_mutex_lock(&c, RTOS_FOREVER));
    OK(rtos_mutex_unlock(&b));
    OK(rtos_mutex_delete(&a));
    OK(rtos_mutex_unlock(&c));
    assert_null(threads[0].held);
}

static void test_cond(void **state)
{
    (void)state;
    born(0, 5);
    born(1, 10);
    host_start();
    IS(rtos_cond_signal(&cond), RTOS_NO_ACTION);
    IS(rtos_cond_broadcast(&cond), RTOS_NO_ACTION);
    OK(rtos_mutex_lock(&a, RTOS_FOREVER));
    rtos_cond_wait(&cond, &a, 500);
    assert_int_equal(running(), 0);
    OK(rtos_mutex_lock(&a, RTOS_FOREVER));
    OK(rtos_cond_signal(&cond));
    assert_int_equal(running(), 0); /* 1 waits for the mutex now */
    assert_int_equal(state_of(1), RTOS_WAITING);
    assert_int_equal(priority_of(0), 10);
    IS(rtos_thread_cancel_wait(&threads[1]), RTOS_NO_ACTION);
    assert_int_equal(rtos_kernel.n_timeouts, 0);
    OK(rtos_mutex_unlock(&a));
    assert_int_equal(running(), 1);
    assert_int_equal(answer(1), RTOS_OK);
    assert_int_equal(owner_of(&a), 1);
}

static void test_cond_times_out_with_mutex(void **state)
{
    (void)state;
    born(0, 5);
    born(1, 10);
    host_start();
    OK(rtos_mutex_lock(&a, RTOS_FOREVER));
    rtos_cond_wait(&cond, &a, 500);
    OK(rtos_mutex_lock(&a, RTOS_FOREVER));
    host_pass(500, 1);
    assert_int_equal(running(), 0);
    OK(rtos_mutex_unlock(&a));
    assert_int_equal(running(), 1);
    assert_int_equal(answer(1), RTOS_TIMED_OUT);
    assert_int_equal(owner_of(&a), 1);
    rtos_cond_wait(&cond, &a, RTOS_FOREVER);
    OK(rtos_cond_delete(&cond));
    assert_int_equal(running(), 1);
    assert_int_equal(answer(1), RTOS_DELETED);
    assert_int_equal(owner_of(&a), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_init, setup),
        cmocka_unit_test_setup(test_bad_objects, setup),
        cmocka_unit_test_setup(test_contexts, setup),
        cmocka_unit_test_setup(test_owner, setup),
        cmocka_unit_test_setup(test_recursive, setup),
        cmocka_unit_test_setup(test_inversion, setup),
        cmocka_unit_test_setup(test_timeout_gives_priority_back, setup),
        cmocka_unit_test_setup(test_stopped_owner_and_waiter, setup),
        cmocka_unit_test_setup(test_chain, setup),
        cmocka_unit_test_setup(test_ceiling, setup),
        cmocka_unit_test_setup(test_held_list, setup),
        cmocka_unit_test_setup(test_cond, setup),
        cmocka_unit_test_setup(test_cond_times_out_with_mutex, setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
