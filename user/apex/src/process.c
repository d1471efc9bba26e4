/* SPDX-License-Identifier: Apache-2.0 */
/* Making processes, and asking for them. */
#include "parts.h"

#define STACK_UNIT 8u

/* The stacks lie one behind the other in their room. */
static char *stack_next(const struct apex_process *process)
{
    const struct apex_process *before = process - 1;

    if ((const void *)process == apex_processes.table)
        return apex_processes.room;
    return (char *)before->thread.stack + before->thread.stack_size;
}

static int times_are_valid(const PROCESS_ATTRIBUTE_TYPE *a)
{
    if (a->TIME_CAPACITY < INFINITE_TIME_VALUE || !a->TIME_CAPACITY)
        return 0;
    if (a->PERIOD == INFINITE_TIME_VALUE)
        return 1;
    return a->PERIOD > 0 && a->TIME_CAPACITY <= a->PERIOD;
}

static void process_main(void *arg)
{
    struct apex_process *process = arg;

    ((void (*)(void))process->attributes.ENTRY_POINT)();
    STOP_SELF();
}

static RETURN_CODE_TYPE process_make(struct apex_process *process,
                                     const PROCESS_ATTRIBUTE_TYPE *attributes)
{
    struct rtos_thread_config config = {.entry = process_main, .arg = process};
    char *end = apex_processes.room + apex_processes.room_size;

    config.stack = stack_next(process);
    config.stack_size = (attributes->STACK_SIZE + STACK_UNIT - 1) / STACK_UNIT * STACK_UNIT;
    config.priority = LEVEL_OF(attributes->BASE_PRIORITY);
    config.name = process->object.name;
    if (config.stack_size > (rtos_size_t)(end - (char *)config.stack))
        return INVALID_CONFIG;
    process->attributes = *attributes;
    rtos_thread_init(&process->thread, &config);
    apex_deadline_init(process);
    apex_object_make(&process->object, attributes->NAME);
    return NO_ERROR;
}

static RETURN_CODE_TYPE process_create(const PROCESS_ATTRIBUTE_TYPE *a, PROCESS_ID_TYPE *id)
{
    struct apex_process *process;
    RETURN_CODE_TYPE code;

    if (!a || !id)
        return INVALID_PARAM;
    code = apex_object_place(&apex_processes, a->NAME, &process);
    if (code == NO_ACTION || code == INVALID_CONFIG)
        return code;
    if (a->STACK_SIZE < RTOS_STACK_MIN || a->BASE_PRIORITY < MIN_PRIORITY_VALUE ||
        a->BASE_PRIORITY > MAX_PRIORITY_VALUE || !times_are_valid(a) || !a->ENTRY_POINT ||
        (a->DEADLINE != SOFT && a->DEADLINE != HARD))
        return INVALID_PARAM;
    if (a->PERIOD != INFINITE_TIME_VALUE && (!&apex_partition || a->PERIOD % apex_partition.period))
        return INVALID_CONFIG;
    if (code == NO_ERROR)
        code = process_make(process, a);
    if (code == NO_ERROR)
        *id = apex_object_id(&apex_processes, process);
    return code;
}

void CREATE_PROCESS(PROCESS_ATTRIBUTE_TYPE *ATTRIBUTES, PROCESS_ID_TYPE *PROCESS_ID,
                    RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = process_create(ATTRIBUTES, PROCESS_ID);
}

prtos_u32_t apex_level(const struct apex_process *process)
{
    if (apex_state.lock_owner == process)
        return LEVEL_LOCKED;
    return process->mutex ? LEVEL_OF(process->mutex->priority) : process->thread.base;
}

void GET_PROCESS_ID(char *PROCESS_NAME, PROCESS_ID_TYPE *PROCESS_ID, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = apex_object_ask(&apex_processes, PROCESS_NAME, PROCESS_ID);
}

void GET_MY_ID(PROCESS_ID_TYPE *PROCESS_ID, RETURN_CODE_TYPE *RETURN_CODE)
{
    const struct apex_process *self = apex_self();

    if (self)
        *PROCESS_ID = apex_object_id(&apex_processes, self);
    *RETURN_CODE = self ? NO_ERROR : INVALID_MODE;
}

static PROCESS_STATE_TYPE state_of(const struct apex_process *process)
{
    prtos_u32_t state = process->thread.state;

    if (process->faulted)
        return FAULTED;
    if (process->pending)
        return WAITING;
    if (state & STATE_DORMANT)
        return DORMANT;
    if (state || !apex_state.normal)
        return WAITING;
    return &process->thread == rtos_kernel.current ? RUNNING : READY;
}

static RETURN_CODE_TYPE status_get(const struct apex_process *process, PROCESS_STATUS_TYPE *status)
{
    prtos_u32_t key;

    if (!process || !status)
        return INVALID_PARAM;
    key = apex_lock();
    status->DEADLINE_TIME = process->deadline;
    status->CURRENT_PRIORITY =
        process->mutex ? process->mutex->priority : PRIORITY_OF(process->thread.base);
    status->PROCESS_STATE = state_of(process);
    apex_unlock(key);
    status->ATTRIBUTES = process->attributes;
    return NO_ERROR;
}

void GET_PROCESS_STATUS(PROCESS_ID_TYPE PROCESS_ID, PROCESS_STATUS_TYPE *PROCESS_STATUS,
                        RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = status_get(process_get(PROCESS_ID), PROCESS_STATUS);
}
