/* SPDX-License-Identifier: Apache-2.0 */
/* fake: apex */
/* flags: -Wno-override-init */
/* Processes of APEX: every service with every code that it documents. */
#include "apex_host.h"

APEX_PARTITION(HOST_FRAME, HOST_SLOT, HOST_SLOT_INDEX);
APEX_PROCESSES(5, 5 * 1024);
APEX_SEMAPHORES(1);

#define PERIOD_OF(n) .PERIOD = (n)*HOST_FRAME

static SEMAPHORE_ID_TYPE sem;

static int setup(void **state)
{
    (void)state;
    host_reset();
    return 0;
}

static void sleep_long(void)
{
    OK(TIMED_WAIT, RTOS_MS(50));
}

static void refused(PROCESS_ATTRIBUTE_TYPE attributes, RETURN_CODE_TYPE expected)
{
    PROCESS_ID_TYPE id;

    IS(expected, CREATE_PROCESS, &attributes, &id);
}

static void create_main(void)
{
    PROCESS_ATTRIBUTE_TYPE good = {.NAME = "good",
                                   .ENTRY_POINT = (void *)nothing,
                                   .BASE_PRIORITY = 5,
                                   .STACK_SIZE = 1024,
                                   .PERIOD = HOST_FRAME,
                                   .TIME_CAPACITY = HOST_FRAME},
                           bad;
    PROCESS_STATUS_TYPE status;
    PROCESS_ID_TYPE id;

    OK(CREATE_PROCESS, &good, &low);
    IS(NO_ACTION, CREATE_PROCESS, &good, &id);
    memcpy(good.NAME, "other", 6);
#define BAD(member, value, code)                                                                   \
    do {                                                                                           \
        bad = good;                                                                                \
        bad.member = value;                                                                        \
        refused(bad, code);                                                                        \
    } while (0)
    BAD(STACK_SIZE, RTOS_STACK_MIN - 1, INVALID_PARAM);
    BAD(BASE_PRIORITY, 0, INVALID_PARAM);
    BAD(BASE_PRIORITY, MAX_PRIORITY_VALUE + 1, INVALID_PARAM);
    BAD(PERIOD, 0, INVALID_PARAM);
    BAD(PERIOD, -2, INVALID_PARAM);
    BAD(TIME_CAPACITY, 0, INVALID_PARAM);
    BAD(TIME_CAPACITY, -2, INVALID_PARAM);
    BAD(TIME_CAPACITY, HOST_FRAME + 1, INVALID_PARAM);
    BAD(ENTRY_POINT, NULL, INVALID_PARAM);
    BAD(DEADLINE, (DEADLINE_TYPE)2, INVALID_PARAM);
    BAD(PERIOD, HOST_FRAME + 1, INVALID_CONFIG);
    BAD(STACK_SIZE, 4 * 1024 + 8, INVALID_CONFIG); /* not that much is left */
    IS(INVALID_PARAM, CREATE_PROCESS, NULL, &id);
    OK(GET_PROCESS_ID, "GOOD", &id);
    assert_int_equal(id, low);
    IS(INVALID_CONFIG, GET_PROCESS_ID, "other", &id);
    IS(INVALID_PARAM, GET_PROCESS_STATUS, 2, &status);
    OK(GET_PROCESS_STATUS, low, &status);
    assert_int_equal(status.PROCESS_STATE, DORMANT);
    assert_int_equal(status.CURRENT_PRIORITY, 5);
    assert_int_equal(status.DEADLINE_TIME, INFINITE_TIME_VALUE);
    assert_int_equal(status.ATTRIBUTES.PERIOD, HOST_FRAME);
    assert_string_equal(status.ATTRIBUTES.NAME, "good");
    for (char name[] = "1"; name[0] < '5'; name[0]++) {
        memcpy(good.NAME, name, 2);
        good.STACK_SIZE = 1024;
        OK(CREATE_PROCESS, &good, &id);
    }
    memcpy(good.NAME, "5", 2);
    IS(INVALID_CONFIG, CREATE_PROCESS, &good, &id);
    note('n');
    host_end();
}

static void test_create(void **state)
{
    (void)state;
    host_run(create_main);
    assert_string_equal(host_diary, "n");
}

