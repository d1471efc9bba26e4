/* SPDX-License-Identifier: Apache-2.0 */
/* Counting semaphores. Nobody owns them. All answer RTOS_INVALID_OBJECT for what is none. */
#ifndef RTOS_SEM_H
#define RTOS_SEM_H

#include <rtos/types.h>

struct rtos_sem {
    struct rtos_waitq waitq;
    prtos_u32_t count, max;
};

/* From threads and before rtos_start(). RTOS_INVALID_PARAM: null, max 0, count above max.
 * RTOS_WRONG_CONTEXT: interrupt. */
enum rtos_status rtos_sem_init(struct rtos_sem *sem, prtos_u32_t count, prtos_u32_t max,
                               enum rtos_discipline discipline);

/* Takes one. From anywhere with timeout 0, else from threads (RTOS_WRONG_CONTEXT, only where it had
 * to wait). RTOS_NOT_AVAILABLE, RTOS_TIMED_OUT, RTOS_DELETED, RTOS_CANCELLED. */
enum rtos_status rtos_sem_take(struct rtos_sem *sem, rtos_time_t timeout);

/* Gives one: to the first thread that waits, else to the count. From anywhere. RTOS_LIMIT: the
 * count is at its maximum. */
enum rtos_status rtos_sem_give(struct rtos_sem *sem);

/* The count becomes 0; who waits goes on waiting. From anywhere. */
enum rtos_status rtos_sem_reset(struct rtos_sem *sem);

/* From anywhere; either pointer may be null. */
enum rtos_status rtos_sem_get(const struct rtos_sem *sem, prtos_u32_t *count,
                              prtos_u32_t *n_waiting);

/* Who waits goes on with RTOS_DELETED. From threads and before rtos_start(). */
enum rtos_status rtos_sem_delete(struct rtos_sem *sem);

#endif
