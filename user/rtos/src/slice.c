/* SPDX-License-Identifier: Apache-2.0 */
/* Slices; the work is in account.c. */
#include "kernel.h"

#define SLICE_MIN 1000

enum rtos_status rtos_thread_set_slice(struct rtos_thread *thread, prtos_u32_t slice)
{
    prtos_u32_t key;

    CHECK_THREAD(thread);
    CHECK(!slice || slice >= SLICE_MIN, RTOS_INVALID_PARAM);
    key = port_lock();
    thread->slice = thread->slice_left = slice;
    if (thread == rtos_kernel.current && !thread->state && thread->next != thread)
        rtos_slice_begin(thread);
    return port_unlock_with(key, RTOS_OK);
}
