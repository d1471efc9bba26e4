/* SPDX-License-Identifier: Apache-2.0 */
/* Starting and stopping processes. A periodic one is released at the starts of the partition's
 * period and multiples of its own period behind them; before the first start was seen it is
 * pending. */
#include "parts.h"

void apex_process_clear(struct apex_process *process)
{
    process->pending = process->suspended_self = process->faulted = 0;
    apex_deadline_set(process, INFINITE_TIME_VALUE);
    if (apex_state.lock_owner == process) {
        apex_state.lock_owner = (struct apex_process *)0;
        apex_state.lock_level = 0;
    }
}

/* A mutex that it still owns from before it was stopped keeps lending its priority. */
void apex_release(struct apex_process *process, SYSTEM_TIME_TYPE moment)
{
    struct rtos_thread *thread = &process->thread;
    prtos_u32_t key = apex_lock();

    process->release = moment;
    apex_deadline_set(process, apex_time_add(moment, process->attributes.TIME_CAPACITY));
    if (moment <= port_now()) {
        rtos_thread_start(thread);
    } else {
        rtos_thread_start_after(thread, RTOS_NEVER);
        rtos_timeout_remove(&thread->timeout);
        rtos_timeout_insert(&thread->timeout, moment, 0);
    }
    if (process->mutex)
        rtos_priority_change(thread, apex_level(process), 0);
    apex_leave(key);
}

void apex_release_pending(struct apex_process *process, SYSTEM_TIME_TYPE base)
{
    process->pending = 0;
    apex_release(process, apex_time_add(base, process->release));
}

/* The next start of the partition's period behind now. */
static SYSTEM_TIME_TYPE period_next(SYSTEM_TIME_TYPE now)
{
    SYSTEM_TIME_TYPE passed = now - apex_state.period_start, period = apex_partition.period;

    return apex_state.period_start + (passed / period + 1) * period;
}

/* When it begins is known now, or depends on when the partition's next period begins, or NORMAL. */
static void process_schedule(struct apex_process *process, SYSTEM_TIME_TYPE now,
                             SYSTEM_TIME_TYPE delay)
{
    int periodic = process->attributes.PERIOD != INFINITE_TIME_VALUE;

    process->release = delay;
    process->thread.base = (prtos_u8_t)LEVEL_OF(process->attributes.BASE_PRIORITY);
    if (periodic && apex_state.period_start)
        apex_release(process, period_next(now) + delay);
    else if (periodic)
        process->pending = PENDING_PERIOD;
    else if (apex_state.normal)
        apex_release(process, now + delay);
    else if (delay)
        process->pending = PENDING_DELAY;
    else
        rtos_thread_start(&process->thread); /* ready; its deadline comes with NORMAL */
}

static RETURN_CODE_TYPE process_start(struct apex_process *process, SYSTEM_TIME_TYPE delay)
{
    SYSTEM_TIME_TYPE capacity, now = rtos_now();

    if (!process)
        return INVALID_PARAM;
    capacity = process->attributes.TIME_CAPACITY;
    if (!process_is_dormant(process))
        return NO_ACTION;
    if (delay < 0 || (process->attributes.PERIOD >= 0 && delay >= process->attributes.PERIOD))
        return INVALID_PARAM;
    if (delay > RTOS_NEVER - now || capacity > RTOS_NEVER - now - delay)
        return INVALID_CONFIG;
    process_schedule(process, now, delay);
    return NO_ERROR;
}

void START(PROCESS_ID_TYPE PROCESS_ID, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = process_start(process_get(PROCESS_ID), 0);
}

void DELAYED_START(PROCESS_ID_TYPE PROCESS_ID, SYSTEM_TIME_TYPE DELAY_TIME,
                   RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = process_start(process_get(PROCESS_ID), DELAY_TIME);
}

/* The error handler may have to run again. Comes back only to partition_main(). */
void STOP_SELF(void)
{
    struct apex_process *self = apex_self();

    if (!self) {
        if (apex_handler_stop)
            apex_handler_stop();
        return;
    }
    apex_process_clear(self);
    rtos_thread_exit();
}

static RETURN_CODE_TYPE process_stop(struct apex_process *process)
{
    prtos_u32_t key;

    if (!process || process == apex_self())
        return INVALID_PARAM;
    if (process_is_dormant(process))
        return NO_ACTION;
    key = apex_lock();
    apex_process_clear(process);
    if (!(process->thread.state & STATE_DORMANT))
        rtos_thread_end(&process->thread);
    apex_leave(key);
    return NO_ERROR;
}

void STOP(PROCESS_ID_TYPE PROCESS_ID, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = process_stop(process_get(PROCESS_ID));
}
