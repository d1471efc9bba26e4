/* SPDX-License-Identifier: Apache-2.0 */
/* Deadlines: a timer of each process, which rings in the interrupt. A miss goes to the error
 * handler, or is the partition's health event. */
#include <trace.h>

#include "parts.h"

void apex_monitor_raise(ERROR_CODE_TYPE code, PROCESS_ID_TYPE process, SYSTEM_ADDRESS_TYPE address)
{
    prtos_trace_event_t event;

    __builtin_memset(&event, 0, sizeof(event));
    event.op_code_hi = PRTOS_TRACE_UNRECOVERABLE << TRACE_OPCODE_CRIT_BIT;
    event.payload[0] = code;
    event.payload[1] = (prtos_word_t)process;
    event.payload[2] = (prtos_word_t)(__UINTPTR_TYPE__)address;
    prtos_trace_event(TRACE_BM_ALWAYS, &event);
}

static void deadline_missed(struct rtos_timer *timer, void *arg)
{
    struct apex_process *process = arg;
    struct apex_error *error = &process->missed;

    (void)timer;
    error->process = process;
    error->code = DEADLINE_MISSED;
    error->address = (SYSTEM_ADDRESS_TYPE)0;
    error->length = 0;
    if (!apex_error_post || !apex_error_post(error))
        apex_monitor_raise(DEADLINE_MISSED, apex_object_id(&apex_processes, process),
                           error->address);
}

void apex_deadline_init(struct apex_process *process)
{
    process->deadline = INFINITE_TIME_VALUE;
    rtos_timer_init(&process->deadline_timer, (struct rtos_timer_thread *)0, deadline_missed,
                    process);
}

void apex_deadline_set(struct apex_process *process, SYSTEM_TIME_TYPE moment)
{
    process->deadline = moment;
    if (moment < 0)
        rtos_timer_stop(&process->deadline_timer);
    else
        rtos_timer_start(&process->deadline_timer, moment, 0);
}

SYSTEM_TIME_TYPE apex_time_add(SYSTEM_TIME_TYPE moment, SYSTEM_TIME_TYPE duration)
{
    if (duration < 0)
        return INFINITE_TIME_VALUE;
    return duration > RTOS_NEVER - moment ? RTOS_NEVER : moment + duration;
}
