/* SPDX-License-Identifier: Apache-2.0 */
/* What a debug build tells on the hypervisor's console; debug/ and release/ have the two bodies. */
#ifndef HV_VERBOSE_H
#define HV_VERBOSE_H

#include "hv/base.h"

struct health_context;
struct vcpu;

/* Whether anything is told at all. */
static inline bool verbose_on(void)
{
    return VERBOSE;
}

/* A health event and what is done about it; vcpu null: the hypervisor's own. */
void verbose_health(const struct vcpu *vcpu, u32 event, u32 action,
                    const struct health_context *context);

/* A call halted a partition. */
void verbose_halted(u32 partition);

#endif
