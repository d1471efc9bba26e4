/* SPDX-License-Identifier: Apache-2.0 */
/* The two timers of a vCPU. Missed periods are skipped by one division, never by a loop. */
#include "hv/vtimer.h"

#include "lib/div64.h"

void vtimer_set(struct vcpu *vcpu, struct vtimer *timer, hv_time expiry, hv_time interval)
{
    timer->expiry = expiry ? expiry : HV_NEVER;
    timer->interval = expiry ? interval : 0;
    vcpu->timers = vcpu->hw_timer.expiry != HV_NEVER || vcpu->exec_timer.expiry != HV_NEVER;
}

/* Periods were missed: the first expiry after `now`, by one division. */
static __cold hv_time period_skip(hv_time next, hv_time interval, hv_time now)
{
    return next + (div64(now - next, interval) + 1) * interval;
}

bool vtimer_expired(struct vtimer *timer, hv_time now)
{
    hv_time next = timer->expiry + timer->interval;

    if (now < timer->expiry)
        return false;
    if (!timer->interval)
        next = HV_NEVER;
    else if (unlikely(next <= now))
        next = period_skip(next, timer->interval, now);
    /* A period that leads beyond the clock's end never comes. */
    timer->expiry = likely(next > timer->expiry) ? next : HV_NEVER;
    return true;
}

void vtimer_check(struct vcpu *vcpu, hv_time now, hv_time exec)
{
    if (vtimer_expired(&vcpu->hw_timer, now))
        atomic_or(&vcpu->pend_ext, 1u << PRTOS_VT_EXT_HW_TIMER);
    if (vtimer_expired(&vcpu->exec_timer, exec))
        atomic_or(&vcpu->pend_ext, 1u << PRTOS_VT_EXT_EXEC_TIMER);
}

void vtimer_clear(struct vcpu *vcpu)
{
    vcpu->timers = false;
    vcpu->hw_timer = (struct vtimer){HV_NEVER, 0};
    vcpu->exec_timer = (struct vtimer){HV_NEVER, 0};
}
