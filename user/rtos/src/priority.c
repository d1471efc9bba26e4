/* SPDX-License-Identifier: Apache-2.0 */
/* A thread's own priority. What mutexes lend on top is theirs (mutex.c). */
#include "kernel.h"

enum rtos_status rtos_thread_set_priority(struct rtos_thread *thread, prtos_u32_t priority)
{
    prtos_u32_t key;

    CHECK_THREAD(thread);
    CHECK(priority < RTOS_PRIORITIES, RTOS_INVALID_PARAM);
    key = port_lock();
    thread->base = (prtos_u8_t)priority;
    if (HAS(rtos_priority_lent) && rtos_priority_lent(thread) > priority)
        priority = rtos_priority_lent(thread);
    rtos_priority_change(thread, priority, 0);
    if (HAS(rtos_priority_follow))
        rtos_priority_follow(thread);
    return kernel_leave_with(key, RTOS_OK);
}

enum rtos_status rtos_thread_get_priority(const struct rtos_thread *thread, prtos_u32_t *own,
                                          prtos_u32_t *current)
{
    CHECK_THREAD(thread);
    if (own)
        *own = thread->base;
    if (current)
        *current = thread->priority;
    return RTOS_OK;
}
