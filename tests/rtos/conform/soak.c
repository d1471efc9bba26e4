/* SPDX-License-Identifier: Apache-2.0 */
/* Six threads do what comes by chance, with waits that end in time, while a timer and an
 * interrupt of the program join in: nothing is lost, doubled or done by two at once. */
#include "conform.h"

#define THREADS 6
#ifndef ROUNDS
#define ROUNDS 3000
#endif
#define TIMEOUT RTOS_US(1 + chance(me, 40))

static struct rtos_sem sem, done;
static struct rtos_mutex locks[2];
static struct rtos_queue queue;
static struct rtos_event event;
static struct rtos_cond cond;
static struct rtos_pool pool;
static struct rtos_timer timer;
static void *room[5], *blocks[4][2];
static prtos_u32_t seeds[THREADS];

/* Each counted by its own thread only; the last one is the handlers'. */
static prtos_u32_t given[THREADS + 1], taken[THREADS + 1], sent[THREADS + 1], received[THREADS + 1];
static prtos_u32_t inside[2], entered[2], collisions, unexpected;

static prtos_u32_t chance(prtos_u32_t me, prtos_u32_t below)
{
    seeds[me] = seeds[me] * 1664525 + 1013904223;
    return (seeds[me] >> 8) % below;
}

/* A wait may end well, in time or by being cancelled. */
static int ended_well(int status)
{
    unexpected += status != RTOS_OK && status != RTOS_TIMED_OUT && status != RTOS_CANCELLED;
    return status == RTOS_OK;
}

static void enter(prtos_u32_t me, prtos_u32_t which)
{
    if (!ended_well(rtos_mutex_lock(&locks[which], TIMEOUT)))
        return;
    collisions += inside[which]++ != 0;
    entered[which]++;
    if (chance(me, 3) == 0)
        rtos_thread_delay(RTOS_US(1 + chance(me, 10)));
    if (which == 0 && chance(me, 4) == 0) {
        inside[0]--;
        ended_well(rtos_cond_wait(&cond, &locks[0], TIMEOUT));
        collisions += inside[0]++ != 0;
    } else if (which == 0) {
        rtos_cond_signal(&cond);
        enter(me, 1); /* always in this order */
    }
    inside[which]--;
    unexpected += rtos_mutex_unlock(&locks[which]) != RTOS_OK;
}

static void exchange(prtos_u32_t me)
{
    prtos_u32_t value = 1 + chance(me, 1000);
    void *message;

    if (chance(me, 2)) {
        if (ended_well(rtos_queue_send(&queue, AS_POINTER(value), TIMEOUT)))
            sent[me] += value;
    } else if (ended_well(rtos_queue_receive(&queue, &message, TIMEOUT))) {
        received[me] += NUMBER_OF(message);
    }
}

static void borrow(prtos_u32_t me)
{
    void *block;

    if (!ended_well(rtos_pool_alloc(&pool, &block, TIMEOUT)))
        return;
    *(prtos_u32_t *)block = me;
    rtos_thread_yield();
    collisions += *(prtos_u32_t *)block != me;
    unexpected += rtos_pool_free(&pool, block) != RTOS_OK;
}

static void act(prtos_u32_t me)
{
    switch (chance(me, 10)) {
    case 0:
        given[me] += rtos_sem_give(&sem) == RTOS_OK;
        break;
    case 1:
        taken[me] += ended_well(rtos_sem_take(&sem, TIMEOUT));
        break;
    case 2:
    case 3:
        enter(me, chance(me, 2));
        break;
    case 4:
    case 5:
        exchange(me);
        break;
    case 6:
        borrow(me);
        break;
    case 7:
        rtos_event_set(&event, 1u << chance(me, 4));
        ended_well(rtos_event_wait(&event, 1 + chance(me, 15), chance(me, 4), TIMEOUT, 0));
        break;
    case 8:
        rtos_thread_set_priority(rtos_thread_self(), 1 + chance(me, 4));
        rtos_thread_cancel_wait(&workers[chance(me, THREADS)].thread);
        break;
    default:
        raise_irq();
        rtos_thread_delay(RTOS_US(chance(me, 20)));
    }
}

