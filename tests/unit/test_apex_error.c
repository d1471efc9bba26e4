/* SPDX-License-Identifier: Apache-2.0 */
/* fake: apex */
/* flags: -Wno-override-init */
/* Health monitoring of APEX: every service with every code that it documents, and the error handler
 * process with each kind of error. */
#include "apex_host.h"

APEX_PROCESSES(4, 4096);
APEX_ERROR_HANDLER(1024);
APEX_MUTEXES(1);

static PROCESS_ID_TYPE victim, witness;
static ERROR_STATUS_TYPE errors[8];
static unsigned n_errors, n_runs;
static MUTEX_ID_TYPE mutex;

static int setup(void **state)
{
    (void)state;
    host_reset();
    n_errors = n_runs = 0;
    memset(errors, 0xee, sizeof(errors));
    return 0;
}

static void handler(void)
{
    RETURN_CODE_TYPE code;
    LOCK_LEVEL_TYPE level;
    PROCESS_ID_TYPE id;

    n_runs++;
    note('H');
    IS(INVALID_MODE, GET_MY_ID, &id);
    IS(NO_ACTION, LOCK_PREEMPTION, &level);
    IS(INVALID_MODE, TIMED_WAIT, 5);
    for (;;) {
        GET_ERROR_STATUS(&errors[n_errors], &code);
        if (code != NO_ERROR)
            break;
        n_errors++;
    }
    assert_int_equal(code, NO_ACTION);
}

static void witness_runs(void)
{
    ERROR_STATUS_TYPE status;

    IS(INVALID_CONFIG, GET_ERROR_STATUS, &status);
    note('w');
}

/* A victim and a less urgent witness under a handler. */
static void *victim_entry, *handler_entry = handler;
static SYSTEM_TIME_TYPE victim_capacity = INFINITE_TIME_VALUE;

static void errors_main(void)
{
    OK(CREATE_ERROR_HANDLER, handler_entry, 1024);
    OK(CREATE_MUTEX, "mutex", 20, FIFO, &mutex);
    victim = PROCESS("victim", victim_entry, 10, .TIME_CAPACITY = victim_capacity);
    witness = PROCESS("witness", witness_runs, 5);
    OK(START, victim);
    OK(START, witness);
    OK(SET_PARTITION_MODE, NORMAL);
}

static void run_victim(void *entry, void *handler_is, SYSTEM_TIME_TYPE capacity)
{
    victim_entry = entry;
    handler_entry = handler_is;
    victim_capacity = capacity;
    host_run(errors_main);
}

static void handler_codes_process(void)
{
    IS(NO_ACTION, CREATE_ERROR_HANDLER, (void *)handler, 1024);
    IS(INVALID_MODE, CONFIGURE_ERROR_HANDLER, PROCESSES_PAUSE, 0);
    note('n');
}

static void late_creation(void)
{
    IS(INVALID_MODE, CREATE_ERROR_HANDLER, (void *)handler, 1024);
    note('l');
}

static void late_creation_main(void)
{
    OK(START, PROCESS("late", late_creation, 5));
    OK(SET_PARTITION_MODE, NORMAL);
}

static void handler_codes_main(void)
{
    ERROR_STATUS_TYPE status;

    IS(INVALID_CONFIG, CONFIGURE_ERROR_HANDLER, PROCESSES_PAUSE, 0);
    IS(INVALID_CONFIG, CREATE_ERROR_HANDLER, (void *)handler, 1025);
    IS(INVALID_PARAM, CREATE_ERROR_HANDLER, (void *)handler, RTOS_STACK_MIN - 1);
    IS(INVALID_PARAM, CREATE_ERROR_HANDLER, NULL, 1024);
    OK(CREATE_ERROR_HANDLER, (void *)handler, 1024);
    IS(INVALID_PARAM, CONFIGURE_ERROR_HANDLER, (ERROR_HANDLER_CONCURRENCY_CONTROL_TYPE)2, 0);
    IS(INVALID_CONFIG, CONFIGURE_ERROR_HANDLER, PROCESSES_PAUSE, 1);
    OK(CONFIGURE_ERROR_HANDLER, PROCESSES_SCHEDULED, 0);
    IS(INVALID_CONFIG, GET_ERROR_STATUS, &status);
    OK(START, PROCESS("codes", handler_codes_process, 5));
    OK(SET_PARTITION_MODE, NORMAL);
}

static void test_handler_codes(void **state)
{
    (void)state;
    host_run(handler_codes_main);
    assert_string_equal(host_diary, "n");
    host_reset();
    host_run(late_creation_main);
    assert_string_equal(host_diary, "l");
}

