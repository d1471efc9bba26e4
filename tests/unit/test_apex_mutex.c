/* SPDX-License-Identifier: Apache-2.0 */
/* fake: apex */
/* Mutexes of APEX: every service with every code that it documents, and the priorities they lend.
 * */
#include "apex_host.h"

APEX_PROCESSES(4, 4096);
APEX_SEMAPHORES(1);
APEX_MUTEXES(2);

static SEMAPHORE_ID_TYPE sem;
static MUTEX_ID_TYPE mutex, other;

static int setup(void **state)
{
    (void)state;
    host_reset();
    return 0;
}

static PRIORITY_TYPE priority_of(PROCESS_ID_TYPE id)
{
    PROCESS_STATUS_TYPE status;

    OK(GET_PROCESS_STATUS, id, &status);
    return status.CURRENT_PRIORITY;
}

static void mutex_codes_high(void)
{
    MUTEX_STATUS_TYPE status;
    LOCK_LEVEL_TYPE level;
    MUTEX_ID_TYPE id;
    int i;

    IS(INVALID_MODE, CREATE_MUTEX, "new", 5, FIFO, &id);
    IS(INVALID_MODE, RELEASE_MUTEX, mutex);
    IS(INVALID_MODE, RESET_MUTEX, mutex, high);
    IS(INVALID_MODE, ACQUIRE_MUTEX, other, 0); /* its priority is lower */
    OK(ACQUIRE_MUTEX, mutex, 0);
    OK(GET_PROCESS_MUTEX_STATE, high, &id);
    assert_int_equal(id, mutex);
    assert_int_equal(priority_of(high), 25);
    for (i = 1; i < MAX_LOCK_LEVEL; i++)
        OK(ACQUIRE_MUTEX, mutex, INFINITE_TIME_VALUE);
    IS(INVALID_CONFIG, ACQUIRE_MUTEX, mutex, 0);
    OK(GET_MUTEX_STATUS, mutex, &status);
    assert_int_equal(status.MUTEX_OWNER, high);
    assert_int_equal(status.MUTEX_STATE, OWNED);
    assert_int_equal(status.MUTEX_PRIORITY, 25);
    assert_int_equal(status.LOCK_COUNT, MAX_LOCK_LEVEL);
    IS(INVALID_MODE, ACQUIRE_MUTEX, other, 0); /* one at a time */
    IS(INVALID_MODE, LOCK_PREEMPTION, &level);
    IS(INVALID_MODE, TIMED_WAIT, 10);
    IS(INVALID_MODE, SUSPEND_SELF, 10);
    IS(INVALID_MODE, WAIT_SEMAPHORE, sem, 10);
    for (i = 1; i < MAX_LOCK_LEVEL; i++)
        OK(RELEASE_MUTEX, mutex);
    assert_int_equal(priority_of(high), 25);
    OK(RELEASE_MUTEX, mutex);
    assert_int_equal(priority_of(high), 20);
    OK(GET_PROCESS_MUTEX_STATE, high, &id);
    assert_int_equal(id, NO_MUTEX_OWNED);
    OK(LOCK_PREEMPTION, &level);
    OK(GET_PROCESS_MUTEX_STATE, high, &id);
    assert_int_equal(id, PREEMPTION_LOCK_MUTEX);
    IS(INVALID_MODE, ACQUIRE_MUTEX, mutex, 0);
    OK(UNLOCK_PREEMPTION, &level);
    OK(TIMED_WAIT, 1000); /* middle takes it */
    IS(NOT_AVAILABLE, ACQUIRE_MUTEX, mutex, 0);
    IS(TIMED_OUT, ACQUIRE_MUTEX, mutex, 1000);
    OK(GET_MUTEX_STATUS, mutex, &status);
    assert_int_equal(status.WAITING_PROCESSES, 0);
    OK(RESET_MUTEX, mutex, middle);
    OK(GET_MUTEX_STATUS, mutex, &status);
    assert_int_equal(status.MUTEX_STATE, AVAILABLE);
    assert_int_equal(status.MUTEX_OWNER, NULL_PROCESS_ID);
    note('h');
}

static void mutex_codes_middle(void)
{
    OK(ACQUIRE_MUTEX, mutex, 0);
    STOP_SELF(); /* and keeps it */
}

