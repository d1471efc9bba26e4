/* SPDX-License-Identifier: Apache-2.0 */
/* The end of a thread by another one. */
#include "kernel.h"

enum rtos_status rtos_thread_stop(struct rtos_thread *thread)
{
    enum rtos_status status = RTOS_NO_ACTION;
    prtos_u32_t key;

    CHECK_THREAD(thread);
    CHECK_NOT_IRQ();
    if (thread == rtos_kernel.current)
        return rtos_thread_exit();
    key = port_lock();
    if (IS_AWAY(thread)) {
        status = RTOS_NOT_AVAILABLE;
    } else if (thread->state != STATE_DORMANT) {
        rtos_thread_end(thread);
        status = RTOS_OK;
    }
    return kernel_leave_with(key, status);
}

enum rtos_status rtos_thread_delete(struct rtos_thread *thread)
{
    prtos_u32_t key;

    CHECK_THREAD(thread);
    CHECK_NOT_IRQ();
    CHECK(thread != rtos_kernel.current, RTOS_WRONG_CONTEXT);
    key = port_lock();
    if (IS_AWAY(thread))
        return port_unlock_with(key, RTOS_NOT_AVAILABLE);
    if (thread->state != STATE_DORMANT)
        rtos_thread_end(thread);
    thread->ended.type = 0;
    return kernel_leave_with(key, RTOS_OK);
}
