/* SPDX-License-Identifier: Apache-2.0 */
/* Condition variables. A thread that is signalled goes on to the mutex: it gets it from whoever
 * signals, or waits among those that lock it; it never runs without it. */
#include <rtos/cond.h>

#include "kernel.h"

enum rtos_status rtos_cond_init(struct rtos_cond *cond)
{
    CHECK(cond && IS_ALIGNED(cond), RTOS_INVALID_PARAM);
    CHECK_NOT_IRQ();
    cond->waitq.first = (struct rtos_thread *)0;
    cond->waitq.type = TYPE_OWN(TYPE_COND);
    return RTOS_OK;
}

enum rtos_status rtos_cond_wait(struct rtos_cond *cond, struct rtos_mutex *mutex,
                                rtos_time_t timeout)
{
    struct rtos_thread *self = rtos_kernel.current;
    enum rtos_status status;
    rtos_time_t due;
    prtos_u32_t key;

    CHECK_QUEUED(cond, TYPE_COND);
    CHECK_MUTEX(mutex);
    CHECK_IN_THREAD();
    CHECK(mutex->owner == self, RTOS_NOT_OWNER);
    CHECK(!(mutex->slow & 0xffff), RTOS_LIMIT);
    key = port_lock();
    status = wait_refused(timeout, key);
    if (status == RTOS_OK) {
        due = rtos_moment(timeout);
        /* Asleep first; with interrupts off the unlocking switches to nobody. */
        self->value = mutex;
        wait_begin(self);
        rtos_waitq_insert(&cond->waitq, self);
        rtos_mutex_unlock(mutex);
        if (due >= 0)
            rtos_timeout_insert(&self->timeout, due, 0);
        rtos_switch();
        status = (enum rtos_status)self->result;
    }
    return port_unlock_with(key, status);
}

static void signal(struct rtos_cond *cond)
{
    struct rtos_thread *thread = waitq_take(&cond->waitq);

    thread->result = RTOS_OK;
    rtos_mutex_regain(thread);
}

enum rtos_status rtos_cond_signal(struct rtos_cond *cond)
{
    enum rtos_status status = RTOS_NO_ACTION;
    prtos_u32_t key;

    CHECK_QUEUED(cond, TYPE_COND);
    key = port_lock();
    if (cond->waitq.first) {
        signal(cond);
        status = RTOS_OK;
    }
    return kernel_leave_with(key, status);
}

enum rtos_status rtos_cond_broadcast(struct rtos_cond *cond)
{
    enum rtos_status status = RTOS_NO_ACTION;
    prtos_u32_t key;

    CHECK_QUEUED(cond, TYPE_COND);
    key = port_lock();
    while (cond->waitq.first) {
        signal(cond);
        status = RTOS_OK;
    }
    return kernel_leave_with(key, status);
}

enum rtos_status rtos_cond_delete(struct rtos_cond *cond)
{
    return rtos_object_delete(cond, TYPE_COND);
}
