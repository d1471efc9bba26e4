/* SPDX-License-Identifier: Apache-2.0 */
/* The clock, and the wait for the next release point. */
#include "parts.h"

static RETURN_CODE_TYPE period_wait(struct apex_process *self)
{
    prtos_u32_t key;

    if (!apex_may_wait(self) || self->attributes.PERIOD == INFINITE_TIME_VALUE)
        return INVALID_MODE;
    key = apex_lock();
    self->release += self->attributes.PERIOD;
    apex_deadline_set(self, apex_time_add(self->release, self->attributes.TIME_CAPACITY));
    if (self->release > port_now()) {
        wait_begin(&self->thread);
        rtos_sleep(&self->thread, self->release);
    }
    apex_unlock(key);
    return NO_ERROR;
}

void PERIODIC_WAIT(RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = period_wait(apex_self());
}

void GET_TIME(SYSTEM_TIME_TYPE *SYSTEM_TIME, RETURN_CODE_TYPE *RETURN_CODE)
{
    *SYSTEM_TIME = rtos_now();
    *RETURN_CODE = NO_ERROR;
}
