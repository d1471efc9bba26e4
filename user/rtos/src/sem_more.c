/* SPDX-License-Identifier: Apache-2.0 */
/* The calls on semaphores that small programs do without. */
#include <rtos/sem.h>

#include "kernel.h"

enum rtos_status rtos_sem_reset(struct rtos_sem *sem)
{
    CHECK_QUEUED(sem, TYPE_SEM);
    *(volatile prtos_u32_t *)&sem->count = 0;
    return RTOS_OK;
}

enum rtos_status rtos_sem_get(const struct rtos_sem *sem, prtos_u32_t *count,
                              prtos_u32_t *n_waiting)
{
    prtos_u32_t key;

    CHECK_QUEUED(sem, TYPE_SEM);
    key = port_lock();
    if (count)
        *count = sem->count;
    if (n_waiting)
        *n_waiting = rtos_waitq_count(&sem->waitq);
    port_unlock(key);
    return RTOS_OK;
}

enum rtos_status rtos_sem_delete(struct rtos_sem *sem)
{
    prtos_u32_t key;

    CHECK_QUEUED(sem, TYPE_SEM);
    CHECK_NOT_IRQ();
    key = port_lock();
    rtos_release_all(&sem->waitq, RTOS_DELETED);
    sem->waitq.type = 0;
    kernel_leave(key);
    return RTOS_OK;
}
