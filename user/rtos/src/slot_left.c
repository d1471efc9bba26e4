/* SPDX-License-Identifier: Apache-2.0 */
/* Time left in the slot. */
#include <rtos/time.h>

#include "kernel.h"

enum rtos_status rtos_slot_left(rtos_time_t *left)
{
    enum rtos_status status = RTOS_NOT_AVAILABLE;
    prtos_u32_t key;

    CHECK(left, RTOS_INVALID_PARAM);
    key = port_lock();
    if (rtos_kernel.slot_end) {
        *left = rtos_kernel.slot_end - port_now();
        if (*left < 0)
            *left = 0;
        status = RTOS_OK;
    }
    return port_unlock_with(key, status);
}
