/* SPDX-License-Identifier: Apache-2.0 */
/* fake: rtos */
/* Time in the real-time kernel: timers, timer threads, slots, slices, accounts, stopwatches. */
#include "rtos_threads.h"

static struct rtos_timer timer, other;
static struct rtos_timer_thread server;
static unsigned n_calls, n_other;
static rtos_time_t last_call;

static void on_timer(struct rtos_timer *which, void *arg)
{
    assert_ptr_equal(which, &timer);
    assert_ptr_equal(arg, &n_calls);
    n_calls++;
    last_call = rtos_now();
}

static void on_other(struct rtos_timer *which, void *arg)
{
    (void)which;
    (void)arg;
    n_other++;
}

static int setup(void **state)
{
    (void)state;
    host_reset();
    memset(threads, 0, sizeof(threads));
    OK(rtos_timer_init(&timer, NULL, on_timer, &n_calls));
    OK(rtos_timer_init(&other, NULL, on_other, NULL));
    n_calls = n_other = 0;
    return 0;
}

static void test_timer_codes(void **state)
{
    prtos_u32_t missed;

    (void)state;
    REFUSES(struct rtos_timer, rtos_timer_start(o, 1, 0));
    REFUSES(struct rtos_timer, rtos_timer_stop(o));
    REFUSES(struct rtos_timer, rtos_timer_get_missed(o, &missed));
    REFUSES(struct rtos_timer, rtos_timer_delete(o));
    IS(rtos_timer_init(NULL, NULL, on_timer, NULL), RTOS_INVALID_PARAM);
    IS(rtos_timer_init(&other, NULL, NULL, NULL), RTOS_INVALID_PARAM);
    memset(&server, 0, sizeof(server));
    IS(rtos_timer_init(&other, &server, on_timer, NULL), RTOS_INVALID_OBJECT);
    IS(IN_IRQ(rtos_timer_init(&other, NULL, on_timer, NULL)), RTOS_WRONG_CONTEXT);
    IS(IN_IRQ(rtos_timer_delete(&timer)), RTOS_WRONG_CONTEXT);
    IS(rtos_timer_start(&timer, -1, 0), RTOS_INVALID_PARAM);
    IS(rtos_timer_start(&timer, 1, 999), RTOS_INVALID_PARAM);
    IS(rtos_timer_start(&timer, 1, -1), RTOS_INVALID_PARAM);
    IS(rtos_timer_get_missed(&timer, NULL), RTOS_INVALID_PARAM);
    IS(rtos_timer_stop(&timer), RTOS_NO_ACTION);
    OK(IN_IRQ(rtos_timer_start(&timer, rtos_now() + 5, 0)));
    OK(IN_IRQ(rtos_timer_stop(&timer)));
    OK(rtos_timer_delete(&timer));
    IS(rtos_timer_start(&timer, 1, 0), RTOS_INVALID_OBJECT);
    assert_int_equal(rtos_kernel.n_timeouts, 0);
}

static void test_timer_once_and_again(void **state)
{
    rtos_time_t start;

    (void)state;
    born(0, 5);
    start = rtos_now();
    OK(rtos_timer_start(&timer, start + 100, 0)); /* before the start of the kernel */
    assert_int_equal(host_port.armed, 0);
    host_start();
    assert_int_equal(host_port.armed, start + 100);
    host_pass(99, 1);
    assert_int_equal(n_calls, 0);
    host_pass(2000, 1);
    assert_int_equal(n_calls, 1);
    assert_int_equal(last_call, start + 100);
    OK(rtos_timer_start(&timer, 0, 0)); /* long ago */
    host_pass(1, 1);
    assert_int_equal(n_calls, 2);
    start = rtos_now();
    OK(rtos_timer_start(&timer, start + 1000, 1000));
    host_pass(100000 * 1000, 1);
    assert_int_equal(n_calls, 2 + 100000);
    assert_int_equal(last_call, start + 100000 * 1000); /* no drift */
    OK(rtos_timer_stop(&timer));
    host_pass(10000, 1);
    assert_int_equal(n_calls, 2 + 100000);
}

/* Five periods pass without a slot: one call, four missed, and the beat stays. */
static void test_timer_misses(void **state)
{
    rtos_time_t start;
    prtos_u32_t missed;

    (void)state;
    born(0, 5);
    host_start();
    host_slot(0, 10000);
    start = rtos_now();
    OK(rtos_timer_start(&timer, start + 1000, 1000));
    host_pass(2500, 1);
    assert_int_equal(n_calls, 2);
    host_pass(5000, 0);
    host_slot(0, 10000);
    assert_int_equal(n_calls, 3);
    OK(rtos_timer_get_missed(&timer, &missed));
    assert_int_equal(missed, 4);
    host_pass(500, 1);
    assert_int_equal(n_calls, 4);
    assert_int_equal(last_call, start + 8000);
}

