/* SPDX-License-Identifier: Apache-2.0 */
/* Priorities and the preemption lock. The lock is a priority above those of all processes and below
 * that of the error handler. */
#include "parts.h"

static RETURN_CODE_TYPE priority_set(struct apex_process *process, PRIORITY_TYPE priority)
{
    prtos_u32_t key;

    if (!process || priority < MIN_PRIORITY_VALUE || priority > MAX_PRIORITY_VALUE)
        return INVALID_PARAM;
    if (process_is_dormant(process) || process->faulted)
        return INVALID_MODE;
    key = apex_lock();
    process->thread.base = (prtos_u8_t)LEVEL_OF(priority);
    if (!process->mutex && apex_state.lock_owner != process)
        rtos_priority_change(&process->thread, LEVEL_OF(priority), 0);
    apex_leave(key);
    return NO_ERROR;
}

void SET_PRIORITY(PROCESS_ID_TYPE PROCESS_ID, PRIORITY_TYPE NEW_PRIORITY,
                  RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = priority_set(process_get(PROCESS_ID), NEW_PRIORITY);
}

static RETURN_CODE_TYPE preemption_lock(struct apex_process *self)
{
    if (!self)
        return NO_ACTION;
    if (self->mutex)
        return INVALID_MODE;
    if (apex_state.lock_level == MAX_LOCK_LEVEL)
        return INVALID_CONFIG;
    apex_state.lock_level++;
    if (apex_state.lock_owner != self) {
        apex_state.lock_owner = self;
        rtos_priority_change(&self->thread, LEVEL_LOCKED, 1);
    }
    return NO_ERROR;
}

void LOCK_PREEMPTION(LOCK_LEVEL_TYPE *LOCK_LEVEL, RETURN_CODE_TYPE *RETURN_CODE)
{
    prtos_u32_t key = apex_lock();

    *RETURN_CODE = preemption_lock(apex_self());
    *LOCK_LEVEL = apex_state.lock_level;
    apex_unlock(key);
}

static RETURN_CODE_TYPE preemption_unlock(struct apex_process *self)
{
    if (!self || apex_state.lock_owner != self)
        return NO_ACTION;
    if (--apex_state.lock_level == 0) {
        apex_state.lock_owner = (struct apex_process *)0;
        rtos_priority_change(&self->thread, apex_level(self), 1);
    }
    return NO_ERROR;
}

void UNLOCK_PREEMPTION(LOCK_LEVEL_TYPE *LOCK_LEVEL, RETURN_CODE_TYPE *RETURN_CODE)
{
    prtos_u32_t key = apex_lock();

    *RETURN_CODE = preemption_unlock(apex_self());
    *LOCK_LEVEL = apex_state.lock_level;
    apex_leave(key);
}