static void mutex_codes_main(void)
{
    MUTEX_STATUS_TYPE status;
    MUTEX_ID_TYPE id = 0;

    OK(CREATE_SEMAPHORE, "sem", 0, 1, FIFO, &sem);
    OK(CREATE_MUTEX, "mutex", 25, PRIORITY, &mutex);
    IS(NO_ACTION, CREATE_MUTEX, "MUTEX", 25, FIFO, &id);
    IS(INVALID_PARAM, CREATE_MUTEX, "a", 0, FIFO, &id);
    IS(INVALID_PARAM, CREATE_MUTEX, "a", MAX_PRIORITY_VALUE + 1, FIFO, &id);
    IS(INVALID_PARAM, CREATE_MUTEX, "a", 5, (QUEUING_DISCIPLINE_TYPE)-1, &id);
    OK(CREATE_MUTEX, "other", 19, FIFO, &other);
    IS(INVALID_CONFIG, CREATE_MUTEX, "third", 5, FIFO, &id);
    OK(GET_MUTEX_ID, "mutex", &id);
    assert_int_equal(id, mutex);
    IS(INVALID_CONFIG, GET_MUTEX_ID, "x", &id);
    IS(INVALID_PARAM, ACQUIRE_MUTEX, 0, 0);
    IS(INVALID_PARAM, ACQUIRE_MUTEX, PREEMPTION_LOCK_MUTEX, 0);
    IS(INVALID_PARAM, ACQUIRE_MUTEX, mutex, -2);
    IS(INVALID_MODE, ACQUIRE_MUTEX, mutex, 0); /* not a process */
    IS(INVALID_PARAM, RELEASE_MUTEX, 5);
    IS(INVALID_PARAM, RESET_MUTEX, 5, 1);
    IS(INVALID_PARAM, RESET_MUTEX, mutex, 1);
    IS(INVALID_PARAM, GET_MUTEX_STATUS, 5, &status);
    IS(INVALID_PARAM, GET_PROCESS_MUTEX_STATE, 5, &id);
    start_three(mutex_codes_high, mutex_codes_middle, nothing);
}

static void test_mutex_codes(void **state)
{
    (void)state;
    host_run(mutex_codes_main);
    assert_string_equal(host_diary, "h");
}

/* The middle one never delays the high one while the low one has what that needs. */
static void mutex_inversion_low(void)
{
    OK(ACQUIRE_MUTEX, mutex, 0);
    host_spend(5000);
    note('l');
    OK(RELEASE_MUTEX, mutex);
    note('.');
}

static void mutex_inversion_high(void)
{
    OK(TIMED_WAIT, 1000);
    OK(ACQUIRE_MUTEX, mutex, INFINITE_TIME_VALUE);
    note('h');
    OK(RELEASE_MUTEX, mutex);
}

static void mutex_inversion_middle(void)
{
    OK(TIMED_WAIT, 1000);
    note('m');
}

static void mutex_inversion_main(void)
{
    OK(CREATE_MUTEX, "mutex", 20, PRIORITY, &mutex);
    start_three(mutex_inversion_high, mutex_inversion_middle, mutex_inversion_low);
}

static void test_mutex_lends_its_priority(void **state)
{
    (void)state;
    host_run(mutex_inversion_main);
    assert_string_equal(host_diary, "lhm.");
}

/* What SET_PRIORITY gives an owner comes when it releases. */
static void mutex_set_high(void)
{
    OK(ACQUIRE_MUTEX, mutex, 0);
    OK(SET_PRIORITY, high, 3);
    assert_int_equal(priority_of(high), 25);
    note('a');
    OK(RELEASE_MUTEX, mutex);
    note('c');
    assert_int_equal(priority_of(high), 3);
}

static void note_b(void)
{
    note('b');
}

static void mutex_set_main(void)
{
    OK(CREATE_MUTEX, "mutex", 25, FIFO, &mutex);
    start_three(mutex_set_high, note_b, nothing);
}

static void test_mutex_keeps_the_priority_set(void **state)
{
    (void)state;
    host_run(mutex_set_main);
    assert_string_equal(host_diary, "abc");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_mutex_codes, setup),
        cmocka_unit_test_setup(test_mutex_lends_its_priority, setup),
        cmocka_unit_test_setup(test_mutex_keeps_the_priority_set, setup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
