/* SPDX-License-Identifier: Apache-2.0 */
/* How long interrupts are off; only in librtos-meter.a. */
#include <rtos/irq.h>

#include "kernel.h"

static rtos_time_t began,
    longest; /* on the execution clock: another slot in between counts nothing */
static void *place, *longest_place;

void port_meter_off(void *where)
{
    place = where;
    began = port_executed();
}

void port_meter_on(void)
{
    rtos_time_t length = port_executed() - began;

    if (began && length > longest) {
        longest = length;
        longest_place = place;
    }
    began = 0;
}

rtos_time_t rtos_irq_max_off(void **where)
{
    prtos_u32_t key = port_lock();
    rtos_time_t length = longest;

    if (where)
        *where = longest_place;
    port_unlock(key);
    return length;
}
