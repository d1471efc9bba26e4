/* SPDX-License-Identifier: Apache-2.0 */
/* Who calls, and how a process waits and goes on. */
#include "parts.h"

struct apex_state apex_state;

prtos_u32_t apex_lock(void)
{
    return port_lock();
}

void apex_unlock(prtos_u32_t key)
{
    port_unlock(key);
}

void apex_leave(prtos_u32_t key)
{
    kernel_leave(key);
}

struct apex_process *apex_self(void)
{
    struct rtos_thread *thread = rtos_kernel.current;
    const char *table;

    if (!thread || !&apex_processes)
        return (struct apex_process *)0;
    table = apex_processes.table;
    if ((char *)thread < table ||
        (char *)thread >= table + apex_processes.limit * apex_processes.item)
        return (struct apex_process *)0;
    return process_of(thread);
}

int apex_may_wait(const struct apex_process *self)
{
    return self && !self->mutex && apex_state.lock_owner != self;
}

RETURN_CODE_TYPE apex_wait(struct rtos_waitq *queue, SYSTEM_TIME_TYPE timeout, void *value,
                           rtos_size_t amount, prtos_u32_t key)
{
    struct apex_process *self = apex_self();
    enum rtos_status status;

    if (!timeout || !apex_may_wait(self)) {
        apex_unlock(key);
        return timeout ? INVALID_MODE : NOT_AVAILABLE;
    }
    self->thread.value = value;
    self->thread.amount = amount;
    status = rtos_wait(queue, timeout, key);
    return status == RTOS_OK ? NO_ERROR : TIMED_OUT;
}

RETURN_CODE_TYPE apex_sleep(struct apex_process *self, SYSTEM_TIME_TYPE timeout)
{
    wait_begin(&self->thread);
    return rtos_sleep(&self->thread, rtos_moment(timeout)) == RTOS_OK ? NO_ERROR : TIMED_OUT;
}

struct rtos_thread *apex_wake(struct rtos_waitq *queue)
{
    struct rtos_thread *thread = waitq_take(queue);

    thread_wake(thread, RTOS_OK);
    return thread;
}
