/* SPDX-License-Identifier: Apache-2.0 */
/* Suspending and resuming aperiodic processes. SUSPEND holds a process back whatever it waits for;
 * SUSPEND_SELF is a wait that RESUME ends. */
#include "parts.h"

static RETURN_CODE_TYPE self_suspend(SYSTEM_TIME_TYPE timeout)
{
    struct apex_process *self = apex_self();
    RETURN_CODE_TYPE code;
    prtos_u32_t key;

    if (!timeout_is_valid(timeout))
        return INVALID_PARAM;
    if (!apex_may_wait(self) || self->attributes.PERIOD != INFINITE_TIME_VALUE)
        return INVALID_MODE;
    if (!timeout)
        return NO_ERROR;
    key = apex_lock();
    self->suspended_self = 1;
    code = apex_sleep(self, timeout);
    self->suspended_self = 0;
    apex_unlock(key);
    return code;
}

void SUSPEND_SELF(SYSTEM_TIME_TYPE TIME_OUT, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = self_suspend(TIME_OUT);
}

static int is_self_suspended(const struct apex_process *process)
{
    return process->suspended_self && process->thread.state & STATE_WAITING;
}

/* One that may be suspended and resumed: aperiodic, another one, and not dormant. */
static RETURN_CODE_TYPE target_check(const struct apex_process *process)
{
    if (!process || process == apex_self())
        return INVALID_PARAM;
    if (process_is_dormant(process) || process->faulted ||
        process->attributes.PERIOD != INFINITE_TIME_VALUE)
        return INVALID_MODE;
    return NO_ERROR;
}

static RETURN_CODE_TYPE process_suspend(struct apex_process *process)
{
    RETURN_CODE_TYPE code = target_check(process);
    prtos_u32_t key;

    if (code != NO_ERROR)
        return code;
    if (process->mutex || apex_state.lock_owner == process || process->pending)
        return INVALID_MODE;
    key = apex_lock();
    if (is_self_suspended(process) || rtos_thread_suspend(&process->thread) != RTOS_OK)
        code = NO_ACTION;
    apex_unlock(key);
    return code;
}

void SUSPEND(PROCESS_ID_TYPE PROCESS_ID, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = process_suspend(process_get(PROCESS_ID));
}

static RETURN_CODE_TYPE process_resume(struct apex_process *process)
{
    RETURN_CODE_TYPE code = target_check(process);
    prtos_u32_t key;

    if (code != NO_ERROR)
        return code;
    key = apex_lock();
    if (is_self_suspended(process))
        rtos_release(&process->thread, RTOS_OK);
    else if (rtos_thread_resume(&process->thread) != RTOS_OK)
        code = NO_ACTION;
    apex_leave(key);
    return code;
}

void RESUME(PROCESS_ID_TYPE PROCESS_ID, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = process_resume(process_get(PROCESS_ID));
}
