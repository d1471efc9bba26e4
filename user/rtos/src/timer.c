/* SPDX-License-Identifier: Apache-2.0 */
/* Timers. The next period is counted from the last moment, not from now: nothing drifts. */
#include <rtos/timer.h>

#include "kernel.h"

#define PERIOD_MIN 1000

enum rtos_status rtos_timer_init(struct rtos_timer *timer, struct rtos_timer_thread *thread,
                                 void (*function)(struct rtos_timer *timer, void *arg), void *arg)
{
    CHECK(timer && IS_ALIGNED(timer) && function, RTOS_INVALID_PARAM);
    CHECK(!thread || (IS_ALIGNED(thread) && thread->type == TYPE_OWN(TYPE_TIMER_THREAD)),
          RTOS_INVALID_OBJECT);
    CHECK_NOT_IRQ();
    __builtin_memset(timer, 0, sizeof(*timer));
    timer->function = function;
    timer->arg = arg;
    timer->thread = thread;
    timer->type = TYPE_OWN(TYPE_TIMER);
    return RTOS_OK;
}

/* Neither armed nor waiting for its thread any more; whether it was. */
static int disarm(struct rtos_timer *timer)
{
    int was = timer->armed || timer->queued;

    if (timer->armed)
        rtos_timeout_remove(&timer->timeout);
    if (timer->queued)
        rtos_list_remove(&timer->link);
    timer->armed = timer->queued = 0;
    return was;
}

static void arm(struct rtos_timer *timer, rtos_time_t moment)
{
    timer->armed = 1;
    rtos_timeout_insert(&timer->timeout, moment, ORDER_TIMER);
}

enum rtos_status rtos_timer_start(struct rtos_timer *timer, rtos_time_t moment, rtos_time_t period)
{
    prtos_u32_t key;

    CHECK_OBJECT(timer, TYPE_TIMER);
    CHECK(moment >= 0 && (!period || period >= PERIOD_MIN), RTOS_INVALID_PARAM);
    key = port_lock();
    disarm(timer);
    timer->period = period;
    timer->missed = 0;
    arm(timer, moment ? moment : 1);
    return port_unlock_with(key, RTOS_OK);
}

enum rtos_status rtos_timer_stop(struct rtos_timer *timer)
{
    prtos_u32_t key;
    int was;

    CHECK_OBJECT(timer, TYPE_TIMER);
    key = port_lock();
    was = disarm(timer);
    port_unlock(key);
    return was ? RTOS_OK : RTOS_NO_ACTION;
}

enum rtos_status rtos_timer_get_missed(const struct rtos_timer *timer, prtos_u32_t *missed)
{
    CHECK_OBJECT(timer, TYPE_TIMER);
    CHECK(missed, RTOS_INVALID_PARAM);
    *missed = *(const volatile prtos_u32_t *)&timer->missed;
    return RTOS_OK;
}

enum rtos_status rtos_timer_delete(struct rtos_timer *timer)
{
    prtos_u32_t key;

    CHECK_OBJECT(timer, TYPE_TIMER);
    CHECK_NOT_IRQ();
    key = port_lock();
    disarm(timer);
    timer->type = 0;
    return port_unlock_with(key, RTOS_OK);
}

/* In an interrupt: the next period first, so that the function may stop or change it. */
void rtos_timer_expired(struct rtos_timeout *timeout)
{
    struct rtos_timer *timer = container_of(timeout, struct rtos_timer, timeout);

    timer->armed = 0;
    if (timer->period) {
        rtos_time_t next = timeout->due + timer->period, now = port_now();

        if (unlikely(next <= now)) {
            rtos_time_t late = (now - timeout->due) / timer->period;

            timer->missed += (prtos_u32_t)late;
            next = timeout->due + (late + 1) * timer->period;
        }
        arm(timer, next);
    }
    if (!timer->thread) {
        timer->function(timer, timer->arg);
    } else if (timer->queued) {
        timer->missed++;
    } else {
        timer->queued = 1;
        rtos_list_insert_last(&timer->thread->expired, &timer->link);
        rtos_sem_give(&timer->thread->news);
    }
}
