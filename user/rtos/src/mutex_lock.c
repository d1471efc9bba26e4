/* SPDX-License-Identifier: Apache-2.0 */
/* Mutexes: the short ways, built for speed. */
#include "mutex_parts.h"

enum rtos_status rtos_mutex_lock(struct rtos_mutex *mutex, rtos_time_t timeout)
{
    prtos_u32_t key;

    CHECK_MUTEX(mutex);
    if (RTOS_CHECKS && unlikely(rtos_kernel.nesting != NESTING_NONE))
        return rtos_mutex_lock_held(mutex, timeout);
    key = port_lock();
    if (unlikely(((__UINTPTR_TYPE__)mutex->owner | mutex->slow) != 0))
        return rtos_mutex_lock_slow(mutex, timeout, key);
    own_plain(mutex, rtos_kernel.current);
    return port_unlock_with(key, RTOS_OK);
}

/* What is in the list of those that the caller holds is a mutex, and its own: no other checks. */
enum rtos_status rtos_mutex_unlock(struct rtos_mutex *mutex)
{
    struct rtos_thread *self = rtos_kernel.current;
    prtos_u32_t key;

    if (unlikely(rtos_kernel.nesting != NESTING_NONE) || unlikely(!mutex) ||
        unlikely(self->held != mutex) || unlikely(mutex->slow))
        return rtos_mutex_unlock_slow(mutex);
    key = port_lock();
    if (unlikely(mutex->waitq.first))
        return rtos_mutex_hand_over(mutex, key);
    self->held = mutex->held;
    mutex->owner = (struct rtos_thread *)0;
    return port_unlock_with(key, RTOS_OK);
}
