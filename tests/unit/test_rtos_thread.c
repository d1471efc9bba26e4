/* SPDX-License-Identifier: Apache-2.0 */
/* fake: rtos */
/* Threads of the real-time kernel: birth to deletion, priorities, suspension, joining, the
 * locks. */
#include "rtos_threads.h"

static int setup(void **state)
{
    (void)state;
    host_reset();
    memset(threads, 0, sizeof(threads));
    return 0;
}

static void test_init(void **state)
{
    struct rtos_thread_config good = {nothing, NULL, stacks[0], STACK_SIZE, 31, NULL}, bad;

    (void)state;
    IS(rtos_thread_init(NULL, &good), RTOS_INVALID_PARAM);
    IS(rtos_thread_init(&threads[0], NULL), RTOS_INVALID_PARAM);
    IS(rtos_thread_init((struct rtos_thread *)(void *)((char *)threads + 1), &good),
       RTOS_INVALID_PARAM);
#define BAD(field, value)                                                                          \
    bad = good, bad.field = value, IS(rtos_thread_init(&threads[0], &bad), RTOS_INVALID_PARAM)
    BAD(entry, NULL);
    BAD(stack, NULL);
    BAD(stack, stacks[0] + 4);
    BAD(stack_size, RTOS_STACK_MIN - 8);
    BAD(stack_size, STACK_SIZE + 4);
    BAD(priority, 32);
    IS(IN_IRQ(rtos_thread_init(&threads[0], &good)), RTOS_WRONG_CONTEXT);
    OK(rtos_thread_init(&threads[0], &good));
    assert_int_equal(state_of(0), RTOS_DORMANT);
}

static void test_bad_objects(void **state)
{
    enum rtos_thread_state s;

    (void)state;
    born(0, 5);
    host_start();
    REFUSES(struct rtos_thread, rtos_thread_start(o));
    REFUSES(struct rtos_thread, rtos_thread_start_after(o, 1));
    REFUSES(struct rtos_thread, rtos_thread_stop(o));
    REFUSES(struct rtos_thread, rtos_thread_delete(o));
    REFUSES(struct rtos_thread, rtos_thread_join(o, RTOS_POLL));
    REFUSES(struct rtos_thread, rtos_thread_suspend(o));
    REFUSES(struct rtos_thread, rtos_thread_resume(o));
    REFUSES(struct rtos_thread, rtos_thread_cancel_wait(o));
    REFUSES(struct rtos_thread, rtos_thread_set_priority(o, 1));
    REFUSES(struct rtos_thread, rtos_thread_get_priority(o, NULL, NULL));
    REFUSES(struct rtos_thread, rtos_thread_get_state(o, &s));
    REFUSES(struct rtos_thread, rtos_thread_set_slice(o, 0));
    IS(rtos_thread_get_state(&threads[0], NULL), RTOS_INVALID_PARAM);
    IS(rtos_thread_set_priority(&threads[0], 32), RTOS_INVALID_PARAM);
    IS(rtos_thread_start_after(&threads[0], -1), RTOS_INVALID_PARAM);
    IS(rtos_thread_set_slice(&threads[0], 999), RTOS_INVALID_PARAM);
}

static void test_life(void **state)
{
    (void)state;
    born(0, 5);
    host_start();
    assert_int_equal(running(), 0);
    assert_ptr_equal(rtos_thread_self(), &threads[0]);
    IS(rtos_start(), RTOS_WRONG_CONTEXT);
    IS(rtos_thread_start(&threads[0]), RTOS_NO_ACTION);
    born(1, 5);
    assert_int_equal(running(), 0); /* no more urgent */
    assert_int_equal(state_of(1), RTOS_READY);
    born(2, 9);
    assert_int_equal(running(), 2);
    rtos_thread_exit();
    assert_int_equal(state_of(2), RTOS_DORMANT);
    assert_int_equal(running(), 0);
    IS(rtos_thread_stop(&threads[2]), RTOS_NO_ACTION);
    OK(rtos_thread_start(&threads[2])); /* again */
    assert_int_equal(running(), 2);
    rtos_thread_exit();
    OK(rtos_thread_stop(&threads[1]));
    OK(rtos_thread_delete(&threads[1]));
    IS(rtos_thread_start(&threads[1]), RTOS_INVALID_OBJECT);
    IS(rtos_thread_delete(&threads[0]), RTOS_WRONG_CONTEXT);
    IS(IN_IRQ(rtos_thread_stop(&threads[2])), RTOS_WRONG_CONTEXT);
    IS(IN_IRQ(rtos_thread_delete(&threads[2])), RTOS_WRONG_CONTEXT);
    IS(IN_IRQ(rtos_thread_exit()), RTOS_WRONG_CONTEXT);
    OK(IN_IRQ(rtos_thread_start(&threads[2])));
}

