/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of vCPU 0's threads on objects of vCPU 1: what each answers, that the thread waits and not
 * the vCPU, and what is refused. */
#include <irqs.h>
#include "vcpus.h"

struct rtos_sem here_ready, here_done;
struct rtos_queue here_queue;

/* A frame more, where time is counted in instructions. */
#ifndef TOOK_MAX
#define TOOK_MAX 4200000
#endif
#ifndef COUNTED_MIN
#define COUNTED_MIN 1000
#endif

/* Waits for what another vCPU does, long enough on any machine. */
#define UNTIL(condition)                                                                           \
    do {                                                                                           \
        prtos_u32_t tries_;                                                                        \
        for (tries_ = 0; tries_ < 5000 && !(condition); tries_++)                                  \
            rtos_thread_delay(RTOS_MS(1));                                                         \
    } while (0)

static struct worker judge, helper, counter;
static void *room[2];

void work(struct worker *worker, void (*entry)(void *arg), void *arg, unsigned priority)
{
    struct rtos_thread_config config = {entry, arg, worker->stack, STACK, priority, "worker"};

    rtos_thread_init(&worker->thread, &config);
    rtos_thread_start(&worker->thread);
}

static void check_turns(void)
{
    prtos_u32_t i, found, count, waiting;

    for (i = 0; i < 100; i++) {
        rtos_sem_give(&there_sem);
        rtos_sem_take(&here_done, RTOS_FOREVER);
    }
    check("turns", 100, (prtos_s32_t)there_turns);
    check("poll", RTOS_NOT_AVAILABLE, rtos_sem_take(&there_never, RTOS_POLL));
    check("get", RTOS_OK, rtos_sem_get(&there_sem, &count, &waiting));
    check("waiting", 1, (prtos_s32_t)waiting);
    check("event", RTOS_OK,
          rtos_event_wait(&there_event, 0xff, RTOS_EVENT_ALL | RTOS_EVENT_CLEAR, RTOS_FOREVER,
                          &found));
    check("found", 0xff, (prtos_s32_t)found);
    check("limit", RTOS_OK, rtos_sem_give(&there_never));
    check("limit-2", RTOS_LIMIT, rtos_sem_give(&there_never));
    check("reset", RTOS_OK, rtos_sem_reset(&there_never));
}

static void check_timeout(void)
{
    rtos_time_t start = rtos_now(), took;

    check("timeout", RTOS_TIMED_OUT, rtos_sem_take(&there_never, RTOS_MS(3)));
    took = rtos_now() - start;
    check_range("took", 3000000, TOOK_MAX, (prtos_u32_t)took);
}

static void send_all(void *arg)
{
    prtos_u32_t i;

    (void)arg;
    for (i = 0; i < MESSAGES; i++)
        rtos_queue_send(&there_queue, AS_POINTER(i), RTOS_FOREVER);
}

static void check_data(void)
{
    prtos_u32_t i, misplaced = 0;
    unsigned char piece[29];
    rtos_size_t moved, sent = 0, j;
    void *message, *block[3];

    work(&helper, send_all, 0, 6);
    for (i = 0; i < MESSAGES; i++) {
        rtos_queue_receive(&here_queue, &message, RTOS_FOREVER);
        misplaced += NUMBER_OF(message) != i;
    }
    check("returned", 0, (prtos_s32_t)misplaced);
    while (sent < STREAM) {
        rtos_size_t size = STREAM - sent < sizeof(piece) ? STREAM - sent : sizeof(piece);

        for (j = 0; j < size; j++)
            piece[j] = (unsigned char)((sent + j) * 7);
        rtos_ring_write(&there_ring, piece, size, RTOS_FOREVER, &moved);
        sent += moved;
    }
    UNTIL(there_streamed == STREAM);
    check("streamed", STREAM, (prtos_s32_t)there_streamed);
    check("misplaced", 0, (prtos_s32_t)there_misplaced);
    check("alloc", RTOS_OK, rtos_pool_alloc(&there_pool, &block[0], RTOS_FOREVER));
    check("alloc-2", RTOS_OK, rtos_pool_alloc(&there_pool, &block[1], RTOS_FOREVER));
    check("alloc-3", RTOS_NOT_AVAILABLE, rtos_pool_alloc(&there_pool, &block[2], RTOS_POLL));
    check("free", RTOS_OK, rtos_pool_free(&there_pool, block[1]));
    check("free-none", RTOS_INVALID_PARAM, rtos_pool_free(&there_pool, &block));
}

static void let_go(void *arg)
{
    rtos_sem_give(arg);
}

