/* SPDX-License-Identifier: Apache-2.0 */
/* fake: apex */
/* Semaphores and events of APEX: every service with every code that it documents. */
#include "apex_host.h"

APEX_PROCESSES(4, 4096);
APEX_SEMAPHORES(2);
APEX_EVENTS(2);

static SEMAPHORE_ID_TYPE sem;
static EVENT_ID_TYPE event;

static int setup(void **state)
{
    (void)state;
    host_reset();
    return 0;
}

/* Semaphores */

static WAITING_RANGE_TYPE waiting_at_sem(void)
{
    SEMAPHORE_STATUS_TYPE status;

    OK(GET_SEMAPHORE_STATUS, sem, &status);
    return status.WAITING_PROCESSES;
}

static void sem_codes_normal(void)
{
    LOCK_LEVEL_TYPE level;

    IS(INVALID_MODE, CREATE_SEMAPHORE, "new", 0, 1, FIFO, &sem);
    IS(NOT_AVAILABLE, WAIT_SEMAPHORE, sem, 0);
    IS(TIMED_OUT, WAIT_SEMAPHORE, sem, 1000);
    OK(LOCK_PREEMPTION, &level);
    IS(INVALID_MODE, WAIT_SEMAPHORE, sem, INFINITE_TIME_VALUE);
    IS(NOT_AVAILABLE, WAIT_SEMAPHORE, sem, 0);
    OK(UNLOCK_PREEMPTION, &level);
    note('n');
}

static void sem_codes_main(void)
{
    SEMAPHORE_STATUS_TYPE status;
    SEMAPHORE_ID_TYPE id = 0;

    OK(CREATE_SEMAPHORE, "sem", 1, 2, PRIORITY, &sem);
    IS(NO_ACTION, CREATE_SEMAPHORE, "SeM", 1, 2, FIFO, &id);
    IS(INVALID_PARAM, CREATE_SEMAPHORE, "a", 0, 0, FIFO, &id);
    IS(INVALID_PARAM, CREATE_SEMAPHORE, "a", 0, MAX_SEMAPHORE_VALUE + 1, FIFO, &id);
    IS(INVALID_PARAM, CREATE_SEMAPHORE, "a", -1, 1, FIFO, &id);
    IS(INVALID_PARAM, CREATE_SEMAPHORE, "a", 2, 1, FIFO, &id);
    IS(INVALID_PARAM, CREATE_SEMAPHORE, "a", 0, 1, (QUEUING_DISCIPLINE_TYPE)2, &id);
    IS(INVALID_PARAM, CREATE_SEMAPHORE, NULL, 0, 1, FIFO, &id);
    OK(GET_SEMAPHORE_ID, "SEM", &id);
    assert_int_equal(id, sem);
    IS(INVALID_CONFIG, GET_SEMAPHORE_ID, "se", &id);
    IS(INVALID_PARAM, WAIT_SEMAPHORE, 0, 0);
    IS(INVALID_PARAM, WAIT_SEMAPHORE, 2, 0);
    IS(INVALID_PARAM, WAIT_SEMAPHORE, sem, -2);
    IS(INVALID_PARAM, SIGNAL_SEMAPHORE, -1);
    IS(INVALID_PARAM, GET_SEMAPHORE_STATUS, 3, &status);
    OK(SIGNAL_SEMAPHORE, sem);
    IS(NO_ACTION, SIGNAL_SEMAPHORE, sem);
    OK(GET_SEMAPHORE_STATUS, sem, &status);
    assert_int_equal(status.CURRENT_VALUE, 2);
    assert_int_equal(status.MAXIMUM_VALUE, 2);
    assert_int_equal(status.WAITING_PROCESSES, 0);
    OK(WAIT_SEMAPHORE, sem, 0);
    OK(WAIT_SEMAPHORE, sem, INFINITE_TIME_VALUE);
    IS(INVALID_MODE, WAIT_SEMAPHORE, sem, INFINITE_TIME_VALUE); /* not a process */
    OK(CREATE_SEMAPHORE, "other", 0, 1, FIFO, &id);
    IS(INVALID_CONFIG, CREATE_SEMAPHORE, "third", 0, 1, FIFO, &id);
    start_three(sem_codes_normal, nothing, nothing);
}

static void test_semaphore_codes(void **state)
{
    (void)state;
    host_run(sem_codes_main);
    assert_string_equal(host_diary, "n");
}

static void sem_wait_a(void)
{
    OK(TIMED_WAIT, 1000); /* comes second */
    OK(WAIT_SEMAPHORE, sem, INFINITE_TIME_VALUE);
    note('a');
}

