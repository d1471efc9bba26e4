/* SPDX-License-Identifier: Apache-2.0 */
/* The two timers of a vCPU. Missed periods are skipped by one division, never by a loop. */
#include "hv/vtimer.h"

#include "lib/div64.h"

void vtimer_set(struct vtimer *timer, hv_time expiry, hv_time interval)
{
    timer->expiry = expiry ? expiry : HV_NEVER;
    timer->interval = expiry ? interval : 0;
}

bool vtimer_expired(struct vtimer *timer, hv_time now)
{
    hv_time next;

    if (now < timer->expiry)
        return false;
    if (!timer->interval) {
        timer->expiry = HV_NEVER;
        return true;
    }
    next = timer->expiry + timer->interval;
    if (next <= now)
        next += (div64(now - next, timer->interval) + 1) * timer->interval;
    /* A period that leads beyond the clock's end never comes. */
    timer->expiry = next > timer->expiry ? next : HV_NEVER;
    return true;
}

void vtimer_clear(struct vcpu *vcpu)
{
    vcpu->hw_timer = (struct vtimer){HV_NEVER, 0};
    vcpu->exec_timer = (struct vtimer){HV_NEVER, 0};
}
