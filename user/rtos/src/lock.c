/* SPDX-License-Identifier: Apache-2.0 */
/* The lock of the scheduler: a count in the kernel's nesting. */
#include "kernel.h"

int rtos_in_locked_thread(void)
{
    return (rtos_kernel.nesting & ~NESTING_LOCKS) == NESTING_NONE;
}

enum rtos_status rtos_sched_lock(void)
{
    enum rtos_status status = RTOS_OK;
    prtos_u32_t key;

    CHECK_IN_THREAD();
    key = port_lock();
    if ((rtos_kernel.nesting & NESTING_LOCKS) == NESTING_LOCKS - NESTING_LOCK)
        status = RTOS_LIMIT;
    else
        rtos_kernel.nesting += NESTING_LOCK;
    return port_unlock_with(key, status);
}

enum rtos_status rtos_sched_unlock(void)
{
    prtos_u32_t key;

    CHECK_IN_THREAD();
    CHECK(rtos_kernel.nesting != NESTING_NONE, RTOS_NO_ACTION);
    key = port_lock();
    rtos_kernel.nesting -= NESTING_LOCK;
    return kernel_leave_with(key, RTOS_OK);
}

prtos_u32_t rtos_sched_lock_depth(void)
{
    return (rtos_kernel.nesting & NESTING_LOCKS) / NESTING_LOCK;
}
