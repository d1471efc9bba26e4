/* SPDX-License-Identifier: Apache-2.0 */
/* What threads used. Linking this file makes stacks painted and time accounted. */
#include <rtos/stats.h>

#include "kernel.h"

#define PAINT 0xa5a5a5a5u

void rtos_stack_paint(const struct rtos_thread *thread)
{
    prtos_u32_t *word = thread->stack;
    rtos_size_t left = thread->stack_size / sizeof(*word) - 1;

    while (left--)
        *++word = PAINT;
}

static rtos_size_t stack_used(const struct rtos_thread *thread)
{
    const prtos_u32_t *word = (const prtos_u32_t *)thread->stack + 1;
    rtos_size_t left = thread->stack_size - sizeof(*word);

    while (left && *word++ == PAINT)
        left -= sizeof(*word);
    return left;
}

enum rtos_status rtos_thread_get_stats(const struct rtos_thread *thread,
                                       struct rtos_thread_stats *stats)
{
    prtos_u32_t key;

    CHECK_THREAD(thread);
    CHECK(stats, RTOS_INVALID_PARAM);
    key = port_lock();
    if (thread == rtos_kernel.current)
        rtos_account_now();
    stats->executed = thread->executed;
    stats->switches = thread->switches;
    port_unlock(key);
    stats->name = thread->name;
    stats->stack_size = thread->stack_size;
    stats->stack_used = stack_used(thread);
    return RTOS_OK;
}
