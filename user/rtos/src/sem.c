/* SPDX-License-Identifier: Apache-2.0 */
/* Counting semaphores. */
#include <rtos/sem.h>

#include "kernel.h"

enum rtos_status rtos_sem_init(struct rtos_sem *sem, prtos_u32_t count, prtos_u32_t max,
                               enum rtos_discipline discipline)
{
    CHECK(sem && IS_ALIGNED(sem) && max && count <= max && discipline <= RTOS_BY_ARRIVAL,
          RTOS_INVALID_PARAM);
    CHECK_NOT_IRQ();
    sem->waitq.first = (struct rtos_thread *)0;
    sem->count = count;
    sem->max = max;
    sem->waitq.type = TYPE_OWN(TYPE_SEM) | (prtos_u32_t)discipline;
    return RTOS_OK;
}

enum rtos_status rtos_sem_take(struct rtos_sem *sem, rtos_time_t timeout)
{
    prtos_u32_t key;

    CHECK_QUEUED(sem, TYPE_SEM);
    key = port_lock();
    if (likely(sem->count)) {
        sem->count--;
        return port_unlock_with(key, RTOS_OK);
    }
    return rtos_wait(&sem->waitq, timeout, key);
}

enum rtos_status rtos_sem_give(struct rtos_sem *sem)
{
    enum rtos_status status = RTOS_OK;
    prtos_u32_t key;

    CHECK_QUEUED(sem, TYPE_SEM);
    key = port_lock();
    if (unlikely(sem->waitq.first)) {
        thread_wake(waitq_take(&sem->waitq), RTOS_OK);
        return kernel_leave_with(key, RTOS_OK);
    }
    if (likely(sem->count < sem->max))
        sem->count++;
    else
        status = RTOS_LIMIT;
    return port_unlock_with(key, status);
}
