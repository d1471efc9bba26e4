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
    return rtos_object_look(sem, TYPE_SEM, __builtin_offsetof(struct rtos_sem, count), count,
                            n_waiting);
}

enum rtos_status rtos_sem_delete(struct rtos_sem *sem)
{
    return rtos_object_delete(sem, TYPE_SEM);
}
