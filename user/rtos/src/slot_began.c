/* SPDX-License-Identifier: Apache-2.0 */
/* The start of a slot: its end is known from now on, and what became due meanwhile is released. */
#include "kernel.h"

void rtos_slot_look(void)
{
    rtos_kernel.slot_end = port_slot_end();
}

void rtos_slot_began(void)
{
    rtos_slot_look();
    rtos_time_check();
    if (HAS(rtos_hook_slot))
        rtos_hook_slot();
}
