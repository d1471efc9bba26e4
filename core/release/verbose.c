/* SPDX-License-Identifier: Apache-2.0 */
/* A release build says nothing while it runs. */
#include "hv/verbose.h"

void verbose_health(const struct vcpu *vcpu, u32 event, u32 action,
                    const struct health_context *context)
{
    (void)vcpu;
    (void)event;
    (void)action;
    (void)context;
}

void verbose_halted(u32 partition)
{
    (void)partition;
}