static void check_threads(void)
{
    enum rtos_thread_state state;
    struct rtos_thread *thread = &there_dormant.thread;
    prtos_u32_t before = there_turns;

    check("start", RTOS_OK, rtos_thread_start(thread));
    check("start-again", RTOS_NO_ACTION, rtos_thread_start(thread));
    work(&helper, let_go, &there_hold, JUDGE - 1);
    check("join", RTOS_OK, rtos_thread_join(thread, RTOS_FOREVER));
    check("ran", 1000, (prtos_s32_t)(there_turns - before));
    check("restart", RTOS_OK, rtos_thread_start(thread));
    check("suspend", RTOS_OK, rtos_thread_suspend(thread));
    rtos_sem_give(&there_hold);
    check("state", RTOS_OK, rtos_thread_get_state(thread, &state));
    check("suspended", RTOS_SUSPENDED, state);
    check("resume", RTOS_OK, rtos_thread_resume(thread));
    UNTIL(rtos_thread_join(thread, RTOS_FOREVER) == RTOS_NO_ACTION);
    check("ended", RTOS_NO_ACTION, rtos_thread_join(thread, RTOS_FOREVER));
    check("timer", RTOS_OK, rtos_timer_start(&there_timer, rtos_now() + RTOS_US(300), 0));
    UNTIL(there_rang);
    check("rang", 1, (prtos_s32_t)there_rang);
    check("delete", RTOS_OK, rtos_thread_delete(thread));
    check("deleted", RTOS_INVALID_OBJECT, rtos_thread_start(thread));
}

/* The helper waits at vCPU 1; here it can be held back, and not be ended. */

static volatile int helpers_answer;

static void wait_there(void *arg)
{
    helpers_answer = -1;
    helpers_answer = rtos_sem_take(arg, RTOS_FOREVER);
    rtos_thread_suspend(rtos_thread_self());
}

static void check_away(void)
{
    struct rtos_thread *thread = &helper.thread;
    enum rtos_thread_state state;
    prtos_u32_t own, current;

    work(&helper, wait_there, &there_never, 4);
    rtos_thread_delay(RTOS_MS(2));
    rtos_thread_get_state(thread, &state);
    check("away", RTOS_WAITING, state);
    check("stop-away", RTOS_NOT_AVAILABLE, rtos_thread_stop(thread));
    check("delete-away", RTOS_NOT_AVAILABLE, rtos_thread_delete(thread));
    check("cancel-away", RTOS_NOT_AVAILABLE, rtos_thread_cancel_wait(thread));
    check("priority-away", RTOS_OK, rtos_thread_set_priority(thread, 6));
    check("suspend-away", RTOS_OK, rtos_thread_suspend(thread));
    check("give-away", RTOS_OK, rtos_sem_give(&there_never));
    rtos_thread_delay(RTOS_MS(2));
    check("still-held", -1, helpers_answer);
    check("resume-away", RTOS_OK, rtos_thread_resume(thread));
    UNTIL(helpers_answer != -1);
    check("came-home", RTOS_OK, helpers_answer);
    rtos_thread_get_priority(thread, &own, &current);
    check("priority-home", 6, (prtos_s32_t)current);
    rtos_thread_stop(thread);
    work(&helper, wait_there, &there_never, 4);
    rtos_thread_delay(RTOS_MS(2));
    check("delete-sem", RTOS_OK, rtos_sem_delete(&there_never));
    UNTIL(helpers_answer != -1);
    check("sem-deleted", RTOS_DELETED, helpers_answer);
    rtos_thread_stop(thread);
}

/* What cannot wait cannot call there; what is never shared is not found. */

static int in_handler;

static void on_irq(prtos_u32_t irq, void *arg)
{
    (void)irq;
    in_handler = rtos_sem_give(arg);
}

static void check_refused(void)
{
    rtos_irq_attach(RTOS_IRQ_EXT(PRTOS_VT_EXT_IPVI0), on_irq, &there_sem);
    prtos_set_irqpend(0, 1u << PRTOS_VT_EXT_IPVI0);
    check("in-handler", RTOS_WRONG_CONTEXT, in_handler);
    rtos_sched_lock();
    check("locked", RTOS_WRONG_CONTEXT, rtos_sem_give(&there_sem));
    rtos_sched_unlock();
    check("mutex", RTOS_INVALID_OBJECT, rtos_mutex_lock(&there_mutex, RTOS_FOREVER));
    check("null", RTOS_INVALID_OBJECT, rtos_sem_give(0));
    check("kind", RTOS_INVALID_OBJECT, rtos_sem_give((struct rtos_sem *)(void *)&there_queue));
}

/* While one waits for the other vCPU another one goes on. */

static volatile prtos_u32_t counted;

static void count(void *arg)
{
    (void)arg;
    for (;;)
        counted++;
}

static void check_others_run(void)
{
    prtos_u32_t before;

    work(&counter, count, 0, 1);
    rtos_thread_delay(RTOS_US(300));
    before = counted;
    rtos_sem_give(&there_sem);
    rtos_sem_take(&here_done, RTOS_FOREVER);
    check_range("counted", COUNTED_MIN, ~0u, counted - before);
    rtos_thread_stop(&counter.thread);
}

static void lead(void *arg)
{
    (void)arg;
    check("ready", RTOS_OK, rtos_sem_take(&here_ready, RTOS_FOREVER));
    check_turns();
    check_timeout();
    check_data();
    check_threads();
    check_away();
    check_refused();
    check_others_run();
    soak_check();
    check_end();
    prtos_halt_system();
}

void partition_main(void)
{
    if (PRTOS_VCPU_SELF == 1)
        there_main();
    rtos_sem_init(&here_ready, 0, 1, RTOS_BY_PRIORITY);
    rtos_sem_init(&here_done, 0, 1, RTOS_BY_PRIORITY);
    rtos_queue_init(&here_queue, room, 2, RTOS_BY_PRIORITY);
    work(&judge, lead, 0, JUDGE);
    soak_start();
    setup_vcpus();
    rtos_start();
}
