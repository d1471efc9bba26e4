/* SPDX-License-Identifier: Apache-2.0 */
/* Waiting for nothing but time. */
#include "kernel.h"

enum rtos_status rtos_thread_delay_until(rtos_time_t moment)
{
    prtos_u32_t key = port_lock();
    enum rtos_status status = wait_refused(RTOS_FOREVER, key);

    if (status == RTOS_OK) {
        status = RTOS_NO_ACTION;
        if (moment > port_now()) {
            wait_begin(rtos_kernel.current);
            status = rtos_sleep(rtos_kernel.current, moment);
            if (status == RTOS_TIMED_OUT)
                status = RTOS_OK;
        }
    }
    return port_unlock_with(key, status);
}

/* rtos_moment() leaves a negative duration negative: long over. */
enum rtos_status rtos_thread_delay(rtos_time_t duration)
{
    return rtos_thread_delay_until(rtos_moment(duration));
}
