/* SPDX-License-Identifier: Apache-2.0 */
/* A debug build tells every health event: what, whose, where, and what is done about it. */
#include "hv/verbose.h"

#include "core_health_names.h"
#include "hv/clock.h"
#include "hv/console.h"
#include "hv/health.h"
#include "hv/partition.h"

void verbose_health(const struct vcpu *vcpu, u32 event, u32 action,
                    const struct health_context *context)
{
    const char *name = event < ARRAY_SIZE(event_names) ? event_names[event] : NULL;

    console_print("[HM] %lld:%s (%u):", clock_us(clock_now()), name ? name : "?", event);
    if (vcpu)
        console_print("PART(%u)", vcpu->partition->id);
    else
        console_print("SYS(0)");
    if (context && context->valid)
        console_print(" pc 0x%08x psr 0x%08x", (u32)context->pc, (u32)context->psr);
    console_print(" %s\n", action < ARRAY_SIZE(action_names) ? action_names[action] : "?");
}

void verbose_halted(u32 partition)
{
    console_print("[HYPERCALL] (0x%x) Halted\n", partition);
}
