/* SPDX-License-Identifier: Apache-2.0 */
/* Condition variables, each wait with a mutex that the caller holds once. All answer
 * RTOS_INVALID_OBJECT for what is none. */
#ifndef RTOS_COND_H
#define RTOS_COND_H

#include <rtos/mutex.h>

struct rtos_cond {
    struct rtos_waitq waitq;
};

/* From threads and before rtos_start(). */
enum rtos_status rtos_cond_init(struct rtos_cond *cond);

/* Unlocks the mutex and waits, in one step; holds it again when it returns, after RTOS_TIMED_OUT,
 * RTOS_CANCELLED and RTOS_DELETED (of the condition) too. Threads only. RTOS_NOT_OWNER: of the
 * mutex. RTOS_LIMIT: it is locked more than once. RTOS_NOT_AVAILABLE: timeout 0. */
enum rtos_status rtos_cond_wait(struct rtos_cond *cond, struct rtos_mutex *mutex,
                                rtos_time_t timeout);

/* Lets the most urgent one go on. From anywhere. RTOS_NO_ACTION: nobody waits. */
enum rtos_status rtos_cond_signal(struct rtos_cond *cond);

/* Lets all go on. From anywhere. RTOS_NO_ACTION: nobody waits. Costs rise with those that wait. */
enum rtos_status rtos_cond_broadcast(struct rtos_cond *cond);

/* From threads. */
enum rtos_status rtos_cond_delete(struct rtos_cond *cond);

#endif
