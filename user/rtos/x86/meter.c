/* SPDX-License-Identifier: Apache-2.0 */
/* How long interrupts are off; only in librtos-meter.a. */
#include <rtos/irq.h>

#include "kernel.h"

static prtos_u64_t began, longest;
static void *place, *longest_place;

void port_meter_off(void *where)
{
    place = where;
    began = port_stamp();
}

void port_meter_on(void)
{
    prtos_u64_t length = port_stamp() - began;

    if (began && length > longest) {
        longest = length;
        longest_place = place;
    }
    began = 0;
}

prtos_u64_t rtos_irq_max_off(void **where)
{
    prtos_u32_t key = port_lock();
    prtos_u64_t length = longest;

    if (where)
        *where = longest_place;
    port_unlock(key);
    return length;
}
