/* SPDX-License-Identifier: Apache-2.0 */
/* Mutexes: one owner, who alone unlocks. Waiting threads are served by priority. Threads only
 * (RTOS_WRONG_CONTEXT). All answer RTOS_INVALID_OBJECT for what is no mutex. */
#ifndef RTOS_MUTEX_H
#define RTOS_MUTEX_H

#include <rtos/types.h>

/* RTOS_MUTEX_INHERIT: the owner runs at the priority of the most urgent one that waits, through
 * chains of owners that wait themselves. RTOS_MUTEX_CEILING: the owner runs at the mutex's own
 * priority at least. RTOS_MUTEX_RECURSIVE may be added: the owner may lock again. */
#define RTOS_MUTEX_INHERIT 0u
#define RTOS_MUTEX_CEILING 1u
#define RTOS_MUTEX_RECURSIVE 2u

struct rtos_mutex {
    struct rtos_waitq waitq;
    struct rtos_thread *owner;
    struct rtos_mutex *held; /* the next one of the same owner */
    prtos_u32_t slow;        /* locked so often beyond the first time; whether it has a ceiling */
    prtos_u8_t recursive, ceiling;
};

/* `ceiling`: only with RTOS_MUTEX_CEILING, 0 to 31. From threads and before rtos_start().
 * RTOS_INVALID_PARAM. */
enum rtos_status rtos_mutex_init(struct rtos_mutex *mutex, prtos_u32_t kind, prtos_u32_t ceiling);

/* RTOS_DEADLOCK: the caller owns it and it is not recursive. RTOS_INVALID_PARAM: the caller's own
 * priority is above the ceiling. RTOS_LIMIT: locked 65536 times. RTOS_NOT_AVAILABLE,
 * RTOS_TIMED_OUT, RTOS_DELETED, RTOS_CANCELLED. */
enum rtos_status rtos_mutex_lock(struct rtos_mutex *mutex, rtos_time_t timeout);

/* Hands it to the first one that waits. RTOS_NOT_OWNER. Costs rise with the mutexes that were
 * locked later and are still held. */
enum rtos_status rtos_mutex_unlock(struct rtos_mutex *mutex);

/* The owner, or null; how often it has locked; either pointer may be null. From anywhere. */
enum rtos_status rtos_mutex_get(const struct rtos_mutex *mutex, struct rtos_thread **owner,
                                prtos_u32_t *depth);

/* Who waits goes on with RTOS_DELETED; the owner loses it. */
enum rtos_status rtos_mutex_delete(struct rtos_mutex *mutex);

#endif