static void raise_messages(void)
{
    static APEX_BYTE text[MAX_ERROR_MESSAGE_SIZE + 1] = "what happened";
    LOCK_LEVEL_TYPE level;

    IS(INVALID_PARAM, RAISE_APPLICATION_ERROR, NUMERIC_ERROR, text, 4);
    IS(INVALID_PARAM, RAISE_APPLICATION_ERROR, APPLICATION_ERROR, text, -1);
    IS(INVALID_PARAM, RAISE_APPLICATION_ERROR, APPLICATION_ERROR, text, sizeof(text));
    IS(INVALID_PARAM, RAISE_APPLICATION_ERROR, APPLICATION_ERROR, NULL, 1);
    OK(RAISE_APPLICATION_ERROR, APPLICATION_ERROR, text, 13);
    note('v');
    OK(LOCK_PREEMPTION, &level); /* does not hold the handler up */
    OK(RAISE_APPLICATION_ERROR, APPLICATION_ERROR, NULL, 0);
    OK(UNLOCK_PREEMPTION, &level);
    note('v');
}

static void test_raise(void **state)
{
    (void)state;
    run_victim(raise_messages, handler, INFINITE_TIME_VALUE);
    assert_string_equal(host_diary, "HvHvw");
    assert_int_equal(n_errors, 2);
    assert_int_equal(errors[0].ERROR_CODE, APPLICATION_ERROR);
    assert_int_equal(errors[0].FAILED_PROCESS_ID, victim);
    assert_int_equal(errors[0].LENGTH, 13);
    assert_memory_equal(errors[0].MESSAGE, "what happened", 13);
    assert_int_equal(errors[1].LENGTH, 0);
    assert_int_equal(host_hypervisor.n_errors, 0);
}

static void raise_alone_main(void)
{
    OK(RAISE_APPLICATION_ERROR, APPLICATION_ERROR, NULL, 0);
    host_end();
}

static void test_raise_without_a_handler(void **state)
{
    (void)state;
    host_run(raise_alone_main);
    assert_int_equal(host_hypervisor.n_errors, 1);
    assert_int_equal(host_hypervisor.error[0], APPLICATION_ERROR);
    assert_int_equal(host_hypervisor.error[1], NULL_PROCESS_ID);
}

static void overrun_deadline(void)
{
    LOCK_LEVEL_TYPE level;

    OK(LOCK_PREEMPTION, &level);
    host_spend(RTOS_US(100));
    note('v');
    OK(UNLOCK_PREEMPTION, &level);
}

static void test_deadline_missed(void **state)
{
    (void)state;
    run_victim(overrun_deadline, handler, RTOS_US(99));
    assert_string_equal(host_diary, "Hvw");
    assert_int_equal(n_errors, 1);
    assert_int_equal(errors[0].ERROR_CODE, DEADLINE_MISSED);
    assert_int_equal(errors[0].FAILED_PROCESS_ID, victim);
}

/* A process at fault is stopped; the handler starts it again. */
static void fault_once(void)
{
    LOCK_LEVEL_TYPE level;

    note('v');
    if (n_runs)
        return;
    OK(LOCK_PREEMPTION, &level);
    host_trap(14);
    note('!');
}

static void handler_restarts(void)
{
    SYSTEM_TIME_TYPE time;

    handler();
    if (n_errors != 1)
        return;
    OK(GET_TIME, &time);
    assert_int_equal(state_of(victim), FAULTED);
    IS(NO_ACTION, START, victim);
    IS(INVALID_MODE, SUSPEND, victim);
    IS(INVALID_MODE, SET_PRIORITY, victim, 3);
    OK(STOP, victim);
    assert_int_equal(state_of(victim), DORMANT);
    OK(START, victim);
}

static void test_fault(void **state)
{
    (void)state;
    run_victim(fault_once, handler_restarts, INFINITE_TIME_VALUE);
    assert_string_equal(host_diary, "vHvw");
    assert_int_equal(errors[0].ERROR_CODE, MEMORY_VIOLATION);
    assert_int_equal(errors[0].FAILED_PROCESS_ID, victim);
    assert_int_equal((uintptr_t)errors[0].FAILED_ADDRESS, 0x1234);
    assert_int_equal(apex_state.lock_level, 0);
}

static prtos_u32_t trap;

static void fault_trap(void)
{
    host_trap(trap);
}

static void test_fault_codes(void **state)
{
    static const struct {
        prtos_u32_t trap;
        ERROR_CODE_TYPE code;
    } rows[] = {{0, NUMERIC_ERROR},    {16, NUMERIC_ERROR},    {6, ILLEGAL_REQUEST},
                {13, ILLEGAL_REQUEST}, {14, MEMORY_VIOLATION}, {17, MEMORY_VIOLATION},
                {18, HARDWARE_FAULT}};

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        setup(state);
        trap = rows[i].trap;
        run_victim(fault_trap, handler, INFINITE_TIME_VALUE);
        assert_int_equal(n_errors, 1);
        assert_int_equal(errors[0].ERROR_CODE, rows[i].code);
        assert_int_equal(state_of(victim), FAULTED);
        assert_string_equal(host_diary, "Hw");
    }
}

