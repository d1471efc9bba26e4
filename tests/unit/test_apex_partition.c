/* SPDX-License-Identifier: Apache-2.0 */
/* fake: apex */
/* flags: -Wno-override-init */
/* The partition's modes, schedules and memory blocks of APEX: every service with every code that it
 * documents. */
#include "apex_host.h"

APEX_PARTITION(HOST_FRAME, HOST_SLOT, HOST_SLOT_INDEX);
APEX_PROCESSES(4, 4096);

static int setup(void **state)
{
    (void)state;
    host_reset();
    return 0;
}

/* Modes */

static PARTITION_STATUS_TYPE partition(void)
{
    PARTITION_STATUS_TYPE status;

    OK(GET_PARTITION_STATUS, &status);
    return status;
}

static void modes_process(void)
{
    assert_int_equal(partition().OPERATING_MODE, NORMAL);
    assert_int_equal(partition().LOCK_LEVEL, 0);
    IS(NO_ACTION, SET_PARTITION_MODE, NORMAL);
    note('n');
}

static void modes_main(void)
{
    assert_int_equal(partition().OPERATING_MODE, COLD_START);
    assert_int_equal(partition().START_CONDITION, NORMAL_START);
    assert_int_equal(partition().PERIOD, HOST_FRAME);
    assert_int_equal(partition().DURATION, HOST_SLOT);
    assert_int_equal(partition().IDENTIFIER, 3);
    assert_int_equal(partition().LOCK_LEVEL, 1);
    assert_int_equal(partition().NUM_ASSIGNED_CORES, 1);
    IS(INVALID_PARAM, GET_PARTITION_STATUS, NULL);
    IS(INVALID_PARAM, SET_PARTITION_MODE, (OPERATING_MODE_TYPE)4);
    IS(INVALID_MODE, SET_PARTITION_MODE, WARM_START); /* no way from a cold start */
    OK(START, PROCESS("modes", modes_process, 5));
    OK(SET_PARTITION_MODE, NORMAL);
}

static void test_modes(void **state)
{
    (void)state;
    host_run(modes_main);
    assert_string_equal(host_diary, "n");
}

static void go_cold(void)
{
    OK(SET_PARTITION_MODE, COLD_START);
}

static void go_warm(void)
{
    OK(SET_PARTITION_MODE, WARM_START);
}

static void go_idle(void)
{
    OK(SET_PARTITION_MODE, IDLE);
}

static void (*mode_entry)(void);

static void mode_main(void)
{
    OK(START, PROCESS("mode", mode_entry, 5));
    OK(SET_PARTITION_MODE, NORMAL);
}

static void test_restarts(void **state)
{
    (void)state;
    mode_entry = go_cold;
    host_run(mode_main);
    assert_int_equal(host_hypervisor.resets, 1);
    assert_int_equal(host_hypervisor.reset_mode, PRTOS_COLD_RESET);
    assert_int_equal(host_hypervisor.reset_status, PRTOS_RESET_STATUS_PARTITION_RESTART);
    host_reset();
    mode_entry = go_warm;
    host_run(mode_main);
    assert_int_equal(host_hypervisor.resets, 1);
    assert_int_equal(host_hypervisor.reset_mode, PRTOS_WARM_RESET);
    host_reset();
    mode_entry = go_idle;
    host_run(mode_main);
    assert_int_equal(host_hypervisor.halts, 1);
}

static void test_start_conditions(void **state)
{
    static const struct {
        prtos_u32_t status;
        START_CONDITION_TYPE condition;
    } rows[] = {{0, NORMAL_START},
                {1, PARTITION_RESTART},
                {2u << 16 | 1, HM_MODULE_RESTART},
                {3u << 16 | 20, HM_PARTITION_RESTART},
                {3u << 16, HM_PARTITION_RESTART},
                {77, PARTITION_RESTART}};

    (void)state;
    host_pct.reset_counter = 2;
    assert_int_equal(partition().OPERATING_MODE, WARM_START);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        host_pct.reset_status = rows[i].status;
        assert_int_equal(partition().START_CONDITION, rows[i].condition);
    }
}

/* Schedules: plan 0 and two more, 0 is entered by a start of the module only. */
static void test_schedules(void **state)
{
    SCHEDULE_STATUS_TYPE status;
    SCHEDULE_ID_TYPE id;

    (void)state;
    IS(INVALID_CONFIG, SET_MODULE_SCHEDULE, 1); /* no system partition */
    IS(INVALID_CONFIG, GET_MODULE_SCHEDULE_STATUS, &status);
    host_hypervisor.is_system = 1;
    IS(NO_ACTION, SET_MODULE_SCHEDULE, 0);
    IS(INVALID_PARAM, SET_MODULE_SCHEDULE, 3);
    IS(INVALID_PARAM, SET_MODULE_SCHEDULE, -1);
    OK(GET_MODULE_SCHEDULE_STATUS, &status);
    assert_int_equal(status.TIME_OF_LAST_SCHEDULE_SWITCH, 0);
    assert_int_equal(status.NEXT_SCHEDULE, 0);
    OK(SET_MODULE_SCHEDULE, 2);
    OK(GET_MODULE_SCHEDULE_STATUS, &status);
    assert_int_equal(status.CURRENT_SCHEDULE, 0);
    assert_int_equal(status.NEXT_SCHEDULE, 2);
    host_hypervisor.plan = 2;
    host_hypervisor.prev_plan = 0;
    host_hypervisor.next_plan = -1;
    OK(GET_MODULE_SCHEDULE_STATUS, &status);
    assert_int_equal(status.TIME_OF_LAST_SCHEDULE_SWITCH, 77000);
    IS(INVALID_CONFIG, SET_MODULE_SCHEDULE, 0);
    IS(INVALID_PARAM, GET_MODULE_SCHEDULE_STATUS, NULL);
    OK(GET_MODULE_SCHEDULE_ID, "climb", &id);
    assert_int_equal(id, 2);
    IS(INVALID_CONFIG, GET_MODULE_SCHEDULE_ID, "dive", &id);
    IS(INVALID_PARAM, GET_MODULE_SCHEDULE_ID, NULL, &id);
}

static void test_memory_blocks(void **state)
{
    MEMORY_BLOCK_STATUS_TYPE status;

    (void)state;
    OK(GET_MEMORY_BLOCK_STATUS, "pool", &status);
    assert_int_equal((uintptr_t)status.MEMORY_BLOCK_ADDR, 0x5000);
    assert_int_equal(status.MEMORY_BLOCK_SIZE, 0x3000);
    assert_int_equal(status.MEMORY_BLOCK_MODE, READ_WRITE);
    OK(GET_MEMORY_BLOCK_STATUS, "TABLE", &status);
    assert_int_equal(status.MEMORY_BLOCK_MODE, READ);
    IS(INVALID_CONFIG, GET_MEMORY_BLOCK_STATUS, "code", &status); /* has no name */
    IS(INVALID_PARAM, GET_MEMORY_BLOCK_STATUS, "pool", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_modes, setup),
        cmocka_unit_test_setup(test_restarts, setup),
        cmocka_unit_test_setup(test_start_conditions, setup),
        cmocka_unit_test_setup(test_schedules, setup),
        cmocka_unit_test_setup(test_memory_blocks, setup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
