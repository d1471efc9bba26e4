/* SPDX-License-Identifier: Apache-2.0 */
/* fake: apex */
/* flags: -Wno-override-init */
/* Time, release points and deadlines of APEX: every service with every code that it documents. */
#include "apex_host.h"

APEX_PARTITION(HOST_FRAME, HOST_SLOT, HOST_SLOT_INDEX);
APEX_PROCESSES(5, 4096);

#define PERIOD_OF(n) .PERIOD = (n)*HOST_FRAME

static unsigned rounds;

static int setup(void **state)
{
    (void)state;
    host_reset();
    rounds = 0;
    return 0;
}

static void time_high(void)
{
    SYSTEM_TIME_TYPE before = now(), time;

    OK(GET_TIME, &time);
    assert_int_equal(time, host_port.now);
    IS(INVALID_PARAM, TIMED_WAIT, INFINITE_TIME_VALUE);
    IS(INVALID_PARAM, TIMED_WAIT, -5);
    OK(TIMED_WAIT, 12345);
    assert_int_equal(now() - before, 12345);
    IS(INVALID_MODE, PERIODIC_WAIT); /* aperiodic */
    IS(INVALID_PARAM, REPLENISH, -2);
    OK(REPLENISH, 100);
    OK(REPLENISH, INFINITE_TIME_VALUE);
    OK(SET_PRIORITY, high, 10);
    note('h'); /* behind its equal */
    OK(TIMED_WAIT, 0);
    note('i');
}

static void time_middle(void)
{
    note('a');
    OK(TIMED_WAIT, 0);
    note('b');
}

static void time_main(void)
{
    IS(NO_ACTION, REPLENISH, 5);
    IS(INVALID_MODE, PERIODIC_WAIT);
    IS(INVALID_MODE, TIMED_WAIT, 5);
    start_three(time_high, nothing, nothing);
}

static void test_time(void **state)
{
    (void)state;
    host_run(time_main);
    assert_string_equal(host_diary, "hi");
}

static void equals_main(void)
{
    OK(START, PROCESS("one", time_middle, 10));
    OK(START, PROCESS("two", time_middle, 10));
    OK(SET_PARTITION_MODE, NORMAL);
}

static void test_wait_for_nothing_lets_equals_run(void **state)
{
    (void)state;
    host_run(equals_main);
    assert_string_equal(host_diary, "aabb");
}

/* Release points: the starts of the partition's period, and multiples of the own one behind them.
 * */
static SYSTEM_TIME_TYPE released[8];

static void beat(void)
{
    for (;;) {
        released[rounds++] = now();
        if (rounds == 4)
            host_end();
        host_spend(RTOS_US(100) * rounds); /* which moves no release point */
        OK(PERIODIC_WAIT);
    }
}

static void delayed_beat(void)
{
    note('d');
    assert_int_equal(now(), released[0] + RTOS_MS(1));
}

static void beat_main(void)
{
    OK(START, PROCESS("beat", beat, 5, PERIOD_OF(2)));
    OK(DELAYED_START, PROCESS("delayed", delayed_beat, 9, PERIOD_OF(1)), RTOS_MS(1));
    assert_int_equal(state_of(1), WAITING);
    OK(SET_PARTITION_MODE, NORMAL);
}

static void test_release_points(void **state)
{
    SYSTEM_TIME_TYPE first = host_port.now + HOST_FRAME;

    (void)state;
    host_run(beat_main);
    for (int i = 0; i < 4; i++)
        assert_int_equal(released[i], first + i * 2 * HOST_FRAME);
    assert_string_equal(host_diary, "d");
}

/* Started in NORMAL: the next start of the partition's period, whatever its own is. */
static void late_beat(void)
{
    released[rounds++] = now();
    IS(INVALID_MODE, REPLENISH, 2 * HOST_FRAME + 1);
    IS(INVALID_MODE, REPLENISH, INFINITE_TIME_VALUE);
    OK(REPLENISH, HOST_FRAME);
    host_end();
}

static void late_starter(void)
{
    OK(TIMED_WAIT, 2 * HOST_FRAME + 5);
    OK(START, middle);
}

static void late_main(void)
{
    middle = PROCESS("late", late_beat, 9, PERIOD_OF(2));
    OK(START, PROCESS("starter", late_starter, 5));
    OK(SET_PARTITION_MODE, NORMAL);
}

static void test_release_point_of_a_late_start(void **state)
{
    SYSTEM_TIME_TYPE first = host_port.now + HOST_FRAME;

    (void)state;
    host_run(late_main);
    assert_int_equal(rounds, 1);
    assert_int_equal(released[0], first + 2 * HOST_FRAME);
}

/* A miss without an error handler is the partition's health event. */
static void miss(void)
{
    host_spend(RTOS_US(400));
    assert_int_equal(host_hypervisor.n_errors, 0);
    OK(REPLENISH, RTOS_US(500));
    host_spend(RTOS_US(499));
    assert_int_equal(host_hypervisor.n_errors, 0);
    host_spend(RTOS_US(2));
    assert_int_equal(host_hypervisor.n_errors, 1);
    assert_int_equal(host_hypervisor.error[0], DEADLINE_MISSED);
    assert_int_equal(host_hypervisor.error[1], 1);
    note('m');
}

static void miss_main(void)
{
    OK(START, PROCESS("miss", miss, 9, .TIME_CAPACITY = RTOS_US(500)));
    OK(SET_PARTITION_MODE, NORMAL);
}

static void test_deadline_missed(void **state)
{
    (void)state;
    host_run(miss_main);
    assert_string_equal(host_diary, "m");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_time, setup),
        cmocka_unit_test_setup(test_wait_for_nothing_lets_equals_run, setup),
        cmocka_unit_test_setup(test_release_points, setup),
        cmocka_unit_test_setup(test_release_point_of_a_late_start, setup),
        cmocka_unit_test_setup(test_deadline_missed, setup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