static void overflow_stack(void)
{
    struct rtos_thread *thread = rtos_kernel.current;

    *(prtos_u32_t *)thread->stack = 0;
    OK(TIMED_WAIT, 1000);
    note('!');
}

static void test_stack_overflow(void **state)
{
    (void)state;
    run_victim(overflow_stack, handler, INFINITE_TIME_VALUE);
    assert_string_equal(host_diary, "Hw");
    assert_int_equal(errors[0].ERROR_CODE, STACK_OVERFLOW);
}

/* A fault in the handler is the partition's. */
static void handler_fails(void)
{
    note('H');
    host_trap(0);
    note('!');
}

static void raise_once(void)
{
    OK(RAISE_APPLICATION_ERROR, APPLICATION_ERROR, NULL, 0);
    note('v');
}

static void test_fault_in_the_handler(void **state)
{
    (void)state;
    run_victim(raise_once, handler_fails, INFINITE_TIME_VALUE);
    assert_string_equal(host_diary, "Hvw");
    assert_int_equal(host_hypervisor.n_errors, 1);
    assert_int_equal(host_hypervisor.error[0], NUMERIC_ERROR);
    assert_int_equal(host_hypervisor.error[1], NULL_PROCESS_ID);
}

static void handler_raises(void)
{
    OK(RAISE_APPLICATION_ERROR, APPLICATION_ERROR, NULL, 0);
    note('H');
    STOP_SELF();
    note('!');
}

static void test_error_of_the_handler(void **state)
{
    (void)state;
    run_victim(raise_once, handler_raises, INFINITE_TIME_VALUE);
    assert_string_equal(host_diary, "Hvw");
    assert_int_equal(host_hypervisor.n_errors, 1);
}

/* What comes while the handler runs starts it again; what it never asked for is forgotten. */
static void handler_slow(void)
{
    note('H');
    n_runs++;
    if (n_runs == 1)
        host_spend(RTOS_US(200)); /* the victim's deadline passes meanwhile */
}

static void test_errors_behind_the_last_look(void **state)
{
    (void)state;
    run_victim(raise_once, handler_slow, RTOS_US(100));
    assert_string_equal(host_diary, "HHvw");
    assert_int_equal(n_runs, 2);
}

/* A mutex of a process at fault is freed by RESET_MUTEX. */
static void fail_with_mutex(void)
{
    OK(ACQUIRE_MUTEX, mutex, 0);
    host_trap(6);
}

static void handler_resets_mutex(void)
{
    note('H');
    OK(GET_ERROR_STATUS, &errors[0]);
    IS(NO_ACTION, GET_ERROR_STATUS, &errors[0]);
    OK(STOP, victim);
    OK(RESET_MUTEX, mutex, victim);
}

static void test_mutex_of_a_failed_process(void **state)
{
    (void)state;
    run_victim(fail_with_mutex, handler_resets_mutex, INFINITE_TIME_VALUE);
    assert_string_equal(host_diary, "Hw");
}

/* Messages */

static void report_main(void)
{
    APEX_BYTE text[MAX_ERROR_MESSAGE_SIZE + 1];

    for (size_t i = 0; i < sizeof(text); i++)
        text[i] = (APEX_BYTE)i;
    IS(INVALID_PARAM, REPORT_APPLICATION_MESSAGE, text, 0);
    IS(INVALID_PARAM, REPORT_APPLICATION_MESSAGE, NULL, 1);
    IS(INVALID_PARAM, REPORT_APPLICATION_MESSAGE, text, sizeof(text));
    OK(REPORT_APPLICATION_MESSAGE, text, sizeof(text) - 1);
    assert_memory_equal(host_hypervisor.report, text, sizeof(text) - 1);
    note('r');
    host_end();
}

static void test_report(void **state)
{
    (void)state;
    host_run(report_main);
    assert_string_equal(host_diary, "r");
    assert_int_equal(host_hypervisor.n_reports * sizeof(prtos_word_t) * 4, MAX_ERROR_MESSAGE_SIZE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_handler_codes, setup),
        cmocka_unit_test_setup(test_raise, setup),
        cmocka_unit_test_setup(test_raise_without_a_handler, setup),
        cmocka_unit_test_setup(test_deadline_missed, setup),
        cmocka_unit_test_setup(test_fault, setup),
        cmocka_unit_test_setup(test_fault_codes, setup),
        cmocka_unit_test_setup(test_stack_overflow, setup),
        cmocka_unit_test_setup(test_fault_in_the_handler, setup),
        cmocka_unit_test_setup(test_error_of_the_handler, setup),
        cmocka_unit_test_setup(test_errors_behind_the_last_look, setup),
        cmocka_unit_test_setup(test_mutex_of_a_failed_process, setup),
        cmocka_unit_test_setup(test_report, setup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
