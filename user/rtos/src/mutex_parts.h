/* SPDX-License-Identifier: Apache-2.0 */
/* Mutexes, what both files of them share. */
#ifndef RTOS_MUTEX_PARTS_H
#define RTOS_MUTEX_PARTS_H

#include <rtos/mutex.h>

#include "kernel.h"

static inline void own_plain(struct rtos_mutex *mutex, struct rtos_thread *thread)
{
    mutex->owner = thread;
    mutex->held = thread->held;
    thread->held = mutex;
}

/* mutex.c: it has an owner, or a ceiling. Gives `key` back. */
enum rtos_status rtos_mutex_lock_slow(struct rtos_mutex *mutex, rtos_time_t timeout,
                                      prtos_u32_t key);
/* The scheduler is locked, or the caller is no thread. */
enum rtos_status rtos_mutex_lock_held(struct rtos_mutex *mutex, rtos_time_t timeout);
/* Somebody waits, it is locked more than once, has a ceiling, is not the latest one, or no own
 * one. */
enum rtos_status rtos_mutex_unlock_slow(struct rtos_mutex *mutex);
/* The caller owns it. Gives `key` back. */
enum rtos_status rtos_mutex_hand_over(struct rtos_mutex *mutex, prtos_u32_t key);

#endif