/* Only what lies in the slot arms the hardware timer. */
static void test_slots_save_timers(void **state)
{
    rtos_time_t left;

    (void)state;
    IS(rtos_slot_left(NULL), RTOS_INVALID_PARAM);
    IS(rtos_slot_next(NULL), RTOS_INVALID_PARAM);
    born(0, 5);
    host_start();
    host_slot(0, 1000);
    OK(rtos_slot_left(&left));
    assert_int_equal(left, 1000);
    OK(rtos_timer_start(&timer, rtos_now() + 1000, 0));
    assert_int_equal(host_port.armed, 0);
    OK(rtos_timer_start(&other, rtos_now() + 900, 0));
    assert_int_equal(host_port.armed, rtos_now() + 900);
    host_pass(999, 1);
    OK(rtos_slot_left(&left));
    assert_int_equal(left, 1);
    assert_int_equal(n_other, 1);
    host_pass(2000, 0);
    assert_int_equal(n_calls, 0);
    OK(rtos_slot_left(&left));
    assert_int_equal(left, 0);
    host_slot(2, 1000);
    assert_int_equal(n_calls, 1);
}

/* The slot in which the kernel starts counts as any other. */
static void test_first_slot(void **state)
{
    rtos_time_t left, next;

    (void)state;
    born(0, 5);
    host_port.slot_began = rtos_now() - 300;
    host_port.slot_length = 1000;
    host_port.slot_next = rtos_now() + 5000;
    OK(rtos_timer_start(&timer, rtos_now() + 600, 0));
    OK(rtos_timer_start(&other, rtos_now() + 800, 0));
    host_start();
    assert_int_equal(host_port.armed, rtos_now() + 600);
    OK(rtos_slot_left(&left));
    assert_int_equal(left, 700);
    OK(rtos_slot_next(&next));
    assert_int_equal(next, rtos_now() + 5000);
    host_pass(650, 1);
    assert_int_equal(n_calls, 1);
    assert_int_equal(host_port.armed, 0);
}

static void test_timer_thread(void **state)
{
    struct rtos_thread_config config = {nothing, NULL, stacks[1], STACK_SIZE, 9, "timers"};
    prtos_u32_t missed;

    (void)state;
    IS(rtos_timer_thread_init(NULL, &config), RTOS_INVALID_PARAM);
    IS(rtos_timer_thread_init(&server, NULL), RTOS_INVALID_PARAM);
    IS(IN_IRQ(rtos_timer_thread_init(&server, &config)), RTOS_WRONG_CONTEXT);
    OK(rtos_timer_thread_init(&server, &config));
    OK(rtos_timer_init(&timer, &server, on_timer, &n_calls));
    OK(rtos_timer_init(&other, NULL, on_other, NULL));
    born(0, 5);
    host_start();
    assert_ptr_equal(rtos_kernel.current, &server.thread);
    rtos_sem_take(&server.news, RTOS_FOREVER); /* as its code does */
    assert_int_equal(running(), 0);
    OK(rtos_timer_start(&timer, rtos_now() + 1000, 1000));
    OK(rtos_timer_start(&other, rtos_now() + 1000, 1000));
    host_pass(3000, 1);
    assert_ptr_equal(rtos_kernel.current, &server.thread);
    assert_int_equal(n_calls, 0); /* it has not got to it */
    assert_int_equal(n_other, 3); /* which delays no other one */
    OK(rtos_timer_get_missed(&timer, &missed));
    assert_int_equal(missed, 2);
    OK(rtos_timer_stop(&timer)); /* also out of the thread's list */
    assert_null(rtos_list_first(&server.expired));
}

static void test_slices(void **state)
{
    struct rtos_thread_stats stats;
    int turns[3] = {0};

    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        born(i, 5);
        OK(rtos_thread_set_slice(&threads[i], 1000 * (i + 1)));
    }
    host_start();
    host_slot(0, RTOS_MS(100));
    /* The first one had no equals when it got the processor; its first end comes by the next
     * look. */
    OK(rtos_thread_yield());
    assert_int_equal(running(), 1);
    for (int i = 0; i < 600; i++) {
        int who = running();

        turns[who]++;
        host_pass(1000 * (who + 1) - 1, 1);
        assert_int_equal(running(), who);
        host_pass(500, 0); /* no execution, no slice used */
        assert_int_equal(running(), who);
        host_pass(1, 1);
        assert_int_equal(running(), (who + 1) % 3);
    }
    assert_int_equal(turns[0], 200);
    OK(rtos_thread_get_stats(&threads[1], &stats));
    assert_int_equal(stats.executed, 200 * 2000);
    OK(rtos_thread_get_stats(&threads[2], &stats));
    assert_int_equal(stats.executed, 200 * 3000);
    assert_int_equal(stats.switches, 200);
}

