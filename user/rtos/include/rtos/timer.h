/* SPDX-License-Identifier: Apache-2.0 */
/* Timers: a function at a moment, once or again and again, called in the interrupt or by a timer
 * thread. All answer RTOS_INVALID_OBJECT for what is none. */
#ifndef RTOS_TIMER_H
#define RTOS_TIMER_H

#include <rtos/list.h>
#include <rtos/sem.h>
#include <rtos/thread.h>

/* Calls the functions of its timers one after the other; they may wait. */
struct rtos_timer_thread {
    prtos_u32_t type;
    struct rtos_list expired;
    struct rtos_sem news;
    struct rtos_thread thread;
};

struct rtos_timer {
    prtos_u32_t type;
    struct rtos_timeout timeout;
    struct rtos_link link; /* expired, and its thread has not seen to it yet */
    void (*function)(struct rtos_timer *timer, void *arg);
    void *arg;
    struct rtos_timer_thread *thread;
    rtos_time_t period;
    prtos_u32_t missed;
    prtos_u8_t armed, queued;
};

/* Makes and starts a timer thread; `config` without entry and arg. From threads and before
 * rtos_start(). Errors as of rtos_thread_init(). */
enum rtos_status rtos_timer_thread_init(struct rtos_timer_thread *thread,
                                        const struct rtos_thread_config *config);

/* A stopped timer. `thread` null: the function runs in the interrupt. From threads and before
 * rtos_start(). RTOS_INVALID_PARAM: no function. */
enum rtos_status rtos_timer_init(struct rtos_timer *timer, struct rtos_timer_thread *thread,
                                 void (*function)(struct rtos_timer *timer, void *arg), void *arg);

/* Due at `moment`, then each `period` ns; 0: once. Starts it anew if it runs. Periods that pass
 * while the partition does not run, or before the function has run, are one call and are counted as
 * missed. From anywhere, its own function too. RTOS_INVALID_PARAM: negative, period below 1000. */
enum rtos_status rtos_timer_start(struct rtos_timer *timer, rtos_time_t moment, rtos_time_t period);

/* From anywhere. RTOS_NO_ACTION: it is neither armed nor expired and waiting for its thread. */
enum rtos_status rtos_timer_stop(struct rtos_timer *timer);

/* Periods missed since the start. From anywhere. */
enum rtos_status rtos_timer_get_missed(const struct rtos_timer *timer, prtos_u32_t *missed);

/* From threads and before rtos_start(). */
enum rtos_status rtos_timer_delete(struct rtos_timer *timer);

#endif
