/* SPDX-License-Identifier: Apache-2.0 */
/* Threads that call the functions of expired timers. */
#include <rtos/timer.h>

#include "kernel.h"

static struct rtos_timer *next_expired(struct rtos_timer_thread *thread)
{
    prtos_u32_t key = port_lock();
    struct rtos_link *link = rtos_list_first(&thread->expired);
    struct rtos_timer *timer = (struct rtos_timer *)0;

    if (link) {
        timer = RTOS_LIST_ENTRY(link, struct rtos_timer, link);
        rtos_list_remove(link);
        timer->queued = 0;
    }
    port_unlock(key);
    return timer;
}

static void serve(void *arg)
{
    struct rtos_timer_thread *thread = arg;

    for (;;) {
        struct rtos_timer *timer;

        rtos_sem_take(&thread->news, RTOS_FOREVER);
        while ((timer = next_expired(thread)) != (struct rtos_timer *)0)
            timer->function(timer, timer->arg);
    }
}

enum rtos_status rtos_timer_thread_init(struct rtos_timer_thread *thread,
                                        const struct rtos_thread_config *config)
{
    struct rtos_thread_config own;
    enum rtos_status status;

    CHECK(thread && IS_ALIGNED(thread) && config, RTOS_INVALID_PARAM);
    own = *config;
    own.entry = serve;
    own.arg = thread;
    status = rtos_thread_init(&thread->thread, &own);
    if (status != RTOS_OK)
        return status;
    rtos_list_init(&thread->expired);
    rtos_sem_init(&thread->news, 0, 1, RTOS_BY_PRIORITY);
    thread->type = TYPE_OWN(TYPE_TIMER_THREAD);
    return rtos_thread_start(&thread->thread);
}
