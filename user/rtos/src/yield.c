/* SPDX-License-Identifier: Apache-2.0 */
/* Giving way to equals. */
#include "kernel.h"

enum rtos_status rtos_thread_yield(void)
{
    struct rtos_thread *self = rtos_kernel.current;
    prtos_u32_t key = port_lock();

    if (unlikely(wait_refused(RTOS_FOREVER, key) != RTOS_OK)) {
        return port_unlock_with(key, RTOS_WRONG_CONTEXT);
    }
    rtos_kernel.ready[self->priority] = self->next;
    rtos_switch();
    return port_unlock_with(key, RTOS_OK);
}