static void test_start_after(void **state)
{
    (void)state;
    born(0, 5);
    host_start();
    born(1, 9);
    rtos_thread_exit();
    OK(rtos_thread_start_after(&threads[1], 700));
    assert_int_equal(state_of(1), RTOS_WAITING);
    IS(rtos_thread_start_after(&threads[1], 700), RTOS_NO_ACTION);
    host_pass(699, 1);
    assert_int_equal(running(), 0);
    host_pass(1, 1);
    assert_int_equal(running(), 1);
}

static void test_yield_and_delay(void **state)
{
    rtos_time_t start;

    (void)state;
    IS(rtos_thread_yield(), RTOS_WRONG_CONTEXT);
    IS(rtos_thread_delay(1), RTOS_WRONG_CONTEXT);
    born(0, 5);
    born(1, 5);
    born(2, 5);
    host_start();
    for (int i = 0; i < 9; i++) {
        assert_int_equal(running(), i % 3);
        OK(rtos_thread_yield());
    }
    IS(IN_IRQ(rtos_thread_yield()), RTOS_WRONG_CONTEXT);
    IS(rtos_thread_delay(0), RTOS_NO_ACTION);
    IS(rtos_thread_delay(-5), RTOS_NO_ACTION);
    start = rtos_now();
    IS(rtos_thread_delay_until(start), RTOS_NO_ACTION);
    rtos_thread_delay_until(start + 300);
    rtos_thread_delay_until(start + 200);
    rtos_thread_delay_until(start + 200);
    assert_int_equal(running(), -1);
    host_pass(1000, 0); /* no slot meanwhile: all of them are due, the earliest first */
    host_slot(0, 5000);
    assert_int_equal(running(), 1);
    rtos_thread_exit();
    assert_int_equal(running(), 2);
    rtos_thread_exit();
    assert_int_equal(running(), 0);
}

static void test_suspend(void **state)
{
    static struct rtos_sem sem;

    (void)state;
    OK(rtos_sem_init(&sem, 0, 1, RTOS_BY_PRIORITY));
    born(0, 5);
    born(1, 9);
    host_start();
    rtos_sem_take(&sem, RTOS_FOREVER);
    OK(rtos_thread_suspend(&threads[1]));
    IS(rtos_thread_suspend(&threads[1]), RTOS_NO_ACTION);
    assert_int_equal(state_of(1), RTOS_SUSPENDED);
    OK(rtos_sem_give(&sem)); /* the wait ends, it stays suspended */
    assert_int_equal(running(), 0);
    OK(rtos_thread_resume(&threads[1]));
    assert_int_equal(running(), 1);
    assert_int_equal(answer(1), RTOS_OK);
    IS(rtos_thread_resume(&threads[1]), RTOS_NO_ACTION);
    rtos_thread_suspend(&threads[1]); /* by itself */
    assert_int_equal(running(), 0);
    OK(rtos_sched_lock());
    IS(rtos_thread_suspend(&threads[0]), RTOS_WRONG_CONTEXT);
    OK(rtos_sched_unlock());
    OK(IN_IRQ(rtos_thread_resume(&threads[1])));
    rtos_thread_exit();
    IS(rtos_thread_suspend(&threads[0]), RTOS_NO_ACTION);
}

static void test_priority(void **state)
{
    prtos_u32_t own, current;

    (void)state;
    born(0, 5);
    born(1, 5);
    born(2, 4);
    host_start();
    OK(rtos_thread_set_priority(&threads[0], 5)); /* behind its equals */
    assert_int_equal(running(), 1);
    OK(rtos_thread_set_priority(&threads[2], 6));
    assert_int_equal(running(), 2);
    OK(rtos_thread_set_priority(&threads[2], 0));
    assert_int_equal(running(), 1);
    OK(rtos_thread_get_priority(&threads[2], &own, &current));
    assert_int_equal(own, 0);
    assert_int_equal(current, 0);
}

static void test_join(void **state)
{
    (void)state;
    born(0, 5);
    born(1, 9);
    host_start();
    IS(rtos_thread_join(&threads[1], RTOS_FOREVER), RTOS_DEADLOCK);
    IS(rtos_thread_join(&threads[0], RTOS_POLL), RTOS_NOT_AVAILABLE);
    rtos_thread_join(&threads[0], 100);
    assert_int_equal(running(), 0);
    host_pass(100, 1);
    assert_int_equal(running(), 1);
    assert_int_equal(answer(1), RTOS_TIMED_OUT);
    rtos_thread_join(&threads[0], RTOS_FOREVER);
    rtos_thread_exit();
    assert_int_equal(running(), 1);
    assert_int_equal(answer(1), RTOS_OK);
    IS(rtos_thread_join(&threads[0], RTOS_FOREVER), RTOS_NO_ACTION);
}

