/* SPDX-License-Identifier: Apache-2.0 */
/* A vCPU's two timers. Expiries are examined when the vCPU has the CPU or its slot. */
#ifndef HV_VTIMER_H
#define HV_VTIMER_H

#include "hv/vcpu.h"

/* Arms (or with expiry 0 disarms) a timer of a vCPU. */
void vtimer_set(struct vcpu *vcpu, struct vtimer *timer, hv_time expiry, hv_time interval);

/* If the timer has expired at `now`: its next expiry, and true. */
bool vtimer_expired(struct vtimer *timer, hv_time now);

/* Disarms both timers of a vCPU. */
void vtimer_clear(struct vcpu *vcpu);

/* Pends what has expired; `exec` is the vCPU's execution time at `now`. */
void vtimer_check(struct vcpu *vcpu, hv_time now, hv_time exec);

#endif