/* Pushed aside it keeps the rest of its slice; alone it is never interrupted. */
static void test_slice_rest(void **state)
{
    (void)state;
    born(0, 5);
    born(1, 5);
    OK(rtos_thread_set_slice(&threads[0], 1000));
    OK(rtos_thread_set_slice(&threads[1], 1000));
    host_start();
    OK(rtos_thread_yield());
    host_pass(400, 1);
    born(2, 9);
    assert_int_equal(running(), 2);
    host_pass(5000, 1);
    assert_int_equal(running(), 2);
    rtos_thread_exit();
    assert_int_equal(running(), 1);
    host_pass(599, 1);
    assert_int_equal(running(), 1);
    host_pass(1, 1);
    assert_int_equal(running(), 0);
    OK(rtos_thread_stop(&threads[1]));
    host_pass(3000, 1);
    assert_int_equal(host_port.slice_armed, 0);
    host_pass(5000, 1);
    OK(rtos_thread_start(&threads[1])); /* an equal: the slice begins */
    host_pass(1000, 1);
    assert_int_equal(running(), 1);
}

static void test_stats(void **state)
{
    struct rtos_thread_stats stats;

    (void)state;
    REFUSES(struct rtos_thread, rtos_thread_get_stats(o, &stats));
    born(0, 5);
    IS(rtos_thread_get_stats(&threads[0], NULL), RTOS_INVALID_PARAM);
    OK(rtos_thread_get_stats(&threads[0], &stats));
    assert_int_equal(stats.stack_size, STACK_SIZE);
    assert_int_equal(stats.stack_used, 0);
    stacks[0][100] = 1;
    OK(rtos_thread_get_stats(&threads[0], &stats));
    assert_int_equal(stats.stack_used, STACK_SIZE - 100);
    assert_string_equal(stats.name, "t");
    host_start();
    host_pass(700, 1);
    OK(rtos_thread_get_stats(&threads[0], &stats));
    assert_int_equal(stats.executed, 700 + 0);
}

static void test_stopwatch(void **state)
{
    struct rtos_stopwatch watch;
    prtos_u64_t lap;

    (void)state;
    IS(rtos_stopwatch_init(NULL), RTOS_INVALID_PARAM);
    IS(rtos_stopwatch_start(NULL), RTOS_INVALID_PARAM);
    IS(rtos_stopwatch_lap(NULL, &lap), RTOS_INVALID_PARAM);
    IS(rtos_stopwatch_stop(NULL), RTOS_INVALID_PARAM);
    OK(rtos_stopwatch_init(&watch));
    IS(rtos_stopwatch_lap(&watch, &lap), RTOS_NO_ACTION);
    IS(rtos_stopwatch_stop(&watch), RTOS_NO_ACTION);
    OK(rtos_stopwatch_start(&watch));
    IS(rtos_stopwatch_start(&watch), RTOS_NO_ACTION);
    host_pass(30, 0);
    OK(rtos_stopwatch_lap(&watch, &lap));
    assert_int_equal(lap, 30);
    host_pass(10, 0);
    OK(rtos_stopwatch_lap(&watch, NULL));
    host_pass(20, 0);
    OK(rtos_stopwatch_stop(&watch));
    assert_int_equal(watch.laps, 3);
    assert_int_equal(watch.total, 60);
    assert_int_equal(watch.shortest, 10);
    assert_int_equal(watch.longest, 30);
    assert_true(rtos_stamp_rate() > 0 && rtos_stamp() == (prtos_u64_t)rtos_now());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_timer_codes, setup),
        cmocka_unit_test_setup(test_timer_once_and_again, setup),
        cmocka_unit_test_setup(test_timer_misses, setup),
        cmocka_unit_test_setup(test_slots_save_timers, setup),
        cmocka_unit_test_setup(test_first_slot, setup),
        cmocka_unit_test_setup(test_timer_thread, setup),
        cmocka_unit_test_setup(test_slices, setup),
        cmocka_unit_test_setup(test_slice_rest, setup),
        cmocka_unit_test_setup(test_stats, setup),
        cmocka_unit_test_setup(test_stopwatch, setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
