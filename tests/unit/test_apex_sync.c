/* SPDX-License-Identifier: Apache-2.0 */
/* fake: apex */
/* Semaphores, events and mutexes of APEX. */
#include "apex_host.h"

APEX_PROCESSES(8, 16384);
APEX_SEMAPHORES(3);
APEX_EVENTS(2);
APEX_MUTEXES(2);

static int setup(void **state)
{
    (void)state;
    host_reset();
    return 0;
}

static SEMAPHORE_ID_TYPE sem;

static void sem_taker(void)
{
    OK(WAIT_SEMAPHORE, sem, INFINITE_TIME_VALUE);
    note('t');
}

static void sem_giver(void)
{
    SEMAPHORE_STATUS_TYPE status;
    OK(GET_SEMAPHORE_STATUS, sem, &status);
    assert_int_equal(status.WAITING_PROCESSES, 1);
    OK(SIGNAL_SEMAPHORE, sem);
    note('g');
}

static void sem_main(void)
{
    PROCESS_ID_TYPE a = PROCESS("a", sem_taker, 10), b = PROCESS("b", sem_giver, 5);
    OK(CREATE_SEMAPHORE, "s", 0, 1, FIFO, &sem);
    OK(START, a);
    OK(START, b);
    OK(SET_PARTITION_MODE, NORMAL);
}

static void test_semaphore_wakes(void **state)
{
    (void)state;
    host_run(sem_main);
    assert_string_equal(host_diary, "tg");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_semaphore_wakes, setup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
