/* SPDX-License-Identifier: Apache-2.0 */
/* What a program may know of its slots: it is told by the hypervisor. */
#include <rtos/time.h>

#include "kernel.h"

enum rtos_status rtos_slot_left(rtos_time_t *left)
{
    CHECK(left, RTOS_INVALID_PARAM);
    *left = port_slot_end() - port_now();
    if (*left < 0)
        *left = 0;
    return RTOS_OK;
}

enum rtos_status rtos_slot_next(rtos_time_t *start)
{
    CHECK(start, RTOS_INVALID_PARAM);
    *start = port_slot_next();
    return RTOS_OK;
}
