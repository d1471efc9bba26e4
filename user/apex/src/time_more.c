/* SPDX-License-Identifier: Apache-2.0 */
/* Waiting for a time, and more time until the deadline. */
#include "parts.h"

static RETURN_CODE_TYPE timed_wait(struct apex_process *self, SYSTEM_TIME_TYPE delay)
{
    prtos_u32_t key;

    if (delay < 0)
        return INVALID_PARAM;
    if (!apex_may_wait(self))
        return INVALID_MODE;
    if (!delay) {
        rtos_thread_yield();
        return NO_ERROR;
    }
    key = apex_lock();
    apex_sleep(self, delay);
    apex_unlock(key);
    return NO_ERROR;
}

void TIMED_WAIT(SYSTEM_TIME_TYPE DELAY_TIME, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = timed_wait(apex_self(), DELAY_TIME);
}

static RETURN_CODE_TYPE deadline_replenish(struct apex_process *self, SYSTEM_TIME_TYPE budget)
{
    SYSTEM_TIME_TYPE now = rtos_now(), deadline;
    prtos_u32_t key;

    if (!timeout_is_valid(budget))
        return INVALID_PARAM;
    if (!self)
        return NO_ACTION;
    deadline = apex_time_add(now, budget);
    if (self->attributes.PERIOD != INFINITE_TIME_VALUE &&
        (deadline < 0 || deadline > self->release + self->attributes.PERIOD))
        return INVALID_MODE;
    key = apex_lock();
    apex_deadline_set(self, deadline);
    apex_unlock(key);
    return NO_ERROR;
}

void REPLENISH(SYSTEM_TIME_TYPE BUDGET_TIME, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = deadline_replenish(apex_self(), BUDGET_TIME);
}