static void test_sched_lock(void **state)
{
    unsigned i;

    (void)state;
    IS(rtos_sched_lock(), RTOS_WRONG_CONTEXT);
    born(0, 5);
    host_start();
    IS(rtos_sched_unlock(), RTOS_NO_ACTION);
    for (i = 0; i < 8; i++)
        OK(rtos_sched_lock());
    assert_int_equal(rtos_sched_lock_depth(), 8);
    born(1, 9);
    for (i = 0; i < 8; i++) {
        assert_int_equal(running(), 0);
        OK(rtos_sched_unlock());
    }
    assert_int_equal(running(), 1); /* at the outermost one */
    IS(IN_IRQ(rtos_sched_lock()), RTOS_WRONG_CONTEXT);
    IS(IN_IRQ(rtos_sched_unlock()), RTOS_WRONG_CONTEXT);
    for (i = 0; i < 65534; i++)
        OK(rtos_sched_lock());
    IS(rtos_sched_lock(), RTOS_LIMIT);
}

static void test_irq_lock(void **state)
{
    prtos_u32_t outer, inner;

    (void)state;
    born(0, 5);
    host_start();
    outer = rtos_irq_lock();
    inner = rtos_irq_lock();
    born(1, 9);
    rtos_irq_unlock(inner);
    assert_int_equal(running(), 0);
    assert_int_equal(host_port.interrupts_on, 0);
    rtos_irq_unlock(outer);
    assert_int_equal(host_port.interrupts_on, 1);
    assert_int_equal(running(), 1);
}

/* 64 threads at 32 priorities run in the order of their priorities, equals as they were started. */
static void test_many(void **state)
{
    static struct rtos_thread many[64];
    static char room[64][STACK_SIZE] __attribute__((aligned(8)));
    unsigned i;

    (void)state;
    for (i = 0; i < 64; i++) {
        struct rtos_thread_config config = {nothing, NULL, room[i], STACK_SIZE, i * 5 % 32, "m"};

        OK(rtos_thread_init(&many[i], &config));
        OK(rtos_thread_start(&many[i]));
    }
    host_start();
    for (i = 0; i < 64; i++) {
        unsigned priority = 31 - i / 2, first = priority * 13 % 32;

        assert_ptr_equal(rtos_kernel.current, &many[first + i % 2 * 32]);
        rtos_thread_exit();
    }
    assert_int_equal(running(), -1);
}

/* What a thread left it finds again; others have what is there. */
static void test_fpu(void **state)
{
    static struct rtos_fpu rooms[2];

    (void)state;
    born(0, 5);
    born(1, 5);
    born(2, 5);
    REFUSES(struct rtos_thread, rtos_thread_use_fpu(o, &rooms[0]));
    IS(rtos_thread_use_fpu(&threads[0], (struct rtos_fpu *)(void *)((char *)rooms + 4)),
       RTOS_INVALID_PARAM);
    IS(IN_IRQ(rtos_thread_use_fpu(&threads[0], &rooms[0])), RTOS_WRONG_CONTEXT);
    host_port.fpu_absent = 1;
    IS(rtos_thread_use_fpu(&threads[0], &rooms[0]), RTOS_NOT_AVAILABLE);
    host_port.fpu_absent = 0;
    host_port.fpu = 99;
    OK(rtos_thread_use_fpu(&threads[0], &rooms[0]));
    host_start();
    assert_int_equal(running(), 0);
    assert_int_equal(host_port.fpu, 0);
    host_port.fpu = 10;
    OK(rtos_thread_yield());
    OK(rtos_thread_use_fpu(&threads[1], &rooms[1]));
    assert_int_equal(host_port.fpu, 0);
    host_port.fpu = 11;
    OK(rtos_thread_yield());
    assert_int_equal(running(), 2);
    host_port.fpu = 12;
    OK(rtos_thread_yield());
    assert_int_equal(host_port.fpu, 10);
    OK(rtos_thread_yield());
    assert_int_equal(host_port.fpu, 11);
    /* A new start has fresh ones, no room leaves things as they are. */
    OK(rtos_thread_stop(&threads[0]));
    OK(rtos_thread_start(&threads[0]));
    OK(rtos_thread_use_fpu(&threads[1], NULL));
    OK(rtos_thread_yield());
    OK(rtos_thread_yield());
    assert_int_equal(running(), 0);
    assert_int_equal(host_port.fpu, 0);
    host_port.fpu = 13;
    OK(rtos_thread_yield());
    assert_int_equal(running(), 1);
    assert_int_equal(host_port.fpu, 13);
    rtos_fpu_save(&rooms[1]);
    assert_int_equal(host_port.fpu, 0);
    rtos_fpu_load(&rooms[1]);
    assert_int_equal(host_port.fpu, 13);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_init, setup),
        cmocka_unit_test_setup(test_bad_objects, setup),
        cmocka_unit_test_setup(test_life, setup),
        cmocka_unit_test_setup(test_start_after, setup),
        cmocka_unit_test_setup(test_yield_and_delay, setup),
        cmocka_unit_test_setup(test_suspend, setup),
        cmocka_unit_test_setup(test_priority, setup),
        cmocka_unit_test_setup(test_join, setup),
        cmocka_unit_test_setup(test_sched_lock, setup),
        cmocka_unit_test_setup(test_irq_lock, setup),
        cmocka_unit_test_setup(test_many, setup),
        cmocka_unit_test_setup(test_fpu, setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