/* Who one is, where one runs. */
static void identity_high(void)
{
    PROCESS_ATTRIBUTE_TYPE late = {.NAME = "late",
                                   .ENTRY_POINT = (void *)nothing,
                                   .BASE_PRIORITY = 5,
                                   .STACK_SIZE = 1024,
                                   .PERIOD = INFINITE_TIME_VALUE,
                                   .TIME_CAPACITY = INFINITE_TIME_VALUE};
    PROCESSOR_CORE_ID_TYPE core = 9;
    PROCESS_INDEX_TYPE index;
    PROCESS_ID_TYPE id;

    OK(GET_MY_ID, &id);
    assert_int_equal(id, high);
    OK(GET_MY_INDEX, &index);
    assert_int_equal(index, 0);
    OK(GET_MY_PROCESSOR_CORE_ID, &core);
    assert_int_equal(core, 0);
    assert_int_equal(state_of(high), RUNNING);
    assert_int_equal(state_of(middle), READY);
    IS(INVALID_MODE, INITIALIZE_PROCESS_CORE_AFFINITY, high, 0);
    IS(INVALID_MODE, CREATE_PROCESS, &late, &id);
    note('n');
}

static void identity_main(void)
{
    PROCESS_INDEX_TYPE index;
    PROCESS_ID_TYPE id;

    IS(INVALID_MODE, GET_MY_ID, &id);
    IS(INVALID_MODE, GET_MY_INDEX, &index);
    make_three(identity_high, nothing, nothing);
    OK(INITIALIZE_PROCESS_CORE_AFFINITY, high, 0);
    OK(INITIALIZE_PROCESS_CORE_AFFINITY, high, CORE_AFFINITY_NO_PREFERENCE);
    IS(INVALID_CONFIG, INITIALIZE_PROCESS_CORE_AFFINITY, high, 1);
    IS(INVALID_PARAM, INITIALIZE_PROCESS_CORE_AFFINITY, 4, 0);
    OK(START, high);
    OK(START, middle);
    assert_int_equal(state_of(high), WAITING); /* for NORMAL */
    OK(SET_PARTITION_MODE, NORMAL);
}

static void test_identity(void **state)
{
    (void)state;
    host_run(identity_main);
    assert_string_equal(host_diary, "n");
}

/* Start, stop, suspend, resume. */
static void suspend_middle(void)
{
    IS(INVALID_PARAM, SUSPEND_SELF, -2);
    OK(SUSPEND_SELF, 0);
    IS(TIMED_OUT, SUSPEND_SELF, 1000);
    note('t');
    OK(SUSPEND_SELF, INFINITE_TIME_VALUE);
    note('r');
    OK(WAIT_SEMAPHORE, sem, INFINITE_TIME_VALUE);
    note('w');
    OK(WAIT_SEMAPHORE, sem, INFINITE_TIME_VALUE);
}

static void control_high(void)
{
    PROCESS_ID_TYPE periodic = 0;

    OK(GET_PROCESS_ID, "periodic", &periodic);
    OK(TIMED_WAIT, 5000); /* the middle one waits for RESUME */
    assert_int_equal(state_of(middle), WAITING);
    IS(INVALID_PARAM, SUSPEND, high);
    IS(INVALID_PARAM, SUSPEND, 9);
    IS(INVALID_MODE, SUSPEND, periodic);
    IS(INVALID_MODE, RESUME, periodic);
    IS(NO_ACTION, SUSPEND, middle);
    IS(INVALID_PARAM, RESUME, high);
    IS(NO_ACTION, RESUME, low);
    OK(RESUME, middle);
    assert_int_equal(state_of(middle), READY);
    OK(TIMED_WAIT, 1000);
    OK(SUSPEND, middle); /* it waits for the semaphore */
    OK(SIGNAL_SEMAPHORE, sem);
    OK(TIMED_WAIT, 1000);
    assert_int_equal(state_of(middle), WAITING);
    OK(RESUME, middle);
    OK(TIMED_WAIT, 1000);
    IS(NO_ACTION, START, middle);
    IS(INVALID_PARAM, STOP, high);
    IS(INVALID_PARAM, STOP, 7);
    OK(STOP, middle);
    assert_int_equal(state_of(middle), DORMANT);
    IS(NO_ACTION, STOP, middle);
    IS(INVALID_MODE, SUSPEND, middle);
    IS(INVALID_MODE, RESUME, middle);
    IS(INVALID_MODE, SET_PRIORITY, middle, 5);
    IS(INVALID_PARAM, START, 0);
    IS(INVALID_PARAM, DELAYED_START, 9, 0);
    IS(INVALID_PARAM, DELAYED_START, middle, INFINITE_TIME_VALUE);
    IS(INVALID_CONFIG, DELAYED_START, middle, RTOS_NEVER);
    OK(DELAYED_START, middle, 1000);
    IS(NO_ACTION, DELAYED_START, middle, 1000);
    assert_int_equal(state_of(middle), WAITING);
    OK(STOP, middle);
    OK(STOP, periodic);
    IS(INVALID_PARAM, DELAYED_START, periodic, HOST_FRAME);
    OK(DELAYED_START, periodic, HOST_FRAME - 1);
    OK(STOP, periodic);
    note('n');
    STOP_SELF();
    note('!');
}

