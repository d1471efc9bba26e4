/* SPDX-License-Identifier: Apache-2.0 */
/* A baton that goes round the vCPUs. Whoever holds it compares the time with its holder's before:
 * clocks of different processors are one clock. Called by each vCPU in each of its slots. */
#include "quad.h"

#define LAPS 25

volatile prtos_u32_t relay_laps, relay_backwards;
static volatile prtos_u32_t holder;
static volatile prtos_time_t stamp;

void relay_run(prtos_u32_t self)
{
    prtos_time_t now;

    if (holder != self || relay_laps == LAPS)
        return;
    prtos_get_time(PRTOS_HW_CLOCK, &now);
    if (now < stamp)
        relay_backwards++;
    stamp = now;
    if (self == VCPUS - 1)
        relay_laps++;
    holder = (self + 1) % VCPUS; /* last: from here on it is somebody else's */
}