static void sem_wait_b(void)
{
    OK(WAIT_SEMAPHORE, sem, INFINITE_TIME_VALUE);
    note('b');
}

static void sem_give_two(void)
{
    host_spend(2000);
    assert_int_equal(waiting_at_sem(), 2);
    OK(SIGNAL_SEMAPHORE, sem);
    note('1');
    OK(SIGNAL_SEMAPHORE, sem);
    note('2');
    assert_int_equal(waiting_at_sem(), 0);
}

static void sem_priority_main(void)
{
    OK(CREATE_SEMAPHORE, "sem", 0, 1, PRIORITY, &sem);
    start_three(sem_wait_a, sem_wait_b, sem_give_two);
}

static void sem_fifo_main(void)
{
    OK(CREATE_SEMAPHORE, "sem", 0, 1, FIFO, &sem);
    start_three(sem_wait_a, sem_wait_b, sem_give_two);
}

static void test_semaphore_order(void **state)
{
    (void)state;
    host_run(sem_priority_main);
    assert_string_equal(host_diary, "a1b2");
    host_reset();
    host_run(sem_fifo_main);
    assert_string_equal(host_diary, "b1a2");
}

/* Events */

static void event_codes_normal(void)
{
    LOCK_LEVEL_TYPE level;

    IS(INVALID_MODE, CREATE_EVENT, "new", &event);
    IS(NOT_AVAILABLE, WAIT_EVENT, event, 0);
    IS(TIMED_OUT, WAIT_EVENT, event, 1000);
    OK(LOCK_PREEMPTION, &level);
    IS(INVALID_MODE, WAIT_EVENT, event, 5);
    OK(UNLOCK_PREEMPTION, &level);
    note('n');
}

static void event_codes_main(void)
{
    EVENT_STATUS_TYPE status;
    EVENT_ID_TYPE id = 0;

    OK(CREATE_EVENT, "event", &event);
    IS(NO_ACTION, CREATE_EVENT, "Event", &id);
    IS(INVALID_PARAM, CREATE_EVENT, NULL, &id);
    OK(GET_EVENT_ID, "event", &id);
    assert_int_equal(id, event);
    IS(INVALID_CONFIG, GET_EVENT_ID, "events", &id);
    IS(INVALID_PARAM, WAIT_EVENT, 0, 0);
    IS(INVALID_PARAM, WAIT_EVENT, event, -7);
    IS(INVALID_PARAM, SET_EVENT, 2);
    IS(INVALID_PARAM, RESET_EVENT, 2);
    IS(INVALID_PARAM, GET_EVENT_STATUS, 9, &status);
    OK(SET_EVENT, event);
    IS(NO_ACTION, SET_EVENT, event);
    OK(WAIT_EVENT, event, 0);
    OK(GET_EVENT_STATUS, event, &status);
    assert_int_equal(status.EVENT_STATE, UP);
    OK(RESET_EVENT, event);
    IS(NO_ACTION, RESET_EVENT, event);
    OK(GET_EVENT_STATUS, event, &status);
    assert_int_equal(status.EVENT_STATE, DOWN);
    assert_int_equal(status.WAITING_PROCESSES, 0);
    OK(CREATE_EVENT, "other", &id);
    IS(INVALID_CONFIG, CREATE_EVENT, "third", &id);
    start_three(event_codes_normal, nothing, nothing);
}

static void test_event_codes(void **state)
{
    (void)state;
    host_run(event_codes_main);
    assert_string_equal(host_diary, "n");
}

static void event_wait_high(void)
{
    OK(WAIT_EVENT, event, INFINITE_TIME_VALUE);
    note('h');
}

static void event_wait_middle(void)
{
    OK(WAIT_EVENT, event, RTOS_MS(1));
    note('m');
}

static void event_set_low(void)
{
    EVENT_STATUS_TYPE status;

    OK(GET_EVENT_STATUS, event, &status);
    assert_int_equal(status.WAITING_PROCESSES, 2);
    OK(SET_EVENT, event);
    note('s');
}

static void event_order_main(void)
{
    OK(CREATE_EVENT, "event", &event);
    start_three(event_wait_high, event_wait_middle, event_set_low);
}

static void test_event_wakes_all(void **state)
{
    (void)state;
    host_run(event_order_main);
    assert_string_equal(host_diary, "hms");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_semaphore_codes, setup),
        cmocka_unit_test_setup(test_semaphore_order, setup),
        cmocka_unit_test_setup(test_event_codes, setup),
        cmocka_unit_test_setup(test_event_wakes_all, setup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