static void live(void *arg)
{
    prtos_u32_t me = NUMBER_OF(arg), i;

    for (i = 0; i < ROUNDS; i++)
        act(me);
    rtos_sem_give(&done);
}

static void join_in(void)
{
    void *message;

    given[THREADS] += rtos_sem_give(&sem) == RTOS_OK;
    taken[THREADS] += rtos_sem_take(&sem, RTOS_POLL) == RTOS_OK;
    sent[THREADS] += rtos_queue_send(&queue, AS_POINTER(7), RTOS_POLL) == RTOS_OK ? 7 : 0;
    if (rtos_queue_receive(&queue, &message, RTOS_POLL) == RTOS_OK)
        received[THREADS] += NUMBER_OF(message);
    rtos_event_clear(&event, 6);
}

static void on_timer(struct rtos_timer *which, void *arg)
{
    (void)which;
    (void)arg;
    join_in();
}

static void on_irq(prtos_u32_t irq, void *arg)
{
    (void)irq;
    (void)arg;
    join_in();
}

static prtos_u32_t sum(const prtos_u32_t *parts)
{
    prtos_u32_t total = 0, i;

    for (i = 0; i <= THREADS; i++)
        total += parts[i];
    return total;
}

void check_soak(void)
{
    prtos_u32_t i, count, used, left = 0;
    void *message;

    rtos_sem_init(&sem, 0, 100, RTOS_BY_PRIORITY);
    rtos_sem_init(&done, 0, THREADS, RTOS_BY_PRIORITY);
    rtos_mutex_init(&locks[0], RTOS_MUTEX_INHERIT, 0);
    rtos_mutex_init(&locks[1], RTOS_MUTEX_CEILING, 4);
    rtos_queue_init(&queue, room, 5, RTOS_BY_ARRIVAL);
    rtos_event_init(&event, 0, RTOS_BY_PRIORITY);
    rtos_cond_init(&cond);
    rtos_pool_init(&pool, blocks, sizeof(blocks[0]), 4, RTOS_BY_PRIORITY);
    rtos_timer_init(&timer, 0, on_timer, 0);
    rtos_irq_attach(RTOS_IRQ_EXT(IRQ), on_irq, 0);
    rtos_timer_start(&timer, rtos_now(), 17377);
    for (i = 0; i < THREADS; i++) {
        seeds[i] = i + 1;
        work(i, live, AS_POINTER(i), 1 + i % 4);
        rtos_thread_set_slice(&workers[i].thread, 5000);
    }
    for (i = 0; i < THREADS; i++)
        rtos_sem_take(&done, RTOS_FOREVER);
    rtos_timer_delete(&timer);
    for (i = 0; i < THREADS; i++)
        wait_for(i);
    rtos_sem_get(&sem, &count, 0);
    while (rtos_queue_receive(&queue, &message, RTOS_POLL) == RTOS_OK)
        left += NUMBER_OF(message);
    rtos_pool_get(&pool, &used);
    check("soak-unexpected", 0, (prtos_s32_t)unexpected);
    check("soak-collisions", 0, (prtos_s32_t)collisions);
    check("soak-sem", (prtos_s32_t)(sum(given) - sum(taken)), (prtos_s32_t)count);
    check("soak-queue", (prtos_s32_t)(sum(sent) - sum(received)), (prtos_s32_t)left);
    check("soak-pool", 0, (prtos_s32_t)used);
    check_range("soak-entered", ROUNDS / 20, THREADS * ROUNDS, entered[0]);
    check_range("soak-taken", ROUNDS / 20, THREADS * ROUNDS, sum(taken));
}