static void control_main(void)
{
    PROCESS_ID_TYPE periodic;

    OK(CREATE_SEMAPHORE, "sem", 0, 1, FIFO, &sem);
    IS(INVALID_MODE, SUSPEND_SELF, 5); /* not a process */
    make_three(control_high, suspend_middle, sleep_long);
    periodic = PROCESS("periodic", nothing, 1, PERIOD_OF(1));
    OK(START, periodic);
    OK(START, high);
    OK(START, middle);
    OK(START, low);
    OK(SET_PARTITION_MODE, NORMAL);
}

static void test_control(void **state)
{
    (void)state;
    host_run(control_main);
    assert_string_equal(host_diary, "trwn");
}

/* Overflow of the deadline: START with a capacity that ends behind time. */
static void overflow_main(void)
{
    PROCESS_ID_TYPE id = PROCESS("late", nothing, 5, .TIME_CAPACITY = RTOS_NEVER);

    IS(INVALID_CONFIG, START, id);
    IS(INVALID_CONFIG, DELAYED_START, id, 5);
    note('n');
    host_end();
}

static void test_deadline_out_of_time(void **state)
{
    (void)state;
    host_run(overflow_main);
    assert_string_equal(host_diary, "n");
}

/* Priorities, and the lock. */
static void priority_high(void)
{
    LOCK_LEVEL_TYPE level;
    int i;

    IS(INVALID_PARAM, SET_PRIORITY, 9, 5);
    IS(INVALID_PARAM, SET_PRIORITY, middle, 0);
    IS(INVALID_PARAM, SET_PRIORITY, middle, MAX_PRIORITY_VALUE + 1);
    IS(NO_ACTION, UNLOCK_PREEMPTION, &level);
    OK(LOCK_PREEMPTION, &level);
    assert_int_equal(level, 1);
    OK(SET_PRIORITY, middle, 30);
    OK(SET_PRIORITY, high, 7);
    note('h');
    for (i = 2; i <= MAX_LOCK_LEVEL; i++)
        OK(LOCK_PREEMPTION, &level);
    assert_int_equal(level, MAX_LOCK_LEVEL);
    IS(INVALID_CONFIG, LOCK_PREEMPTION, &level);
    IS(INVALID_MODE, TIMED_WAIT, 0);
    IS(INVALID_MODE, SUSPEND_SELF, 1);
    IS(INVALID_MODE, PERIODIC_WAIT);
    for (i = 1; i < MAX_LOCK_LEVEL; i++)
        OK(UNLOCK_PREEMPTION, &level);
    note('i');
    OK(UNLOCK_PREEMPTION, &level);
    assert_int_equal(level, 0);
    note('j'); /* behind the middle one */
    OK(SET_PRIORITY, high, 4);
    note('k'); /* behind the low one */
}

/* A priority set holds from then on, whatever the process waits for, until the next start. */
static void tell_priority(void)
{
    PROCESS_STATUS_TYPE status;
    PROCESS_ID_TYPE id;

    OK(GET_MY_ID, &id);
    OK(GET_PROCESS_STATUS, id, &status);
    note((char)('0' + status.CURRENT_PRIORITY));
    if (id == high)
        host_end();
}

static void early_priority_main(void)
{
    high = PROCESS("periodic", tell_priority, 5, PERIOD_OF(1));
    middle = PROCESS("delayed", tell_priority, 5);
    low = PROCESS("again", tell_priority, 5);
    OK(START, high);
    OK(SET_PRIORITY, high, 9);
    OK(DELAYED_START, middle, 1000);
    OK(SET_PRIORITY, middle, 8);
    OK(START, low);
    OK(SET_PRIORITY, low, 7);
    OK(STOP, low);
    OK(START, low);
    OK(SET_PARTITION_MODE, NORMAL);
}

static void test_priority_before_normal(void **state)
{
    (void)state;
    host_run(early_priority_main);
    assert_string_equal(host_diary, "589");
}

static void note_m(void)
{
    note('m');
}

static void note_l(void)
{
    note('l');
}

static void priority_main(void)
{
    LOCK_LEVEL_TYPE level;

    IS(NO_ACTION, LOCK_PREEMPTION, &level);
    IS(NO_ACTION, UNLOCK_PREEMPTION, &level);
    start_three(priority_high, note_m, note_l);
}

static void test_priority(void **state)
{
    (void)state;
    host_run(priority_main);
    assert_string_equal(host_diary, "himjlk");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_create, setup),
        cmocka_unit_test_setup(test_identity, setup),
        cmocka_unit_test_setup(test_control, setup),
        cmocka_unit_test_setup(test_deadline_out_of_time, setup),
        cmocka_unit_test_setup(test_priority, setup),
        cmocka_unit_test_setup(test_priority_before_normal, setup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
