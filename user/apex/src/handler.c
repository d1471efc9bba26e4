/* SPDX-License-Identifier: Apache-2.0 */
/* The error handler process: above all others, the preemption lock too. Errors wait in a list in
 * the order in which they came, each in its process. What came before the handler began and was not
 * asked for is forgotten when it ends; what came later starts it again. */
#include <rtos/watch.h>

#include "parts.h"

int apex_error_post(struct apex_error *error)
{
    struct apex_handler *handler = &apex_handler_room ? apex_handler_room.handler : (void *)0;
    prtos_u32_t key;

    if (!handler || !handler->entry || !error->process)
        return 0;
    key = apex_lock();
    error->run = handler->run;
    if (!error->posted) {
        error->posted = 1;
        error->next = (struct apex_error *)0;
        if (handler->first)
            handler->last->next = error;
        else
            handler->first = error;
        handler->last = error;
    }
    rtos_thread_start(&handler->thread);
    apex_leave(key);
    return 1;
}

static struct apex_error *error_take(struct apex_handler *handler)
{
    struct apex_error *error = handler->first;

    if (error) {
        handler->first = error->next;
        error->posted = 0;
    }
    return error;
}

/* Errors in the list are in the order of the runs in which they came. */
void apex_handler_stop(void)
{
    struct apex_handler *handler = &apex_handler_room ? apex_handler_room.handler : (void *)0;

    if (!handler || rtos_kernel.current != &handler->thread)
        return;
    apex_lock();
    while (handler->first && handler->first->run != handler->run)
        error_take(handler);
    rtos_thread_end(&handler->thread);
    if (handler->first)
        rtos_thread_start(&handler->thread);
    rtos_resume();
}

static void handler_main(void *arg)
{
    struct apex_handler *handler = arg;

    handler->run++;
    ((void (*)(void))handler->entry)();
    apex_handler_stop();
}

/* A thread was stopped: in the handler that is the partition's error. */
static void process_failed(const struct rtos_fault_info *info)
{
    struct apex_process *process = process_of(info->thread);
    SYSTEM_ADDRESS_TYPE address = (SYSTEM_ADDRESS_TYPE)info->address;
    ERROR_CODE_TYPE code =
        info->fault == RTOS_FAULT_STACK ? STACK_OVERFLOW : apex_trap_code(info->trap);

    if (info->thread == &apex_handler_room.handler->thread) {
        apex_monitor_raise(code, NULL_PROCESS_ID, address);
        return;
    }
    apex_process_clear(process);
    process->faulted = 1;
    process->failed.process = process;
    process->failed.code = code;
    process->failed.address = address;
    process->failed.length = 0;
    apex_error_post(&process->failed);
}

static RETURN_CODE_TYPE handler_create(SYSTEM_ADDRESS_TYPE entry, STACK_SIZE_TYPE stack_size)
{
    struct rtos_thread_config config = {.entry = handler_main, .name = "error handler"};
    struct apex_handler *handler = &apex_handler_room ? apex_handler_room.handler : (void *)0;

    if (handler && handler->entry)
        return NO_ACTION;
    if (!handler || stack_size > apex_handler_room.stack_size)
        return INVALID_CONFIG;
    if (!entry || stack_size < RTOS_STACK_MIN)
        return INVALID_PARAM;
    if (apex_state.normal)
        return INVALID_MODE;
    config.arg = handler;
    config.stack = apex_handler_room.stack;
    config.stack_size = stack_size & ~7u;
    config.priority = LEVEL_HANDLER;
    rtos_thread_init(&handler->thread, &config);
    handler->entry = entry;
    rtos_fault_set_handler(process_failed);
    return NO_ERROR;
}

void CREATE_ERROR_HANDLER(SYSTEM_ADDRESS_TYPE ENTRY_POINT, STACK_SIZE_TYPE STACK_SIZE,
                          RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = handler_create(ENTRY_POINT, STACK_SIZE);
}

static RETURN_CODE_TYPE error_get(ERROR_STATUS_TYPE *status)
{
    struct apex_handler *handler = &apex_handler_room ? apex_handler_room.handler : (void *)0;
    const struct apex_error *error;
    prtos_u32_t key;

    if (!handler || rtos_kernel.current != &handler->thread)
        return INVALID_CONFIG;
    if (!status)
        return INVALID_PARAM;
    key = apex_lock();
    error = error_take(handler);
    if (error) {
        status->ERROR_CODE = error->code;
        status->LENGTH = error->length;
        status->FAILED_PROCESS_ID = apex_object_id(&apex_processes, error->process);
        status->FAILED_ADDRESS = error->address;
        if (error->length)
            __builtin_memcpy(status->MESSAGE, error->message, (rtos_size_t)error->length);
    }
    apex_unlock(key);
    return error ? NO_ERROR : NO_ACTION;
}

void GET_ERROR_STATUS(ERROR_STATUS_TYPE *ERROR_STATUS, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = error_get(ERROR_STATUS);
}

/* On one core the handler's priority pauses all others. */
void CONFIGURE_ERROR_HANDLER(ERROR_HANDLER_CONCURRENCY_CONTROL_TYPE CONCURRENCY_CONTROL,
                             PROCESSOR_CORE_ID_TYPE PROCESSOR_CORE_ID,
                             RETURN_CODE_TYPE *RETURN_CODE)
{
    if (!&apex_handler_room || !apex_handler_room.handler->entry)
        *RETURN_CODE = INVALID_CONFIG;
    else if (CONCURRENCY_CONTROL != PROCESSES_PAUSE && CONCURRENCY_CONTROL != PROCESSES_SCHEDULED)
        *RETURN_CODE = INVALID_PARAM;
    else if (PROCESSOR_CORE_ID != 0 && PROCESSOR_CORE_ID != CORE_AFFINITY_NO_PREFERENCE)
        *RETURN_CODE = INVALID_CONFIG;
    else
        *RETURN_CODE = apex_state.normal ? INVALID_MODE : NO_ERROR;
}
