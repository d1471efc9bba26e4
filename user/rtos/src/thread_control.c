/* SPDX-License-Identifier: Apache-2.0 */
/* What threads do to each other short of ending: suspend, resume, cancel a wait, join, ask. */
#include "kernel.h"

enum rtos_status rtos_thread_suspend(struct rtos_thread *thread)
{
    enum rtos_status status = RTOS_OK;
    prtos_u32_t key;

    CHECK_THREAD(thread);
    key = port_lock();
    if (thread->state & (STATE_SUSPENDED | STATE_DORMANT)) {
        status = RTOS_NO_ACTION;
    } else if (thread == rtos_kernel.current && !kernel_in_irq() &&
               wait_refused(RTOS_FOREVER, key) != RTOS_OK) {
        status = RTOS_WRONG_CONTEXT;
    } else {
        if (!thread->state)
            ready_remove(thread);
        thread->state |= STATE_SUSPENDED;
    }
    return kernel_leave_with(key, status);
}

enum rtos_status rtos_thread_resume(struct rtos_thread *thread)
{
    enum rtos_status status = RTOS_NO_ACTION;
    prtos_u32_t key;

    CHECK_THREAD(thread);
    key = port_lock();
    if (thread->state & STATE_SUSPENDED) {
        thread->state &= (prtos_u8_t)~STATE_SUSPENDED;
        if (!thread->state)
            ready_add(thread, 0);
        status = RTOS_OK;
    }
    return kernel_leave_with(key, status);
}

/* Who takes its mutex again after a wait for a condition holds it in any case, and stays. */
enum rtos_status rtos_thread_cancel_wait(struct rtos_thread *thread)
{
    enum rtos_status status = RTOS_NO_ACTION;
    prtos_u32_t key;

    CHECK_THREAD(thread);
    key = port_lock();
    if (IS_AWAY(thread)) {
        status = RTOS_NOT_AVAILABLE;
    } else if (thread->state & STATE_WAITING &&
               !(thread->waits && thread->waits->type == TYPE_OWN(TYPE_MUTEX) && thread->value)) {
        rtos_release(thread, RTOS_CANCELLED);
        status = RTOS_OK;
    }
    return kernel_leave_with(key, status);
}

enum rtos_status rtos_thread_join(struct rtos_thread *thread, rtos_time_t timeout)
{
    prtos_u32_t key;

    CHECK_THREAD(thread);
    key = port_lock();
    if (thread->state == STATE_DORMANT) {
        return port_unlock_with(key, RTOS_NO_ACTION);
    }
    if (thread == rtos_kernel.current) {
        return port_unlock_with(key, RTOS_DEADLOCK);
    }
    return rtos_wait(&thread->ended, timeout, key);
}

enum rtos_status rtos_thread_get_state(const struct rtos_thread *thread,
                                       enum rtos_thread_state *state)
{
    prtos_u32_t bits;

    CHECK_THREAD(thread);
    CHECK(state, RTOS_INVALID_PARAM);
    bits = *(const volatile prtos_u8_t *)&thread->state;
    if (bits & STATE_DORMANT)
        *state = RTOS_DORMANT;
    else if (bits & STATE_SUSPENDED)
        *state = RTOS_SUSPENDED;
    else if (bits & STATE_WAITING)
        *state = RTOS_WAITING;
    else
        *state = thread == rtos_kernel.current ? RTOS_RUNNING : RTOS_READY;
    return RTOS_OK;
}
