/* SPDX-License-Identifier: Apache-2.0 */
/* The start of a slot: its end is known from now on, and what became due meanwhile is released. */
#include "kernel.h"

void rtos_slot_began(void)
{
    rtos_kernel.slot_began = port_slot_began();
    rtos_kernel.slot_end = rtos_kernel.slot_began + port_slot_length();
    if (HAS(rtos_slot_learn))
        rtos_slot_learn(rtos_kernel.slot_began);
    rtos_time_check();
    if (HAS(rtos_hook_slot))
        rtos_hook_slot();
}
