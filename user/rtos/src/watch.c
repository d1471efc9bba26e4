/* SPDX-License-Identifier: Apache-2.0 */
/* Thread watchdogs, by a timer in the interrupt. */
#include <rtos/watch.h>

#include "fault.h"
#include "kernel.h"

#define PERIOD_MIN 1000

static void bark(struct rtos_timer *timer, void *arg)
{
    struct rtos_watch *watch = arg;
    struct rtos_fault_info info = {.thread = watch->thread, .fault = RTOS_FAULT_SILENT};

    watch->n_restarts++;
    rtos_fault_stop(watch->thread, &info);
    if (watch->thread->state == STATE_DORMANT)
        rtos_thread_start(watch->thread);
    rtos_timer_start(timer, rtos_moment(watch->period), watch->period);
}

enum rtos_status rtos_watch_add(struct rtos_watch *watch, struct rtos_thread *thread,
                                rtos_time_t period)
{
    enum rtos_status status;

    CHECK(watch && IS_ALIGNED(watch) && period >= PERIOD_MIN, RTOS_INVALID_PARAM);
    CHECK_THREAD(thread);
    status = rtos_timer_init(&watch->timer, (struct rtos_timer_thread *)0, bark, watch);
    if (status != RTOS_OK)
        return status;
    watch->thread = thread;
    watch->period = period;
    watch->n_restarts = 0;
    return rtos_watch_kick(watch);
}

enum rtos_status rtos_watch_kick(struct rtos_watch *watch)
{
    CHECK(watch, RTOS_INVALID_OBJECT);
    return rtos_timer_start(&watch->timer, rtos_moment(watch->period), watch->period);
}

enum rtos_status rtos_watch_remove(struct rtos_watch *watch)
{
    CHECK(watch, RTOS_INVALID_OBJECT);
    return rtos_timer_delete(&watch->timer);
}
