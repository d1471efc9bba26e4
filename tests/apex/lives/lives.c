/* SPDX-License-Identifier: Apache-2.0 */
/* An APEX partition through its starts: 1 cold by the module: waits, ports and errors; 2 warm by
 * itself: a deadline missed without an error handler; 3 warm by the health monitor: a fault in the
 * error handler; 4 the same: it starts cold; 5 cold by itself: schedules, and the end. */
#include <apex/apexConfig.h>
#include <string.h>

#include "lives.h"

APEX_PARTITION(10 * MS, 6 * MS, 0);
APEX_PROCESSES(8, 8 * STACK);
APEX_ERROR_HANDLER(STACK);
APEX_BUFFERS(1, APEX_BUFFER_ROOM(1, 8));
APEX_BLACKBOARDS(1, APEX_BLACKBOARD_ROOM(8));
APEX_SEMAPHORES(1);
APEX_EVENTS(1);
APEX_MUTEXES(1);
APEX_QUEUING_PORTS(2);
APEX_SAMPLING_PORTS(1);

SYSTEM_TIME_TYPE now(void)
{
    SYSTEM_TIME_TYPE time;
    RETURN_CODE_TYPE code;

    GET_TIME(&time, &code);
    return time;
}

PROCESS_ID_TYPE process_timed(const char *name, void (*entry)(void), PRIORITY_TYPE priority,
                              SYSTEM_TIME_TYPE period, SYSTEM_TIME_TYPE capacity)
{
    PROCESS_ATTRIBUTE_TYPE attributes;
    PROCESS_ID_TYPE id = 0;
    RETURN_CODE_TYPE code;

    memset(&attributes, 0, sizeof(attributes));
    strncpy(attributes.NAME, name, MAX_NAME_LENGTH);
    attributes.ENTRY_POINT = (SYSTEM_ADDRESS_TYPE)entry;
    attributes.STACK_SIZE = STACK;
    attributes.BASE_PRIORITY = priority;
    attributes.PERIOD = period;
    attributes.TIME_CAPACITY = capacity;
    attributes.DEADLINE = SOFT;
    CREATE_PROCESS(&attributes, &id, &code);
    check(name, NO_ERROR, (prtos_s32_t)code);
    return id;
}

PROCESS_ID_TYPE process(const char *name, void (*entry)(void), PRIORITY_TYPE priority)
{
    return process_timed(name, entry, priority, INFINITE_TIME_VALUE, INFINITE_TIME_VALUE);
}

static void spin(void)
{
    for (;;)
        ;
}

/* The end of the first life. */
static void first_judge(void)
{
    RETURN_CODE_TYPE code;

    waits_check();
    errors_check();
    check_end();
    SET_PARTITION_MODE(WARM_START, &code);
}

static void start(PROCESS_ID_TYPE id)
{
    EXPECT("start", NO_ERROR, START, id);
}

static void first_life(void)
{
    errors_create();
    waits_create();
    start(process("judge", first_judge, 5));
}

/* The deadline passes while it runs; nobody handles that but the health monitor. */
static void second_life(void)
{
    start(process_timed("late", spin, 5, INFINITE_TIME_VALUE, 1 * MS));
    check_end();
}

static void third_life(void)
{
    handler_fails_create();
    check_end();
}

static void fourth_judge(void)
{
    RETURN_CODE_TYPE code;

    check_end();
    SET_PARTITION_MODE(COLD_START, &code);
}

static void fifth_judge(void)
{
    SCHEDULE_STATUS_TYPE status;
    MEMORY_BLOCK_STATUS_TYPE block;
    SCHEDULE_ID_TYPE id = 9;

    EXPECT("block", NO_ERROR, GET_MEMORY_BLOCK_STATUS, "board", &block);
    check_word("block-at", 0x6300000, (prtos_u32_t)(prtos_word_t)block.MEMORY_BLOCK_ADDR);
    check("block-size", 65536, block.MEMORY_BLOCK_SIZE);
    check("block-mode", READ_WRITE, block.MEMORY_BLOCK_MODE);
    EXPECT("schedule-id", NO_ERROR, GET_MODULE_SCHEDULE_ID, "second", &id);
    check("schedule", 1, id);
    EXPECT("schedule-none", INVALID_CONFIG, GET_MODULE_SCHEDULE_ID, "third", &id);
    EXPECT("set-none", INVALID_PARAM, SET_MODULE_SCHEDULE, 2);
    EXPECT("set-same", NO_ACTION, SET_MODULE_SCHEDULE, 0);
    EXPECT("set", NO_ERROR, SET_MODULE_SCHEDULE, 1);
    GET_MODULE_SCHEDULE_STATUS(&status, (RETURN_CODE_TYPE *)&id);
    check("now-0", 0, status.CURRENT_SCHEDULE);
    check("next-1", 1, status.NEXT_SCHEDULE);
    EXPECT("frame", NO_ERROR, TIMED_WAIT, 20 * MS);
    GET_MODULE_SCHEDULE_STATUS(&status, (RETURN_CODE_TYPE *)&id);
    check("now-1", 1, status.CURRENT_SCHEDULE);
    check("then-1", 1, status.NEXT_SCHEDULE);
    check("switched", 1, status.TIME_OF_LAST_SCHEDULE_SWITCH > now() - 40 * MS);
    EXPECT("set-0", INVALID_CONFIG, SET_MODULE_SCHEDULE, 0);
    check_end();
    prtos_halt_system();
}

void partition_main(void)
{
    prtos_u32_t warm = prtos_get_pct()->reset_counter;
    PARTITION_STATUS_TYPE status;
    RETURN_CODE_TYPE code;

    GET_PARTITION_STATUS(&status, &code);
    if (status.OPERATING_MODE == COLD_START && status.START_CONDITION == NORMAL_START) {
        first_life();
    } else if (status.OPERATING_MODE == COLD_START) {
        check("cold-by-itself", PARTITION_RESTART, status.START_CONDITION);
        start(process("judge", fifth_judge, 5));
    } else if (warm == 1) {
        check("warm-by-itself", PARTITION_RESTART, status.START_CONDITION);
        second_life();
    } else {
        check("warm-by-monitor", HM_PARTITION_RESTART, status.START_CONDITION);
        if (warm == 2)
            third_life();
        else
            start(process("judge", fourth_judge, 5));
    }
    SET_PARTITION_MODE(NORMAL, &code);
}
